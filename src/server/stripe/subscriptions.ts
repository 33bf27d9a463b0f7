import type { Instant, Interval, Item, Subscription } from '#diagnosis/account.ts'
import Stripe from 'stripe'
import { ask, isUnreachable, type StripeClient } from './client.ts'
import { intervalFrom, itemFrom, subscriptionFrom } from './facts.ts'
import { reckon, type Reckoning } from './reckon.ts'

/** An item with what is asked of it only where it is to be changed. */
export type BilledItem = Item & {
  readonly interval?: Interval
  /** Of the period that runs. */
  readonly periodEnd: Instant
  /** Its price can be chosen anew. */
  readonly sold: boolean
}

/** A subscription as Stripe has it at this moment. */
export type SubscriptionState = Pick<
  Subscription,
  | 'id'
  | 'status'
  | 'created'
  | 'price'
  | 'interval'
  | 'withdrawn'
  | 'pausedBy'
  | 'method'
  | 'latestInvoice'
  | 'changing'
  | 'scheduled'
  | 'uncollected'
  | 'cancelAt'
  | 'trialEnd'
  | 'periodStart'
> & {
  readonly items: readonly BilledItem[]
  /** The ended subscription that this one was made to follow. */
  readonly renews: string | undefined
  /** The lookup key of the price for which a person chose it here. */
  readonly chosen: string | undefined
  /** Its items as they would be bought once more; what is metered has no quantity. */
  readonly again: Beginning['items']
  readonly currency: string
  /** It ends with its period by Stripe's flag rather than at a moment. */
  readonly endsWithPeriod: boolean
  /** Stripe reckons its taxes. */
  readonly taxed: boolean
  /** Its invoices are sent and paid by hand. */
  readonly invoiced: boolean
  /** When its latest invoice was written; absent where that was given up, or where a change waits for it. */
  readonly billed: Instant | undefined
  /** The end of the period that its latest invoice has paid for. */
  readonly paidUntil: Instant | undefined
}

/** What Stripe said to a call that moves something; the truth is read afterwards. */
export type Heard = 'yes' | 'no' | 'silence'

/** All of a customer's, ended ones too, newest first. Throws StripeUnreachable. */
export async function readSubscriptions(stripe: StripeClient, customer: string): Promise<readonly SubscriptionState[]> {
  const { data } = await ask(
    stripe.subscriptions.list({ customer, status: 'all', limit: 100, expand: ['data.latest_invoice'] }),
  )
  return data.map(stateOf)
}

/** What is subscribed to anew. */
export type Beginning = {
  readonly items: readonly { readonly price: string; readonly quantity?: number }[]
  readonly taxed: boolean
}

/** The same once more as a subscription that has ended. */
export function likeEnded({ again, taxed }: SubscriptionState): Beginning {
  return { items: again, taxed }
}

/**
 * Begins a subscription. Nothing is charged by it: its first invoice waits to be paid
 * (https://docs.stripe.com/billing/subscriptions/overview, `default_incomplete`).
 */
export function begin(
  stripe: StripeClient,
  { items, taxed }: Beginning,
  { customer, method, key, mark }: { customer: string; method: string; key: string; mark: Record<string, string> },
): Promise<Heard> {
  return hear(
    stripe.subscriptions.create(
      {
        customer,
        items: [...items],
        default_payment_method: method,
        payment_behavior: 'default_incomplete',
        payment_settings: { save_default_payment_method: 'on_subscription' },
        off_session: false,
        ...(taxed && { automatic_tax: { enabled: true } }),
        metadata: mark,
        expand: ['latest_invoice.confirmation_secret'],
      },
      { idempotencyKey: key, maxNetworkRetries: 0 },
    ),
  )
}

/** What beginning it would charge now. Throws StripeUnreachable. */
export async function previewBeginning(
  stripe: StripeClient,
  customer: string,
  { items, taxed }: Beginning,
): Promise<Reckoning | undefined> {
  const reckoning = await reckon(stripe, {
    customer,
    ...(taxed && { automatic_tax: { enabled: true } }),
    subscription_details: { items: [...items] },
  })
  return reckoning === 'nothing' ? undefined : reckoning
}

