import { newId } from '#sandbox/stripe/ids.ts'
import type { Invoice, InvoiceLine } from '#sandbox/stripe/objects/invoice.ts'
import { newInvoiceItem } from '#sandbox/stripe/objects/invoice-item.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { find, timeOf, type World } from '#sandbox/stripe/world.ts'
import { applyItems } from './apply-items.ts'
import { attempt } from './charge-intent.ts'
import { methodFor } from './choose-method.ts'
import { draftInvoice } from './draft-invoice.ts'
import { finalizeInvoice } from './finalize-invoice.ts'
import { followFailed } from './follow-invoice.ts'
import { followPayment } from './follow-payment.ts'
import { declinedBy, noMethod } from './pay-invoice.ts'
import { dropPendingUpdate } from './drop-pending-update.ts'
import { holdUpdate } from './pending-update.ts'
import { planChange, type WantedChange } from './plan-change.ts'
import { record } from './record-event.ts'
import { withdrawInvoice } from './settle-invoice.ts'
import type { PaymentBehavior } from './start-subscription.ts'
import { requireLocation } from './total-invoice.ts'

export type ItemChange = WantedChange & { behavior: PaymentBehavior; offSession: boolean }

/**
 * Changes what a subscription sells, and bills the difference as asked.
 * @throws {Refusal} 402 when `error_if_incomplete` and the difference cannot be taken; 400 when it cannot be taxed
 */
export function changeItems(world: World, subscription: Subscription, order: ItemChange): void {
  const plan = planChange(world, subscription, order)
  const customer = find(world, 'customer', subscription.customer)
  const next = order.next.map(({ price, ...item }) => ({ ...item, price: price.id }))
  if (plan.now.length + plan.later.length > 0) requireLocation(subscription.automatic_tax, customer)
  // Who is sent an invoice is not charged: there is no payment to wait for.
  const behavior = subscription.collection_method === 'send_invoice' ? 'allow_incomplete' : order.behavior
  const replaces = subscription.pending_update !== null
  if (replaces && behavior !== 'error_if_incomplete') dropPendingUpdate(world, subscription)
  if (plan.now.length === 0) {
    applyItems(world, subscription, next, plan.fresh)
    if (subscription.pending_update !== null) dropPendingUpdate(world, subscription)
    return keepForLater(world, subscription, plan.later)
  }
  const waits = behavior === 'pending_if_incomplete'
  const before = subscription.latest_invoice
  const invoice = draftInvoice(world, {
    customer,
    subscription,
    reason: 'subscription_update',
    currency: subscription.currency,
    period: { start: order.at, end: order.at },
    lines: plan.now,
    includePending: true,
    autoAdvance: !waits,
  })
  if (waits) holdUpdate(world, subscription, { invoice: invoice.id, items: next, fresh: plan.fresh })
  else applyItems(world, subscription, next, plan.fresh)
  finalizeInvoice(world, invoice)
  const asks = invoice.status === 'open' && invoice.collection_method !== 'send_invoice'
  const refusal = asks ? collect(world, invoice, behavior, order.offSession) : undefined
  if (refusal === undefined) {
    if (replaces && !waits && subscription.pending_update !== null) dropPendingUpdate(world, subscription)
    return
  }
  if (behavior === 'error_if_incomplete') {
    withdrawInvoice(world, invoice)
    subscription.latest_invoice = before
    throw refusal
  }
  // What was changed is owed from now on, whatever the payment still needs.
  followFailed(world, invoice)
}

/** The refusal a payment would be answered with; undefined when the money came, or is on its way. */
function collect(world: World, invoice: Invoice, behavior: PaymentBehavior, offSession: boolean) {
  const intent = find(world, 'payment_intent', invoice.sandbox.intent ?? '')
  const method = methodFor(world, invoice)
  if (behavior === 'default_incomplete' || method === undefined) return noMethod()
  const ended = attempt(world, intent, method, { offSession })
  followPayment(world, intent, ended)
  if (ended.kind === 'succeeded' || ended.kind === 'processing') return undefined
  if (ended.kind === 'failed') return declinedBy(world, ended.error, intent)
  const code = 'payment_intent_action_required'
  const message = 'Payment for this subscription requires additional user action.'
  return declinedBy(world, { type: 'card_error', code, message }, intent)
}

function keepForLater(world: World, subscription: Subscription, lines: InvoiceLine[]): void {
  for (const line of lines) {
    const item = newInvoiceItem({
      id: newId('ii'),
      amount: line.amount,
      currency: line.currency,
      customer: subscription.customer,
      date: timeOf(world, subscription.customer),
      description: line.description,
      invoice: null,
      metadata: {},
      parent: { subscription_details: { subscription: subscription.id }, type: 'subscription_details' },
      period: line.period,
      pricing: null,
      proration: true,
      quantity: line.quantity ?? 1,
      test_clock: subscription.test_clock,
    })
    world.tables.invoiceitem.set(item.id, item)
    record(world, 'invoiceitem.created', item)
  }
}
