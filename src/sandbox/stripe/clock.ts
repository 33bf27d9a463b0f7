import { bankOutcome } from './cards.ts'
import { cancelSubscription } from './deeds/cancel-subscription.ts'
import { settleDebit } from './deeds/settle-debit.ts'
import { collectInvoice } from './deeds/collect-invoice.ts'
import { subscriptionOf } from './deeds/choose-method.ts'
import { followFailed, isOver, latestFinalized } from './deeds/follow-invoice.ts'
import { officeSays, verifyTaxId } from './deeds/hold-tax-id.ts'
import { followPayment } from './deeds/follow-payment.ts'
import { dropPendingUpdate, isBeingPaid } from './deeds/drop-pending-update.ts'
import { change, record } from './deeds/record-event.ts'
import { advanceDraft, endTrial, renewSubscription } from './deeds/renew-subscription.ts'
import { voidInvoice } from './deeds/settle-invoice.ts'
import type { PaymentIntent } from './objects/intent.ts'
import type { Invoice } from './objects/invoice.ts'
import type { Subscription } from './objects/subscription.ts'
import { rows, type World } from './world.ts'

/** Something that falls due at a moment (UTC seconds) and is then done. */
type Due = { at: number; deed: () => void }

const day = 86_400
const mostAtOnce = 100_000
const incompleteHours = 23
const trialWarningDays = 3

/**
 * Does everything that falls due up to `target`, in order, for the customers of one test clock (null: of none).
 * `reach` sets that world's time to each moment before its deed. Returns when the next thing falls due, or Infinity.
 */
export function runUntil(world: World, clock: string | null, target: number, reach: (at: number) => void): number {
  for (let done = 0; done < mostAtOnce; done++) {
    const due = earliest(world, clock)
    if (due === undefined || due.at > target) return due?.at ?? Infinity
    reach(due.at)
    due.deed()
  }
  throw new Error('Something falls due again and again without being done.')
}

function earliest(world: World, clock: string | null): Due | undefined {
  let first: Due | undefined
  const consider = (due: Due | undefined) => {
    if (due !== undefined && (first === undefined || due.at < first.at)) first = due
  }
  for (const invoice of world.tables.invoice.values())
    if (invoice.test_clock === clock) consider(ofInvoice(world, invoice))
  const ends = periodEnds(world)
  for (const subscription of world.tables.subscription.values()) {
    if (subscription.test_clock !== clock || isOver(subscription)) continue
    consider(ofSubscription(world, subscription, ends.get(subscription.id)))
  }
  for (const held of world.tables.tax_id.values()) {
    const { settles: at } = held.sandbox
    if (at !== null && clockOf(world, held.customer) === clock)
      consider({ at, deed: () => verifyTaxId(world, held, officeSays(held.value)) })
  }
  for (const intent of world.tables.payment_intent.values()) {
    if (intent.sandbox.settles !== null && clockOf(world, intent.customer) === clock) consider(ofDebit(world, intent))
  }
  return first
}

function clockOf(world: World, customer: string | null): string | null {
  return world.tables.customer.get(customer ?? '')?.test_clock ?? null
}

function ofInvoice(world: World, invoice: Invoice): Due | undefined {
  if (invoice.status === 'draft' && invoice.automatically_finalizes_at !== null) {
    return { at: invoice.automatically_finalizes_at, deed: () => advanceDraft(world, invoice) }
  }
  if (invoice.status === 'open' && invoice.next_payment_attempt !== null) {
    return { at: invoice.next_payment_attempt, deed: () => collectInvoice(world, invoice) }
  }
  const subscription = subscriptionOf(world, invoice)
  if (
    invoice.status === 'open' &&
    invoice.due_date !== null &&
    subscription?.status === 'active' &&
    subscription.sandbox.pending?.invoice !== invoice.id &&
    latestFinalized(world, subscription)?.id === invoice.id
  ) {
    // An invoice sent by e-mail is nobody's failed charge: the day after which it is late makes the plan past due.
    return { at: invoice.due_date, deed: () => fallOverdue(world, invoice) }
  }
  return undefined
}

