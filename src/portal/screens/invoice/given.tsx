import type { InvoicePapers } from '#contract/invoice.ts'
import type { Instant } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import { Part } from '#portal/account-page.tsx'
import { paperPaths } from '#portal/api/invoices.ts'
import { useFormat } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Row } from '#ui/stack.tsx'
import type { ReactNode } from 'react'

const refundWords = {
  done: 'invoice.refund',
  pending: 'invoice.refundPending',
  failed: 'invoice.refundFailed',
} as const

type GivenProps = { readonly papers: InvoicePapers; readonly now: Instant }

/** What came back of it: credit notes with their papers, refunds, and what the bank decided. */
export function Given({ papers: { creditNotes, refunds, disputes }, now }: GivenProps) {
  const { say } = useWords()
  return (
    <>
      {creditNotes.length + refunds.length > 0 && (
        <Part title={<Words id="invoice.givenBack" />}>
          <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
            {creditNotes.map(({ id, number, at, amount, voided }) => (
              <Event key={id} at={at} amount={amount} now={now}>
                <Words
                  id={voided ? 'invoice.creditNoteVoid' : 'invoice.creditNote'}
                  values={{ number: <bdi>{number}</bdi> }}
                />{' '}
                <a
                  href={paperPaths.creditNote(id)}
                  target="_blank"
                  rel="noreferrer"
                  aria-label={say('invoice.creditNotePdf', { number })}
                  className="link target -my-3 ms-2"
                >
                  <Words id="invoices.pdf" />
                </a>
              </Event>
            ))}
            {refunds.map(({ id, at, amount, state }) => (
              <Event key={id} at={at} amount={amount} now={now}>
                <Words id={refundWords[state]} />
              </Event>
            ))}
          </ul>
        </Part>
      )}
      {disputes.length > 0 && (
        <Part title={<Words id="invoice.dispute" />}>
          <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
            {disputes.map(({ id, at, amount, state }) => (
              <Event key={id} at={at} amount={amount} now={now}>
                <Words id={`invoice.dispute.${state}`} />
              </Event>
            ))}
          </ul>
        </Part>
      )}
    </>
  )
}

type EventProps = {
  readonly at: Instant
  readonly amount: Money
  readonly now: Instant
  readonly children: ReactNode
}

function Event({ at, amount, now, children }: EventProps) {
  const format = useFormat()
  return (
    <li className="py-3">
      <Row
        start={
          <>
            <span className="block">{children}</span>
            <span className="block text-small text-quiet">{format.shortDay(at, now)}</span>
          </>
        }
        end={<bdi>{format.money(amount)}</bdi>}
      />
    </li>
  )
}
