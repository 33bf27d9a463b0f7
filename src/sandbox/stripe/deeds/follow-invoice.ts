import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import type { Subscription, SubscriptionStatus } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { rows, timeOf, type World } from '#sandbox/stripe/world.ts'
import { subscriptionOf } from './choose-method.ts'
import { change, record } from './record-event.ts'

/** The subscription's part when its invoice is paid. A canceled one stays canceled: the debt is settled, nothing revives. */
export function followPaid(world: World, invoice: Invoice, method: string | null): void {
  const subscription = subscriptionOf(world, invoice)
  if (subscription === undefined || isOver(subscription)) return
  const saves = subscription.payment_settings.save_default_payment_method === 'on_subscription' && method !== null
  const next = statusAfterPayment(world, subscription, invoice)
  const resumed = subscription.status === 'paused' && next === 'active'
  change(world, subscription, 'customer.subscription.updated', () => {
    subscription.status = next
    if (saves) subscription.default_payment_method = method
    if (resumed) delete subscription.status_details
    if (resumed) subscription.sandbox.resume = null
    applyPending(world, subscription, invoice)
  })
  if (resumed) record(world, 'customer.subscription.resumed', subscription)
}

function statusAfterPayment(world: World, subscription: Subscription, invoice: Invoice): SubscriptionStatus {
  const { status } = subscription
  if (status === 'incomplete')
    return subscription.trial_end !== null && subscription.trial_end > timeOf(world, subscription.customer)
      ? 'trialing'
      : 'active'
  if (status === 'paused') return subscription.sandbox.resume === invoice.id ? 'active' : 'paused'
  const isLatest = latestFinalized(world, subscription)?.id === invoice.id
  return (status === 'past_due' || status === 'unpaid') && isLatest ? 'active' : status
}

function applyPending(world: World, subscription: Subscription, invoice: Invoice): void {
  const { pending } = subscription.sandbox
  if (pending === null || pending.invoice !== invoice.id) return
  for (const change of pending.items) {
    const item = itemsOf(world, subscription.id).find((one) => one.id === change.id)
    if (item === undefined) continue
    item.quantity = change.quantity
    item.sandbox.price = change.price
  }
  subscription.sandbox.pending = null
  subscription.pending_update = null
}

/** A failed charge: the first invoice leaves the subscription incomplete, a later one past due. */
export function followFailed(world: World, invoice: Invoice): void {
  const subscription = subscriptionOf(world, invoice)
  if (subscription === undefined) return
  const resumes = subscription.status === 'paused' && subscription.sandbox.resume === invoice.id
  const falls = subscription.status === 'active' || subscription.status === 'trialing'
  if (!resumes && !(falls && latestFinalized(world, subscription)?.id === invoice.id)) return
  if (subscription.sandbox.pending?.invoice === invoice.id) return
  change(world, subscription, 'customer.subscription.updated', () => {
    subscription.status = 'past_due'
    delete subscription.status_details
  })
}

/** Voided or written off: what came before decides again, and nothing owed means active. */
export function followWrittenOff(world: World, invoice: Invoice): void {
  const subscription = subscriptionOf(world, invoice)
  if (subscription === undefined) return
  const { status } = subscription
  // Without its first invoice a subscription never begins.
  const never = status === 'incomplete' && invoice.status === 'void' && invoice.billing_reason === 'subscription_create'
  if (!never && (status !== 'past_due' || latestFinalized(world, subscription)?.status === 'open')) return
  change(world, subscription, 'customer.subscription.updated', () => {
    subscription.status = never ? 'incomplete_expired' : 'active'
    if (never) subscription.ended_at = timeOf(world, subscription.customer)
  })
}

/** The invoice a subscription's status follows: its most recent finalized one that is not void. */
export function latestFinalized(world: World, subscription: Subscription): Invoice | undefined {
  return rows(world, 'invoice').findLast(
    (one) =>
      one.parent?.subscription_details.subscription === subscription.id &&
      one.status !== 'draft' &&
      one.status !== 'void',
  )
}

export function isOver(subscription: Subscription): boolean {
  return subscription.status === 'canceled' || subscription.status === 'incomplete_expired'
}
