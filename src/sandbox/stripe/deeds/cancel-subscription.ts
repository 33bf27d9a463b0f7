import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { rows, timeOf, type World } from '#sandbox/stripe/world.ts'
import { record } from './record-event.ts'

/** Ends the subscription for good; its open invoices stay payable but are no longer collected. */
export function cancelSubscription(
  world: World,
  subscription: Subscription,
  reason: 'cancellation_requested' | 'payment_failed',
): void {
  const now = timeOf(world, subscription.customer)
  subscription.status = 'canceled'
  subscription.canceled_at ??= now
  subscription.ended_at = now
  subscription.cancellation_details.reason = reason
  subscription.pending_update = null
  delete subscription.status_details
  stopCollecting(world, subscription)
  record(world, 'customer.subscription.deleted', subscription)
}

function stopCollecting(world: World, subscription: Subscription): void {
  for (const invoice of rows(world, 'invoice')) {
    if (invoice.parent?.subscription_details.subscription !== subscription.id) continue
    if (invoice.status !== 'open' && invoice.status !== 'draft') continue
    Object.assign(invoice, { auto_advance: false, next_payment_attempt: null, automatically_finalizes_at: null })
  }
}
