import type { Decline } from '#sandbox/stripe/cards.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { newCharge, type Charge, type Outcome } from '#sandbox/stripe/objects/charge.ts'
import type { PaymentIntent } from '#sandbox/stripe/objects/intent.ts'
import type { PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'

/** Every attempt leaves a charge, a declined one too. */
export function bookCharge(
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
  if (paid) giveReceipt(world, charge)
  world.tables.charge.set(charge.id, charge)
  return charge
}

/** Money that has come gets a page that says so. */
export function giveReceipt({ origin }: World, charge: Charge): void {
  charge.receipt_url = `${origin}/receipt/${charge.id}`
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
  if (method.link !== undefined) return { type: 'link', link: { country: null } }
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
      wallet: method.card?.wallet ?? null,
    },
  }
}

export function authorized(risk: 'normal' | 'elevated' | 'highest'): Outcome {
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

export function refused(decline: Decline): Outcome {
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
