import { ourCodes } from './our-codes.ts'

/** What a code of Stripe's means for the person, finer than the words they read. */
export type Finding = keyof typeof codesByFinding

/**
 * Every code that https://docs.stripe.com/declines/codes, https://docs.stripe.com/error-codes and Stripe's SDK (API
 * 2026-10-28.endive) name, as a decline code, a failure code of a bank debit or an error code, by what it means.
 */
const codesByFinding = {
  /** The bank said no and nothing more. */
  silent: ['card_declined', 'generic_decline', 'do_not_honor', 'call_issuer', 'no_action_taken'],
  /** The bank does not allow this payment; only it can say why. */
  refused: [
    'not_permitted',
    'security_violation',
    'service_not_allowed',
    'transaction_not_allowed',
    'invalid_amount',
    'invalid_customer_account',
  ],
  /** This card will be refused again, whatever anybody does. */
  stopped: [
    'do_not_try_again',
    'invalid_account',
    'revocation_of_all_authorizations',
    'revocation_of_authorization',
    'stop_payment_order',
    'low_probability_of_authorization',
    'partner_generic_decline',
    'card_decline_rate_limit_exceeded',
    'payment_intent_payment_attempt_failed',
    'setup_attempt_failed',
    'payment_method_provider_decline',
    'payment_method_restricted',
    'india_recurring_payment_mandate_canceled',
  ],
  /** Stripe: do not report more detailed information to your customer. The last six are our own caution. */
  hidden: [
    'fraudulent',
    'merchant_blacklist',
    'stolen_card',
    'lost_card',
    'lost_or_stolen_card',
    'pickup_card',
    'restricted_card',
    'highest_risk_level',
    'rule',
    'partner_high_risk_customer',
    'recipient_deceased',
  ],
  funds: ['insufficient_funds'],
  /** A limit that the bank lifts, or that resets. */
  limit: [
    'card_velocity_exceeded',
    'withdrawal_count_limit_exceeded',
    'charge_exceeds_source_limit',
    'charge_exceeds_weekly_limit',
  ],
  /** Not now, says the bank. */
  later: ['try_again_later', 'approve_with_id', 'elevated_risk_level'],
  data: [
    'incorrect_number',
    'invalid_number',
    'incorrect_cvc',
    'invalid_cvc',
    'invalid_expiry_month',
    'invalid_expiry_year',
    'incorrect_zip',
    'incorrect_postal_code',
    'postal_code_invalid',
    'incorrect_address',
    'new_account_information_available',
  ],
  expired: ['expired_card', 'expired_payment_method', 'expired_payment_information'],
  /** Nothing wrong with it, but it cannot pay this. */
  unsuited: [
    'card_not_supported',
    'currency_not_supported',
    'incorrect_pin',
    'invalid_pin',
    'offline_pin_required',
    'online_or_offline_pin_required',
    'pin_try_exceeded',
    'testmode_decline',
    'payment_limit_exceeded',
    'invalid_billing_agreement',
    'invalid_authorization',
    'invalid_payment_information',
    'invalid_track_data',
    'partner_action_not_supported',
    'recurring_not_supported_by_bank',
    'country_unsupported',
    'payment_method_unexpected_state',
    'payment_method_unsupported_type',
    'payment_method_currency_mismatch',
    'three_d_secure_authentication_not_supported',
  ],
  /** Somebody has to be there. */
  confirm: [
    'authentication_required',
    'authentication_not_handled',
    'authentication_failure',
    'mobile_device_authentication_required',
    'payment_intent_authentication_failure',
    'setup_intent_authentication_failure',
    'payment_intent_action_required',
    'invoice_payment_intent_requires_action',
    'approval_required',
    'payment_method_customer_decline',
  ],
  /** Bank debits. */
  account: [
    'account_closed',
    'debit_not_authorized',
    'authorization_revoked',
    'debit_authorization_not_match',
    'bank_ownership_changed',
    'could_not_process',
    'bank_account_unusable',
    'bank_account_declined',
    'payment_method_bank_account_blocked',
    'payment_method_microdeposit_verification_attempts_exceeded',
    'payment_method_microdeposit_verification_timeout',
    'sepa_unsupported_account',
    'payment_intent_mandate_invalid',
    'setup_intent_mandate_invalid',
    'billing_invalid_mandate',
  ],
  accountData: [
    'no_account',
    'account_number_invalid',
    'invalid_account_number',
    'routing_number_invalid',
    'branch_does_not_exist',
    'incorrect_account_holder_name',
    'bank_account_unverified',
    'bank_account_verification_failed',
    'payment_method_microdeposit_failed',
    'payment_method_microdeposit_verification_amounts_mismatch',
    'payment_method_microdeposit_verification_amounts_invalid',
    'payment_method_microdeposit_verification_descriptor_code_mismatch',
  ],
  accountBlocked: ['bank_account_restricted', 'refer_to_customer'],
  /** What stands on the invoice, not on the card. */
  billing: [
    'email_invalid',
    'country_code_invalid',
    'state_unsupported',
    'tax_id_invalid',
    'tax_id_prohibited',
    'siret_invalid',
    'customer_tax_location_invalid',
    'invalid_tax_location',
    'shipping_address_invalid',
    'payment_method_billing_details_address_missing',
  ],
  /** The machinery between us and the bank: nobody's card is at fault. */
  retry: [
    'processing_error',
    'issuer_not_available',
    'reenter_transaction',
    'duplicate_transaction',
    'generic_could_not_process',
    'code_expired',
    'payment_method_provider_timeout',
    'payment_method_not_available',
    'three_d_secure_authentication_upstream_error',
    'payment_intent_payment_attempt_expired',
    'setup_intent_setup_attempt_expired',
    'payment_intent_unexpected_state',
    'setup_intent_unexpected_state',
    'intent_invalid_state',
    'payment_method_bank_account_already_verified',
    'invoice_not_editable',
    'status_transition_invalid',
    'customer_session_expired',
    'token_already_used',
    'taxes_calculation_failed',
    'failed_tax_calculation',
    'lock_timeout',
    'rate_limit',
    'payment_intent_rate_limit_exceeded',
    'idempotency_key_in_use',
  ],
  ours: ourCodes,
} as const

const findings: ReadonlyMap<string, Finding> = new Map(
  (Object.keys(codesByFinding) as Finding[]).flatMap((finding) =>
    codesByFinding[finding].map((code) => [code, finding] as const),
  ),
)

export function findingOf(code: string | undefined): Finding | undefined {
  return code === undefined ? undefined : findings.get(code)
}

/**
 * After these Stripe's Smart Retries stay scheduled, but are not carried out until there is a new method
 * (https://docs.stripe.com/billing/revenue-recovery/smart-retries).
 */
export const hardStops: ReadonlySet<string> = new Set([
  'authentication_required',
  'highest_risk_level',
  'incorrect_number',
  'lost_card',
  'pickup_card',
  'revocation_of_all_authorizations',
  'revocation_of_authorization',
  'stolen_card',
  'transaction_not_allowed',
])
