import type { ErrorBody } from '#sandbox/stripe/kernel/errors.ts'
import type { Address, Metadata } from './customer.ts'

export type BillingReason = 'manual' | 'subscription_create' | 'subscription_cycle' | 'subscription_update' | 'upcoming'

export type LineTax = {
  amount: number
  tax_behavior: 'exclusive' | 'inclusive'
  tax_rate_details: { tax_rate: string } | null
  taxability_reason: string
  taxable_amount: number
  type: 'tax_rate_details'
}

export type InvoiceLine = {
  id: string
  object: 'line_item'
  amount: number
  currency: string
  description: string | null
  discount_amounts: { amount: number; discount: string }[]
  discountable: boolean
  invoice: string | null
  parent: unknown
  period: { start: number; end: number }
  pricing: {
    price_details: { price: string; product: string }
    type: 'price_details'
    unit_amount_decimal: string | null
  } | null
  quantity: number | null
  subscription: string | null
  subtotal: number
  taxes: LineTax[]
}

export type Invoice = {
  id: string
  object: 'invoice'
  amount_due: number
  amount_paid: number
  amount_remaining: number
  attempt_count: number
  attempted: boolean
  auto_advance: boolean
  automatic_tax: {
    disabled_reason: null
    enabled: boolean
    liability: { type: 'self' } | null
    provider: string | null
    status: 'complete' | 'requires_location_inputs' | null
  }
  automatically_finalizes_at: number | null
  billing_reason: BillingReason
  collection_method: 'charge_automatically' | 'send_invoice'
  created: number
  currency: string
  customer: string
  customer_address: Address | null
  customer_email: string | null
  customer_name: string | null
  customer_phone: string | null
  customer_tax_ids: { type: string; value: string }[]
  default_payment_method: string | null
  description: string | null
  discounts: string[]
  due_date: number | null
  effective_at: number | null
  ending_balance: number | null
  footer: string | null
  hosted_invoice_url: string | null
  invoice_pdf: string | null
  last_finalization_error: ErrorBody | null
  lines: { object: 'list'; data: InvoiceLine[]; has_more: boolean; url: string }
  metadata: Metadata
  next_payment_attempt: number | null
  number: string | null
  parent: {
    quote_details: null
    subscription_details: { metadata: Metadata; subscription: string }
    type: 'subscription_details'
  } | null
  period_end: number
  period_start: number
  post_payment_credit_notes_amount: number
  pre_payment_credit_notes_amount: number
  status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void'
  status_details?: { uncollectible: { reason: WriteOffReason } }
  status_transitions: {
    finalized_at: number | null
    marked_uncollectible_at: number | null
    paid_at: number | null
    voided_at: number | null
  }
  starting_balance: number
  subtotal: number
  total: number
  test_clock: string | null
  webhooks_delivered_at: number | null
  /** `intent`: its default payment; `firstFailure`: where the retry schedule counts from (UTC seconds); `daysUntilDue`. */
  sandbox: {
    intent: string | null
    firstFailure: number | null
    daysUntilDue: number | null
    /** Payments that succeeded and that it has not taken note of: a lever makes it late. */
    lag?: string[] | null
  }
}

export type WriteOffReason = 'max_payment_attempts' | 'subscription_canceled' | 'subscription_paused' | 'user_forgiven'

export type InvoiceStart = Pick<
  Invoice,
  | 'id'
  | 'created'
  | 'customer'
  | 'currency'
  | 'billing_reason'
  | 'collection_method'
  | 'period_start'
  | 'period_end'
  | 'test_clock'
  | 'auto_advance'
>

export function newInvoice(start: InvoiceStart): Invoice {
  const fixed = {
    account_country: 'IE',
    account_name: 'Sandbox Merchant',
    account_tax_ids: null,
    amount_overpaid: 0,
    amount_shipping: 0,
    application: null,
    custom_fields: null,
    customer_account: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    default_source: null,
    default_tax_rates: [],
    from_invoice: null,
    issuer: { type: 'self' },
    latest_revision: null,
    livemode: false,
    on_behalf_of: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    statement_descriptor: null,
    subtotal_excluding_tax: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
  }
  return {
    ...fixed,
    object: 'invoice',
    ...start,
    amount_due: 0,
    amount_paid: 0,
    amount_remaining: 0,
    attempt_count: 0,
    attempted: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    customer_address: null,
    customer_email: null,
    customer_name: null,
    customer_phone: null,
    customer_tax_ids: [],
    default_payment_method: null,
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    last_finalization_error: null,
    lines: { object: 'list', data: [], has_more: false, url: `/v1/invoices/${start.id}/lines` },
    metadata: {},
    next_payment_attempt: null,
    number: null,
    parent: null,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    starting_balance: 0,
    subtotal: 0,
    total: 0,
    webhooks_delivered_at: start.created,
    sandbox: { intent: null, firstFailure: null, daysUntilDue: null },
  }
}

export function newInvoiceLine(
  start: Omit<InvoiceLine, 'object' | 'discount_amounts' | 'discountable' | 'subtotal' | 'taxes'> & {
    discountable?: boolean
  },
): InvoiceLine {
  const fixed = {
    discounts: [],
    livemode: false,
    metadata: {},
    pretax_credit_amounts: [],
    quantity_decimal: start.quantity === null ? null : String(start.quantity),
  }
  return {
    ...fixed,
    object: 'line_item',
    discount_amounts: [],
    discountable: true,
    subtotal: start.amount,
    taxes: [],
    ...start,
  }
}
