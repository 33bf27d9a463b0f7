import type { PaymentIntent } from '#sandbox/stripe/objects/intent.ts'
import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'
import type { Attempt } from './charge-intent.ts'
import { followFailed } from './follow-invoice.ts'
import { change, record } from './record-event.ts'
import { markPaid, noteDebts, voidInvoice } from './settle-invoice.ts'
import { subscriptionOf } from './choose-method.ts'

/** Tells the invoice behind an intent (if any) how the attempt ended. */
export function followPayment(world: World, intent: PaymentIntent, attempt: Attempt): void {
  const invoice = world.tables.invoice.get(intent.sandbox.invoice ?? '')
  if (invoice === undefined || invoice.status === 'paid') return
  if (attempt.kind === 'succeeded' && Array.isArray(invoice.sandbox.lag)) {
    invoice.sandbox.lag.push(intent.id)
    return
  }
  if (attempt.kind === 'succeeded') return markPaid(world, invoice, intent.payment_method)
  noteAttempt(world, invoice)
  if (attempt.kind === 'requires_action') record(world, 'invoice.payment_action_required', invoice)
  if (attempt.kind === 'failed') {
    invoice.sandbox.firstFailure ??= timeOf(world, invoice.customer)
    if (attempt.error.code === 'authentication_required') record(world, 'invoice.payment_action_required', invoice)
    record(world, 'invoice.payment_failed', invoice)
    noteDebts(world, invoice.customer)
    if (beganOnCredit(world, invoice)) return voidInvoice(world, invoice)
    followFailed(world, invoice)
  }
  if (attempt.kind === 'processing') followProcessing(world, invoice)
}

// `attempt_count` counts the first attempt and the automatic retries; later manual ones do not count.
function noteAttempt(world: World, invoice: Invoice): void {
  if (invoice.attempted) return
  change(world, invoice, 'invoice.updated', () => {
    invoice.attempted = true
    invoice.attempt_count = Math.max(1, invoice.attempt_count)
  })
}

// A bank debit on its way lets a new subscription begin.
function followProcessing(world: World, invoice: Invoice): void {
  const subscription = subscriptionOf(world, invoice)
  if (subscription?.status !== 'incomplete' || world.settings.during_first_debit === 'incomplete') return
  change(world, subscription, 'customer.subscription.updated', () => {
    subscription.status = 'active'
  })
}

// A bank debit that fails days after it began the subscription: the first invoice is void, the subscription goes on
// (docs.stripe.com/billing/subscriptions/overview).
function beganOnCredit(world: World, invoice: Invoice): boolean {
  return invoice.billing_reason === 'subscription_create' && subscriptionOf(world, invoice)?.status === 'active'
}

/** Lets an invoice that was made to lag take note of what was paid meanwhile. */
export function catchUpWithPayments(world: World, invoice: Invoice): void {
  const { lag } = invoice.sandbox
  invoice.sandbox.lag = null
  for (const id of lag ?? []) {
    const intent = world.tables.payment_intent.get(id)
    if (intent !== undefined) followPayment(world, intent, { kind: 'succeeded' })
  }
}
