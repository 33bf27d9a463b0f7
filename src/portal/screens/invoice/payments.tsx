import type { InvoicePapers } from '#contract/invoice.ts'
import type { Instant } from '#diagnosis/account.ts'
import { Empty } from '#portal/account-page.tsx'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Row } from '#ui/stack.tsx'

type PaymentsProps = {
  readonly papers: InvoicePapers
  readonly merchant: string
  readonly now: Instant
}

type Attempt = InvoicePapers['attempts'][number]

const results = { paid: 'invoice.paidBy', pending: 'invoice.pendingBy', declined: 'invoice.declinedBy' } as const

/** Each try, newest first: when, with what, what came of it, and what follows from that: once for tries that ended alike. */
export function Payments({ papers, merchant, now }: PaymentsProps) {
  const { attempts, paidElsewhere } = papers
  if (attempts.length === 0 || paidElsewhere) {
    return (
      <>
        <Empty>
          {paidElsewhere ? (
            <Words id="invoice.paidElsewhere" values={{ merchant: <bdi>{merchant}</bdi> }} />
          ) : (
            <Words id="invoice.noPayments" />
          )}
        </Empty>
        {attempts.length > 0 && <Attempts attempts={attempts} now={now} />}
      </>
    )
  }
  return <Attempts attempts={attempts} now={now} />
}

function Attempts({ attempts, now }: { readonly attempts: readonly Attempt[]; readonly now: Instant }) {
  const format = useFormat()
  return (
    <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
      {attempts.map(({ id, at, amount, method, result, decline }, index) => (
        <li key={id} className="py-3">
          <Row
            start={
              <>
                <span className="block">
                  <Words id={results[result]} values={{ card: <bdi>{format.face(method)}</bdi> }} />
                </span>
                <span className="block text-small text-quiet">{format.moment(at, now)}</span>
                {decline !== undefined && decline !== attempts[index - 1]?.decline && (
                  <span className="block max-w-measure text-small text-quiet">
                    <Words id={`declined.${decline}Why`} />
                  </span>
                )}
              </>
            }
            end={<bdi className={result === 'declined' ? 'text-quiet line-through' : ''}>{format.money(amount)}</bdi>}
          />
        </li>
      ))}
    </ul>
  )
}
