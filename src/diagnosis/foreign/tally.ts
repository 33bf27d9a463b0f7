import type { Reason } from '#diagnosis/reason.ts'
import { classify, type Foreign } from './classify.ts'

/** A refusal whose reason is known; `unknown` where it can mean several, or none of ours. */
export type Known = Foreign & { readonly meant: Reason }

export type Example = Known & {
  /** Whose it is. */
  readonly from: string
  /** Where it can mean several: these at least. */
  readonly among: readonly Reason[]
  /** Its reason is plain to a reader, and our tables do not see it. */
  readonly missed: boolean
}

type Line = Foreign & { readonly from: string; readonly means: Reason | readonly Reason[]; readonly missed?: true }

/** The examples of `examples.jsonl`, one JSON object a line: `means` is a reason, or a list of those that are left open. */
export function readExamples(lines: string): readonly Example[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { means, missed = false, ...answer } = JSON.parse(line) as Line
      const named = typeof means === 'string'
      return { ...answer, missed, meant: named ? means : 'unknown', among: named ? [] : means }
    })
}

/** How a set of refusals is read: wrong is a named reason that is not the true one, a miss is only unknown. */
export function tally(set: readonly Known[]) {
  const count = { right: 0, wrong: 0, unknown: 0 }
  for (const { meant, ...answer } of set) {
    const { reason } = classify(answer)
    count[reason === meant ? 'right' : reason === 'unknown' ? 'unknown' : 'wrong'] += 1
  }
  return count
}
