import type { Instant, PaymentError } from '#diagnosis/account.ts'
import Stripe from 'stripe'
import { ask, isUnreachable, type StripeClient } from './client.ts'
import { errorFrom } from './pay-invoice.ts'
import type { Heard, SubscriptionState } from './subscriptions.ts'

/** One item of a living subscription is to be another price, or more of the same. */
export type ItemChange = {
  readonly subscription: SubscriptionState
  readonly item: string
  readonly price: string
  readonly quantity: number
  /** Up to when the old one is reckoned. Outside its period Stripe refuses it. */
  readonly at: Instant
}

/**
 * The change in Stripe's words, the same for its preview and for itself. A trial goes on as it was and bills nothing
 * (https://docs.stripe.com/billing/subscriptions/trials).
 */
export function itemsFor({ subscription, item, price, quantity, at }: ItemChange) {
  const items = [{ id: item, price, quantity }]
  return subscription.status === 'trialing'
    ? { items, proration_behavior: 'none' as const }
    : { items, proration_behavior: 'always_invoice' as const, proration_date: at }
}

/**
 * Changes it at once where the money comes at once; otherwise everything stays as it was until the invoice is paid
 * (https://docs.stripe.com/billing/subscriptions/pending-updates, which bank debits do not have: those either begin to
 * pay or change nothing).
 */
export async function changeItems(
  stripe: StripeClient,
  change: ItemChange,
  { waits, key }: { waits: boolean; key: string },
): Promise<{ heard: Heard; error?: PaymentError }> {
  try {
    await stripe.subscriptions.update(
      change.subscription.id,
      { ...itemsFor(change), payment_behavior: waits ? 'pending_if_incomplete' : 'error_if_incomplete' },
      { idempotencyKey: key, maxNetworkRetries: 0 },
    )
    return { heard: 'yes' }
  } catch (error) {
    if (isUnreachable(error)) return { heard: 'silence' }
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    const declined = errorFrom(error)
    return { heard: 'no', ...(declined && { error: declined }) }
  }
}

/** A change can wait for a card; for a bank debit it cannot. Throws StripeUnreachable. */
export async function canWaitFor(stripe: StripeClient, method: string): Promise<boolean> {
  const { type } = await ask(stripe.paymentMethods.retrieve(method))
  return type === 'card' || type === 'link'
}

/** Lets a subscription charge this method; empty for the customer's default. Throws StripeUnreachable. */
export async function chargeBy(stripe: StripeClient, subscription: string, method: string): Promise<void> {
  await ask(stripe.subscriptions.update(subscription, { default_payment_method: method }))
}

/** Gives up an invoice, and with it the change that waits for it. One that is over already is fine. Throws StripeUnreachable. */
export async function voidInvoice(stripe: StripeClient, invoice: string): Promise<void> {
  await ask(stripe.invoices.voidInvoice(invoice)).catch(unlessOver)
}

/** Ends a subscription whose first payment was never made. One that is over already is fine. Throws StripeUnreachable. */
export async function endUnpaid(stripe: StripeClient, subscription: string): Promise<void> {
  await ask(stripe.subscriptions.cancel(subscription)).catch(unlessOver)
}

function unlessOver(error: unknown): void {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
}
