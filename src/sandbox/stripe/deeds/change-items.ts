import { newId } from '#sandbox/stripe/ids.ts'
import type { Invoice, InvoiceLine } from '#sandbox/stripe/objects/invoice.ts'
import { newInvoiceItem } from '#sandbox/stripe/objects/invoice-item.ts'
import { newSubscriptionItem, type Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf, present } from '#sandbox/stripe/present.ts'
import { find, timeOf, type World } from '#sandbox/stripe/world.ts'
import { attempt } from './charge-intent.ts'
import { methodFor } from './choose-method.ts'
import { draftInvoice } from './draft-invoice.ts'
import { finalizeInvoice } from './finalize-invoice.ts'
import { followPayment } from './follow-payment.ts'
import { declinedBy, noMethod } from './pay-invoice.ts'
import { prorationLines, type NextItem } from './prorate.ts'
import { beginPeriod } from './renew-subscription.ts'
import { change, record } from './record-event.ts'
import { voidInvoice } from './settle-invoice.ts'
import type { PaymentBehavior } from './start-subscription.ts'

export type ItemChange = {
  next: NextItem[]
  proration: 'always_invoice' | 'create_prorations' | 'none'
  /** UTC seconds the proration counts from. */
  at: number
  behavior: PaymentBehavior
  offSession: boolean
}

const pendingHours = 23

/**
 * Changes what a subscription sells, and bills the difference as asked.
 * @throws {Refusal} 402 when `error_if_incomplete` and the difference cannot be taken
 */
export function changeItems(world: World, subscription: Subscription, order: ItemChange): void {
  const otherCycle = startsAnew(world, subscription, order.next)
  const lines =
    order.proration === 'none'
      ? []
      : prorationLines(world, subscription, order.next, order.at).filter((line) => !otherCycle || line.amount < 0)
  if (otherCycle) {
    applyItems(world, subscription, order.next)
    subscription.billing_cycle_anchor = order.at
    const invoice = beginPeriod(world, subscription, order.at, 'subscription_update')
    addLines(invoice, lines)
    return collect(world, invoice, order)
  }
  if (lines.length === 0 || order.proration === 'none') return applyItems(world, subscription, order.next)
  if (order.proration === 'create_prorations') {
    applyItems(world, subscription, order.next)
    return keepForLater(world, subscription, lines)
  }
  const waits = order.behavior === 'pending_if_incomplete'
  if (!waits && order.behavior !== 'error_if_incomplete') applyItems(world, subscription, order.next)
  const invoice = draftInvoice(world, {
    customer: find(world, 'customer', subscription.customer),
    subscription,
    reason: 'subscription_update',
    currency: subscription.currency,
    period: { start: order.at, end: order.at },
    lines,
    includePending: true,
    autoAdvance: !waits,
  })
  if (waits) hold(world, subscription, invoice, order.next)
  collect(world, invoice, order)
  if (order.behavior === 'error_if_incomplete') applyItems(world, subscription, order.next)
}

function startsAnew(world: World, subscription: Subscription, next: NextItem[]): boolean {
  const [held] = itemsOf(world, subscription.id)
  const was = held === undefined ? null : find(world, 'price', held.sandbox.price).recurring
  const will = next[0]?.price.recurring ?? null
  if (was === null || will === null || subscription.status === 'trialing') return false
  return was.interval !== will.interval || was.interval_count !== will.interval_count
}

function addLines(invoice: Invoice, lines: InvoiceLine[]): void {
  invoice.lines.data.unshift(...lines.map((line) => ({ ...line, invoice: invoice.id })))
  const sum = invoice.lines.data.reduce((amount, line) => amount + line.amount, 0)
  const due = Math.max(0, sum)
  Object.assign(invoice, {
    subtotal: sum,
    subtotal_excluding_tax: sum,
    total: sum,
    total_excluding_tax: sum,
    amount_due: due,
    amount_remaining: due,
  })
}

function collect(world: World, invoice: Invoice, order: ItemChange): void {
  finalizeInvoice(world, invoice)
  const intent = world.tables.payment_intent.get(invoice.sandbox.intent ?? '')
  if (invoice.status !== 'open' || intent === undefined || order.behavior === 'default_incomplete') return
  if (invoice.collection_method === 'send_invoice') return
  const method = methodFor(world, invoice)
  if (method === undefined) {
    if (order.behavior !== 'error_if_incomplete') return
    voidInvoice(world, invoice)
    throw noMethod()
  }
  const ended = attempt(world, intent, method, { offSession: order.offSession })
  followPayment(world, intent, ended)
  if (order.behavior !== 'error_if_incomplete' || ended.kind === 'succeeded' || ended.kind === 'processing') return
  const error = ended.kind === 'failed' ? ended.error : undefined
  const refusal = declinedBy(
    world,
    error ?? {
      type: 'card_error',
      code: 'payment_intent_action_required',
      message: 'Payment for this subscription requires additional user action.',
    },
    intent,
  )
  voidInvoice(world, invoice)
  throw refusal
}

// The change takes effect only when its invoice is paid within 23 hours.
function hold(world: World, subscription: Subscription, invoice: Invoice, next: NextItem[]): void {
  const items = next.flatMap(({ id, price, quantity }) => (id === null ? [] : [{ id, price: price.id, quantity }]))
  const preview = itemsOf(world, subscription.id).map((item) => {
    const after = items.find((one) => one.id === item.id)
    const changed = after === undefined ? item : { ...item, quantity: after.quantity, sandbox: { price: after.price } }
    return present(world, changed)
  })
  const unset = {
    billing_cycle_anchor: null,
    cancel_at_period_end: null,
    discount: null,
    discounts: null,
    metadata: null,
    trial_end: null,
    trial_from_plan: null,
  }
  subscription.sandbox.pending = { invoice: invoice.id, items }
  subscription.pending_update = {
    ...unset,
    expires_at: timeOf(world, subscription.customer) + pendingHours * 3600,
    subscription_items: preview,
  }
}

/** The change was not paid in time: nothing changes, its invoice is void. */
export function expirePendingUpdate(world: World, subscription: Subscription): void {
  const invoice = world.tables.invoice.get(subscription.sandbox.pending?.invoice ?? '')
  change(world, subscription, ['customer.subscription.updated', 'customer.subscription.pending_update_expired'], () => {
    subscription.sandbox.pending = null
    subscription.pending_update = null
  })
  if (invoice?.status === 'open') voidInvoice(world, invoice)
}

function applyItems(world: World, subscription: Subscription, next: NextItem[]): void {
  const held = itemsOf(world, subscription.id)
  const [first] = held
  for (const item of held) {
    const after = next.find((one) => one.id === item.id)
    if (after === undefined) world.tables.subscription_item.delete(item.id)
    else Object.assign(item, { quantity: after.quantity, metadata: after.metadata, sandbox: { price: after.price.id } })
  }
  if (first === undefined) return
  const { current_period_start, current_period_end } = first
  const created = timeOf(world, subscription.customer)
  for (const { id, price, quantity, metadata } of next) {
    if (id !== null) continue
    const start = {
      id: newId('si', 14),
      created,
      current_period_start,
      current_period_end,
      quantity,
      subscription: subscription.id,
    }
    const item = { ...newSubscriptionItem({ ...start, sandbox: { price: price.id } }), metadata }
    world.tables.subscription_item.set(item.id, item)
  }
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
