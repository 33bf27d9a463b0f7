import { chargeTax, draftHour, stopTax } from '#sandbox/stripe/deeds/draft-invoice.ts'
import { attachedPaymentMethod } from '#sandbox/stripe/deeds/mint-payment-method.ts'
import { clearableText, flag, metadata, oneOf, text, unmodelled, whole } from '#sandbox/stripe/kernel/shape.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'
import { redeem, type Wanted } from '#sandbox/stripe/deeds/redeem-coupon.ts'
import { discountFields } from './coupons.ts'
import { automaticTax } from './tax-fields.ts'

export const collection = oneOf('charge_automatically', 'send_invoice')

export const sharedFields = {
  account_tax_ids: unmodelled,
  auto_advance: flag,
  automatic_tax: automaticTax,
  automatically_finalizes_at: whole,
  collection_method: collection,
  custom_fields: unmodelled,
  days_until_due: whole,
  default_payment_method: text,
  default_tax_rates: unmodelled,
  description: clearableText,
  discounts: discountFields,
  due_date: whole,
  effective_at: unmodelled,
  footer: clearableText,
  issuer: unmodelled,
  metadata,
  number: clearableText,
  payment_settings: unmodelled,
  rendering: unmodelled,
  shipping_cost: unmodelled,
  shipping_details: unmodelled,
  statement_descriptor: text,
}

type Given = {
  discounts?: Wanted[] | null | undefined
  automatic_tax?: { enabled: boolean } | undefined
  auto_advance?: boolean | undefined
  collection_method?: Invoice['collection_method'] | undefined
  days_until_due?: number | undefined
  default_payment_method?: string | undefined
  description?: string | null | undefined
  due_date?: number | undefined
  footer?: string | null | undefined
  metadata?: { [key: string]: string } | null | undefined
  number?: string | null | undefined
}

/** What a form sets on an invoice directly. */
export function fill(world: World, invoice: Invoice, given: Given): void {
  const { auto_advance, collection_method, description, due_date, footer, number } = given
  const plain = { auto_advance, collection_method, description, due_date, footer, number }
  Object.assign(invoice, Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)))
  if (auto_advance !== undefined && invoice.status === 'draft') {
    // Letting a kept draft go on starts its hour; holding it back stops the clock.
    invoice.automatically_finalizes_at = auto_advance ? timeOf(world, invoice.customer) + draftHour : null
  }
  if (given.discounts !== undefined) {
    const by = { customer: invoice.customer, subscription: null }
    invoice.discounts = redeem(world, given.discounts ?? [], by, true).map(({ id }) => id)
  }
  if (given.automatic_tax?.enabled === true) chargeTax(invoice)
  if (given.automatic_tax?.enabled === false) stopTax(invoice)
  invoice.metadata = mergeMetadata(invoice.metadata, given.metadata)
  if (given.days_until_due !== undefined) {
    invoice.sandbox.daysUntilDue = given.days_until_due
    invoice.due_date = invoice.created + given.days_until_due * 86_400
  }
  if (given.default_payment_method !== undefined) {
    invoice.default_payment_method = attachedPaymentMethod(
      world,
      given.default_payment_method,
      invoice.customer,
      'default_payment_method',
    ).id
  }
}
