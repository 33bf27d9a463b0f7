import type { Instant, Kept } from '#diagnosis/account.ts'
import type { StripeClient } from './client.ts'
import { keeping, keepingNothing } from './keep.ts'
import { hear, type Heard, type SubscriptionState } from './subscriptions.ts'

/** One item that is to be another price or fewer pieces, in a subscription that is not to be billed for it now. */
export type Lessening = {
  readonly subscription: string
  readonly item: string
  readonly price: string
  readonly quantity: number
  /** What becomes of its end in the same call. */
  readonly end?: End
}

type End = { readonly cancel_at_period_end: boolean } | { readonly cancel_at: '' }

/** The change in Stripe's words, the same for its preview and for itself. */
export function unbilled({ item, price, quantity, end }: Omit<Lessening, 'subscription'>) {
  return { items: [{ id: item, price, quantity }], proration_behavior: 'none' as const, ...end }
}

/** Takes back whichever end was set. */
export function goingOn({ endsWithPeriod }: Pick<SubscriptionState, 'endsWithPeriod'>): End {
  return endsWithPeriod ? { cancel_at_period_end: false } : { cancel_at: '' }
}

/** Makes the item less, and writes down what is kept: one call, so there is never one without the other. */
export function lessen(stripe: StripeClient, to: Lessening, keeps: Kept, { key }: { key: string }): Promise<Heard> {
  return setItem(stripe, to, key, keeping(keeps, to))
}

/** Makes the item what it was, which was paid for all the time; what was to end then is to end then again. */
export function restore(
  stripe: StripeClient,
  of: Pick<Lessening, 'subscription' | 'item'>,
  { price, quantity, ends }: Kept,
  { key }: { key: string },
): Promise<Heard> {
  const end = ends && { end: { cancel_at_period_end: true } }
  return setItem(stripe, { ...of, price, quantity, ...end }, key, keepingNothing)
}

/** Should Stripe want money for it all the same, it is refused rather than owed. */
function setItem(
  stripe: StripeClient,
  { subscription, ...to }: Lessening,
  key: string,
  metadata: Record<string, string>,
): Promise<Heard> {
  const { items, ...how } = unbilled(to)
  const marked = items.map((item) => ({ ...item, metadata }))
  return hear(
    stripe.subscriptions.update(
      subscription,
      { ...how, items: marked, payment_behavior: 'error_if_incomplete' },
      { idempotencyKey: key, maxNetworkRetries: 0 },
    ),
  )
}

/** Seconds before a period's end in which nothing is arranged any more: Stripe may begin the next one meanwhile. */
const LAST_SECONDS = 300

/** Whether there is still time to arrange what the next period will be. */
export function isInTime(until: Instant, now: Instant): boolean {
  return now < until - LAST_SECONDS
}
