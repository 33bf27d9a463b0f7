import { newId } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { mergeMetadata, type Customer, type Metadata } from '#sandbox/stripe/objects/customer.ts'
import { newInvoiceItem, type InvoiceItem } from '#sandbox/stripe/objects/invoice-item.ts'
import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import type { Price } from '#sandbox/stripe/objects/price.ts'
import { find, timeOf, type World } from '#sandbox/stripe/world.ts'
import { addPrice } from './add-price.ts'
import { itemLine } from './draft-invoice.ts'
import { record } from './record-event.ts'
import { total } from './total-invoice.ts'

/** What is billed once: an amount, or a price or unit amount times a quantity; minor units. */
export type ItemInput = {
  amount?: number | undefined
  currency?: string | undefined
  description?: string | undefined
  metadata?: Metadata | null | undefined
  period?: { start: number; end: number } | undefined
  price?: string | undefined
  price_data?:
    | { currency: string; product: string; unit_amount?: number | undefined; unit_amount_decimal?: string | undefined }
    | undefined
  pricing?: { price?: string | undefined } | undefined
  quantity?: number | undefined
  subscription?: string | undefined
  unit_amount?: number | undefined
  unit_amount_decimal?: string | undefined
}

export function priceOfItem(world: World, given: ItemInput): Price | undefined {
  const id = given.pricing?.price ?? given.price
  if (id !== undefined) return find(world, 'price', id, 'pricing[price]')
  if (given.price_data === undefined) return undefined
  find(world, 'product', given.price_data.product, 'price_data[product]')
  return addPrice(world, given.price_data.product, given.price_data)
}

/** @throws {Refusal} 400 parameter_missing when it says no amount */
function composeItem(
  world: World,
  customer: Customer,
  given: ItemInput,
  price: Price | undefined,
  invoice: Invoice | null,
): InvoiceItem {
  const now = timeOf(world, customer.id)
  const quantity = given.quantity ?? 1
  const decimal = given.unit_amount_decimal === undefined ? undefined : Number(given.unit_amount_decimal)
  const each = price?.unit_amount ?? given.unit_amount ?? decimal
  const amount = given.amount ?? (each === undefined ? undefined : Math.round(each * quantity))
  if (amount === undefined)
    throw invalid('Missing required param: amount.', { code: 'parameter_missing', param: 'amount' })
  const currency = given.currency ?? price?.currency ?? invoice?.currency ?? customer.currency ?? 'usd'
  return newInvoiceItem({
    id: newId('ii'),
    amount,
    currency: currency.toLowerCase(),
    customer: customer.id,
    date: now,
    description: given.description ?? (price === undefined ? null : find(world, 'product', price.product).name),
    invoice: invoice?.id ?? null,
    metadata: mergeMetadata({}, given.metadata),
    parent:
      given.subscription === undefined
        ? null
        : { subscription_details: { subscription: given.subscription }, type: 'subscription_details' },
    period: given.period ?? { start: now, end: now },
    pricing:
      price === undefined
        ? null
        : {
            price_details: { price: price.id, product: price.product },
            type: 'price_details',
            unit_amount_decimal: String(each ?? amount),
          },
    proration: false,
    quantity,
    test_clock: customer.test_clock,
  })
}

/** A line that a preview shows and nothing keeps. */
export function newItemLine(world: World, customer: Customer, given: ItemInput, price: Price | undefined) {
  return itemLine(composeItem(world, customer, given, price, null), null)
}

/** Bills something once: on this draft, or (null) on the customer's next invoice. */
export function addInvoiceItem(
  world: World,
  customer: Customer,
  given: ItemInput,
  invoice: Invoice | null,
): InvoiceItem {
  if (invoice !== null && invoice.status !== 'draft')
    throw invalid('This invoice is no longer editable', { code: 'invoice_not_editable' })
  const item = composeItem(world, customer, given, priceOfItem(world, given), invoice)
  if (invoice !== null && item.currency !== invoice.currency)
    throw invalid(
      `The currency of the invoice item (${item.currency}) must match the invoice's (${invoice.currency}).`,
      {
        param: 'currency',
      },
    )
  world.tables.invoiceitem.set(item.id, item)
  if (invoice !== null) {
    invoice.lines.data.push(itemLine(item, invoice.id))
    total(world, invoice)
  }
  record(world, 'invoiceitem.created', item)
  return item
}

/** Puts something that waited for the next invoice on this draft. */
export function takeItem(world: World, invoice: Invoice, item: InvoiceItem): void {
  if (invoice.status !== 'draft') throw invalid('This invoice is no longer editable', { code: 'invoice_not_editable' })
  if (item.invoice !== null || item.customer !== invoice.customer)
    throw invalid('This invoice item cannot be added to the invoice.', { param: 'lines' })
  item.invoice = invoice.id
  invoice.lines.data.push(itemLine(item, invoice.id))
  total(world, invoice)
}
