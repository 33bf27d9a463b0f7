import { answerWords } from '#support/words/answer.ts'

/** Everything that happened to the account, in one list. */
export function Timeline({ app, account }: { readonly app: string; readonly account: string }) {
  return (
    <section aria-label={answerWords.timeline} id={`${app}-${account}`}>
      <h2 className="text-title font-semibold">{answerWords.timeline}</h2>
    </section>
  )
}
