import type { Planned } from '#contract/planned.ts'
import type { Quote } from '#contract/offer.ts'
import type { Instant, Interval, Item, Kept, Subscription } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { costOf, plannedIn } from '#diagnosis/kept.ts'
import type { Money } from '#diagnosis/money.ts'
import type { Policy } from '#diagnosis/policy.ts'
import type { Hands } from './context.ts'
import { quoteFrom } from './plan-change.ts'
import { withFace } from './stripe/kept-price.ts'
import { goingOn, isInTime, unbilled, type Lessening } from './stripe/lessen.ts'
import { reckon } from './stripe/reckon.ts'
import type { BilledItem, SubscriptionState } from './stripe/subscriptions.ts'

/** What somebody wants instead of an item. */
export type Wanted = {
  /** Of one piece. */
  readonly each: Money | undefined
  readonly price: string
  readonly interval: Interval | undefined
  readonly quantity: number
}

/** What of an item is paid for now, with its price as far as Stripe says it. */
export function paidFor({ stripe, config, now }: Hands, item: BilledItem): Promise<Item | Kept> | Item {
  return plannedIn({ items: [item] }, now()) && item.keeps ? withFace(stripe, item.keeps, config.plans) : item
}

/**
 * When a change to less begins: with the next period, so that nothing that is paid for is lost, and nothing is charged or
 * credited. A smaller plan that is chosen instead of an end with the period begins then as well, and takes that end back.
 * Undefined where a change begins at once: what costs no less, what is billed in another rhythm or currency, a trial, what
 * ends before its period does, fewer of what ends with it, a plan that could not be taken back because it is no longer
 * sold, and whatever costs nothing, because between that and a price Stripe bills at once.
 */
export function laterAt(
  { status, cancelAt }: SubscriptionState,
  item: BilledItem,
  {
    paid,
    wanted,
    now,
  }: { readonly paid: Pick<Item, 'each' | 'price' | 'quantity'>; readonly wanted: Wanted; readonly now: Instant },
): Instant | undefined {
  const { periodEnd: at } = item
  const [has, wants] = [costOf(paid), costOf(wanted)]
  if (!has || !wants || wants.amount === 0 || wants.amount >= has.amount || has.currency !== wants.currency)
    return undefined
  if (!isSameRhythm(item.interval, wanted.interval) || status !== 'active' || !isInTime(at, now)) return undefined
  const isPlanned = plannedIn({ items: [item] }, now) !== undefined
  // Who wants fewer seats until the end wants no further period.
  const goesOn = cancelAt === undefined || cancelAt > at || (cancelAt === at && paid.price !== wanted.price)
  return goesOn && (isPlanned || item.sold) ? at : undefined
}

/** The change that begins then, in Stripe's words: one that is chosen instead of the plan's end takes that end back. */
export function lesseningOf(
  subscription: SubscriptionState,
  { id: item }: BilledItem,
  { price, quantity, at }: Pick<Wanted, 'price' | 'quantity'> & { readonly at: Instant },
): Lessening {
  const end = subscription.cancelAt === at && { end: goingOn(subscription) }
  return { subscription: subscription.id, item, price, quantity, ...end }
}

export function isSameRhythm(one: Interval | undefined, other: Interval | undefined): boolean {
  return one !== undefined && one.unit === other?.unit && one.count === other.count
}

/** What a change that begins later asks for then; undefined where Stripe would not do it. Throws StripeUnreachable. */
export async function quoteLater(
  { stripe }: Hands,
  { subscription, ...to }: Lessening,
  { customer, at }: { readonly customer: string; readonly at: Instant },
): Promise<Quote | undefined> {
  const reckoning = await reckon(stripe, { customer, subscription, subscription_details: unbilled(to) })
  if (!reckoning || reckoning === 'nothing') return undefined
  const { due, ...rest } = quoteFrom(reckoning)
  return { due: { amount: 0, currency: due.currency }, later: { at, due, ...rest, ...(to.end && { goesOn: true }) } }
}

/** The change that a subscription waits for, as it is told. */
export function plannedOf(
  subscription: Subscription,
  { policy, now, mayUndo, seesMoney }: Telling,
): Planned | undefined {
  const found = plannedIn(subscription, now)
  if (!found) return undefined
  const { item, keeps } = found
  return {
    at: keeps.until,
    plan: policy.plans?.[item.key ?? '']?.name ?? subscription.plan,
    quantity: item.quantity,
    seatsOnly: item.price === keeps.price,
    ...compact({ price: seesMoney ? costOf(item) : undefined, endsAgain: keeps.ends }),
    mayUndo,
  }
}

type Telling = {
  readonly policy: Policy
  readonly now: Instant
  readonly mayUndo: boolean
  readonly seesMoney: boolean
}

/** Whether a change can still be taken back, as far as the last reading tells. */
export function mayStillUndo(subscription: Subscription, now: Instant): boolean {
  const found = plannedIn(subscription, now)
  return found !== undefined && subscription.status === 'active' && isInTime(found.keeps.until, now)
}
