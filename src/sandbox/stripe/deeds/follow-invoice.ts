import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import type { Subscription, SubscriptionStatus } from '#sandbox/stripe/objects/subscription.ts'
import { rows, timeOf, type World } from '#sandbox/stripe/world.ts'
import { subscriptionOf } from './choose-method.ts'
import { pausedByFailure, pauseSubscription } from './pause-subscription.ts'
import { applyPendingUpdate } from './pending-update.ts'
import { change, record } from './record-event.ts'

/** The subscription's part when its invoice is paid. A canceled one stays canceled: the debt is settled, nothing revives. */
export function followPaid(world: World, invoice: Invoice, method: string | null): void {
  const subscription = subscriptionOf(world, invoice)
  if (subscription === undefined || isOver(subscription)) return
  if (lags(subscription, () => ({ deed: 'paid', invoice: invoice.id, method }))) return
  const saves = subscription.payment_settings.save_default_payment_method === 'on_subscription' && method !== null
  const next = statusAfterPayment(world, subscription, invoice)
  let applied = false
  moveTo(world, subscription, next, () => {
    if (saves) subscription.default_payment_method = method
    applied = applyPendingUpdate(world, subscription, invoice)
  })
  if (applied) record(world, 'customer.subscription.pending_update_applied', subscription)
}

function statusAfterPayment(world: World, subscription: Subscription, invoice: Invoice): SubscriptionStatus {
  const { status } = subscription
  if (status === 'incomplete')
    return subscription.trial_end !== null && subscription.trial_end > timeOf(world, subscription.customer)
      ? 'trialing'
      : 'active'
  if (status === 'paused') return endsPause(world, subscription, invoice) ? 'active' : 'paused'
  const isLatest = latestFinalized(world, subscription)?.id === invoice.id
  return (status === 'past_due' || status === 'unpaid') && isLatest ? 'active' : status
}

// The resumption invoice ends any pause; the one that caused it does where the account is set to resume by itself.
function endsPause(world: World, subscription: Subscription, invoice: Invoice): boolean {
  if (subscription.sandbox.resume === invoice.id) return true
  const isCause = pausedByFailure(subscription) && latestFinalized(world, subscription)?.id === invoice.id
  return isCause && world.settings.after_paused_paid === 'resume'
}

/** Takes on a status, with all that belongs to leaving a pause. */
export function moveTo(world: World, subscription: Subscription, next: SubscriptionStatus, deed = () => {}): void {
  const resumed = subscription.status === 'paused' && next !== 'paused'
  change(world, subscription, 'customer.subscription.updated', () => {
    subscription.status = next
    if (resumed) delete subscription.status_details
    if (resumed) subscription.sandbox.resume = null
    deed()
  })
  if (resumed && next === 'active') record(world, 'customer.subscription.resumed', subscription)
}

/** A failed charge: the first invoice leaves the subscription incomplete, a later one past due; a one-off bill is no part of it. */
export function followFailed(world: World, invoice: Invoice): void {
  const subscription = subscriptionOf(world, invoice)
  if (subscription === undefined || invoice.billing_reason === 'manual') return
  if (lags(subscription, () => ({ deed: 'failed', invoice: invoice.id, method: null }))) return
  const { status, sandbox } = subscription
  const resumes = status === 'paused' && sandbox.resume === invoice.id && sandbox.staysPaused !== true
  const falls = status === 'active' && latestFinalized(world, subscription)?.id === invoice.id
  if ((!resumes && !falls) || sandbox.pending?.invoice === invoice.id) return
  const renews = falls && invoice.billing_reason === 'subscription_cycle'
  const pauses = renews && invoice.attempted && world.settings.after_first_failure === 'pause'
  if (pauses && pauseSubscription(world, subscription, 'first_payment_failure')) return
  moveTo(world, subscription, 'past_due')
}

/** Voided or written off: what came before decides again, and nothing owed means active. */
export function followWrittenOff(world: World, invoice: Invoice): void {
  const subscription = subscriptionOf(world, invoice)
  if (subscription === undefined || isOver(subscription)) return
  if (lags(subscription, () => ({ deed: 'written_off', invoice: invoice.id, method: null }))) return
  if (subscription.sandbox.pending?.invoice === invoice.id && invoice.status === 'void') {
    change(world, subscription, 'customer.subscription.updated', () => {
      subscription.sandbox.pending = null
      subscription.pending_update = null
    })
  }
  const next = statusAfterWriteOff(world, subscription, invoice)
  if (next === subscription.status) return
  moveTo(world, subscription, next, () => {
    if (next === 'incomplete_expired') subscription.ended_at = timeOf(world, subscription.customer)
  })
}

function statusAfterWriteOff(world: World, subscription: Subscription, invoice: Invoice): SubscriptionStatus {
  const { status } = subscription
  // Without its first invoice a subscription never begins.
  if (status === 'incomplete' && invoice.status === 'void' && invoice.billing_reason === 'subscription_create')
    return 'incomplete_expired'
  if (status === 'paused')
    return invoice.status === 'uncollectible' && endsPause(world, subscription, invoice) ? 'active' : status
  return status === 'past_due' && latestFinalized(world, subscription)?.status !== 'open' ? 'active' : status
}

// Stripe's machinery takes a moment; a lever stretches it, and what happened meanwhile is done at its end.
function lags(subscription: Subscription, note: () => NonNullable<Subscription['sandbox']['lag']>[number]): boolean {
  const { lag } = subscription.sandbox
  if (lag === undefined || lag === null) return false
  lag.push(note())
  return true
}

/** Lets a subscription that was made to lag take note of its invoices again. */
export function catchUpWithInvoices(world: World, subscription: Subscription): void {
  const { lag } = subscription.sandbox
  subscription.sandbox.lag = null
  for (const { deed, invoice: id, method } of lag ?? []) {
    const invoice = world.tables.invoice.get(id)
    if (invoice === undefined) continue
    if (deed === 'paid') followPaid(world, invoice, method)
    if (deed === 'failed') followFailed(world, invoice)
    if (deed === 'written_off') followWrittenOff(world, invoice)
  }
}

/** The invoice a subscription's status follows: its most recent finalized one that is not void, one-off bills aside. */
export function latestFinalized(world: World, subscription: Subscription): Invoice | undefined {
  return rows(world, 'invoice').findLast(
    (one) =>
      one.parent?.subscription_details.subscription === subscription.id &&
      one.billing_reason !== 'manual' &&
      one.status !== 'draft' &&
      one.status !== 'void',
  )
}

export function isOver(subscription: Subscription): boolean {
  return subscription.status === 'canceled' || subscription.status === 'incomplete_expired'
}
