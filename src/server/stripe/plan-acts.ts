import type { StripeClient } from './client.ts'
import type { Held } from './held.ts'
import { goingOn } from './lessen.ts'
import { hear, type Heard } from './subscriptions.ts'

export type Why = { readonly feedback?: string; readonly comment?: string }
type Once = { readonly key: string }

const once = ({ key }: Once) => ({ idempotencyKey: key, maxNetworkRetries: 0 })

/** https://docs.stripe.com/billing/subscriptions/cancel: what is paid for is served until its end. */
export function cancelWithPeriod(stripe: StripeClient, { id }: Held, why: Why, attempt: Once): Promise<Heard> {
  const cancellation_details = detailsOf(why)
  return hear(stripe.subscriptions.update(id, { cancel_at_period_end: true, ...cancellation_details }, once(attempt)))
}

/** Ends it at once. Nothing is given back, and nothing more is billed. */
export function cancelNow(stripe: StripeClient, { id }: Held, why: Why, attempt: Once): Promise<Heard> {
  return hear(stripe.subscriptions.cancel(id, { invoice_now: false, prorate: false, ...detailsOf(why) }, once(attempt)))
}

/** Takes back whichever end was set. */
export function keepGoing(stripe: StripeClient, held: Held, attempt: Once): Promise<Heard> {
  return hear(stripe.subscriptions.update(held.id, goingOn(held), once(attempt)))
}

/**
 * Stops service and invoices. The rest of what is paid for is not credited: whoever resumes before its end has it still
 * (https://docs.stripe.com/api/subscriptions/pause, `bill_for`).
 */
export function pauseNow(stripe: StripeClient, { id }: Held, attempt: Once): Promise<Heard> {
  return hear(
    stripe.subscriptions.pause(
      id,
      { type: 'subscription', bill_for: { unused_time_from: { type: 'none' } } },
      once(attempt),
    ),
  )
}

/** Adds a promotion code to the discounts there are. */
export function addCode(stripe: StripeClient, held: Held, promotion: string, attempt: Once): Promise<Heard> {
  return setDiscounts(stripe, held, [...kept(held), { promotion_code: promotion }], attempt)
}

/** Every discount but this one. */
export function removeDiscount(stripe: StripeClient, held: Held, discount: string, attempt: Once): Promise<Heard> {
  return setDiscounts(stripe, held, kept(held, discount), attempt)
}

export function kept({ discounts }: Held, without?: string): { discount: string }[] {
  return discounts.filter(({ id }) => id !== without).map(({ id }) => ({ discount: id }))
}

function setDiscounts(
  stripe: StripeClient,
  { id }: Held,
  discounts: ({ discount: string } | { promotion_code: string })[],
  attempt: Once,
): Promise<Heard> {
  return hear(stripe.subscriptions.update(id, { discounts: discounts.length > 0 ? discounts : '' }, once(attempt)))
}

function detailsOf({ feedback, comment }: Why) {
  if (feedback === undefined && comment === undefined) return {}
  return {
    cancellation_details: { ...(feedback !== undefined && { feedback }), ...(comment !== undefined && { comment }) },
  }
}
