import type { Reason, Who } from '#diagnosis/reason.ts'
import type { Meaning } from './evidence.ts'

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

/** Codes that can mean any of these. */
const vague: readonly (readonly [codes: readonly string[], reasons: readonly Reason[]])[] = [
  [
    [
      'billing_not_active',
      'account_not_active',
      'account_inactive',
      'arrearage',
      'overdue_or_inactive',
      'access_terminated',
    ],
    ['invoice_overdue', 'subscription_canceled', 'no_payment_method', 'credits_exhausted'],
  ],
  [
    ['billing_disabled', 'billing_not_enabled', 'billing_required', 'billing_error', 'opt_in_required'],
    ['no_payment_method', 'invoice_overdue', 'subscription_canceled'],
  ],
  [
    ['insufficient_funds', 'insufficient_fund', 'not_sufficient_funds'],
    ['card_declined', 'credits_exhausted'],
  ],
  [
    ['deployment_disabled', 'deployment_blocked'],
    ['usage_limit_exceeded', 'invoice_overdue', 'account_frozen'],
  ],
  [
    ['deployment_paused', 'project_paused'],
    ['subscription_paused', 'spend_cap_reached', 'usage_limit_exceeded'],
  ],
  [
    ['payment_failed', 'payment_error', 'card_error', 'requires_payment_method', 'billing_failed', 'charge_failed'],
    [
      'card_declined',
      'card_expired',
      'authentication_required',
      'no_payment_method',
      'invoice_overdue',
      'billing_details_missing',
    ],
  ],
  [
    [
      'resource_exhausted',
      'limit_exceeded',
      'request_limit_exceeded',
      'quota_limit_exceeded',
      'daily_limit_exceeded',
      'concurrency_limit_exceeded',
      'too_many_concurrent_requests',
    ],
    ['rate_limited', 'usage_limit_exceeded'],
  ],
  [
    ['rate_limit_error', 'abnormal_usage_detected'],
    ['rate_limited', 'plan_lacks_feature', 'usage_limit_exceeded'],
  ],
  [
    [
      'upgrade_required',
      'plan_required',
      'subscription_required',
      'no_active_subscription',
      'subscription_inactive',
      'inactive_subscription',
      'no_subscription',
      'subscription_not_active',
    ],
    ['plan_lacks_feature', 'trial_ended', 'subscription_canceled', 'usage_limit_exceeded'],
  ],
  [
    [
      'account_unverified',
      'email_not_verified',
      'user_not_verified',
      'verification_required',
      'account_verification_required',
      'phone_not_verified',
    ],
    ['unknown', 'no_payment_method'],
  ],
  // Shopify, 402: its documentation speaks of an outstanding balance, its users of a hold.
  [['unavailable_shop'], ['invoice_overdue', 'account_frozen']],
  // Azure Resource Manager: past due, a spending limit, the end of a trial, or cancelled.
  [
    ['read_only_disabled_subscription'],
    ['account_frozen', 'invoice_overdue', 'spend_cap_reached', 'trial_ended', 'subscription_canceled'],
  ],
  [['host_limit'], ['usage_limit_exceeded', 'seat_limit']], // Ghost: its members are readers
  [['in_flight_budget_exhausted'], ['rate_limited', 'spend_cap_reached']],
  [['subscription_suspended'], ['invoice_overdue', 'subscription_paused', 'account_frozen']],
  [
    ['credit_limit_exceeded', 'credit_limit_reached', 'credit_limit', 'token_budget_exceeded'],
    ['credits_exhausted', 'spend_cap_reached', 'usage_limit_exceeded'],
  ],
  [
    ['billing_information_required', 'billing_details_required', 'missing_billing_information'],
    ['no_payment_method', 'billing_details_missing'],
  ],
]

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
      'payment_processing_failed',
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
