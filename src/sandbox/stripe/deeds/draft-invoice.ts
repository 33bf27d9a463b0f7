import { newId } from '#sandbox/stripe/ids.ts'
import type { Customer } from '#sandbox/stripe/objects/customer.ts'
import type { InvoiceItem } from '#sandbox/stripe/objects/invoice-item.ts'
import {
  newInvoice,
  newInvoiceLine,
  type BillingReason,
  type Invoice,
  type InvoiceLine,
} from '#sandbox/stripe/objects/invoice.ts'
import type { Price } from '#sandbox/stripe/objects/price.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { spokenAmount } from '#sandbox/stripe/money.ts'
import { find, rows, timeOf, type World } from '#sandbox/stripe/world.ts'
import { record } from './record-event.ts'
import { discountsOf, spendDiscounts } from './redeem-coupon.ts'
import { describeCustomer, total } from './total-invoice.ts'

/** Seconds a draft waits before it is finalized by itself. */
export const draftHour = 3600

export type Draft = {
  customer: Customer
  subscription: Subscription | null
  reason: BillingReason
  currency: string
  period: { start: number; end: number }
  lines: InvoiceLine[]
  /** Also bills what waits for this customer's next invoice. */
  includePending: boolean
  autoAdvance: boolean
  collection?: Invoice['collection_method']
  daysUntilDue?: number | null
  /** Whether tax is calculated; without it, as the subscription says. */
  taxed?: boolean | undefined
}

/** Writes a draft invoice; finalizing it by itself comes an hour later when it advances. */
export function draftInvoice(world: World, draft: Draft): Invoice {
  const invoice = composeInvoice(world, newId('in'), draft)
  world.tables.invoice.set(invoice.id, invoice)
  if (draft.includePending) takePendingItems(world, invoice, draft.subscription)
  total(world, invoice)
  if (invoice.auto_advance) invoice.automatically_finalizes_at = invoice.created + draftHour
  record(world, 'invoice.created', invoice)
  if (draft.subscription !== null) {
    draft.subscription.latest_invoice = invoice.id
    if (draft.reason !== 'manual') spendDiscounts(world, draft.subscription)
  }
  return invoice
}

/** The invoice as it would be, kept nowhere. */
export function composeInvoice(world: World, id: string, draft: Draft): Invoice {
  const { customer, subscription } = draft
  const invoice = newInvoice({
    id,
    created: timeOf(world, customer.id),
    customer: customer.id,
    currency: draft.currency,
    billing_reason: draft.reason,
    collection_method: draft.collection ?? subscription?.collection_method ?? 'charge_automatically',
    period_start: draft.period.start,
    period_end: draft.period.end,
    test_clock: customer.test_clock,
    auto_advance: draft.autoAdvance,
  })
  describeCustomer(invoice, customer)
  if (draft.taxed ?? subscription?.automatic_tax.enabled === true) chargeTax(invoice)
  invoice.sandbox.daysUntilDue = draft.daysUntilDue ?? subscription?.days_until_due ?? null
  if (subscription !== null) {
    const details = { metadata: { ...subscription.metadata }, subscription: subscription.id }
    invoice.parent = { quote_details: null, subscription_details: details, type: 'subscription_details' }
  }
  if (subscription !== null && draft.reason !== 'manual')
    invoice.discounts = discountsOf(world, subscription).map(({ id }) => id)
  invoice.lines.data = draft.lines.map((line) => ({ ...line, invoice: id }))
  total(world, invoice)
  return invoice
}

/** From here on tax is calculated for this invoice. */
export function chargeTax(invoice: Invoice): void {
  Object.assign(invoice.automatic_tax, { enabled: true, liability: { type: 'self' }, provider: 'stripe' })
}

export function stopTax(invoice: Invoice): void {
  Object.assign(invoice.automatic_tax, { enabled: false, liability: null, provider: null, status: null })
  for (const line of invoice.lines.data) line.taxes = []
}

export function pendingItems(
  world: World,
  customer: string,
  currency: string,
  subscription: Subscription | null,
): InvoiceItem[] {
  return rows(world, 'invoiceitem').filter((item) => {
    const of = item.parent?.subscription_details.subscription
    return (
      item.customer === customer &&
      item.invoice === null &&
      item.currency === currency &&
      (of === undefined || of === subscription?.id)
    )
  })
}

function takePendingItems(world: World, invoice: Invoice, subscription: Subscription | null): void {
  for (const item of pendingItems(world, invoice.customer, invoice.currency, subscription)) {
    item.invoice = invoice.id
    invoice.lines.data.push(itemLine(item, invoice.id))
  }
}

export function itemLine(item: InvoiceItem, invoice: string | null): InvoiceLine {
  const subscription = item.parent?.subscription_details.subscription ?? null
  const details = {
    invoice_item: item.id,
    proration: item.proration,
    proration_details: { credited_items: null },
    subscription,
  }
  return newInvoiceLine({
    id: newId('il'),
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    // What a part of a period costs is discounted already (billing mode flexible, `proration_discounts: included`).
    discountable: !item.proration,
    invoice,
    parent: { invoice_item_details: details, subscription_item_details: null, type: 'invoice_item_details' },
    period: { ...item.period },
    pricing: structuredClone(item.pricing),
    quantity: item.quantity,
    subscription,
  })
}

export type Sold = { item: string; price: Price; quantity: number }

/** One line for a subscription item and a period; `amount` when it is not simply price times quantity. */
export function subscriptionLine(
  world: World,
  subscription: string,
  sold: Sold,
  period: { start: number; end: number },
  special?: { amount: number; description: string; proration: boolean },
): InvoiceLine {
  const { price, quantity } = sold
  const product = find(world, 'product', price.product)
  const each = price.unit_amount ?? 0
  const every = price.recurring === null ? '' : ` / ${price.recurring.interval}`
  const details = {
    invoice_item: null,
    proration: special?.proration ?? false,
    proration_details: special?.proration === true ? { credited_items: null } : null,
    subscription,
    subscription_item: sold.item,
  }
  return newInvoiceLine({
    id: newId('il'),
    amount: special?.amount ?? licensed(price, quantity),
    currency: price.currency,
    description:
      special?.description ?? `${quantity} × ${product.name} (at ${spokenAmount(each, price.currency)}${every})`,
    discountable: special?.proration !== true,
    invoice: null,
    parent: { invoice_item_details: null, subscription_item_details: details, type: 'subscription_item_details' },
    period,
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: 'price_details',
      unit_amount_decimal: price.unit_amount_decimal,
    },
    quantity,
    subscription,
  })
}

/** What a period of this price costs up front; metered prices are billed by usage, which the sandbox does not count. */
export function licensed(price: Price, quantity: number): number {
  return price.recurring?.usage_type === 'metered' ? 0 : (price.unit_amount ?? 0) * quantity
}
