import type { ReactNode } from 'react'

/** One question of the card and its answer. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2 border-t border-hairline pt-3">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  )
}

type FactsProps = { readonly facts: readonly (readonly [name: string, fact: ReactNode])[] }

/** Names and facts, one under the other. */
export function Facts({ facts }: FactsProps) {
  if (facts.length === 0) return null
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1 text-small">
      {facts.map(([name, fact]) => (
        <div key={name} className="contents">
          <dt className="text-quiet">{name}</dt>
          <dd className="min-w-0">{fact}</dd>
        </div>
      ))}
    </dl>
  )
}
