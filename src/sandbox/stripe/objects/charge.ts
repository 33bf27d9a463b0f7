import type { Metadata } from './customer.ts'
import type { BillingDetails } from './payment-method.ts'

export type Outcome = {
  advice_code: string | null
  network_advice_code: string | null
  network_decline_code: string | null
  network_status: string
  reason: string | null
  risk_level: string
  risk_score: number
  seller_message: string
  type: 'authorized' | 'issuer_declined' | 'blocked' | 'invalid'
}

export type Charge = {
  id: string
  object: 'charge'
  amount: number
  amount_captured: number
  amount_refunded: number
  billing_details: BillingDetails
  captured: boolean
  created: number
  currency: string
  customer: string | null
  description: string | null
  disputed: boolean
  failure_code: string | null
  failure_message: string | null
  metadata: Metadata
  outcome: Outcome | null
  paid: boolean
  payment_intent: string
  payment_method: string
  payment_method_details: { type: string }
  receipt_url: string | null
  refunded: boolean
  review: string | null
  status: 'succeeded' | 'pending' | 'failed'
}

type Start = Omit<
  Charge,
  'object' | 'amount_refunded' | 'disputed' | 'refunded' | 'metadata' | 'receipt_url' | 'review'
>

export function newCharge(start: Start, descriptor: string): Charge {
  const fixed = {
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    calculated_statement_descriptor: descriptor,
    failure_balance_transaction: null,
    fraud_details: {},
    livemode: false,
    on_behalf_of: null,
    receipt_email: null,
    receipt_number: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
  }
  return {
    ...fixed,
    ...start,
    object: 'charge',
    amount_refunded: 0,
    disputed: false,
    refunded: false,
    metadata: {},
    receipt_url: null,
    review: null,
  }
}

export type Refund = {
  id: string
  object: 'refund'
  amount: number
  charge: string
  created: number
  currency: string
  customer: string | null
  metadata: Metadata
  payment_intent: string
  payment_method: string
  reason: string | null
  status: 'pending' | 'succeeded' | 'failed'
}

export function newRefund(start: Omit<Refund, 'object'>): Refund {
  const fixed = {
    balance_transaction: null,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    receipt_number: null,
    source_transfer_reversal: null,
    transfer_reversal: null,
  }
  return { ...fixed, object: 'refund', ...start }
}
