import type { SeatsAnswer } from '#contract/holding.ts'
import { compareTerms } from '#diagnosis/compare-terms.ts'
import type { Subscription } from '#diagnosis/account.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { requirePayer } from '#server/fixes/deed.ts'
import { prorateAt, quoteChange, seatsOf } from '#server/plan-change.ts'
import type { AccountRecord } from '#server/store/accounts.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { priceById } from '#server/stripe/catalogue.ts'
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
  const found = seatsOf(await readSubscriptions(hands.stripe, customer), policy.plans ?? {})
  const sold = found?.subscription.id === id ? await priceById(hands.stripe, found.item.price) : undefined
  if (!found || !sold || found.item.key === undefined) throw new ApiError('not-found')
  const { subscription, item } = found
  const least = leastSeats(record)
  const quantity = Math.max(wished, Math.min(least, item.quantity))
  const at = prorateAt(subscription, hands.now())
  const quote = await quoteChange(hands, { subscription, item: item.id, price: item.price, quantity, at }, customer)
  if (!quote) throw new ApiError('not-found')
  const changed = (one: Subscription): Subscription =>
    one.id === id
      ? { ...one, items: one.items.map((held) => (held.id === item.id ? { ...held, quantity } : held)) }
      : one
  return {
    subscription: id,
    key: found.item.key,
    held: item.quantity,
    quantity,
    least: Math.min(least, item.quantity),
    price: { amount: sold.price.amount * quantity, currency: sold.price.currency },
    interval: sold.interval,
    quote,
    changes: compareTerms(facts, facts.subscriptions.map(changed), policy, hands.now()),
  }
}
