import type { Metadata } from './customer.ts'

export type SubscriptionStatus =
  | 'active'
  | 'canceled'
  | 'incomplete'
  | 'incomplete_expired'
  | 'past_due'
  | 'paused'
  | 'trialing'
  | 'unpaid'

export const pauseReasons = [
  'final_payment_failure',
  'first_payment_failure',
  'pause_requested',
  'system',
  'trial_end_without_payment_method',
] as const

export type PauseReason = (typeof pauseReasons)[number]

type MissingMethod = 'cancel' | 'create_invoice' | 'pause'

export type Subscription = {
  id: string
  object: 'subscription'
  automatic_tax: { disabled_reason: null; enabled: boolean; liability: { type: 'self' } | null }
  billing_cycle_anchor: number
  billing_mode: { type: 'classic' | 'flexible'; flexible: { proration_discounts: 'included' | 'itemized' } | null }
  cancel_at: number | null
  cancel_at_period_end: boolean
  canceled_at: number | null
  cancellation_details: {
    comment: string | null
    feedback: string | null
    feedback_option: null
    reason: string | null
  }
  collection_method: 'charge_automatically' | 'send_invoice'
  created: number
  currency: string
  customer: string
  days_until_due: number | null
  default_payment_method: string | null
  description: string | null
  discounts: string[]
  ended_at: number | null
  latest_invoice: string | null
  metadata: Metadata
  pause_collection: { behavior: 'keep_as_draft' | 'mark_uncollectible' | 'void'; resumes_at: number | null } | null
  payment_settings: {
    payment_method_options: null
    payment_method_types: string[] | null
    save_default_payment_method: 'off' | 'on_subscription'
  }
  pending_setup_intent: string | null
  pending_update: {
    billing_cycle_anchor: number | null
    cancel_at_period_end: null
    discount: null
    discounts: null
    expires_at: number
    metadata: null
    subscription_items: unknown[]
    trial_end: null
    trial_from_plan: null
  } | null
  schedule: string | null
  start_date: number
  status: SubscriptionStatus
  status_details?: { paused: { subscription: { type: PauseReason }; transitioned_at: number; type: 'subscription' } }
  test_clock: string | null
  trial_end: number | null
  trial_settings: { end_behavior: { billing_cycle_anchor: null; missing_payment_method: MissingMethod } }
  trial_start: number | null
  /**
   * `pending`: what waits for the payment of its invoice; `resume`: the invoice that ends a pause, and `staysPaused` that
   * only its payment does; `lag`: what happened to its invoices that it has not taken note of.
   */
  sandbox: {
    pending: PendingChange | null
    resume: string | null
    staysPaused?: boolean
    trialWarned: boolean
    lag?: { deed: 'paid' | 'failed' | 'written_off'; invoice: string; method: string | null }[] | null
  }
}

/** Items as they will be once `invoice` is paid, in the running period or in a `fresh` one (UTC seconds). */
export type PendingChange = {
  invoice: string
  items: { id: string | null; price: string; quantity: number; metadata: Metadata }[]
  fresh: { start: number; end: number } | null
}

export type SubscriptionStart = Pick<
  Subscription,
  | 'id'
  | 'created'
  | 'customer'
  | 'currency'
  | 'billing_cycle_anchor'
  | 'start_date'
  | 'status'
  | 'test_clock'
  | 'collection_method'
>

export function newSubscription(start: SubscriptionStart): Subscription {
  const fixed = {
    application: null,
    application_fee_percent: null,
    billing_cycle_anchor_config: null,
    billing_schedules: [],
    billing_thresholds: null,
    customer_account: null,
    default_source: null,
    default_tax_rates: [],
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    livemode: false,
    managed_payments: null,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pending_invoice_item_interval: null,
    transfer_data: null,
  }
  return {
    ...fixed,
    object: 'subscription',
    ...start,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    days_until_due: null,
    default_payment_method: null,
    description: null,
    discounts: [],
    ended_at: null,
    latest_invoice: null,
    metadata: {},
    pause_collection: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' },
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    trial_end: null,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' } },
    trial_start: null,
    sandbox: { pending: null, resume: null, trialWarned: false },
  }
}

export type SubscriptionItem = {
  id: string
  object: 'subscription_item'
  created: number
  current_period_end: number
  current_period_start: number
  metadata: Metadata
  quantity: number
  subscription: string
  sandbox: { price: string }
}

export function newSubscriptionItem(start: Omit<SubscriptionItem, 'object' | 'metadata'>): SubscriptionItem {
  const fixed = { billing_thresholds: null, current_trial: null, discounts: [], tax_rates: [] }
  return { ...fixed, object: 'subscription_item', metadata: {}, ...start }
}
