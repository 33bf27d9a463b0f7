import type {
  DetailField,
  Draft,
  Interval,
  Invoice,
  Item,
  Method,
  PauseCause,
  PaymentError,
  Subscription,
} from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { sum, type Money } from '#diagnosis/money.ts'
import type Stripe from 'stripe'
import { idOf } from './client.ts'
import { keptBy } from './keep.ts'

/** Stripe's objects in our words. Nothing here asks Stripe anything. */

const paymentStates = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'succeeded',
  'canceled',
] as const
const collections = ['charge_automatically', 'send_invoice'] as const
const pauseCauses = [
  'trial_end_without_payment_method',
  'pause_requested',
  'first_payment_failure',
  'final_payment_failure',
  'system',
] as const satisfies readonly PauseCause[]
const units = ['day', 'week', 'month', 'year'] as const
const statuses = [
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'incomplete',
  'incomplete_expired',
  'paused',
  'canceled',
] as const

/** Stripe's enums are open: a word that came after this version is read as the cautious one. */
function known<const T extends string>(words: readonly T[], word: string, cautious: NoInfer<T>): T {
  return words.find((candidate) => candidate === word) ?? cautious
}

export function methodFrom(method: Stripe.PaymentMethod): Method {
  const face = method.card ?? method.us_bank_account ?? method.sepa_debit
  return {
    id: method.id,
    kind: method.type,
    ...(method.card && { brand: method.card.brand, expMonth: method.card.exp_month, expYear: method.card.exp_year }),
    ...(face?.last4 && { last4: face.last4 }),
  }
}

/** The bank has closed the account to debits (https://docs.stripe.com/payments/ach-direct-debit/blocked-bank-accounts). */
export function isBlocked({ us_bank_account: account }: Stripe.PaymentMethod): boolean {
  return Boolean(account?.status_details?.blocked)
}

export function methodFromReference(reference: string | Stripe.PaymentMethod | null | undefined): Method | undefined {
  if (!reference) return undefined
  return typeof reference === 'string' ? { id: reference, kind: 'unknown' } : methodFrom(reference)
}

export function paymentErrorFrom(error: Stripe.PaymentIntent.LastPaymentError | null): PaymentError | undefined {
  if (!error) return undefined
  return {
    code: error.code ?? error.type,
    ...(error.decline_code && { declineCode: error.decline_code }),
    ...(error.advice_code && { adviceCode: error.advice_code }),
    ...(error.network_advice_code && { networkAdviceCode: error.network_advice_code }),
    ...(error.payment_method && { method: methodFrom(error.payment_method) }),
  }
}

export function paymentFrom(intent: Stripe.PaymentIntent | undefined): Invoice['payment'] {
  if (!intent) return { state: 'none' }
  const error = paymentErrorFrom(intent.last_payment_error)
  const method = methodFromReference(intent.payment_method)
  return { state: known(paymentStates, intent.status, 'requires_payment_method'), ...compact({ error, method }) }
}

/** The intent that collects an invoice: its default payment. Needs `payments` expanded. */
export function intentIdOf(invoice: Stripe.Invoice): string | undefined {
  const payments = invoice.payments?.data ?? []
  const payment = payments.find(({ is_default }) => is_default) ?? payments[0]
  return idOf(payment?.payment.payment_intent)
}

/** A subscription's latest invoice where the merchant has given it up: it can still be paid. */
export function writtenOff({ latest_invoice: latest }: Stripe.Subscription): readonly Stripe.Invoice[] {
  return typeof latest === 'object' && latest?.status === 'uncollectible' ? [latest] : []
}

/** Which of the details that an invoice may need are on file. */
export function detailsOf({ name, business_name, address, tax_ids }: Stripe.Customer): readonly DetailField[] {
  return [
    ...(name || business_name ? (['name'] as const) : []),
    ...(address?.country && (address.line1 || address.postal_code) ? (['address'] as const) : []),
    ...(tax_ids && tax_ids.data.length > 0 ? (['tax_id'] as const) : []),
  ]
}

export function invoiceFrom(
  invoice: Stripe.Invoice,
  intent: Stripe.PaymentIntent | undefined,
  disputed = false,
): Invoice {
  const line = invoice.lines.data[0]
  const method = methodFromReference(invoice.default_payment_method)
  const subscription = idOf(invoice.parent?.subscription_details?.subscription)
  return {
    id: invoice.id,
    status: invoice.status === 'uncollectible' ? 'uncollectible' : 'open',
    ...(invoice.number && { number: invoice.number }),
    ...(subscription && { subscription }),
    remaining: { amount: invoice.amount_remaining, currency: invoice.currency },
    created: invoice.created,
    due: invoice.due_date ?? invoice.status_transitions.finalized_at ?? invoice.created,
    period: line?.period ?? { start: invoice.period_start, end: invoice.period_end },
    collection: known(collections, invoice.collection_method, 'charge_automatically'),
    ...(invoice.next_payment_attempt !== null && { nextAttempt: invoice.next_payment_attempt }),
    ...(method && { method }),
    payment: { ...paymentFrom(intent), ...(disputed && { disputed }) },
  }
}

