import {
  CreditNoteIdSchema,
  InvoiceDetailsSchema,
  InvoiceFilterSchema,
  InvoiceIdSchema,
  InvoicePageSchema,
  InvoiceQuerySchema,
  OwedSchema,
} from '#contract/invoice.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { CSV_TYPE } from '#server/csv.ts'
import { invoiceCsv } from '#server/invoice-csv.ts'
import { paperAddress } from '#server/invoice-links.ts'
import { invoiceDetails, invoicePage, owed } from '#server/invoices.ts'
import { answers, createRouter, problems } from '#server/openapi.ts'
import { requireSession } from '#server/session.ts'

const elsewhere = { 303: { description: 'To where Stripe has it.' }, ...problems }

const list = createRoute({
  method: 'get',
  path: '/api/invoices',
  request: { query: InvoiceQuerySchema },
  responses: { 200: answers(InvoicePageSchema, 'A page, newest first.'), ...problems },
})
const csv = createRoute({
  method: 'get',
  path: '/api/invoices.csv',
  request: { query: InvoiceFilterSchema },
  responses: {
    200: { description: 'All of them (RFC 4180).', content: { 'text/csv': { schema: z.string() } } },
    ...problems,
  },
})
const toPay = createRoute({
  method: 'get',
  path: '/api/invoices/to-pay',
  responses: { 200: answers(OwedSchema, 'What can be paid now.'), ...problems },
})
const one = createRoute({
  method: 'get',
  path: '/api/invoices/{id}',
  request: { params: z.object({ id: InvoiceIdSchema }) },
  responses: { 200: answers(InvoiceDetailsSchema, 'Everything about one.'), ...problems },
})
const paper = createRoute({
  method: 'get',
  path: '/api/invoices/{id}/{kind}',
  request: { params: z.object({ id: InvoiceIdSchema, kind: z.enum(['pdf', 'receipt']) }) },
  responses: elsewhere,
})
const creditNote = createRoute({
  method: 'get',
  path: '/api/credit-notes/{id}/pdf',
  request: { params: z.object({ id: CreditNoteIdSchema }) },
  responses: elsewhere,
})

/** What the account was ever asked to pay. */
export function invoiceRoutes(hands: Hands) {
  const router = createRouter()
  router.use('/api/invoices', requireSession(hands))
  router.use('/api/invoices.csv', requireSession(hands))
  router.use('/api/invoices/*', requireSession(hands))
  router.use('/api/credit-notes/*', requireSession(hands))
  return router
    .openapi(list, async (c) => c.json(await invoicePage(hands, c.var.session, c.req.valid('query')), 200))
    .openapi(csv, async (c) => {
      const body = await invoiceCsv(hands, c.var.session, c.req.valid('query'))
      return c.body(body, 200, {
        'Content-Type': CSV_TYPE,
        'Content-Disposition': 'attachment; filename="invoices.csv"',
      })
    })
    .openapi(toPay, async (c) => c.json(await owed(hands, c.var.session), 200))
    .openapi(one, async (c) => c.json(await invoiceDetails(hands, c.var.session, c.req.valid('param').id), 200))
    .openapi(paper, async (c) => c.redirect(await paperAddress(hands, c.var.session, c.req.valid('param')), 303))
    .openapi(creditNote, async (c) => {
      const { id } = c.req.valid('param')
      return c.redirect(await paperAddress(hands, c.var.session, { kind: 'credit-note', id }), 303)
    })
}
