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
import { newCharge, type Charge, type Outcome } from '#sandbox/stripe/objects/charge.ts'
import type { PaymentIntent } from '#sandbox/stripe/objects/intent.ts'
import type { PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import { present } from '#sandbox/stripe/present.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'
import { attach } from './attach-payment-method.ts'
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
  if (method.type !== 'card') return debit(world, intent, method)
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
  if (face !== undefined && Date.UTC(face.exp_year, face.exp_month, 1) / 1000 <= now) return expired
  const act: Act = how.offSession ? card.offSession : card.onSession
  if (act === 'ok_if_set_up') return method.sandbox.setUp ? 'ok' : 'challenge'
  if (typeof act === 'object' && act.code === 'incorrect_cvc' && !method.sandbox.cvcGiven) return 'ok'
  return act
}

function succeed(world: World, intent: PaymentIntent, method: PaymentMethod): Attempt {
  const card = cardByNumber(method.sandbox.behaves)
  const charge = book(world, intent, method, 'succeeded', authorized(card.risk))
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
  keep(world, intent, method)
  if (card.dispute !== undefined) openDispute(world, charge, card.dispute)
  return { kind: 'succeeded' }
}

// A payment that was to be used again saves its method only once it has gone through.
function keep(world: World, intent: PaymentIntent, method: PaymentMethod): void {
  if (intent.setup_future_usage === null) return
  method.sandbox.setUp = true
  if (intent.customer !== null && method.customer === null) attach(world, method, intent.customer)
}

function fail(world: World, intent: PaymentIntent, method: PaymentMethod, decline: Decline): Attempt {
  const message = declineMessage(decline)
  const charge = book(world, intent, method, 'failed', refused(decline), { code: decline.code, message })
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
  const charge = book(world, intent, method, 'pending', authorized('normal'))
  change(world, intent, 'payment_intent.processing', () => {
    Object.assign(intent, { status: 'processing', payment_method: method.id, latest_charge: charge.id })
    Object.assign(intent, { next_action: null, last_payment_error: null })
    intent.sandbox.settles = ending === undefined ? null : timeOf(world, intent.customer) + ending.after
  })
  record(world, 'charge.pending', charge)
  return { kind: 'processing' }
}

/** Ends a bank debit that was in processing; `failure` is the bank's code, null when the money came. */
export function settleDebit(world: World, intent: PaymentIntent, failure: string | null): Attempt {
  const charge = world.tables.charge.get(intent.latest_charge ?? '')
  const method = world.tables.payment_method.get(intent.payment_method ?? '')
  if (charge === undefined || method === undefined) return { kind: 'processing' }
  intent.sandbox.settles = null
  if (failure === null) {
    change(world, charge, 'charge.succeeded', () =>
      Object.assign(charge, { status: 'succeeded', paid: true, amount_captured: charge.amount }),
    )
    change(world, intent, 'payment_intent.succeeded', () =>
      Object.assign(intent, { status: 'succeeded', amount_received: intent.amount }),
    )
    keep(world, intent, method)
    return { kind: 'succeeded' }
  }
  const message = 'The bank debit failed.'
  change(world, charge, 'charge.failed', () => {
    Object.assign(charge, {
      status: 'failed',
      paid: false,
      captured: false,
      failure_code: failure,
      failure_message: message,
    })
  })
  const error = documented({
    type: 'card_error',
    code: failure,
    message,
    charge: charge.id,
    payment_method: present(world, method),
  })
  change(world, intent, 'payment_intent.payment_failed', () => {
    Object.assign(intent, { status: 'requires_payment_method', payment_method: null, last_payment_error: error })
  })
  return { kind: 'failed', error }
}

function book(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  status: Charge['status'],
  outcome: Outcome,
  failure?: { code: string; message: string },
): Charge {
  const paid = status === 'succeeded'
  const charge = newCharge(
    {
      id: newId(method.type === 'card' ? 'ch' : 'py'),
      amount: intent.amount,
      amount_captured: paid ? intent.amount : 0,
      billing_details: structuredClone(method.billing_details),
      captured: status !== 'failed',
      created: timeOf(world, intent.customer),
      currency: intent.currency,
      customer: intent.customer,
      description: intent.description,
      failure_code: failure?.code ?? null,
      failure_message: failure?.message ?? null,
      outcome,
      paid,
      payment_intent: intent.id,
      payment_method: method.id,
      payment_method_details: paidWith(method, intent.amount),
      status,
    },
    world.settings.statement,
  )
  world.tables.charge.set(charge.id, charge)
  return charge
}

function paidWith(
  method: PaymentMethod,
  amount: number,
): Charge['payment_method_details'] & { [type: string]: unknown } {
  if (method.us_bank_account !== undefined) {
    const { account_type, bank_name, fingerprint, last4, routing_number } = method.us_bank_account
    const fields = {
      account_holder_type: 'individual',
      account_type,
      bank_name,
      fingerprint,
      last4,
      routing_number,
      payment_reference: null,
    }
    return { type: 'us_bank_account', us_bank_account: fields }
  }
  if (method.sepa_debit !== undefined) {
    const { bank_code, country, fingerprint, last4 } = method.sepa_debit
    return {
      type: 'sepa_debit',
      sepa_debit: { bank_code, branch_code: null, country, fingerprint, last4, mandate: null },
    }
  }
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } = method.card ?? {}
  const face = {
    brand,
    checks: structuredClone(checks),
    country,
    exp_month,
    exp_year,
    fingerprint,
    funding,
    last4,
    network: brand,
  }
  const unset = {
    authorization_code: null,
    electronic_commerce_indicator: null,
    installments: null,
    mandate: null,
    network_transaction_id: null,
  }
  return {
    type: 'card',
    card: {
      ...face,
      ...unset,
      amount_authorized: amount,
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  }
}

function authorized(risk: 'normal' | 'elevated' | 'highest'): Outcome {
  const codes = {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: 'approved_by_network',
  }
  const score = { normal: 12, elevated: 66, highest: 92 }[risk]
  return {
    ...codes,
    reason: null,
    risk_level: risk,
    risk_score: score,
    seller_message: 'Payment complete.',
    type: 'authorized',
  }
}

function refused(decline: Decline): Outcome {
  const codes = { advice_code: decline.advice_code ?? null, network_advice_code: null, network_decline_code: null }
  if (decline.blocked === true) {
    const reason = { reason: 'highest_risk_level', risk_level: 'highest', risk_score: 92, type: 'blocked' as const }
    return {
      ...codes,
      ...reason,
      network_status: 'not_sent_to_network',
      seller_message: 'Stripe blocked this payment as too risky.',
    }
  }
  const reason = {
    reason: decline.decline_code ?? decline.code,
    risk_level: 'normal',
    risk_score: 12,
    type: 'issuer_declined' as const,
  }
  return {
    ...codes,
    ...reason,
    network_status: 'declined_by_network',
    seller_message: 'The bank returned a decline code.',
  }
}
