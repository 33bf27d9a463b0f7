import type { Subscription } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import Stripe from 'stripe'
import { ask, isUnreachable, type StripeClient } from './client.ts'
import { subscriptionFrom } from './facts.ts'

/** A subscription as Stripe has it at this moment. */
export type SubscriptionState = Pick<
  Subscription,
  'id' | 'status' | 'created' | 'price' | 'withdrawn' | 'pausedBy' | 'method' | 'latestInvoice'
> & {
  /** The ended subscription that this one was made to follow. */
  readonly renews: string | undefined
  readonly items: readonly { readonly price: string; readonly quantity?: number }[]
}

/** What Stripe said to a call that moves something; the truth is read afterwards. */
export type Heard = 'yes' | 'no' | 'silence'

/** All of a customer's, ended ones too, newest first. Throws StripeUnreachable. */
export async function readSubscriptions(stripe: StripeClient, customer: string): Promise<readonly SubscriptionState[]> {
  const { data } = await ask(stripe.subscriptions.list({ customer, status: 'all', limit: 100 }))
  return data.map(stateOf)
}

/**
 * Begins a subscription like one that has ended. Nothing is charged by it: its first invoice waits to be paid
 * (https://docs.stripe.com/billing/subscriptions/overview, `default_incomplete`).
 */
export function createLike(
  stripe: StripeClient,
  ended: SubscriptionState,
  { customer, method, key }: { customer: string; method: string; key: string },
): Promise<Heard> {
  return hear(
    stripe.subscriptions.create(
      {
        customer,
        items: [...ended.items],
        default_payment_method: method,
        payment_behavior: 'default_incomplete',
        payment_settings: { save_default_payment_method: 'on_subscription' },
        off_session: false,
        metadata: { fix402_renews: ended.id },
        expand: ['latest_invoice.confirmation_secret'],
      },
      { idempotencyKey: key, maxNetworkRetries: 0 },
    ),
  )
}

/** What resuming would charge now; undefined where nothing is due. Throws StripeUnreachable. */
export async function previewResumption(stripe: StripeClient, subscription: string): Promise<Money | undefined> {
  try {
    const preview = await ask(
      stripe.invoices.createPreview({ subscription, subscription_details: { resume_at: 'now' } }),
    )
    return { amount: preview.amount_due, currency: preview.currency }
  } catch (error) {
    // Stripe answers 404 where a resumption bills nothing.
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404) return undefined
    throw error
  }
}

/** Takes a paused subscription up again, from today on and with that method; it stays paused unless it is paid. */
export async function resumeNow(
  stripe: StripeClient,
  { id, method: pinned }: SubscriptionState,
  { method, key }: { method: string; key: string },
): Promise<Heard> {
  if (pinned?.id !== method) await ask(stripe.subscriptions.update(id, { default_payment_method: method }))
  return hear(
    stripe.subscriptions.resume(
      id,
      { billing_cycle_anchor: { type: 'now' }, payment_behavior: 'resume_on_payment_success' },
      { idempotencyKey: key, maxNetworkRetries: 0 },
    ),
  )
}

async function hear(call: Promise<unknown>): Promise<Heard> {
  try {
    await call
    return 'yes'
  } catch (error) {
    if (isUnreachable(error)) return 'silence'
    if (error instanceof Stripe.errors.StripeError) return 'no'
    throw error
  }
}

function stateOf(subscription: Stripe.Subscription): SubscriptionState {
  return {
    ...subscriptionFrom(subscription, ''),
    renews: subscription.metadata['fix402_renews'],
    items: subscription.items.data.map(({ price, quantity }) => ({
      price: price.id,
      ...(quantity !== undefined && { quantity }),
    })),
  }
}
