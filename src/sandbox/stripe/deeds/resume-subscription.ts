import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { find, timeOf, type World } from '#sandbox/stripe/world.ts'
import { attempt } from './charge-intent.ts'
import { methodFor, methodOfSubscription } from './choose-method.ts'
import { finalizeInvoice } from './finalize-invoice.ts'
import { followPayment } from './follow-payment.ts'
import { change, record } from './record-event.ts'
import { beginPeriod } from './renew-subscription.ts'

export type Resumption = {
  anchor: 'now' | 'unchanged'
  behavior: 'resume_on_payment_attempt' | 'resume_on_payment_success'
}

/**
 * Takes a paused subscription up again. With `resume_on_payment_success` the charge is tried at once and the subscription
 * stays paused unless it works; otherwise an invoice waits for `invoices.pay`.
 * @throws {Refusal} 400 when it is not paused, is billed by invoice, or has nothing to charge
 */
export function resumeSubscription(world: World, subscription: Subscription, resumption: Resumption): void {
  if (subscription.status !== 'paused') {
    throw invalid(
      `You cannot resume a subscription with status ${subscription.status}: only a paused one can be resumed.`,
    )
  }
  if (subscription.collection_method === 'send_invoice')
    throw invalid('A subscription with collection_method `send_invoice` cannot be resumed.')
  const atOnce = resumption.behavior === 'resume_on_payment_success'
  if (atOnce && methodOfSubscription(world, subscription) === undefined) {
    throw invalid('This subscription cannot be resumed because it has no default payment method.', {
      code: 'resource_missing',
    })
  }
  const waiting = world.tables.invoice.get(subscription.sandbox.resume ?? '')
  const invoice = waiting?.status === 'open' ? waiting : openInvoice(world, subscription, resumption)
  if (invoice === undefined || invoice.status === 'paid' || !atOnce) return
  const intent = find(world, 'payment_intent', invoice.sandbox.intent ?? '')
  const method = methodFor(world, invoice)
  if (method === undefined) return
  const ended = attempt(world, intent, method, { offSession: true, mayWait: true })
  // A failure leaves it paused: only a payment resumes it.
  if (ended.kind === 'failed') {
    change(world, invoice, 'invoice.updated', () =>
      Object.assign(invoice, { attempted: true, attempt_count: invoice.attempt_count + 1 }),
    )
    return record(world, 'invoice.payment_failed', invoice)
  }
  followPayment(world, intent, ended)
}

function openInvoice(world: World, subscription: Subscription, resumption: Resumption) {
  const now = timeOf(world, subscription.customer)
  const owed = world.tables.invoice.get(subscription.latest_invoice ?? '')
  const byFailure = subscription.status_details?.paused.subscription.type.endsWith('payment_failure') === true
  if (byFailure && owed?.status === 'open') {
    subscription.sandbox.resume = owed.id
    return owed
  }
  if (resumption.anchor === 'now') subscription.billing_cycle_anchor = now
  const invoice = beginPeriod(world, subscription, now, 'subscription_update')
  subscription.sandbox.resume = invoice.id
  invoice.auto_advance = false
  finalizeInvoice(world, invoice)
  return invoice
}
