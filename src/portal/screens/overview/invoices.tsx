import type { Overview } from '#contract/overview.ts'
import { Badge } from '#ui/badge.tsx'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'

type Invoice = Overview['openInvoices'][number]

export function Invoices({ overview: { openInvoices, now } }: { readonly overview: Overview }) {
  const format = useFormat()
  return (
    <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
      {openInvoices.map((invoice) => (
        <li key={invoice.id} className="flex items-start justify-between gap-4 py-3">
          <div className="min-w-0">
            <p>
              {format.period(invoice.period)}
              {invoice.number !== undefined && (
                <span className="ms-2 text-small text-quiet">
                  <bdi>{invoice.number}</bdi>
                </span>
              )}
            </p>
            <State invoice={invoice} now={now} />
            {invoice.nextAttempt !== undefined && (
              <p className="text-small text-quiet">
                <Words id="overview.retry" values={{ day: format.day(invoice.nextAttempt, now) }} />
              </p>
            )}
          </div>
          {invoice.remaining && (
            <bdi className="shrink-0 font-medium tabular-nums">{format.money(invoice.remaining)}</bdi>
          )}
        </li>
      ))}
    </ul>
  )
}

function State({ invoice: { state, due }, now }: { readonly invoice: Invoice; readonly now: number }) {
  const format = useFormat()
  const day = format.day(due, now)
  switch (state) {
    case 'due':
      return (
        <Badge icon="clock">
          <Words id="overview.due" values={{ when: format.fromNow(due, now), day }} />
        </Badge>
      )
    case 'overdue':
      return (
        <Badge tone="danger" icon="warning">
          <Words id="overview.overdue" values={{ day }} />
        </Badge>
      )
    case 'processing':
      return (
        <Badge icon="clock">
          <Words id="overview.processing" />
        </Badge>
      )
    case 'confirm':
      return (
        <Badge tone="warning" icon="bank">
          <Words id="overview.confirm" />
        </Badge>
      )
  }
}
