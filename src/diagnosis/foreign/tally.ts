import type { Reason } from '#diagnosis/reason.ts'
import { classify, type Foreign } from './classify.ts'

/** A refusal whose reason is known; `unknown` where it can mean several, or none of ours. */
export type Known = Foreign & { readonly meant: Reason }

/** How a set of refusals is read: wrong is a named reason that is not the true one, a miss is only unknown. */
export function tally(set: readonly Known[]) {
  const count = { right: 0, wrong: 0, unknown: 0 }
  for (const { meant, ...answer } of set) {
    const { reason } = classify(answer)
    count[reason === meant ? 'right' : reason === 'unknown' ? 'unknown' : 'wrong'] += 1
  }
  return count
}
