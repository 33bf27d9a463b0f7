import { issueCreditNote } from '#sandbox/stripe/deeds/issue-credit-note.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { metadata, moment, needed, oneOf, text, unmodelled, whole } from '#sandbox/stripe/kernel/shape.ts'
import { present } from '#sandbox/stripe/present.ts'
import { find, rows } from '#sandbox/stripe/world.ts'

const creditFields = {
  amount: whole,
  credit_amount: whole,
  effective_at: unmodelled,
  email_type: oneOf('credit_note', 'none'),
  invoice: needed(text),
  memo: text,
  metadata,
  out_of_band_amount: whole,
  reason: oneOf('duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory'),
  refund_amount: whole,
}

export const creditNoteRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/credit_notes',
    answers: 'credit_note',
    fields: creditFields,
    deed: ({ world }, given) =>
      present(world, issueCreditNote(world, find(world, 'invoice', given.invoice, 'invoice'), given)),
  }),
  route({
    method: 'GET',
    path: '/v1/credit_notes',
    answers: 'list:credit_note',
    fields: { ...pageFields, created: moment, customer: text, invoice: text },
    deed: ({ world }, given) => {
      const found = rows(world, 'credit_note').filter(
        (note) =>
          (given.customer === undefined || note.customer === given.customer) &&
          (given.invoice === undefined || note.invoice === given.invoice) &&
          isWithin(given.created, note.created),
      )
      return page('/v1/credit_notes', found.toReversed(), given, (note) => present(world, note))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/credit_notes/:id',
    answers: 'credit_note',
    deed: ({ world, ids }) => present(world, find(world, 'credit_note', ids['id'] ?? '')),
  }),
]
