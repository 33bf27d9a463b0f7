import type { ListedInvoice } from '#contract/invoice.ts'
import type { Overview } from '#contract/overview.ts'
import type { Instant } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import { useFormat } from '#portal/format.ts'
import { InvoiceState } from '#portal/invoice-state.tsx'
import { Words } from '#portal/words/words.ts'

type Shown = Pick<ListedInvoice, 'id' | 'number' | 'due' | 'period' | 'state' | 'nextAttempt'> & {
  readonly amount?: Money
}

/** The newest three; while Stripe is silent, those that were open when it last spoke. */
export function invoicesIn({ invoices, openInvoices }: Overview): readonly Shown[] {
  return invoices
    ? invoices.map(({ total, remaining = total, ...invoice }) => ({
        ...invoice,
        ...(remaining && { amount: remaining }),
      }))
    : openInvoices.map(({ remaining, ...invoice }) => ({ ...invoice, ...(remaining && { amount: remaining }) }))
}

export function Invoices({ invoices, now }: { readonly invoices: readonly Shown[]; readonly now: Instant }) {
  const format = useFormat()
  return (
    <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
      {invoices.map((invoice) => (
        <li key={invoice.id} className="flex items-start justify-between gap-4 py-3">
          <div className="min-w-0">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="whitespace-nowrap">{format.period(invoice.period)}</span>
              {invoice.number !== undefined && (
                <span className="text-small text-quiet">
                  <bdi>{invoice.number}</bdi>
                </span>
              )}
            </p>
            <InvoiceState invoice={invoice} now={now} />
            {invoice.nextAttempt !== undefined && (
              <p className="text-small text-quiet">
                <Words id="overview.retry" values={{ day: format.day(invoice.nextAttempt, now) }} />
              </p>
            )}
          </div>
          {invoice.amount && <bdi className="shrink-0 font-medium tabular-nums">{format.money(invoice.amount)}</bdi>}
        </li>
      ))}
    </ul>
  )
}
