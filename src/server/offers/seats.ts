import type { SeatOffer } from '#contract/offer.ts'
import { plannedIn } from '#diagnosis/kept.ts'
import { SEATS } from '#diagnosis/limits.ts'
import type { Hands } from '#server/context.ts'
import type { Market } from '#server/offers.ts'
import { prorateAt, quoteChange, seatsOf } from '#server/plan-change.ts'
import { priceById } from '#server/stripe/catalogue.ts'

/** One seat more than there are, or as many as are wished for or needed. Throws StripeUnreachable. */
export async function seatOffer(
  hands: Hands,
  { reading, subscriptions, check, seats: wished }: Market,
): Promise<SeatOffer | undefined> {
  const { customer, seats: taken } = reading.record
  const found = seatsOf(subscriptions, hands.config.policy.plans ?? {}, hands.now())
  const sold = found && (await priceById(hands.stripe, found.item.price))
  if (!found || !sold || customer === undefined || found.item.key === undefined) return undefined
  const { subscription, item } = found
  // Stripe would reckon from what comes, not from what was paid for.
  if (plannedIn({ items: [item] }, hands.now())) return undefined
  const asked = check?.meter === SEATS ? (check.quantity ?? 1) : 1
  const needed = taken === undefined ? 0 : taken + asked
  const quantity = Math.max(item.quantity + 1, wished ?? needed)
  const at = prorateAt(subscription, hands.now())
  const quote = await quoteChange(hands, { subscription, item: item.id, price: item.price, quantity, at }, customer)
  if (!quote) return undefined
  return {
    subscription: subscription.id,
    key: found.item.key,
    quantity,
    price: { amount: sold.price.amount * quantity, currency: sold.price.currency },
    interval: sold.interval,
    quote,
  }
}
