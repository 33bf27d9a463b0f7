import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { find, timeOf, type World } from '#sandbox/stripe/world.ts'
import { attempt } from './charge-intent.ts'
import { methodFor, methodOfSubscription } from './choose-method.ts'
import { draftInvoice } from './draft-invoice.ts'
import { finalizeInvoice, intentOf } from './finalize-invoice.ts'
import { moveTo } from './follow-invoice.ts'
import { followPayment } from './follow-payment.ts'
import { planResumption, type ResumptionTerms } from './plan-resumption.ts'
import { change, record } from './record-event.ts'
import { requireLocation } from './total-invoice.ts'

export type Resumption = ResumptionTerms & { behavior: 'resume_on_payment_attempt' | 'resume_on_payment_success' }

const day = 86_400

/**
 * Takes a paused subscription up again. With `resume_on_payment_success` the charge is tried at once and the subscription
 * stays paused unless it works; otherwise an invoice waits for `invoices.pay`.
 * @throws {Refusal} 400 when it is not paused, is billed by invoice, cannot be taxed, or has nothing to charge
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
  subscription.sandbox.staysPaused = atOnce
  const invoice = waiting?.status === 'open' ? waiting : openInvoice(world, subscription, resumption)
  if (invoice === undefined) return moveTo(world, subscription, 'active')
  if (invoice.status !== 'open' || !atOnce) return
  const intent = intentOf(world, invoice)
  const method = methodFor(world, invoice)
  if (method === undefined || intent.status === 'processing') return
  const ended = attempt(world, intent, method, { offSession: true, mayWait: true })
  if (ended.kind !== 'failed') return followPayment(world, intent, ended)
  tryAgainLater(world, subscription, invoice)
}

// A failure leaves it paused: only a payment resumes it.
function tryAgainLater(world: World, subscription: Subscription, invoice: Invoice): void {
  const now = timeOf(world, subscription.customer)
  change(world, invoice, 'invoice.updated', () => {
    Object.assign(invoice, { attempted: true, attempt_count: invoice.attempt_count + 1 })
    Object.assign(invoice, { auto_advance: true, next_payment_attempt: now + day })
    invoice.sandbox.firstFailure ??= now
  })
  record(world, 'invoice.payment_failed', invoice)
}

function openInvoice(world: World, subscription: Subscription, resumption: Resumption): Invoice | undefined {
  const plan = planResumption(world, subscription, resumption)
  if ('owed' in plan) {
    subscription.sandbox.resume = plan.owed.id
    return plan.owed
  }
  const customer = find(world, 'customer', subscription.customer)
  requireLocation(subscription.automatic_tax, customer)
  const { period, lines } = plan
  if (resumption.anchor === 'now') subscription.billing_cycle_anchor = period.start
  for (const item of itemsOf(world, subscription.id))
    Object.assign(item, { current_period_start: period.start, current_period_end: period.end })
  if (lines.length === 0) return undefined
  const invoice = draftInvoice(world, {
    customer,
    subscription,
    reason: 'subscription_update',
    currency: subscription.currency,
    period: { start: period.start, end: period.start },
    lines,
    includePending: true,
    autoAdvance: false,
  })
  subscription.sandbox.resume = invoice.id
  finalizeInvoice(world, invoice)
  return invoice
}
