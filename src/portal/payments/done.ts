import type { Visit } from '#contract/visit.ts'
import type { Done } from '#portal/paths.ts'
import type { Asked } from './asked.ts'
import { totalIn } from './debt.ts'

/** What the next screen may say was done. `before` is what the person saw, `fresh` what the server says now. */
export function doneOf(asked: Asked, before: Visit, fresh: Visit): Done {
  const paid = 'wish' in asked ? asked.wish.plan.total : totalIn(before)
  const chosen = 'wish' in asked && 'method' in asked.wish.with ? asked.wish.with.method : undefined
  const method = before.methods.find(({ id }) => id === chosen) ?? fresh.methods[0]
  return { ...(paid && { paid }), ...(!paid && { saved: true }), ...(method && { method }) }
}
