import type { ErrorBody } from '#sandbox/stripe/kernel/errors.ts'
import type { Metadata } from './customer.ts'

type NextAction =
  | { type: 'use_stripe_sdk'; use_stripe_sdk: { type: 'three_d_secure_redirect'; stripe_js: string; source: string } }
  | {
      type: 'verify_with_microdeposits'
      verify_with_microdeposits: {
        arrival_date: number
        hosted_verification_url: string
        microdeposit_type: 'amounts' | 'descriptor_code'
      }
    }
  | { type: 'redirect_to_url'; redirect_to_url: { return_url: string; url: string } }

type IntentBase = {
  id: string
  created: number
  client_secret: string
  customer: string | null
  description: string | null
  metadata: Metadata
  next_action: NextAction | null
  payment_method: string | null
  payment_method_types: string[]
  automatic_payment_methods: { enabled: boolean; allow_redirects?: 'always' | 'never' } | null
  allowed_payment_method_types: string[] | null
  excluded_payment_method_types: string[] | null
}

export type PaymentIntent = IntentBase & {
  object: 'payment_intent'
  amount: number
  amount_received: number
  currency: string
  canceled_at: number | null
  cancellation_reason: string | null
  last_payment_error: ErrorBody | null
  latest_charge: string | null
  receipt_email: string | null
  review: string | null
  setup_future_usage: 'off_session' | 'on_session' | null
  statement_descriptor: string | null
  status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'processing'
    | 'succeeded'
    | 'canceled'
  /** `invoice`: whose default payment this is; `settles`: when a bank debit ends by itself (UTC seconds). */
  sandbox: {
    invoice: string | null
    returnUrl: string | null
    settles: number | null
    manual: boolean
    offSession: boolean
  }
}

export type SetupIntent = IntentBase & {
  object: 'setup_intent'
  cancellation_reason: string | null
  last_setup_error: ErrorBody | null
  status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'processing'
    | 'succeeded'
    | 'canceled'
  usage: 'off_session' | 'on_session'
  /** `microdeposits`: a bank account has to be verified with them. */
  sandbox: { returnUrl: string | null; microdeposits?: boolean | undefined }
}

type Common = { id: string; created: number; client_secret: string }

const commonFixed = {
  application: null,
  customer_account: null,
  livemode: false,
  on_behalf_of: null,
  payment_method_configuration_details: null,
}

const commonStart = {
  customer: null,
  description: null,
  next_action: null,
  payment_method: null,
  automatic_payment_methods: null,
  allowed_payment_method_types: null,
  excluded_payment_method_types: null,
}

export function newPaymentIntent(start: Common & { amount: number; currency: string }): PaymentIntent {
  const fixed = {
    ...commonFixed,
    amount_capturable: 0,
    amount_details: { tip: {} },
    application_fee_amount: null,
    capture_method: 'automatic',
    confirmation_method: 'automatic',
    managed_payments: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_record: null,
    processing: null,
    shipping: null,
    source: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
  }
  return {
    ...fixed,
    ...commonStart,
    ...start,
    object: 'payment_intent',
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    last_payment_error: null,
    latest_charge: null,
    metadata: {},
    payment_method_types: ['card'],
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    statement_descriptor: null,
    status: 'requires_payment_method',
    sandbox: { invoice: null, returnUrl: null, settles: null, manual: false, offSession: false },
  }
}

export function newSetupIntent(start: Common): SetupIntent {
  const fixed = {
    ...commonFixed,
    flow_directions: null,
    latest_attempt: null,
    mandate: null,
    managed_payments: null,
    payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
    single_use_mandate: null,
  }
  return {
    ...fixed,
    ...commonStart,
    ...start,
    object: 'setup_intent',
    cancellation_reason: null,
    last_setup_error: null,
    metadata: {},
    payment_method_types: ['card'],
    status: 'requires_payment_method',
    usage: 'off_session',
    sandbox: { returnUrl: null },
  }
}
