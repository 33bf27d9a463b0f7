import type { Reason } from '#diagnosis/reason.ts'

/** Codes that can mean any of these. */
export const vague: readonly (readonly [codes: readonly string[], reasons: readonly Reason[]])[] = [
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
    [
      'payment_failed',
      'payment_processing_failed',
      'payment_intent_payment_attempt_failed',
      'payment_error',
      'card_error',
      'requires_payment_method',
      'payment_intent_requires_payment_method',
      'setup_intent_requires_payment_method',
      'billing_failed',
      'charge_failed',
    ],
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
  [
    ['account_closed', 'account_disabled'],
    ['account_frozen', 'card_declined', 'invoice_overdue', 'no_payment_method'],
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
