import type { PaymentError } from './account.ts'

/**
 * What a decline asks of the person. The raw code never leaves the server: Stripe asks not to reveal some of them, and
 * a code that is missing for those alone would reveal them too.
 *
 * funds: another card, or this one later · bank: ask the bank or use another card · data: type it in again ·
 * expired: the card is over · confirm: the bank wants to see the person · retry: nothing wrong with the card, try again.
 */
export type DeclineGroup = 'funds' | 'bank' | 'data' | 'expired' | 'confirm' | 'retry'

/** Everything not named here is `bank`: the generic words, which are also those of the never-reveal codes. */
const groups: Readonly<Record<string, DeclineGroup>> = {
  insufficient_funds: 'funds',
  card_velocity_exceeded: 'funds',
  withdrawal_count_limit_exceeded: 'funds',
  incorrect_number: 'data',
  invalid_number: 'data',
  incorrect_cvc: 'data',
  invalid_cvc: 'data',
  invalid_expiry_month: 'data',
  invalid_expiry_year: 'data',
  incorrect_zip: 'data',
  incorrect_postal_code: 'data',
  incorrect_address: 'data',
  expired_card: 'expired',
  expired_payment_method: 'expired',
  authentication_required: 'confirm',
  payment_intent_authentication_failure: 'confirm',
  setup_intent_authentication_failure: 'confirm',
  processing_error: 'retry',
  issuer_not_available: 'retry',
  try_again_later: 'retry',
  reenter_transaction: 'retry',
  approve_with_id: 'retry',
}

/** Evidence in Stripe's order: the code that must stay hidden, the issuer's advice, the decline code, the error code. */
export function declineGroup(error: PaymentError): DeclineGroup {
  const hidden = error.declineCode !== undefined && neverReveal.has(error.declineCode)
  if (hidden) return 'bank'
  if (error.adviceCode === 'confirm_card_data') return 'data'
  if (error.adviceCode === 'try_again_later') return 'retry'
  return groups[error.declineCode ?? ''] ?? groups[error.code] ?? 'bank'
}

/** Whether trying the very same card again can help at all (https://docs.stripe.com/declines/card, advice codes). */
export function sameCardCanWork(error: PaymentError): boolean {
  if (error.adviceCode === 'do_not_try_again') return false
  const group = declineGroup(error)
  return group === 'funds' || group === 'retry' || group === 'confirm'
}

/** https://docs.stripe.com/declines/codes: "do not report more detailed information to your customer". */
const neverReveal: ReadonlySet<string> = new Set([
  'fraudulent',
  'merchant_blacklist',
  'stolen_card',
  'lost_card',
  'lost_or_stolen_card',
  'pickup_card',
  'restricted_card',
  'highest_risk_level',
  'rule',
])