/**
 * What is paid for already is not billed again: while the paid period runs, the old cycle goes on
 * (https://docs.stripe.com/api/subscriptions/resume, `billing_cycle_anchor`).
 */
function anchorOf({ paidUntil }: SubscriptionState, now: Instant) {
  return { type: paidUntil !== undefined && paidUntil > now ? ('unchanged' as const) : ('now' as const) }
}

/** What resuming would charge now: zero where nothing is billed. Throws StripeUnreachable. */
export async function previewResumption(
  stripe: StripeClient,
  subscription: SubscriptionState,
  now: Instant,
): Promise<Reckoning | undefined> {
  const { id, currency } = subscription
  const reckoning = await reckon(stripe, {
    subscription: id,
    subscription_details: { resume_at: 'now', billing_cycle_anchor: anchorOf(subscription, now) },
  })
  return reckoning === 'nothing' ? { due: { amount: 0, currency } } : reckoning
}

/** Takes a paused subscription up again, with that method; it stays paused unless what is due is paid. */
export async function resumeNow(
  stripe: StripeClient,
  subscription: SubscriptionState,
  { method, key, now }: { method: string; key: string; now: Instant },
): Promise<Heard> {
  const { id, method: pinned } = subscription
  if (pinned?.id !== method) await ask(stripe.subscriptions.update(id, { default_payment_method: method }))
  return hear(
    stripe.subscriptions.resume(
      id,
      { billing_cycle_anchor: anchorOf(subscription, now), payment_behavior: 'resume_on_payment_success' },
      { idempotencyKey: key, maxNetworkRetries: 0 },
    ),
  )
}

/** What Stripe says to a call that moves something; the truth is read afterwards. */
export async function hear(call: Promise<unknown>): Promise<Heard> {
  try {
    await call
    return 'yes'
  } catch (error) {
    if (isUnreachable(error)) return 'silence'
    if (error instanceof Stripe.errors.StripeError) return 'no'
    throw error
  }
}

export function stateOf(subscription: Stripe.Subscription): SubscriptionState {
  const { status, ...facts } = subscriptionFrom(subscription, '')
  return {
    ...facts,
    // Its first invoice was given up: Stripe only waits for the day to end.
    status: status === 'incomplete' && isGivenUp(subscription) ? 'incomplete_expired' : status,
    items: subscription.items.data.map((item) => ({
      ...itemFrom(item),
      ...(item.price.recurring && { interval: intervalFrom(item.price.recurring) }),
      periodEnd: item.current_period_end,
      sold: item.price.active,
    })),
    renews: subscription.metadata['fix402_renews'],
    chosen: subscription.metadata['fix402_chosen'],
    again: subscription.items.data.map(({ price, quantity }) => ({
      price: price.id,
      ...(quantity !== undefined && { quantity }),
    })),
    currency: subscription.currency,
    endsWithPeriod: subscription.cancel_at_period_end,
    taxed: subscription.automatic_tax.enabled,
    invoiced: subscription.collection_method === 'send_invoice',
    billed: billedAt(subscription),
    paidUntil: paidUntil(subscription),
  }
}

function isGivenUp({ latest_invoice: latest }: Stripe.Subscription): boolean {
  return typeof latest === 'object' && (latest?.status === 'void' || latest?.status === 'uncollectible')
}

function paidUntil({ latest_invoice: latest }: Stripe.Subscription): Instant | undefined {
  if (typeof latest !== 'object' || latest?.status !== 'paid' || latest.amount_paid <= 0) return undefined
  return Math.max(...latest.lines.data.map(({ period }) => period.end))
}

function billedAt({ latest_invoice: latest, pending_update }: Stripe.Subscription): Instant | undefined {
  if (!latest || typeof latest === 'string' || latest.status === 'void' || pending_update) return undefined
  return latest.created
}
