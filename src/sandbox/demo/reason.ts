import type { KnownReason } from '#sdk/wire.ts'

/** Why a portal refuses, as apps hear of it. */
export type Reason = KnownReason

/** The portal's screen for each reason, unless a scenario says that it is another one there. */
export const usualScreens = {
  account_frozen: 'contact-support',
  payment_processing: 'await-payment',
  authentication_required: 'confirm-payment',
  subscription_incomplete: 'finish-subscribing',
  card_declined: 'update-card',
  card_expired: 'update-card',
  invoice_overdue: 'pay-invoice',
  subscription_paused: 'resume',
  subscription_canceled: 'renew',
  trial_ended: 'choose-plan',
  no_payment_method: 'update-card',
  billing_details_missing: 'billing-details',
  spend_cap_reached: 'raise-cap',
  credits_exhausted: 'buy-credits',
  usage_limit_exceeded: 'raise-limit',
  seat_limit: 'add-seats',
  plan_lacks_feature: 'choose-plan',
  upstream_billing: 'wait-for-vendor',
  rate_limited: 'wait',
  unknown: 'diagnosis',
} as const satisfies Record<Reason, string>

export type Screen = (typeof usualScreens)[Reason]