/** Since 2025-03-31 a period belongs to the items; the earliest end is the next renewal. */
export function subscriptionFrom(subscription: Stripe.Subscription, plan: string): Subscription {
  const [item] = subscription.items.data
  const price = priceOf(subscription.items.data)
  const recurring = item?.price.recurring
  const method = methodFromReference(subscription.default_payment_method)
  const latestInvoice = idOf(subscription.latest_invoice)
  return {
    id: subscription.id,
    status: known(statuses, subscription.status, 'paused'),
    plan,
    items: subscription.items.data.map(itemFrom),
    quantity: item?.quantity ?? 1,
    ...(price && { price }),
    currency: subscription.currency,
    ...(subscription.items.data.some(({ price }) => !price.active) && { withdrawn: true }),
    ...(recurring && { interval: intervalFrom(recurring) }),
    created: subscription.created,
    ...periodOf(subscription.items.data),
    ...(subscription.trial_end !== null && { trialEnd: subscription.trial_end }),
    ...(subscription.cancel_at !== null && { cancelAt: subscription.cancel_at }),
    ...(subscription.ended_at !== null && { endedAt: subscription.ended_at }),
    ...(subscription.status === 'paused' && { pausedBy: pauseCauseOf(subscription) }),
    ...(method && { method }),
    ...(latestInvoice && { latestInvoice }),
    ...compact({ draft: draftOf(subscription) }),
    ...(subscription.pending_update && { changing: { expires: subscription.pending_update.expires_at } }),
    ...(subscription.pause_collection && { uncollected: true }),
    ...(subscription.schedule && { scheduled: true }),
  }
}

/** https://docs.stripe.com/tax/customer-locations: without a location Stripe does not finalize. */
function draftOf({ latest_invoice: latest }: Stripe.Subscription): Draft | undefined {
  if (typeof latest !== 'object' || latest?.status !== 'draft') return undefined
  const { id: invoice, automatic_tax: tax, last_finalization_error: error } = latest
  const location = tax.status === 'requires_location_inputs' || error?.code === 'customer_tax_location_invalid'
  return { invoice, ...compact({ problem: location ? ('location' as const) : error ? ('other' as const) : undefined }) }
}

function periodOf(items: readonly Stripe.SubscriptionItem[]): Pick<Subscription, 'periodStart' | 'periodEnd'> {
  const periodEnd = Math.min(...items.map(({ current_period_end }) => current_period_end))
  const first = items.find(({ current_period_end }) => current_period_end === periodEnd)
  return { periodEnd, ...(first && { periodStart: first.current_period_start }) }
}

export function intervalFrom({ interval, interval_count }: Stripe.Price.Recurring): Interval {
  return { unit: known(units, interval, 'month'), count: interval_count }
}

export function itemFrom(item: Stripe.SubscriptionItem): Item {
  const { id, price, quantity } = item
  return {
    id,
    price: price.id,
    quantity: quantity ?? 1,
    ...(price.lookup_key !== null && { key: price.lookup_key }),
    ...compact({ each: eachOf(price), keeps: keptBy(item) }),
  }
}

/** What one piece costs for one interval; undefined where usage or tiers decide. */
export function eachOf({ unit_amount: amount, currency, recurring, billing_scheme }: Stripe.Price): Money | undefined {
  if (amount === null || recurring?.usage_type === 'metered' || billing_scheme === 'tiered') return undefined
  return { amount, currency }
}

/** What all items cost for one interval; undefined where usage, tiers or another currency decide. */
function priceOf(items: readonly Stripe.SubscriptionItem[]): Money | undefined {
  const amounts = items.map(({ price, quantity = 1 }) =>
    price.unit_amount === null ||
    price.recurring?.usage_type === 'metered' ||
    price.currency !== items[0]?.price.currency
      ? undefined
      : { amount: price.unit_amount * quantity, currency: price.currency },
  )
  const known = amounts.filter((amount) => amount !== undefined)
  return known.length === items.length ? sum(known) : undefined
}

function pauseCauseOf({ status_details }: Stripe.Subscription): PauseCause {
  return known(pauseCauses, status_details?.paused?.subscription?.type ?? '', 'system')
}
