import { CheckIdSchema } from '#contract/check.ts'
import { InvoiceIdSchema, InvoiceQuerySchema } from '#contract/invoice.ts'
import { SeatsQuestionSchema } from '#contract/holding.ts'
import { UsageHistoryQuerySchema } from '#contract/usage-history.ts'
import { z } from '@hono/zod-openapi'
import { billingDetails } from '#server/billing-details.ts'
import type { Hands } from '#server/context.ts'
import { openGuestLinks } from '#server/guest-links.ts'
import { invoiceDetails, invoicePage, owed } from '#server/invoices.ts'
import { methodsPage } from '#server/methods/page.ts'
import { offers } from '#server/offers.ts'
import { overview } from '#server/overview.ts'
import { showPeople } from '#server/people/show.ts'
import { holdings } from '#server/plan/page.ts'
import { seatsAt } from '#server/plan/seats.ts'
import { privacy } from '#server/privacy.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { usageHistory } from '#server/usage-page/history.ts'
import { usagePage } from '#server/usage-page.ts'
import { visit } from '#server/visit.ts'

type Read<Q extends z.ZodType> = {
  readonly asked: Q
  readonly read: (hands: Hands, session: SessionRecord, asked: z.output<Q>) => Promise<object>
}

const nothing = z.object({})
const read = <Q extends z.ZodType>(asked: Q, answer: Read<Q>['read']) => ({ asked, read: answer })

/** What a customer's page asks for, by its address without `/api`: all that can be seen through their eyes, and nothing else. */
export const viewReads = {
  '/visit': read(z.object({ check: CheckIdSchema.optional() }), async (hands, session, { check }) => {
    // A half-saved card is finished with a secret of Stripe's; it is nobody's but the customer's.
    const { unfinished: _, ...seen } = await visit(hands, session, check)
    return seen
  }),
  '/overview': read(nothing, (hands, session) => overview(hands, session, false)),
  '/billing-details': read(nothing, billingDetails),
  '/usage': read(nothing, usagePage),
  '/usage/history': read(UsageHistoryQuerySchema, usageHistory),
  '/payment-methods': read(nothing, methodsPage),
  '/offers': read(
    z.object({ check: CheckIdSchema.optional(), seats: z.coerce.number().int().min(1).max(100_000).optional() }),
    offers,
  ),
  '/plan': read(nothing, holdings),
  '/plan/seats': read(SeatsQuestionSchema, seatsAt),
  '/invoices': read(InvoiceQuerySchema, invoicePage),
  '/invoices/to-pay': read(nothing, owed),
  '/invoices/:id': read(z.object({ id: InvoiceIdSchema }), (hands, session, { id }) =>
    invoiceDetails(hands, session, id),
  ),
  '/guest-links': read(nothing, async (hands, session) => openGuestLinks(hands, session)),
  '/people': read(nothing, showPeople),
  '/sessions': read(nothing, privacy),
} as const
