/**
 * Why access is refused. An open set on the wire (an unknown value is read as `unknown`), closed in here, in order of
 * precedence: when several hold at once, the first one is treated first.
 */
export const reasons = [
  'account_frozen',
  'payment_processing',
  'authentication_required',
  'subscription_incomplete',
  'card_declined',
  'card_expired',
  'invoice_overdue',
  'subscription_paused',
  'subscription_canceled',
  'trial_ended',
  'no_payment_method',
  'billing_details_missing',
  'spend_cap_reached',
  'credits_exhausted',
  'usage_limit_exceeded',
  'seat_limit',
  'plan_lacks_feature',
  'upstream_billing',
  'rate_limited',
  'unknown',
] as const

export type Reason = (typeof reasons)[number]

/** Who can lift the block: whoever holds the card, a billing admin, us, time, or the developer of the calling program. */
export type Who = 'payer' | 'billing_admin' | 'vendor' | 'nobody' | 'developer'

/** When repeating the refused request makes sense. */
export type Retry = 'after_fix' | 'after_reset' | 'poll' | 'smaller_request' | 'never'

/** The remedies that a blocker can have. One word for the union member, the path, the folder and the server's verb. */
export const fixes = [
  'update-card',
  'pay-invoice',
  'confirm-payment',
  'finish-subscribing',
  'await-payment',
  'renew',
  'resume',
  'choose-plan',
  'billing-details',
  'raise-cap',
  'buy-credits',
  'raise-limit',
  'add-seats',
  'wait',
  'wait-for-vendor',
  'contact-support',
  'diagnosis',
] as const

export type Fix = (typeof fixes)[number]

type ReasonFacts = {
  /** Last part of the problem `type` URI, `/problems/<slug>`. */
  readonly slug: string
  /** HTTP status of the refusal (RFC 9110 §15.5.3 for 402, RFC 6585 §4 for 429). */
  readonly status: 402 | 403 | 429 | 503
  readonly retry: Retry
  readonly who: Who
  readonly fix: Fix
  /** Short English title of the problem document (RFC 9457 §3.1.3); the portal's own words are its catalogue's. */
  readonly title: string
}

export const reasonFacts = {
  account_frozen: facts('account-frozen', 403, 'after_fix', 'vendor', 'contact-support', 'Account is on hold'),
  payment_processing: facts(
    'payment-processing',
    402,
    'poll',
    'nobody',
    'await-payment',
    'A payment is still being processed',
  ),
  authentication_required: facts(
    'authentication-required',
    402,
    'after_fix',
    'payer',
    'confirm-payment',
    'Your bank wants you to confirm a payment',
  ),
  subscription_incomplete: facts(
    'subscription-incomplete',
    402,
    'after_fix',
    'billing_admin',
    'finish-subscribing',
    'The first payment was never completed',
  ),
  card_declined: facts(
    'card-declined',
    402,
    'after_fix',
    'billing_admin',
    'update-card',
    'The last payment was declined',
  ),
  card_expired: facts('card-expired', 402, 'after_fix', 'billing_admin', 'update-card', 'The card on file has expired'),
  invoice_overdue: facts('invoice-overdue', 402, 'after_fix', 'billing_admin', 'pay-invoice', 'An invoice is overdue'),
  subscription_paused: facts(
    'subscription-paused',
    402,
    'after_fix',
    'billing_admin',
    'resume',
    'The subscription is paused',
  ),
  subscription_canceled: facts(
    'subscription-canceled',
    402,
    'after_fix',
    'billing_admin',
    'renew',
    'The subscription has ended',
  ),
  trial_ended: facts('trial-ended', 402, 'after_fix', 'billing_admin', 'choose-plan', 'The trial has ended'),
  no_payment_method: facts(
    'no-payment-method',
    402,
    'after_fix',
    'billing_admin',
    'update-card',
    'No payment method on file',
  ),
  billing_details_missing: facts(
    'billing-details-missing',
    402,
    'after_fix',
    'billing_admin',
    'billing-details',
    'Billing details are missing',
  ),
  spend_cap_reached: facts(
    'spend-cap-reached',
    402,
    'after_fix',
    'billing_admin',
    'raise-cap',
    'Your spending limit has been reached',
  ),
  credits_exhausted: facts(
    'credits-exhausted',
    402,
    'after_fix',
    'billing_admin',
    'buy-credits',
    'Credits are used up',
  ),
  usage_limit_exceeded: facts(
    'usage-limit-exceeded',
    402,
    'after_fix',
    'billing_admin',
    'raise-limit',
    "The plan's limit has been reached",
  ),
  seat_limit: facts('seat-limit', 402, 'after_fix', 'billing_admin', 'add-seats', 'All seats are taken'),
  plan_lacks_feature: facts(
    'plan-lacks-feature',
    402,
    'after_fix',
    'billing_admin',
    'choose-plan',
    'The plan does not include this',
  ),
  upstream_billing: facts(
    'upstream-billing',
    503,
    'poll',
    'vendor',
    'wait-for-vendor',
    'The service is interrupted on our side',
  ),
  rate_limited: facts('rate-limited', 429, 'after_reset', 'nobody', 'wait', 'Too many requests'),
  unknown: facts('payment-required', 402, 'after_fix', 'billing_admin', 'diagnosis', 'Access needs attention'),
} as const satisfies Record<Reason, ReasonFacts>

function facts<const F extends Fix>(
  slug: string,
  status: ReasonFacts['status'],
  retry: Retry,
  who: Who,
  fix: F,
  title: string,
) {
  return { slug, status, retry, who, fix, title }
}

/** Reads a reason sent by an app: what this version does not know counts as `unknown`. */
export function parseReason(text: string | undefined): Reason {
  return reasons.find((reason) => reason === text) ?? 'unknown'
}
