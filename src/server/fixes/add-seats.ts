import type { Outcome } from '#contract/deed.ts'
import { plannedIn } from '#diagnosis/kept.ts'
import type { Hands } from '#server/context.ts'
import { seatsOf } from '#server/plan-change.ts'
import { findAttempt } from '#server/store/attempts.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { readSubscriptions } from '#server/stripe/subscriptions.ts'
import { changePlan } from './change-plan.ts'
import type { Payer } from './deed.ts'
import type { Paying } from './pay-invoice.ts'

/**
 * Buys more seats of a plan that is sold by the seat: the same as another plan, with another quantity. What somebody else
 * bought meanwhile is not bought again.
 */
export async function addSeats(hands: Hands, payer: Payer, session: SessionRecord, paying: Paying): Promise<Outcome> {
  const { subscription: id, price: key, quantity } = paying.plan
  const found = seatsOf(
    await readSubscriptions(hands.stripe, payer.customer),
    hands.config.policy.plans ?? {},
    hands.now(),
  )
  if (!found || found.subscription.id !== id || found.item.key !== key || quantity === undefined)
    return { kind: 'stale' }
  const { subscription, item } = found
  // Stripe would reckon from what comes, not from what was paid for: that is taken back first.
  if (plannedIn({ items: [item] }, hands.now())) return { kind: 'stale' }
  // As wanted already: by this very try, whose answer was lost, or by somebody else.
  if (quantity <= item.quantity) {
    const before = await findAttempt(hands.database, { ...session, key: paying.key })
    return { kind: quantity === item.quantity && before?.phase === 'unknown' ? 'done' : 'stale' }
  }
  const change = { subscription, item: item.id, price: item.price, quantity }
  return changePlan(hands, payer, session, { change, paying })
}
