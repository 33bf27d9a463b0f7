import type { Metadata } from './customer.ts'

export type InvoiceItem = {
  id: string
  object: 'invoiceitem'
  amount: number
  currency: string
  customer: string
  date: number
  description: string | null
  invoice: string | null
  metadata: Metadata
  parent: {
    subscription_details: { subscription: string; subscription_item?: string }
    type: 'subscription_details'
  } | null
  period: { start: number; end: number }
  pricing: {
    price_details: { price: string; product: string }
    type: 'price_details'
    unit_amount_decimal: string
  } | null
  proration: boolean
  quantity: number
  test_clock: string | null
}

export function newInvoiceItem(start: Omit<InvoiceItem, 'object'>): InvoiceItem {
  const fixed = {
    customer_account: null,
    discountable: !start.proration,
    discounts: [],
    livemode: false,
    net_amount: start.amount,
    quantity_decimal: String(start.quantity),
    tax_rates: [],
  }
  return { ...fixed, object: 'invoiceitem', ...start }
}

export type InvoicePayment = {
  id: string
  object: 'invoice_payment'
  amount_paid: number | null
  amount_requested: number
  created: number
  currency: string
  invoice: string
  is_default: boolean
  payment: { payment_intent: string; type: 'payment_intent' }
  status: 'open' | 'paid' | 'canceled'
  status_transitions: { canceled_at: number | null; paid_at: number | null }
}

export function newInvoicePayment(
  start: Omit<InvoicePayment, 'object' | 'amount_paid' | 'is_default' | 'status' | 'status_transitions'>,
): InvoicePayment {
  const fixed = { livemode: false }
  return {
    ...fixed,
    object: 'invoice_payment',
    ...start,
    amount_paid: null,
    is_default: true,
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  }
}
