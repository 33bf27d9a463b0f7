import type { ListedInvoice } from '#contract/invoice.ts'
import type { Overview } from '#contract/overview.ts'
import type { Instant } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import { Badge } from '#ui/badge.tsx'
import type { IconName } from '#ui/icon.tsx'
import { useFormat } from '#portal/format.ts'
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
          {invoice.amount && <bdi className="shrink-0 font-medium tabular-nums">{format.money(invoice.amount)}</bdi>}
        </li>
      ))}
    </ul>
  )
}

type Other = Exclude<Shown['state'], 'due' | 'overdue'>

const looks = {
  open: { icon: 'clock', word: 'overview.open' },
  processing: { icon: 'clock', word: 'overview.processing' },
  confirm: { icon: 'bank', word: 'overview.confirm' },
  paid: { icon: 'success', word: 'overview.paid' },
  refunded: { icon: 'back', word: 'overview.refunded' },
  partly_refunded: { icon: 'back', word: 'overview.partlyRefunded' },
  disputed: { icon: 'bank', word: 'overview.contested' },
  charged_back: { icon: 'bank', word: 'overview.contested' },
  credited: { icon: 'back', word: 'overview.credited' },
  partly_credited: { icon: 'back', word: 'overview.partlyCredited' },
  written_off: { icon: 'info', word: 'overview.writtenOff' },
  void: { icon: 'info', word: 'overview.void' },
} as const satisfies Record<Other, { icon: IconName; word: `overview.${string}` }>

function State({ invoice: { state, due }, now }: { readonly invoice: Shown; readonly now: Instant }) {
  const format = useFormat()
  const day = format.day(due, now)
  if (state === 'due')
    return (
      <Badge icon="clock">
        <Words id="overview.due" values={{ when: format.fromNow(due, now), day }} />
      </Badge>
    )
  if (state === 'overdue')
    return (
      <Badge tone="danger" icon="warning">
        <Words id="overview.overdue" values={{ day }} />
      </Badge>
    )
  const { icon, word } = looks[state]
  return (
    <Badge tone={state === 'confirm' ? 'warning' : 'plain'} icon={icon}>
      <Words id={word} />
    </Badge>
  )
}
