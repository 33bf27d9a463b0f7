import type { Outcome, Plan } from '#contract/deed.ts'
import type { Hands } from '#server/context.ts'
import type { Payer } from '#server/fixes/deed.ts'
import { isAsShown, isDone, quoteChange, seatsOf, stillStands } from '#server/plan-change.ts'
import { changeItems, type ItemChange } from '#server/stripe/change-items.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import { readSubscriptions } from '#server/stripe/subscriptions.ts'
import { sha256 } from '#server/token.ts'
import { leastSeats } from './seats.ts'

/**
 * Gives seats back: what is left of them is credited, to the smallest unit as it was shown, and nothing is charged. Nobody
 * who uses one loses it: fewer than are taken there cannot be.
 */
export async function fewerSeats(hands: Hands, payer: Payer, plan: Plan, key: string): Promise<Outcome> {
  const { subscription: id, price, quantity, proratedAt: at } = plan
  const found = seatsOf(await readSubscriptions(hands.stripe, payer.customer), hands.config.policy.plans ?? {})
  if (!found || found.subscription.id !== id || found.item.key !== price || quantity === undefined || at === undefined)
    return { kind: 'stale' }
  const { subscription, item } = found
  const change: ItemChange = { subscription, item: item.id, price: item.price, quantity, at }
  if (isDone(change)) return { kind: 'done' }
  if (quantity > item.quantity || quantity < leastSeats(payer.record)) return { kind: 'stale' }
  if (!stillStands(subscription, plan, hands.now())) return { kind: 'stale' }
  const quote = await quoteChange(hands, change, payer.customer)
  if (!isAsShown(quote, plan) || quote?.due.amount !== 0) return { kind: 'stale' }
  const { heard } = await changeItems(hands.stripe, change, { waits: false, key: sha256(`${key} fewer`) })
  try {
    const now = (await readSubscriptions(hands.stripe, payer.customer)).find((one) => one.id === id)
    if (now && isDone({ ...change, subscription: now })) return { kind: 'done' }
    return { kind: heard === 'no' ? 'stale' : 'unknown' }
  } catch (error) {
    if (error instanceof StripeUnreachable) return { kind: 'unknown' }
    throw error
  }
}
