import {
  authenticationRequired,
  bankOutcome,
  cardByNumber,
  declineMessage,
  expired,
  type Act,
  type Decline,
} from '#sandbox/stripe/cards.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { documented, type ErrorBody } from '#sandbox/stripe/kernel/errors.ts'
import type { PaymentIntent } from '#sandbox/stripe/objects/intent.ts'
import type { PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import { present } from '#sandbox/stripe/present.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'
import { attach } from './attach-payment-method.ts'
import { isExpired } from './mint-payment-method.ts'
import { authorized, bookCharge, refused } from './book-charge.ts'
import { change, record } from './record-event.ts'
import { openDispute } from './open-dispute.ts'

/** How an attempt ended. A failure carries the error as it stays on the intent. */
export type Attempt =
  | { kind: 'succeeded' }
  | { kind: 'requires_action' }
  | { kind: 'processing' }
  | { kind: 'failed'; error: ErrorBody }

type How = {
  offSession: boolean
  /** The cardholder has just passed the bank's check. */
  authenticated?: boolean
  /** An automatic collection waits for the cardholder; an API call off session is declined instead. */
  mayWait?: boolean
}

/** Tries to take the intent's amount from `method` and moves the intent accordingly. */
export function attempt(world: World, intent: PaymentIntent, method: PaymentMethod, how: How): Attempt {
  if (method.type !== 'card' && method.type !== 'link') return debit(world, intent, method)
  const act =
    how.authenticated === true
      ? cardByNumber(method.sandbox.behaves).afterChallenge
      : decide(world, intent, method, how)
  if (act === 'ok') return succeed(world, intent, method)
  if (act !== 'challenge') return fail(world, intent, method, act)
  if (how.offSession && how.mayWait !== true) return fail(world, intent, method, authenticationRequired)
  return challenge(world, intent, method)
}

function decide(world: World, intent: PaymentIntent, method: PaymentMethod, how: How): 'ok' | 'challenge' | Decline {
  const card = cardByNumber(method.sandbox.behaves)
  const { card: face } = method
  const now = timeOf(world, intent.customer)
  if (face !== undefined && isExpired(face.exp_month, face.exp_year, now)) return expired
  const act: Act = how.offSession ? card.offSession : card.onSession
  if (act === 'ok_if_set_up') return method.sandbox.setUp ? 'ok' : 'challenge'
  if (typeof act === 'object' && act.code === 'incorrect_cvc' && !method.sandbox.cvcGiven) return 'ok'
  return act
}

function succeed(world: World, intent: PaymentIntent, method: PaymentMethod): Attempt {
  const card = cardByNumber(method.sandbox.behaves)
  const charge = bookCharge(world, intent, method, 'succeeded', authorized(card.risk))
  change(world, intent, 'payment_intent.succeeded', () => {
    Object.assign(intent, {
      status: 'succeeded',
      amount_received: intent.amount,
      latest_charge: charge.id,
      payment_method: method.id,
    })
    Object.assign(intent, { next_action: null, last_payment_error: null })
  })
  record(world, 'charge.succeeded', charge)
  keepMethod(world, intent, method)
  if (card.dispute !== undefined) openDispute(world, charge, card.dispute)
  return { kind: 'succeeded' }
}

// A payment that was to be used again saves its method only once it has gone through.
export function keepMethod(world: World, intent: PaymentIntent, method: PaymentMethod): void {
  if (intent.setup_future_usage === null) return
  method.sandbox.setUp = true
  if (intent.customer !== null && method.customer === null) attach(world, method, intent.customer)
}

function fail(world: World, intent: PaymentIntent, method: PaymentMethod, decline: Decline): Attempt {
  const message = declineMessage(decline)
  const charge = bookCharge(world, intent, method, 'failed', refused(decline), { code: decline.code, message })
  const error = toError(world, method, decline, charge.id)
  change(world, intent, 'payment_intent.payment_failed', () => {
    Object.assign(intent, { status: 'requires_payment_method', payment_method: null, latest_charge: charge.id })
    Object.assign(intent, { next_action: null, last_payment_error: error })
  })
  record(world, 'charge.failed', charge)
  return { kind: 'failed', error }
}

export function toError(world: World, method: PaymentMethod, decline: Decline, charge?: string): ErrorBody {
  const { blocked: _, ...codes } = decline
  const body: ErrorBody = {
    type: 'card_error',
    ...codes,
    message: declineMessage(decline),
    payment_method: present(world, method),
  }
  return documented(charge === undefined ? body : { ...body, charge })
}

function challenge(world: World, intent: PaymentIntent, method: PaymentMethod): Attempt {
  const url = `${world.origin}/3ds/${intent.id}?client_secret=${intent.client_secret}`
  const { returnUrl } = intent.sandbox
  change(world, intent, 'payment_intent.requires_action', () => {
    intent.status = 'requires_action'
    intent.payment_method = method.id
    intent.next_action =
      returnUrl === null
        ? {
            type: 'use_stripe_sdk',
            use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url, source: newId('src') },
          }
        : { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } }
  })
  return { kind: 'requires_action' }
}

function debit(world: World, intent: PaymentIntent, method: PaymentMethod): Attempt {
  const ending = bankOutcome(method.sandbox.behaves)
  const charge = bookCharge(world, intent, method, 'pending', authorized('normal'))
  change(world, intent, 'payment_intent.processing', () => {
    Object.assign(intent, { status: 'processing', payment_method: method.id, latest_charge: charge.id })
    Object.assign(intent, { next_action: null, last_payment_error: null })
    intent.sandbox.settles = ending === undefined ? null : timeOf(world, intent.customer) + ending.after
  })
  record(world, 'charge.pending', charge)
  return { kind: 'processing' }
}
