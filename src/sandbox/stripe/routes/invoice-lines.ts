import { addInvoiceItem, takeItem } from '#sandbox/stripe/deeds/add-invoice-item.ts'
import { change } from '#sandbox/stripe/deeds/record-event.ts'
import { page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { flag, list, metadata, needed, object, text, unmodelled, whole } from '#sandbox/stripe/kernel/shape.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import { present } from '#sandbox/stripe/present.ts'
import { find, liveCustomer } from '#sandbox/stripe/world.ts'
import { linePriceData } from './invoice-line-fields.ts'

const addLinesFields = {
  invoice_metadata: metadata,
  lines: needed(
    list(
      object({
        amount: whole,
        description: text,
        discountable: flag,
        discounts: unmodelled,
        invoice_item: text,
        metadata,
        period: object({ start: needed(whole), end: needed(whole) }),
        price_data: linePriceData,
        pricing: object({ price: text }),
        quantity: whole,
        tax_amounts: unmodelled,
        tax_rates: unmodelled,
      }),
    ),
  ),
}

export const invoiceLineRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/invoices/:id/add_lines',
    answers: 'invoice',
    fields: addLinesFields,
    deed: ({ world, ids }, given) => {
      const invoice = find(world, 'invoice', ids['id'] ?? '')
      const customer = liveCustomer(world, invoice.customer)
      change(world, invoice, 'invoice.updated', () => {
        for (const line of given.lines) {
          if (line.invoice_item === undefined)
            addInvoiceItem(world, customer, { currency: invoice.currency, ...line }, invoice)
          else takeItem(world, invoice, find(world, 'invoiceitem', line.invoice_item, 'invoice_item'))
        }
        if (given.invoice_metadata !== undefined)
          invoice.metadata = mergeMetadata(invoice.metadata, given.invoice_metadata)
      })
      return present(world, invoice)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/invoices/:id/lines',
    answers: 'list:line_item',
    fields: pageFields,
    deed: ({ world, ids }, given) => {
      const invoice = find(world, 'invoice', ids['id'] ?? '')
      return page(`/v1/invoices/${invoice.id}/lines`, invoice.lines.data, given, (line) => structuredClone(line))
    },
  }),
]
