import { draftInvoice } from '#sandbox/stripe/deeds/draft-invoice.ts'
import { finalizeInvoice } from '#sandbox/stripe/deeds/finalize-invoice.ts'
import { payInvoice } from '#sandbox/stripe/deeds/pay-invoice.ts'
import { change, record } from '#sandbox/stripe/deeds/record-event.ts'
import { markUncollectible, voidInvoice } from '#sandbox/stripe/deeds/settle-invoice.ts'
import { total } from '#sandbox/stripe/deeds/total-invoice.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { clearable, flag, moment, oneOf, text, unmodelled } from '#sandbox/stripe/kernel/shape.ts'
import { present, presentDeleted } from '#sandbox/stripe/present.ts'
import { collection, fill, sharedFields } from './invoice-fields.ts'
import { find, liveCustomer, rows, timeOf, type World } from '#sandbox/stripe/world.ts'

const listFields = {
  ...pageFields,
  collection_method: collection,
  created: moment,
  customer: text,
  due_date: moment,
  status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
  subscription: text,
}

const one = (world: World, ids: { [name: string]: string }) => find(world, 'invoice', ids['id'] ?? '')

const createInvoiceFields = {
  ...sharedFields,
  currency: text,
  customer: text,
  from_invoice: unmodelled,
  pending_invoice_items_behavior: oneOf('exclude', 'include'),
  subscription: text,
}

const payInvoiceFields = {
  forgive: flag,
  mandate: clearable(text),
  off_session: flag,
  paid_out_of_band: flag,
  payment_method: text,
  source: text,
}

export const invoiceRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/invoices',
    answers: 'invoice',
    fields: createInvoiceFields,
    deed: ({ world }, given) => {
      if (given.customer === undefined)
        throw invalid('Missing required param: customer.', { code: 'parameter_missing', param: 'customer' })
      const customer = liveCustomer(world, given.customer)
      const subscription =
        given.subscription === undefined ? null : find(world, 'subscription', given.subscription, 'subscription')
      const now = timeOf(world, customer.id)
      const pending = rows(world, 'invoiceitem').find((item) => item.customer === customer.id && item.invoice === null)
      const invoice = draftInvoice(world, {
        customer,
        subscription,
        reason: 'manual',
        currency: given.currency ?? pending?.currency ?? subscription?.currency ?? customer.currency ?? 'usd',
        period: { start: now, end: now },
        lines: [],
        includePending: (given.pending_invoice_items_behavior ?? 'exclude') === 'include',
        autoAdvance: given.auto_advance ?? false,
        collection: given.collection_method ?? 'charge_automatically',
        daysUntilDue: given.days_until_due ?? null,
      })
      fill(world, invoice, given)
      total(world, invoice)
      return present(world, invoice)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/invoices',
    answers: 'list:invoice',
    fields: listFields,
    deed: ({ world }, given) => {
      const found = rows(world, 'invoice').filter(
        (invoice) =>
          (given.customer === undefined || invoice.customer === given.customer) &&
          (given.status === undefined || invoice.status === given.status) &&
          (given.collection_method === undefined || invoice.collection_method === given.collection_method) &&
          (given.subscription === undefined ||
            invoice.parent?.subscription_details.subscription === given.subscription) &&
          (given.due_date === undefined || (invoice.due_date !== null && isWithin(given.due_date, invoice.due_date))) &&
          isWithin(given.created, invoice.created),
      )
      return page('/v1/invoices', found.toReversed(), given, (invoice) => present(world, invoice))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/invoices/:id',
    answers: 'invoice',
    deed: ({ world, ids }) => present(world, one(world, ids)),
  }),
  route({
    method: 'POST',
    path: '/v1/invoices/:id',
    answers: 'invoice',
    fields: sharedFields,
    deed: ({ world, ids }, given) => {
      const invoice = one(world, ids)
      const editable = ['auto_advance', 'metadata', 'default_payment_method', 'description', 'payment_settings']
      if (invoice.status !== 'draft' && Object.keys(given).some((name) => !editable.includes(name))) {
        throw invalid("Finalized invoices can't be updated in this way", { code: 'invoice_not_editable' })
      }
      change(world, invoice, 'invoice.updated', () => {
        fill(world, invoice, given)
        if (invoice.status === 'draft') total(world, invoice)
      })
      return present(world, invoice)
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/invoices/:id',
    answers: 'invoice',
    deed: ({ world, ids }) => {
      const invoice = one(world, ids)
      if (invoice.status !== 'draft')
        throw invalid('You can only delete draft invoices.', { code: 'invoice_not_editable' })
      if (invoice.parent !== null && invoice.billing_reason !== 'manual')
        throw invalid('You can only delete one-off invoices: this one belongs to a subscription. Void it instead.')
      for (const item of rows(world, 'invoiceitem')) if (item.invoice === invoice.id) item.invoice = null
      world.tables.invoice.delete(invoice.id)
      record(world, 'invoice.deleted', invoice)
      return presentDeleted(invoice)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/invoices/:id/finalize',
    answers: 'invoice',
    fields: { auto_advance: flag },
    deed: ({ world, ids }, given) => {
      const invoice = one(world, ids)
      if (given.auto_advance !== undefined) invoice.auto_advance = given.auto_advance
      finalizeInvoice(world, invoice)
      // The first automatic attempt comes about an hour after finalizing.
      if (invoice.status === 'open' && invoice.auto_advance && invoice.collection_method === 'charge_automatically') {
        invoice.next_payment_attempt = timeOf(world, invoice.customer) + 3600
      }
      return present(world, invoice)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/invoices/:id/pay',
    answers: 'invoice',
    fields: payInvoiceFields,
    deed: ({ world, ids }, given) => {
      const invoice = one(world, ids)
      const { payment_method, off_session = true, paid_out_of_band = false } = given
      payInvoice(world, invoice, { payment_method, off_session, paid_out_of_band })
      return present(world, invoice)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/invoices/:id/void',
    answers: 'invoice',
    deed: ({ world, ids }) => {
      const invoice = one(world, ids)
      voidInvoice(world, invoice)
      return present(world, invoice)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/invoices/:id/mark_uncollectible',
    answers: 'invoice',
    deed: ({ world, ids }) => {
      const invoice = one(world, ids)
      markUncollectible(world, invoice, 'user_forgiven')
      return present(world, invoice)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/invoices/:id/send',
    answers: 'invoice',
    deed: ({ world, ids }) => {
      const invoice = one(world, ids)
      if (invoice.collection_method !== 'send_invoice')
        throw invalid("You can only manually send an invoice if its collection method is 'send_invoice'.")
      if (invoice.status === 'draft') finalizeInvoice(world, invoice)
      record(world, 'invoice.sent', invoice)
      return present(world, invoice)
    },
  }),
]
