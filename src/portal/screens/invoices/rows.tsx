import type { ListedInvoice } from '#contract/invoice.ts'
import type { Instant } from '#diagnosis/account.ts'
import { paperPaths } from '#portal/api/invoices.ts'
import { useFormat } from '#portal/format.ts'
import { fixPathWith, paths } from '#portal/paths.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { memo } from 'react'
import { Link } from 'react-router-dom'
import { InvoiceState } from '#portal/invoice-state.tsx'

/** Five columns where there is room for a table, and the period where there is more. Every row has the same widths. */
const columns =
  'md:grid md:grid-cols-[minmax(8.5rem,1.3fr)_6rem_minmax(7.5rem,1.5fr)_6.75rem_5.75rem] md:items-center md:gap-x-3 min-[72rem]:grid-cols-[minmax(9.25rem,1.2fr)_6rem_minmax(7.25rem,1fr)_minmax(8.5rem,1.5fr)_6.75rem_5.75rem]'

/** Without the room it is only read out. */
const roomy = 'max-[72rem]:sr-only'

const heads = [
  { word: 'invoices.number' },
  { word: 'invoices.date' },
  { word: 'invoices.period', roomy: true },
  { word: 'invoices.state' },
  { word: 'invoices.amount', end: true },
  { word: 'invoices.papers', end: true },
] as const

/** Pixels that a row takes up: kept free for months that are out of sight, so that the page does not jump. */
const ROW = 64

type RowsProps = { readonly invoices: readonly ListedInvoice[]; readonly now: Instant; readonly label: string }

/** A table where there is room, a list by month on phones. Months out of sight are not laid out. */
export function Rows({ invoices, now, label }: RowsProps) {
  return (
    <table aria-label={label} className="block w-full text-start">
      <thead className="block max-md:sr-only">
        <tr className={`${columns} border-b border-hairline py-2 text-small text-quiet`}>
          {heads.map((head) => (
            <th
              key={head.word}
              scope="col"
              className={`font-normal ${'end' in head ? 'text-end' : 'text-start'} ${'roomy' in head ? roomy : ''}`}
            >
              <Words id={head.word} />
            </th>
          ))}
        </tr>
      </thead>
      {monthsOf(invoices).map((month) => (
        <Month key={month.key} invoices={month.invoices} now={now} />
      ))}
    </table>
  )
}

type MonthProps = { readonly invoices: readonly ListedInvoice[]; readonly now: Instant }

/** Drawn once: ten thousand rows are not drawn again because a hundred more have come. */
const Month = memo(function Month({ invoices, now }: MonthProps) {
  const format = useFormat()
  const [first] = invoices
  if (!first) return null
  const at = new Date(first.date * 1_000)
  return (
    <tbody
      className="block [content-visibility:auto]"
      style={{ containIntrinsicSize: `auto ${invoices.length * ROW}px` }}
    >
      <tr className="block md:hidden">
        <th colSpan={heads.length} scope="rowgroup" className="block pt-5 pb-1 text-start font-semibold">
          {format.month(at.getUTCMonth() + 1, at.getUTCFullYear())}
        </th>
      </tr>
      {invoices.map((invoice) => (
        <Row key={invoice.id} invoice={invoice} now={now} />
      ))}
    </tbody>
  )
}, sameMonth)

function sameMonth(before: MonthProps, after: MonthProps): boolean {
  return (
    before.now === after.now &&
    before.invoices.length === after.invoices.length &&
    before.invoices.every((invoice, index) => invoice === after.invoices[index])
  )
}

function Row({ invoice, now }: { readonly invoice: ListedInvoice; readonly now: Instant }) {
  const format = useFormat()
  const { say } = useWords()
  const { id, number, date, period, total, remaining, payable, pdf } = invoice
  const name = number ?? say('invoices.unnumbered')
  return (
    <tr
      className={`relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b border-hairline py-3 hover:bg-sunken md:min-h-14 md:py-2 ${columns}`}
    >
      <th scope="row" className="min-w-0 text-start font-medium">
        <Link to={`${paths.invoices}/${id}`} dir="auto" className="rounded-control after:absolute after:inset-0">
          {name}
        </Link>
      </th>
      <td className="text-small text-quiet max-md:col-start-1 max-md:row-start-2">{format.shortDay(date, now)}</td>
      <td className={`text-small text-quiet ${roomy}`}>{format.period(period)}</td>
      <td className="flex items-center max-md:col-start-1 max-md:row-start-3">
        <InvoiceState invoice={invoice} now={now} />
      </td>
      <td className="text-end tabular-nums max-md:col-start-2 max-md:row-start-1">
        {total && <bdi className="block font-medium">{format.money(total)}</bdi>}
        {remaining && (
          <span className="block text-small text-quiet">
            <Words id="invoices.still" values={{ amount: <bdi>{format.money(remaining)}</bdi> }} />
          </span>
        )}
      </td>
      <td className="z-10 flex justify-end gap-4 max-md:col-start-2 max-md:row-span-2 max-md:row-start-2 max-md:items-end">
        {payable && (
          <Link
            to={fixPathWith('pay-invoice', undefined, { invoice: id })}
            aria-label={say('invoices.payLabel', { number: name })}
            className="link target max-md:-my-3"
          >
            <Words id="invoices.pay" />
          </Link>
        )}
        {pdf && (
          <a
            href={paperPaths.pdf(id)}
            target="_blank"
            rel="noreferrer"
            aria-label={say('invoices.pdfLabel', { number: name })}
            className="link target max-md:hidden"
          >
            <Words id="invoices.pdf" />
          </a>
        )}
      </td>
    </tr>
  )
}

function monthsOf(invoices: readonly ListedInvoice[]) {
  const months: { key: string; invoices: ListedInvoice[] }[] = []
  for (const invoice of invoices) {
    const name = new Date(invoice.date * 1_000).toISOString().slice(0, 7)
    const last = months.at(-1)
    if (last?.key.startsWith(name)) last.invoices.push(invoice)
    // A month may come twice: the list goes by when an invoice was made, not by the date on it.
    else months.push({ key: `${name}-${invoice.id}`, invoices: [invoice] })
  }
  return months
}
