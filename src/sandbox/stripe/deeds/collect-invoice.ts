import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'
import { attempt } from './charge-intent.ts'
import { methodFor, subscriptionOf } from './choose-method.ts'
import { intentOf } from './finalize-invoice.ts'
import { followFailed } from './follow-invoice.ts'
import { followPayment } from './follow-payment.ts'
import { cancelSubscription } from './cancel-subscription.ts'
import { pauseSubscription } from './pause-subscription.ts'
import { change, record } from './record-event.ts'
import { noteDebts } from './settle-invoice.ts'

const day = 86_400

/** Days after the first failure on which it is tried again. */
const retryDays = [1, 3, 5, 7]

/** After one of these only a new card is tried; the schedule runs on (docs.stripe.com, Smart Retries). */
const hopeless = new Set([
  'incorrect_number',
  'lost_card',
  'pickup_card',
  'stolen_card',
  'revocation_of_authorization',
  'revocation_of_all_authorizations',
  'authentication_required',
  'highest_risk_level',
  'transaction_not_allowed',
])

/** An automatic attempt: the first after finalizing, or a scheduled retry. */
export function collectInvoice(world: World, invoice: Invoice): void {
  const intent = intentOf(world, invoice)
  const method = methodFor(world, invoice)
  const last = intent.last_payment_error
  const sameCard = last?.payment_method?.['id'] === method?.id
  const skips = sameCard && hopeless.has(last?.decline_code ?? last?.code ?? '')
  const counted = () => {
    invoice.attempted = true
    invoice.attempt_count += 1
    invoice.next_payment_attempt = null
  }
  if (intent.status === 'processing') return
  if (method === undefined || skips) {
    change(world, invoice, 'invoice.updated', counted)
    failWithoutCharge(world, invoice)
  } else {
    counted()
    const ended = attempt(world, intent, method, { offSession: true, mayWait: true })
    followPayment(world, intent, ended)
    if (ended.kind === 'succeeded' || ended.kind === 'processing') return
    if (ended.kind === 'requires_action') {
      invoice.sandbox.firstFailure ??= timeOf(world, invoice.customer)
      record(world, 'invoice.payment_failed', invoice)
      noteDebts(world, invoice.customer)
      followFailed(world, invoice)
    }
  }
  scheduleRetry(world, invoice)
}

function failWithoutCharge(world: World, invoice: Invoice): void {
  invoice.sandbox.firstFailure ??= timeOf(world, invoice.customer)
  record(world, 'invoice.payment_failed', invoice)
  noteDebts(world, invoice.customer)
  followFailed(world, invoice)
}

// The date of the next attempt comes with `invoice.updated`, after `invoice.payment_failed`.
function scheduleRetry(world: World, invoice: Invoice): void {
  if (invoice.status !== 'open' || !invoice.auto_advance) return
  const first = invoice.sandbox.firstFailure ?? timeOf(world, invoice.customer)
  const days = retryDays[invoice.attempt_count - 1]
  if (days !== undefined) {
    change(world, invoice, 'invoice.updated', () => {
      invoice.next_payment_attempt = first + days * day
    })
    return
  }
  const subscription = subscriptionOf(world, invoice)
  if (subscription?.status !== 'past_due') return
  const after = world.settings.after_retries
  // Where it should pause and cannot, Stripe cancels.
  const paused = after === 'pause' && pauseSubscription(world, subscription, 'final_payment_failure')
  if (after === 'cancel' || (after === 'pause' && !paused)) cancelSubscription(world, subscription, 'payment_failed')
  if (after === 'unpaid') {
    change(world, subscription, 'customer.subscription.updated', () => {
      subscription.status = 'unpaid'
    })
  }
}
