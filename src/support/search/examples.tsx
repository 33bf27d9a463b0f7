import { examples, searchWords } from '#support/words/search.ts'

/** Everything that the field understands. */
export function Examples() {
  return (
    <section aria-label={searchWords.understands}>
      <p className="text-small text-quiet">{searchWords.understands}</p>
      <dl className="mt-1 grid grid-cols-1 gap-x-4 text-small sm:grid-cols-[auto_1fr] sm:gap-y-1">
        {examples.map(([what, example]) => (
          <div key={what} className="contents">
            <dt>{what}</dt>
            <dd className="mb-1 font-mono text-quiet sm:mb-0">{example}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
