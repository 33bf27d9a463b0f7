import type { DeskAnswer } from '#contract/desk-answer.ts'

/** What staff may do about it. */
export function Acts({ answer }: { readonly answer: DeskAnswer }) {
  return <section id={`acts-${answer.account.id}`} />
}
