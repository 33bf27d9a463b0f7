import type { InvoicePage } from '#contract/invoice.ts'
import { useFormat } from '#portal/format.ts'
import { doneWord } from '#portal/just-done.tsx'
import { doneIn, fixPathWith } from '#portal/paths.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { buttonLook } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Link, useLocation } from 'react-router-dom'

/** What was just paid, what is on its way, and the one button for all that is open. */
export function ToPay({ page }: { readonly page: InvoicePage }) {
  const { say } = useWords()
  const format = useFormat()
  const done = doneWord(doneIn(useLocation().state), say, format)
  const { toPay, mayPay, payers } = page
  if (!mayPay) {
    return (
      <p className="text-quiet">
        {payers.length > 0 ? (
          <Words id="invoices.members" values={{ names: <b className="text-ink">{format.list(payers)}</b> }} />
        ) : (
          <Words id="invoices.membersPlain" />
        )}
      </p>
    )
  }
  return (
    <>
      {done !== undefined && toPay?.onItsWay !== true && (
        <output>
          <Notice kind="success" word={done} />
        </output>
      )}
      {toPay?.onItsWay === true && (
        <Notice kind="info" word={<Words id="invoices.onItsWay" />}>
          <Words id="invoices.onItsWayWhy" />
        </Notice>
      )}
      {toPay?.debts.map(({ total, invoices }) => {
        const [only, ...others] = invoices
        const chosen = others.length === 0 && only ? only.id : 'all'
        return (
          <div
            key={total.currency}
            className="flex flex-col gap-3 border-y border-hairline py-4 md:flex-row md:items-center md:justify-between"
          >
            <p className="text-lead">
              <Words
                id="invoices.toPay"
                values={{
                  count: invoices.length,
                  amount: <bdi className="font-semibold tabular-nums">{format.money(total)}</bdi>,
                }}
              />
            </p>
            <Link
              to={fixPathWith('pay-invoice', undefined, { invoice: chosen, currency: total.currency })}
              className={`${buttonLook('primary', false)} max-md:w-full`}
            >
              <Words
                id={chosen === 'all' ? 'invoices.payAll' : 'invoices.payOne'}
                values={{ amount: format.money(total) }}
              />
            </Link>
          </div>
        )
      })}
    </>
  )
}
