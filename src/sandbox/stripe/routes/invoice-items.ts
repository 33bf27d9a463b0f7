import { itemLine, total } from '#sandbox/stripe/deeds/draft-invoice.ts'
import { record } from '#sandbox/stripe/deeds/record-event.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import {
  flag,
  metadata,
  moment,
  needed,
  object,
  oneOf,
  text,
  unmodelled,
  whole,
  type Values,
} from '#sandbox/stripe/kernel/shape.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import { newInvoiceItem, type InvoiceItem } from '#sandbox/stripe/objects/invoice-item.ts'
import type { Price } from '#sandbox/stripe/objects/price.ts'
import { present, presentDeleted } from '#sandbox/stripe/present.ts'
import { find, liveCustomer, rows, timeOf, type World } from '#sandbox/stripe/world.ts'
import { addPrice } from '#sandbox/stripe/deeds/add-price.ts'

const createFields = {
  amount: whole,
  currency: text,
  customer: needed(text),
  description: text,
  discountable: flag,
  discounts: unmodelled,
  invoice: text,
  metadata,
  period: object({ start: needed(whole), end: needed(whole) }),
  price_data: object({
    currency: needed(text),
    product: needed(text),
    tax_behavior: text,
    unit_amount: whole,
    unit_amount_decimal: text,
  }),
  pricing: object({ price: text }),
  quantity: whole,
  subscription: text,
  tax_behavior: text,
  tax_code: unmodelled,
  tax_rates: unmodelled,
  unit_amount_decimal: text,
}

type Given = Values<typeof createFields>

function priceOf(world: World, given: Given): Price | undefined {
  if (given.pricing?.price !== undefined) return find(world, 'price', given.pricing.price, 'pricing[price]')
  return given.price_data === undefined ? undefined : addPrice(world, given.price_data.product, given.price_data)
}

function addItem(world: World, given: Given): InvoiceItem {
  const customer = liveCustomer(world, given.customer)
  const invoice = given.invoice === undefined ? undefined : find(world, 'invoice', given.invoice, 'invoice')
  if (invoice !== undefined && invoice.status !== 'draft')
    throw invalid('This invoice is no longer editable', { code: 'invoice_not_editable' })
  const now = timeOf(world, customer.id)
  const price = priceOf(world, given)
  const quantity = given.quantity ?? 1
  const each =
    price?.unit_amount ?? (given.unit_amount_decimal === undefined ? undefined : Number(given.unit_amount_decimal))
  const amount = given.amount ?? (each === undefined ? undefined : Math.round(each * quantity))
  if (amount === undefined)
    throw invalid('Missing required param: amount.', { code: 'parameter_missing', param: 'amount' })
  const unit = String(each ?? amount)
  const item = newInvoiceItem({
    id: newId('ii'),
    amount,
    currency: (given.currency ?? price?.currency ?? invoice?.currency ?? customer.currency ?? 'usd').toLowerCase(),
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
            unit_amount_decimal: unit,
          },
    proration: false,
    quantity,
    test_clock: customer.test_clock,
  })
  world.tables.invoiceitem.set(item.id, item)
  if (invoice !== undefined) {
    invoice.lines.data.push(itemLine(item, invoice.id))
    total(invoice)
  }
  record(world, 'invoiceitem.created', item)
  return item
}

const listInvoicePaymentFields = {
  ...pageFields,
  created: moment,
  invoice: text,
  payment: object({
    payment_intent: text,
    payment_record: text,
    type: needed(oneOf('payment_intent', 'payment_record')),
  }),
  status: oneOf('open', 'paid', 'canceled'),
}

export const invoiceItemRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/invoiceitems',
    answers: 'invoiceitem',
    fields: createFields,
    deed: ({ world }, given) => present(world, addItem(world, given)),
  }),
  route({
    method: 'GET',
    path: '/v1/invoiceitems',
    answers: 'list:invoiceitem',
    fields: { ...pageFields, created: moment, customer: text, invoice: text, pending: flag },
    deed: ({ world }, given) => {
      const found = rows(world, 'invoiceitem').filter(
        (item) =>
          (given.customer === undefined || item.customer === given.customer) &&
          (given.invoice === undefined || item.invoice === given.invoice) &&
          (given.pending === undefined || (item.invoice === null) === given.pending) &&
          isWithin(given.created, item.date),
      )
      return page('/v1/invoiceitems', found.toReversed(), given, (item) => present(world, item))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/invoiceitems/:id',
    answers: 'invoiceitem',
    deed: ({ world, ids }) => present(world, find(world, 'invoiceitem', ids['id'] ?? '')),
  }),
  route({
    method: 'DELETE',
    path: '/v1/invoiceitems/:id',
    answers: 'invoiceitem',
    deed: ({ world, ids }) => {
      const item = find(world, 'invoiceitem', ids['id'] ?? '')
      if (item.invoice !== null && world.tables.invoice.get(item.invoice)?.status !== 'draft') {
        throw invalid('This invoice item is attached to a finalized invoice and cannot be deleted.', {
          code: 'invoice_not_editable',
        })
      }
      world.tables.invoiceitem.delete(item.id)
      record(world, 'invoiceitem.deleted', item)
      return presentDeleted(item)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/invoice_payments',
    answers: 'list:invoice_payment',
    fields: listInvoicePaymentFields,
    deed: ({ world }, given) => {
      const found = rows(world, 'invoice_payment').filter(
        (payment) =>
          (given.invoice === undefined || payment.invoice === given.invoice) &&
          (given.payment?.payment_intent === undefined ||
            payment.payment.payment_intent === given.payment.payment_intent) &&
          (given.status === undefined || payment.status === given.status) &&
          isWithin(given.created, payment.created),
      )
      return page('/v1/invoice_payments', found.toReversed(), given, (payment) => present(world, payment))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/invoice_payments/:id',
    answers: 'invoice_payment',
    deed: ({ world, ids }) => present(world, find(world, 'invoice_payment', ids['id'] ?? '')),
  }),
]
