import { nextBoundary } from '#sandbox/stripe/billing-period.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { find, type World } from '#sandbox/stripe/world.ts'
import { methodOfSubscription } from './choose-method.ts'
import { collectInvoice } from './collect-invoice.ts'
import { draftInvoice, subscriptionLine } from './draft-invoice.ts'
import { finalizeInvoice } from './finalize-invoice.ts'
import { cancelSubscription } from './cancel-subscription.ts'
import { pauseSubscription } from './pause-subscription.ts'
import { change, record } from './record-event.ts'
import { markUncollectible, voidInvoice } from './settle-invoice.ts'
import { canBeTaxed, failFinalization } from './total-invoice.ts'

/** Moves every item into the period that starts at `start` (UTC seconds) and drafts its invoice. */
function beginPeriod(
  world: World,
  subscription: Subscription,
  start: number,
  reason: Invoice['billing_reason'],
): Invoice {
  const items = itemsOf(world, subscription.id)
  const first = items[0]
  const cycle = first === undefined ? null : find(world, 'price', first.sandbox.price).recurring
  if (first === undefined || cycle === null) throw invalid('The subscription has no recurring items.')
  const end = nextBoundary(subscription.billing_cycle_anchor, cycle, start)
  const previous = first.current_period_start
  for (const item of items) Object.assign(item, { current_period_start: start, current_period_end: end })
  const lines = items.map((item) => {
    const price = find(world, 'price', item.sandbox.price)
    return subscriptionLine(world, subscription.id, { item: item.id, price, quantity: item.quantity }, { start, end })
  })
  const paused = subscription.pause_collection?.behavior
  return draftInvoice(world, {
    customer: find(world, 'customer', subscription.customer),
    subscription,
    reason,
    currency: subscription.currency,
    period: { start: previous, end: start },
    lines,
    includePending: true,
    autoAdvance: subscription.status !== 'unpaid' && paused !== 'keep_as_draft',
  })
}

/** The period is over: the next one begins, or the subscription ends as it was told to. */
export function renewSubscription(world: World, subscription: Subscription, boundary: number): void {
  if (subscription.cancel_at_period_end || (subscription.cancel_at !== null && subscription.cancel_at <= boundary)) {
    return cancelSubscription(world, subscription, 'cancellation_requested')
  }
  change(world, subscription, 'customer.subscription.updated', () => {
    beginPeriod(world, subscription, boundary, 'subscription_cycle')
  })
}

/** The trial is over: pay, pause or end, by `trial_settings` when there is nothing to charge. */
export function endTrial(world: World, subscription: Subscription, now: number): void {
  const bare =
    subscription.collection_method === 'charge_automatically' && methodOfSubscription(world, subscription) === undefined
  const missing = subscription.trial_settings.end_behavior.missing_payment_method
  if (subscription.cancel_at_period_end || (bare && missing === 'cancel'))
    return cancelSubscription(world, subscription, 'cancellation_requested')
  if (bare && missing === 'pause') {
    pauseSubscription(world, subscription, 'trial_end_without_payment_method')
    return
  }
  change(world, subscription, 'customer.subscription.updated', () => {
    subscription.status = 'active'
    subscription.billing_cycle_anchor = now
    beginPeriod(world, subscription, now, 'subscription_cycle')
  })
}

/** About an hour after it was drafted: the invoice becomes real and, where it may be, is charged. */
export function advanceDraft(world: World, invoice: Invoice): void {
  if (!canBeTaxed(world, invoice)) return failFinalization(world, invoice)
  finalizeInvoice(world, invoice)
  if (invoice.status !== 'open') return
  const subscription = world.tables.subscription.get(invoice.parent?.subscription_details.subscription ?? '')
  const behavior = subscription?.pause_collection?.behavior
  if (behavior === 'void') return voidInvoice(world, invoice)
  if (behavior === 'mark_uncollectible') return markUncollectible(world, invoice, 'subscription_paused')
  if (invoice.collection_method === 'send_invoice') return record(world, 'invoice.sent', invoice)
  collectInvoice(world, invoice)
}
