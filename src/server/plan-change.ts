import type { Quote } from '#contract/offer.ts'
import type { Plan } from '#contract/deed.ts'
import type { Instant, Item } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { inForce } from '#diagnosis/kept.ts'
import type { PlanTerms } from '#diagnosis/policy.ts'
import { isOver, newest } from '#diagnosis/standing.ts'
import type { Hands } from './context.ts'
import type { SoldPrice } from './stripe/catalogue.ts'
import { itemsFor, type ItemChange } from './stripe/change-items.ts'
import { reckon, type Reckoning } from './stripe/reckon.ts'
import { previewBeginning, type Beginning, type BilledItem, type SubscriptionState } from './stripe/subscriptions.ts'

/** What a choice does: change the one subscription that lives, begin one where none does, or nothing that we may do. */
export type Choice =
  | { readonly kind: 'change'; readonly subscription: SubscriptionState; readonly item: BilledItem }
  | { readonly kind: 'begin'; readonly taxed: boolean }
  | { readonly kind: 'closed' }

type Plans = Readonly<Record<string, PlanTerms>>

/** Seconds for which a price stands. */
const QUOTE_SECONDS = 3_600
/** Seconds by which the clocks of two of our processes may differ. */
const SKEW_SECONDS = 60

/**
 * The subscription with a plan that customers choose themselves is the one that another choice replaces, or else the
 * only one. While it owes, is paused, is billed by hand or driven by a schedule, its plan cannot be changed here.
 */
export function choiceFor(subscriptions: readonly SubscriptionState[], plans: Plans, now: Instant): Choice {
  const living = subscriptions.filter((subscription) => !isOver(subscription) && subscription.status !== 'incomplete')
  if (living.length === 0) return { kind: 'begin', taxed: newest(subscriptions)?.taxed ?? false }
  const isChoosable = (item: Item) => plans[inForce(item, now).key ?? '']?.offered === true
  const chosen = newest(living.filter(({ items }) => items.some(isChoosable)))
  const subscription = chosen ?? (living.length === 1 ? living[0] : undefined)
  const item = subscription?.items.find(isChoosable) ?? only(subscription?.items ?? [])
  return subscription && item && isOpen(subscription) ? { kind: 'change', subscription, item } : { kind: 'closed' }
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined
}

export function isOpen({ status, scheduled, invoiced, uncollected }: SubscriptionState): boolean {
  return (status === 'active' || status === 'trialing') && !scheduled && !invoiced && !uncollected
}

/** The subscription sold by the seat that may be given more of them. */
export function seatsOf(
  subscriptions: readonly SubscriptionState[],
  plans: Plans,
  now: Instant,
): { readonly subscription: SubscriptionState; readonly item: BilledItem } | undefined {
  return subscriptions
    .filter(isOpen)
    .flatMap((subscription) =>
      subscription.items
        .filter((item) => plans[inForce(item, now).key ?? '']?.seats === 'quantity')
        .map((item) => ({ subscription, item })),
    )[0]
}

/** Up to when the old plan is reckoned: now, but never before what was billed last. */
export function prorateAt({ periodStart, billed }: SubscriptionState, now: Instant): Instant {
  return Math.max(now, periodStart ?? 0, billed ?? 0)
}

/** Whether a price that was shown still stands by its age, and nothing has been billed since. */
export function stillStands({ billed }: SubscriptionState, { proratedAt }: Plan, now: Instant): boolean {
  return (
    proratedAt !== undefined &&
    proratedAt > now - QUOTE_SECONDS &&
    proratedAt <= Math.max(now + SKEW_SECONDS, billed ?? 0) &&
    (billed === undefined || billed <= proratedAt)
  )
}

/** What changing an item charges now; undefined where Stripe would not do it. Throws StripeUnreachable. */
export async function quoteChange({ stripe }: Hands, change: ItemChange, customer: string): Promise<Quote | undefined> {
  const { subscription, at } = change
  const beside = standingOf(subscription)
  const nothing: Quote = { due: { amount: 0, currency: subscription.currency }, proratedAt: at, ...beside }
  if (subscription.status === 'trialing' || isDone(change)) return nothing
  const reckoning = await reckon(stripe, {
    customer,
    subscription: subscription.id,
    subscription_details: itemsFor(change),
  })
  return reckoning === 'nothing' ? nothing : reckoning && { ...quoteFrom(reckoning, at), ...beside }
}

/** What a change at once leaves as it is: the end of a trial, and an end that was set. */
function standingOf({ status, trialEnd, cancelAt }: SubscriptionState): Pick<Quote, 'trialEnd' | 'stillEnds'> {
  return {
    ...(status === 'trialing' && trialEnd !== undefined && { trialEnd }),
    ...(cancelAt !== undefined && { stillEnds: true }),
  }
}

/** Whether the subscription is as wanted already. */
export function isDone({ subscription, item, price, quantity }: Omit<ItemChange, 'at'>): boolean {
  return subscription.items.some((held) => held.id === item && held.price === price && held.quantity === quantity)
}

/**
 * What beginning a plan charges now. Who is unknown to Stripe has no credit there and no address to be taxed by, and
 * pays the price as it stands. Throws StripeUnreachable.
 */
export async function quoteBeginning(
  { stripe }: Hands,
  customer: string | undefined,
  { price }: SoldPrice,
  beginning: Beginning,
): Promise<Quote | undefined> {
  if (customer !== undefined) {
    const reckoning = await previewBeginning(stripe, customer, beginning)
    return reckoning && quoteFrom(reckoning)
  }
  const pieces = beginning.items.reduce((sum, { quantity = 1 }) => sum + quantity, 0)
  return { due: { amount: price.amount * pieces, currency: price.currency } }
}

export function quoteFrom({ due, credit, tax }: Reckoning, proratedAt?: Instant): Quote {
  return { due, ...compact({ credit, tax, proratedAt }) }
}

/** Whether what would be charged is to the smallest unit what the person agreed to. */
export function isAsShown(quote: Pick<Quote, 'due'> | undefined, { total }: Plan): boolean {
  return quote !== undefined && quote.due.amount === total?.amount && quote.due.currency === total.currency
}