// One pass over all items, where asking each subscription for its own would be as many.
function periodEnds(world: World): Map<string, number> {
  const ends = new Map<string, number>()
  for (const { subscription, current_period_end: end } of world.tables.subscription_item.values()) {
    ends.set(subscription, Math.min(end, ends.get(subscription) ?? Infinity))
  }
  return ends
}

function ofSubscription(world: World, subscription: Subscription, end: number | undefined): Due | undefined {
  const { status, trial_end: trialEnd, cancel_at: cancelAt } = subscription
  const dues: Due[] = []
  // Before the period's end, which comes at the same moment at the latest.
  const expires = subscription.pending_update?.expires_at
  if (expires !== undefined && !isBeingPaid(world, subscription))
    dues.push({ at: expires, deed: () => dropPendingUpdate(world, subscription, true) })
  if (status === 'incomplete') {
    dues.push({ at: subscription.created + incompleteHours * 3600, deed: () => expireIncomplete(world, subscription) })
  }
  if (status === 'trialing' && trialEnd !== null) {
    dues.push({ at: trialEnd, deed: () => endTrial(world, subscription, trialEnd) })
    if (!subscription.sandbox.trialWarned) {
      dues.push({
        at: Math.max(subscription.created, trialEnd - trialWarningDays * day),
        deed: () => warnOfTrialEnd(world, subscription),
      })
    }
  }
  if (end !== undefined && (status === 'active' || status === 'past_due' || status === 'unpaid')) {
    dues.push({ at: end, deed: () => renewSubscription(world, subscription, end) })
  }
  if (cancelAt !== null && !subscription.cancel_at_period_end) {
    dues.push({ at: cancelAt, deed: () => cancelSubscription(world, subscription, 'cancellation_requested') })
  }
  const resumes = subscription.pause_collection?.resumes_at ?? null
  if (resumes !== null) dues.push({ at: resumes, deed: () => resumeCollection(world, subscription) })
  const resumption = world.tables.invoice.get(subscription.sandbox.resume ?? '')
  if (status === 'paused' && resumption?.status === 'open' && !resumption.attempted) {
    dues.push({
      at: resumption.created + incompleteHours * 3600,
      deed: () => dropResumption(world, subscription, resumption),
    })
  }
  return dues.toSorted((a, b) => a.at - b.at)[0]
}

function fallOverdue(world: World, invoice: Invoice): void {
  record(world, 'invoice.overdue', invoice)
  followFailed(world, invoice)
}

function expireIncomplete(world: World, subscription: Subscription): void {
  const now = subscription.created + incompleteHours * 3600
  change(world, subscription, 'customer.subscription.updated', () => {
    Object.assign(subscription, { status: 'incomplete_expired', ended_at: now })
  })
  for (const invoice of rows(world, 'invoice')) {
    if (invoice.parent?.subscription_details.subscription === subscription.id && invoice.status === 'open')
      voidInvoice(world, invoice)
  }
}

function warnOfTrialEnd(world: World, subscription: Subscription): void {
  subscription.sandbox.trialWarned = true
  record(world, 'customer.subscription.trial_will_end', subscription)
}

function resumeCollection(world: World, subscription: Subscription): void {
  change(world, subscription, 'customer.subscription.updated', () => {
    subscription.pause_collection = null
  })
}

function dropResumption(world: World, subscription: Subscription, invoice: Invoice): void {
  subscription.sandbox.resume = null
  voidInvoice(world, invoice)
}

function ofDebit(world: World, intent: PaymentIntent): Due {
  const method = world.tables.payment_method.get(intent.payment_method ?? '')
  const failure = bankOutcome(method?.sandbox.behaves ?? '')?.failure ?? null
  return {
    at: intent.sandbox.settles ?? 0,
    deed: () => followPayment(world, intent, settleDebit(world, intent, failure)),
  }
}
