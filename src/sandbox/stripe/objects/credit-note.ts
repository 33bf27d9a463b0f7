import type { Metadata } from './customer.ts'

export type CreditNote = {
  id: string
  object: 'credit_note'
  /** Taxes included, as `post_payment_amount` and `pre_payment_amount`, which make it up. */
  amount: number
  created: number
  currency: string
  customer: string
  invoice: string
  memo: string | null
  metadata: Metadata
  number: string
  out_of_band_amount: number | null
  pdf: string
  post_payment_amount: number
  pre_payment_amount: number
  reason: string | null
  refunds: { amount_refunded: number; payment_record_refund: null; refund: string; type: 'refund' }[]
  status: 'issued' | 'void'
  type: 'mixed' | 'post_payment' | 'pre_payment'
}

type Start = Omit<CreditNote, 'object' | 'status' | 'type'> & { customer_balance_transaction: string | null }

export function newCreditNote(start: Start): CreditNote {
  const { amount, created, id, post_payment_amount: after, pre_payment_amount: before } = start
  const fixed = {
    amount_shipping: 0,
    customer_account: null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: created,
    lines: { object: 'list', data: [], has_more: false, url: `/v1/credit_notes/${id}/lines` },
    livemode: false,
    pretax_credit_amounts: [],
    shipping_cost: null,
    subtotal: amount,
    subtotal_excluding_tax: amount,
    total: amount,
    total_excluding_tax: amount,
    total_taxes: null,
    voided_at: null,
  }
  const type = after === 0 ? 'pre_payment' : before === 0 ? 'post_payment' : 'mixed'
  return { ...fixed, ...start, object: 'credit_note', status: 'issued', type }
}
