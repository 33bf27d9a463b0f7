import type { InvoicePapers, ListedInvoice } from '#contract/invoice.ts'
import type { Money } from '#diagnosis/money.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Row } from '#ui/stack.tsx'
import type { ReactNode } from 'react'

type LinesProps = { readonly papers: InvoicePapers; readonly invoice: ListedInvoice }

/** What it is for, and how it adds up. */
export function Lines({ papers, invoice }: LinesProps) {
  const format = useFormat()
  const { lines, moreLines, subtotal, discounts, taxes, total, creditApplied } = papers
  const isPlain = discounts.length === 0 && taxes.length === 0
  return (
    <div className="border-y border-hairline py-3">
      <ul className="flex flex-col gap-2">
        {lines.map(({ id, about, amount, period }) => (
          <li key={id}>
            <Row
              start={
                <>
                  <span className="block">{about}</span>
                  {period.end > period.start && (
                    <span className="block text-small text-quiet">{format.period(period)}</span>
                  )}
                </>
              }
              end={<bdi>{format.money(amount)}</bdi>}
            />
          </li>
        ))}
      </ul>
      {moreLines && (
        <p className="pt-2 text-small text-quiet">
          <Words id="invoice.moreLines" />
        </p>
      )}
      <div className="mt-3 flex flex-col gap-1 border-t border-hairline pt-3">
        {!isPlain && <Sum label={<Words id="invoice.subtotal" />} amount={subtotal} />}
        {discounts.map(({ id, name, amount }) => (
          <Sum
            key={id}
            label={name === undefined ? <Words id="invoice.discount" /> : <bdi>{name}</bdi>}
            amount={negative(amount)}
          />
        ))}
        {taxes.map(({ amount, inclusive }) => (
          <Sum
            key={`${inclusive} ${amount.amount}`}
            label={<Words id={inclusive ? 'invoice.taxIncluded' : 'invoice.tax'} />}
            amount={amount}
          />
        ))}
        <Sum label={<Words id="invoice.total" />} amount={total} strong />
        {creditApplied && (
          <Sum
            label={<Words id={creditApplied.amount > 0 ? 'invoice.creditUsed' : 'invoice.creditAdded'} />}
            amount={negative(creditApplied)}
          />
        )}
        {invoice.remaining && <Sum label={<Words id="invoice.remaining" />} amount={invoice.remaining} strong />}
      </div>
    </div>
  )
}

type SumProps = { readonly label: ReactNode; readonly amount: Money; readonly strong?: boolean }

function Sum({ label, amount, strong = false }: SumProps) {
  const format = useFormat()
  return (
    <div className={strong ? 'font-semibold' : 'text-quiet'}>
      <Row start={label} end={<bdi>{format.money(amount)}</bdi>} />
    </div>
  )
}

function negative({ amount, currency }: Money): Money {
  return { amount: -amount, currency }
}
