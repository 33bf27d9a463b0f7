import type { PauseReason, Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'
import { change, record } from './record-event.ts'

/**
 * Pauses service and invoices. False, and nothing happens, where Stripe cannot: classic billing mode, invoices that are
 * sent, a schedule (https://docs.stripe.com/billing/subscriptions/pause#limitations).
 */
export function pauseSubscription(world: World, subscription: Subscription, type: PauseReason): boolean {
  const asked = type !== 'trial_end_without_payment_method'
  const unfit =
    subscription.billing_mode.type === 'classic' ||
    subscription.collection_method === 'send_invoice' ||
    subscription.schedule !== null
  if (asked && unfit) return false
  const now = timeOf(world, subscription.customer)
  change(world, subscription, 'customer.subscription.updated', () => {
    subscription.status = 'paused'
    subscription.status_details = { paused: { subscription: { type }, transitioned_at: now, type: 'subscription' } }
  })
  record(world, 'customer.subscription.paused', subscription)
  return true
}

/** Paused because a renewal could not be charged: what is owed can still be paid. */
export function pausedByFailure(subscription: Subscription): boolean {
  return subscription.status_details?.paused.subscription.type.endsWith('payment_failure') === true
}
