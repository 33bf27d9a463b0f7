import type { InvoiceFilter } from '#contract/invoice.ts'
import { compact } from '#diagnosis/compact.ts'
import { standingOf } from '#diagnosis/invoice-standing.ts'
import { decimalOf } from '#diagnosis/money.ts'
import type { Hands } from './context.ts'
import { CSV_MARK, csvLine } from './csv.ts'
import { ApiError } from './errors.ts'
import { filterOf } from './invoices.ts'
import { seesAmounts } from './redact.ts'
import { findAccount } from './store/accounts.ts'
import type { SessionRecord } from './store/sessions.ts'
import { listInvoices, type InvoicePage, type ListedInvoice } from './stripe/invoice-list.ts'

const PAGE = 100

const columns: Readonly<Record<string, (invoice: ListedInvoice, now: number) => string>> = {
  number: ({ number }) => number ?? '',
  date: ({ date }) => dayOf(date),
  due: ({ due }) => dayOf(due),
  period_start: ({ period }) => dayOf(period.start),
  period_end: ({ period }) => dayOf(period.end),
  state: (invoice, now) => standingOf(invoice, now),
  currency: ({ currency }) => currency.toUpperCase(),
  total: ({ total, currency }) => decimalOf({ amount: total, currency }),
  still_due: ({ remaining, status, currency }) =>
    decimalOf({ amount: status === 'open' || status === 'uncollectible' ? remaining : 0, currency }),
  refunded: ({ refunded, currency }) => decimalOf({ amount: refunded, currency }),
  credited: ({ credited, currency }) => decimalOf({ amount: credited, currency }),
  about: ({ about }) => about ?? '',
  id: ({ id }) => id,
}

/**
 * The whole list as RFC 4180, a page of Stripe's at a time, so that thousands need no memory. The first page is read
 * before anything is sent; where a later one fails, the stream breaks instead of ending as if it were whole. Throws
 * ApiError not-allowed, not-found, StripeUnreachable.
 */
export async function invoiceCsv(
  hands: Hands,
  session: SessionRecord,
  filter: InvoiceFilter,
): Promise<ReadableStream<Uint8Array>> {
  if (!seesAmounts(hands.config, session.role)) throw new ApiError('not-allowed')
  const customer = (await findAccount(hands.database, session))?.customer
  const read = (after?: string): Promise<InvoicePage> =>
    customer === undefined
      ? Promise.resolve({ invoices: [] })
      : listInvoices(hands.stripe, customer, filterOf(filter), { limit: PAGE, ...compact({ after }) })
  let page: InvoicePage | undefined = await read()
  const encoder = new TextEncoder()
  const now = hands.now()
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(CSV_MARK + csvLine(Object.keys(columns)))),
    pull: async (controller) => {
      if (!page) return controller.close()
      const lines = page.invoices.map((invoice) => csvLine(Object.values(columns).map((write) => write(invoice, now))))
      const { more }: InvoicePage = page
      controller.enqueue(encoder.encode(lines.join('')))
      page = more === undefined ? undefined : await read(more)
    },
  })
}

/** ISO 8601, UTC. */
function dayOf(instant: number): string {
  return new Date(instant * 1_000).toISOString().slice(0, 10)
}
