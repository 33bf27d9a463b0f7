import type { Visit } from '#contract/visit.ts'
import type { Money } from '#diagnosis/money.ts'
import type { Done } from '#portal/paths.ts'
import type { Asked } from './asked.ts'
import { totalIn } from './debt.ts'

/** What the next screen may say was done. `before` is what the person saw, `fresh` what the server says now. */
export function doneOf(asked: Asked, before: Visit, fresh: Visit): Done {
  const total = 'wish' in asked ? asked.wish.plan.total : (asked.total ?? totalIn(before))
  const chosen = 'wish' in asked && 'method' in asked.wish.with ? asked.wish.with.method : undefined
  const method = before.methods.find(({ id }) => id === chosen) ?? fresh.methods[0]
  return { ...whatWasDone(total), ...(method && { method }) }
}

function whatWasDone(total: Money | undefined): Done {
  if (!total) return { saved: true }
  return total.amount > 0 ? { paid: total } : { changed: true }
}
