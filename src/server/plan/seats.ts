import type { SeatsAnswer } from '#contract/holding.ts'
import type { Subscription } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { compareTerms } from '#diagnosis/compare-terms.ts'
import { inForce, plannedIn } from '#diagnosis/kept.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { requirePayer } from '#server/fixes/deed.ts'
import { prorateAt, quoteChange, seatsOf } from '#server/plan-change.ts'
import { laterAt, lesseningOf, mayStillUndo, paidFor, plannedOf, quoteLater } from '#server/plan-later.ts'
import type { AccountRecord } from '#server/store/accounts.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { priceById, type SoldPrice } from '#server/stripe/catalogue.ts'
import { readSubscriptions } from '#server/stripe/subscriptions.ts'

/** As many as are taken, and one where none is. */
export function leastSeats({ seats }: Pick<AccountRecord, 'seats'>): number {
  return Math.max(1, seats ?? 0)
}

/** What so many seats in all cost now. Throws ApiError not-allowed, not-found, StripeUnreachable. */
export async function seatsAt(
  hands: Hands,
  session: SessionRecord,
  { subscription: id, quantity: wished }: { subscription: string; quantity: number },
): Promise<SeatsAnswer> {
  const { facts, record, customer } = await requirePayer(hands, session)
  const { policy } = hands.config
  const now = hands.now()
  const found = seatsOf(await readSubscriptions(hands.stripe, customer), policy.plans ?? {}, now)
  if (found?.subscription.id !== id) throw new ApiError('not-found')
  const { item } = found
  const { price, key, quantity: held } = inForce(item, now)
  const sold = await priceById(hands.stripe, price)
  if (!sold || key === undefined) throw new ApiError('not-found')
  const least = Math.min(leastSeats(record), held)
  const own = facts.subscriptions.find((one) => one.id === id)
  const telling = { policy, now, seesMoney: true, mayUndo: own !== undefined && mayStillUndo(own, now) }
  const planned = own && plannedOf(own, telling)
  // More than there are is reckoned from what was paid for, which a planned change hides from Stripe.
  const quantity = Math.min(Math.max(wished, least), planned ? held : Infinity)
  const quote = await quoteSeats(hands, found, { sold: { ...sold, id: price }, quantity, customer })
  if (!quote) throw new ApiError('not-found')
  const changed = (one: Subscription): Subscription =>
    one.id === id
      ? {
          ...one,
          items: one.items.map((other) => (other.id === item.id ? { id: other.id, price, key, quantity } : other)),
        }
      : one
  return {
    subscription: id,
    key,
    held,
    quantity,
    least,
    price: { amount: sold.price.amount * quantity, currency: sold.price.currency },
    interval: sold.interval,
    quote,
    changes: compareTerms(facts, facts.subscriptions.map(changed), policy, now),
    ...compact({ planned }),
  }
}

type Found = NonNullable<ReturnType<typeof seatsOf>>
type Wish = {
  readonly sold: Pick<SoldPrice, 'id' | 'price' | 'interval'>
  readonly quantity: number
  readonly customer: string
}

async function quoteSeats(hands: Hands, { subscription, item }: Found, { sold, quantity, customer }: Wish) {
  const now = hands.now()
  const { id: price, price: each, interval } = sold
  const to = { item: item.id, price, quantity }
  const paid = await paidFor(hands, item)
  const wanted = { each, price, interval, quantity }
  const at = laterAt(subscription, item, { paid, wanted, now })
  if (at !== undefined) return quoteLater(hands, lesseningOf(subscription, item, { ...wanted, at }), { customer, at })
  // As many as there are: nothing is asked for that.
  if (plannedIn({ items: [item] }, now)) return { due: { amount: 0, currency: each.currency } }
  return quoteChange(hands, { subscription, ...to, at: prorateAt(subscription, now) }, customer)
}
