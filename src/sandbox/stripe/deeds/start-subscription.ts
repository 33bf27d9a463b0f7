import { newId, newSecret } from '#sandbox/stripe/ids.ts'
import { nextBoundary } from '#sandbox/stripe/billing-period.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { Customer } from '#sandbox/stripe/objects/customer.ts'
import type { InvoiceLine } from '#sandbox/stripe/objects/invoice.ts'
import { newSetupIntent } from '#sandbox/stripe/objects/intent.ts'
import type { Price } from '#sandbox/stripe/objects/price.ts'
import { newSubscription, newSubscriptionItem, type Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { find, timeOf, type World } from '#sandbox/stripe/world.ts'
import { attempt } from './charge-intent.ts'
import { methodFor, methodOfSubscription } from './choose-method.ts'
import { draftInvoice, subscriptionLine, type Sold } from './draft-invoice.ts'
import { finalizeInvoice } from './finalize-invoice.ts'
import { followPayment } from './follow-payment.ts'
import { declinedBy, noMethod } from './pay-invoice.ts'
import { record } from './record-event.ts'
import { requireLocation } from './total-invoice.ts'

export type PaymentBehavior =
  | 'allow_incomplete'
  | 'default_incomplete'
  | 'error_if_incomplete'
  | 'pending_if_incomplete'

export type SubscriptionOrder = {
  customer: Customer
  sold: { price: Price; quantity: number; metadata: { [key: string]: string } }[]
  behavior: PaymentBehavior
  offSession: boolean
  trialEnd: number | null
  anchor: number | null
  collection: Subscription['collection_method']
  /** Sets what the form gave before anything is charged. */
  fill: (subscription: Subscription) => void
}

/**
 * Creates a subscription and what comes with its first period: invoice, attempt, or set-up intent of a trial.
 * @throws {Refusal} 400 without a method to charge, 402 when `error_if_incomplete` fails
 */
export function startSubscription(world: World, order: SubscriptionOrder): Subscription {
  const { customer, sold, trialEnd } = order
  const first = sold[0]?.price
  if (first === undefined || first.recurring === null)
    throw invalid(
      'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
      { param: 'items[0][price]' },
    )
  const now = timeOf(world, customer.id)
  const anchor = trialEnd ?? order.anchor ?? now
  const subscription = newSubscription({
    id: newId('sub'),
    created: now,
    customer: customer.id,
    currency: first.currency,
    billing_cycle_anchor: anchor,
    start_date: now,
    status: trialEnd === null ? 'active' : 'trialing',
    test_clock: customer.test_clock,
    collection_method: order.collection,
  })
  if (trialEnd !== null) Object.assign(subscription, { trial_start: now, trial_end: trialEnd })
  order.fill(subscription)
  requireLocation(subscription.automatic_tax, customer)
  const charges =
    trialEnd === null &&
    order.collection === 'charge_automatically' &&
    sold.some((one) => (one.price.unit_amount ?? 0) * one.quantity > 0)
  const needsMethod = charges && order.behavior !== 'default_incomplete'
  if (needsMethod && methodOfSubscription(world, subscription) === undefined) throw noMethod()
  world.tables.subscription.set(subscription.id, subscription)
  const end = trialEnd ?? nextBoundary(anchor, first.recurring, now)
  for (const { price, quantity, metadata } of sold) {
    const start = {
      id: newId('si', 14),
      created: now,
      current_period_start: now,
      current_period_end: end,
      quantity,
      subscription: subscription.id,
    }
    const item = { ...newSubscriptionItem({ ...start, sandbox: { price: price.id } }), metadata }
    world.tables.subscription_item.set(item.id, item)
  }
  if (charges) subscription.status = 'incomplete'
  if (trialEnd !== null) addSetupIntent(world, subscription, order)
  record(world, 'customer.subscription.created', subscription)
  firstInvoice(world, subscription, order)
  return subscription
}

/** What a first period bills: every item in full, or nothing for a trial. */
export function firstLines(
  world: World,
  subscription: string,
  sold: Sold[],
  period: { start: number; end: number },
  trial: boolean,
): InvoiceLine[] {
  return sold.map((one) => {
    const { name } = find(world, 'product', one.price.product)
    const free = { amount: 0, description: `Trial period for ${name}`, proration: false }
    return subscriptionLine(world, subscription, one, period, trial ? free : undefined)
  })
}

function firstInvoice(world: World, subscription: Subscription, order: SubscriptionOrder): void {
  const items = itemsOf(world, subscription.id)
  const [one] = items
  if (one === undefined) return
  const period = { start: one.current_period_start, end: one.current_period_end }
  const sold = items.map((item) => ({
    item: item.id,
    price: find(world, 'price', item.sandbox.price),
    quantity: item.quantity,
  }))
  const lines = firstLines(world, subscription.id, sold, period, subscription.status === 'trialing')
  const invoice = draftInvoice(world, {
    customer: order.customer,
    subscription,
    reason: 'subscription_create',
    currency: subscription.currency,
    period: { start: period.start, end: period.start },
    lines,
    includePending: true,
    autoAdvance: true,
  })
  if (subscription.collection_method === 'send_invoice' && invoice.total > 0) return
  finalizeInvoice(world, invoice)
  if (invoice.status !== 'open' || order.behavior === 'default_incomplete') return
  const method = methodFor(world, invoice)
  const intent = world.tables.payment_intent.get(invoice.sandbox.intent ?? '')
  if (method === undefined || intent === undefined) return
  const ended = attempt(world, intent, method, { offSession: order.offSession })
  followPayment(world, intent, ended)
  if (order.behavior !== 'error_if_incomplete' || ended.kind === 'succeeded' || ended.kind === 'processing') return
  undo(world, subscription)
  if (ended.kind === 'failed') throw declinedBy(world, ended.error, intent)
  const code = 'payment_intent_action_required'
  throw declinedBy(
    world,
    { type: 'card_error', code, message: 'Payment for this subscription requires additional user action.' },
    intent,
  )
}

// `error_if_incomplete` leaves no subscription behind; the attempt itself did happen and stays.
function undo(world: World, subscription: Subscription): void {
  const { tables } = world
  const names = (event: { data: { object: { [key: string]: unknown } } }) => {
    const { object } = event.data
    return object['id'] === subscription.id || object['id'] === subscription.latest_invoice
  }
  for (const event of tables.event.values()) if (names(event)) tables.event.delete(event.id)
  for (const item of itemsOf(world, subscription.id)) tables.subscription_item.delete(item.id)
  tables.invoice.delete(subscription.latest_invoice ?? '')
  tables.subscription.delete(subscription.id)
}

function addSetupIntent(world: World, subscription: Subscription, order: SubscriptionOrder): void {
  if (order.collection !== 'charge_automatically' || methodOfSubscription(world, subscription) !== undefined) return
  const id = newId('seti')
  const intent = newSetupIntent({ id, created: subscription.created, client_secret: newSecret(id) })
  intent.customer = subscription.customer
  world.tables.setup_intent.set(id, intent)
  subscription.pending_setup_intent = id
  record(world, 'setup_intent.created', intent)
}
