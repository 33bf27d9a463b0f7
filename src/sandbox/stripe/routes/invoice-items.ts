import { addInvoiceItem } from '#sandbox/stripe/deeds/add-invoice-item.ts'
import { record } from '#sandbox/stripe/deeds/record-event.ts'
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
import type { InvoiceItem } from '#sandbox/stripe/objects/invoice-item.ts'
import { present, presentDeleted } from '#sandbox/stripe/present.ts'
import { find, liveCustomer, rows, type World } from '#sandbox/stripe/world.ts'
import { linePriceData, taxBehavior } from './invoice-line-fields.ts'

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
  price_data: linePriceData,
  pricing: object({ price: text }),
  quantity: whole,
  subscription: text,
  tax_behavior: taxBehavior,
  tax_code: unmodelled,
  tax_rates: unmodelled,
  unit_amount_decimal: text,
}

function addItem(world: World, given: Values<typeof createFields>): InvoiceItem {
  const customer = liveCustomer(world, given.customer)
  const invoice = given.invoice === undefined ? null : find(world, 'invoice', given.invoice, 'invoice')
  return addInvoiceItem(world, customer, given, invoice)
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
