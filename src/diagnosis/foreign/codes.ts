import type { Reason, Who } from '#diagnosis/reason.ts'
import type { Meaning } from './evidence.ts'
import { vague } from './vague-codes.ts'

/** Codes as vendors send them, in lower case with words joined by `_`, where their words alone would be misread. */
const known: Partial<Record<Reason, readonly string[]>> = {
  account_frozen: [
    'consumer_suspended', // Google Cloud
    'account_deactivated', // OpenAI
    'user_suspended',
  ],
  authentication_required: [
    'invoice_payment_intent_requires_action',
    'subscription_payment_intent_requires_action',
    'payment_intent_authentication_failure',
    'setup_intent_authentication_failure',
    'payment_intent_action_required',
    'invoice_payment_action_required',
    'three_d_secure_required',
    'card_declined_verification_required', // Square
    'authentication_not_handled',
    'challenge_shopper', // Adyen
    'identify_shopper',
  ],
  billing_details_missing: ['customer_tax_location_invalid', 'invalid_tax_location', 'requires_location_inputs'],
  card_declined: [
    'do_not_honor',
    'generic_decline',
    'incorrect_cvc',
    'invalid_cvc',
    'incorrect_number',
    'card_velocity_exceeded',
    'cvv_failure',
    'instrument_declined', // PayPal
  ],
  credits_exhausted: [
    'balance_not_enough',
    'billing_balance_not_enough', // Novita
    'insufficient_user_quota', // one-api and its kin: a prepaid balance
    'account_balance_insufficient',
    'insufficient_account_balance',
    'not_enough_credits',
  ],
  no_payment_method: [
    'payment_method_missing',
    'missing_payment_information',
    'resource_missing_default_payment_method',
  ],
  rate_limited: [
    'throttling',
    'throttled',
    'too_many_requests',
    'toomanyrequests',
    'request_limit_exceeded_per_second',
    'slow_down',
    'requests_per_minute',
    'user_rate_limit_exceeded',
    'rate_limit_exceeded',
    'rate_limit',
    'temporary_reduced_capacity',
  ],
  seat_limit: ['max_members_reached', 'too_many_members'],
  spend_cap_reached: [
    'billing_hard_limit_reached',
    'exceeded_budget',
    'budget_exceeded',
    'billing_cap_reached',
    'key_limit_exceeded',
  ],
  subscription_canceled: ['license_expired', 'plan_expired'],
  usage_limit_exceeded: [
    'usage_exceeded',
    'usage_limit_reached',
    'daily_limit_exceeded_unreg',
    'over_quota',
    'plan_limit_reached',
  ],
}

/** OpenAI sends it for: spent, never paid, a free grant that is over, a cap, the wrong organisation's key. */
const insufficientQuota: Meaning = {
  reasons: [
    'credits_exhausted',
    'no_payment_method',
    'usage_limit_exceeded',
    'spend_cap_reached',
    'trial_ended',
    'invoice_overdue',
  ],
  weight: 'sure',
}

/** Codes of troubles that no money heals, and who can. */
const none: readonly (readonly [who: Who, codes: readonly string[]])[] = [
  [
    'nobody',
    [
      'processing_error',
      'issuer_not_available',
      'processor_error',
      'payment_processing_error',
      'payment_processor_error',
      'gateway_timeout',
    ],
  ],
  [
    'developer',
    [
      'invalid_api_key',
      'service_quota_exceeded', // AWS: raised on request, not for money
      'incorrect_api_key',
      'api_key_expired',
      'invalid_token',
      'token_expired',
      'expired_token',
      'session_expired',
      'x402_version',
      'loc', // pydantic: where in the request
      'idempotency_key_in_use',
      'testmode_charges_only',
      'certificate_expired',
    ],
  ],
]

/** What a code means that is written down. */
export const meaningOfCode: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['insufficient_quota', insufficientQuota],
  ...(Object.keys(known) as Reason[]).flatMap((reason) =>
    (known[reason] ?? []).map(
      (code) => [code, { reasons: [reason], weight: reason === 'rate_limited' ? 'likely' : 'sure' }] as const,
    ),
  ),
  ...vague.flatMap(([codes, reasons]) => codes.map((code) => [code, { reasons, weight: 'likely' }] as const)),
  ...none.flatMap(([who, codes]) =>
    codes.map((code) => [code, { reasons: ['unknown'], weight: 'sure', who }] as const),
  ),
])
