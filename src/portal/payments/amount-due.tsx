import type { DueInvoice } from '#diagnosis/diagnosis.ts'
import type { Instant } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Amount, Row } from '#ui/stack.tsx'
import { isSale, type Bill } from './debt.ts'
import { SaleDue } from './sale-due.tsx'

/** What the button pays: every invoice by its number and the sum where there are several, or what is bought. */
export function AmountDue({ debt, now }: { readonly debt: Bill; readonly now: Instant }) {
  const format = useFormat()
  if (isSale(debt)) return <SaleDue sale={debt} />
  const [only, ...others] = debt.invoices
  if (only && others.length === 0) {
    return <Amount label={<InvoiceName invoice={only} />}>{format.money(debt.total)}</Amount>
  }
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col gap-2">
        {debt.invoices.map((invoice) => (
          <li key={invoice.id}>
            <Row
              start={
                <>
                  <span className="block">
                    <InvoiceName invoice={invoice} />
                  </span>
                  <span className="block text-small text-quiet">
                    <Words id="pay.due" values={{ day: format.shortDay(invoice.due, now) }} />
                  </span>
                </>
              }
              end={<bdi>{format.money(invoice.remaining)}</bdi>}
            />
          </li>
        ))}
      </ul>
      <div className="border-t border-hairline pt-3">
        <Amount label={<Words id="pay.sum" />}>{format.money(debt.total)}</Amount>
      </div>
    </div>
  )
}

function InvoiceName({ invoice: { number, period } }: { readonly invoice: DueInvoice }) {
  const format = useFormat()
  return number === undefined ? (
    <Words id="pay.unnumbered" values={{ period: format.period(period) }} />
  ) : (
    <Words id="pay.invoice" values={{ number: <bdi>{number}</bdi>, period: format.period(period) }} />
  )
}
