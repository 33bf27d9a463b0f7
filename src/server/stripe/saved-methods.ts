import type { Instant, Method } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import Stripe from 'stripe'
import { ask, type StripeClient } from './client.ts'
import { isBlocked, methodFrom } from './facts.ts'

/** What is known of a saved method besides its face. */
export type Holding = {
  readonly method: Method
  /** Stripe's word: `apple_pay`. */
  readonly wallet?: string
  readonly bank?: string
  /** Of a Link account. */
  readonly email?: string
  /** The bank has closed it to debits. */
  readonly blocked: boolean
}

/** A bank account that waits: for its owner to name what was deposited, or for the bank. */
export type Waiting = {
  readonly setupIntent: string
  readonly method?: Method
  readonly bank?: string
  readonly proof: 'code' | 'amounts' | 'none'
  readonly arrives?: Instant
}

/** Everything a customer has saved, newest first. Throws StripeUnreachable. */
export async function readHoldings(stripe: StripeClient, customer: string): Promise<readonly Holding[]> {
  const { data } = await ask(stripe.customers.listPaymentMethods(customer, { limit: 100 }))
  return data.map(holdingFrom)
}

function holdingFrom(method: Stripe.PaymentMethod): Holding {
  const { card, us_bank_account: account, link } = method
  return {
    method: methodFrom(method),
    blocked: isBlocked(method),
    ...compact({
      wallet: card?.wallet?.type,
      bank: account?.bank_name ?? undefined,
      email: link?.email ?? undefined,
    }),
  }
}

/** Set-ups that wait for days, newest first; one per bank account. Throws StripeUnreachable. */
export async function readWaiting(stripe: StripeClient, customer: string): Promise<readonly Waiting[]> {
  const { data } = await ask(stripe.setupIntents.list({ customer, limit: 50, expand: ['data.payment_method'] }))
  return data.flatMap((intent) => waitingFrom(intent) ?? [])
}

function waitingFrom(intent: Stripe.SetupIntent): Waiting | undefined {
  const deposits = intent.next_action?.verify_with_microdeposits
  const isAsked = intent.status === 'requires_action' && deposits !== undefined
  if (!isAsked && intent.status !== 'processing') return undefined
  const held = typeof intent.payment_method === 'object' ? intent.payment_method : null
  const proof = deposits?.microdeposit_type === 'amounts' ? 'amounts' : 'code'
  return {
    setupIntent: intent.id,
    proof: isAsked ? proof : 'none',
    ...compact({
      method: held ? methodFrom(held) : undefined,
      bank: held?.us_bank_account?.bank_name ?? undefined,
      arrives: isAsked ? deposits.arrival_date : undefined,
    }),
  }
}

export type Proof = { readonly code: string } | { readonly amounts: readonly [number, number] }

/** https://docs.stripe.com/api/errors#errors-setup_intent: what was named is wrong, and it may be named again. */
const mismatches: readonly (string | undefined)[] = [
  'payment_method_microdeposit_verification_amounts_mismatch',
  'payment_method_microdeposit_verification_descriptor_code_mismatch',
  'payment_method_microdeposit_verification_amounts_invalid',
]

/**
 * Names what was deposited. Amounts in cents. A customer has ten tries with amounts and three with a code
 * (https://docs.stripe.com/payments/ach-direct-debit/set-up-payment). Throws StripeUnreachable.
 */
export async function verifyDeposits(
  stripe: StripeClient,
  setupIntent: string,
  proof: Proof,
): Promise<'verified' | 'wrong' | 'over'> {
  const given =
    'code' in proof ? { descriptor_code: proof.code.toUpperCase() } : { amounts: [...proof.amounts] satisfies number[] }
  try {
    const { status } = await ask(stripe.setupIntents.verifyMicrodeposits(setupIntent, given, { maxNetworkRetries: 0 }))
    return status === 'succeeded' || status === 'processing' ? 'verified' : 'wrong'
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    return mismatches.includes(error.code) ? 'wrong' : 'over'
  }
}

/** Gives a set-up up; one that is over already is fine. Throws StripeUnreachable. */
export async function cancelSetup(stripe: StripeClient, setupIntent: string): Promise<void> {
  try {
    await ask(stripe.setupIntents.cancel(setupIntent, { cancellation_reason: 'abandoned' }))
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
  }
}
