import {
  clearable,
  either,
  flag,
  list,
  metadata,
  needed,
  object,
  oneOf,
  text,
  unmodelled,
  whole,
} from '#sandbox/stripe/kernel/shape.ts'
import { discountFields } from './coupons.ts'
import { addressFields } from './address-fields.ts'
import { linePriceData } from './invoice-line-fields.ts'
import { itemFields } from './subscription-fields.ts'
import { automaticTax } from './tax-fields.ts'

/** What `POST /v1/invoices/create_preview` takes. */
export const previewFields = {
  automatic_tax: automaticTax,
  currency: text,
  customer: text,
  customer_details: object({
    address: clearable(addressFields),
    shipping: unmodelled,
    tax: unmodelled,
    tax_exempt: unmodelled,
    tax_ids: unmodelled,
  }),
  discounts: discountFields,
  invoice_items: list(
    object({
      amount: whole,
      currency: text,
      description: text,
      discountable: flag,
      metadata,
      period: object({ start: needed(whole), end: needed(whole) }),
      price: text,
      price_data: linePriceData,
      quantity: whole,
      tax_behavior: text,
      unit_amount: whole,
      unit_amount_decimal: text,
    }),
  ),
  preview_mode: oneOf('next', 'recurring'),
  subscription: text,
  subscription_details: object({
    billing_cycle_anchor: object({ type: needed(oneOf('now', 'unchanged')) }),
    billing_mode: unmodelled,
    cancel_at: clearable(whole),
    cancel_at_period_end: flag,
    cancel_now: flag,
    default_tax_rates: unmodelled,
    items: list(itemFields),
    proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
    proration_date: whole,
    resume_at: oneOf('now'),
    start_date: whole,
    trial_end: either(oneOf('now'), whole),
  }),
}
