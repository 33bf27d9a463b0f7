import type { Visit } from '#contract/visit.ts'
import { Card } from '#ui/card.tsx'
import { LinkButton } from '#ui/button.tsx'
import { Progress } from '#ui/progress.tsx'
import { useState } from 'react'
import { Corridor } from '#portal/corridor.tsx'
import { useFormat } from '#portal/format.ts'
import { AskUs } from '#portal/frame.tsx'
import { AmountDue } from '#portal/payments/amount-due.tsx'
import { BankCheckCard } from '#portal/payments/bank-check-card.tsx'
import { PayForm } from '#portal/payments/pay-form.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { NEW_CARD } from '#portal/payments/saved-methods.tsx'
import { UnfinishedCard } from '#portal/payments/unfinished-card.tsx'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { ForAccount } from './for-account.tsx'

type GuestPaymentProps = { readonly visit: Visit; readonly guest: NonNullable<Visit['guest']> }

/** What is paid, for whom, who asks, and the card form; as everywhere, a reload in the middle loses nothing. */
export function GuestPayment({ visit, guest }: GuestPaymentProps) {
  const { say } = useWords()
  const format = useFormat()
  const payment = usePayment(visit, 'pay-invoice', 'pay-invoice')
  const [fresh, setFresh] = useState(false)
  useReturnFromBank(undefined)
  const [blocker] = visit.diagnosis.blockers
  const { debt, by, note } = guest
  const waiting = blocker?.reason === 'authentication_required' && !fresh ? blocker.invoice : undefined
  const account = visit.account.label
  const isCalm = payment.situation.kind !== 'busy' && payment.situation.kind !== 'unknown'
  return (
    <Corridor
      about={{ merchant: visit.merchant }}
      sandbox={visit.stripe.sandbox}
      above={waiting !== undefined && <ForAccount visit={visit} />}
      headline={
        waiting === undefined
          ? say('guest.headline', { amount: format.money(debt.total), account })
          : say('reason.authentication_required')
      }
      why={
        waiting !== undefined ? (
          <Words id="guest.bank" values={{ amount: <bdi>{format.money(debt.total)}</bdi> }} />
        ) : by === undefined ? (
          <Words id="guest.whyPlain" values={{ merchant: visit.merchant.name }} />
        ) : (
          <Words id="guest.why" values={{ by: <bdi>{by}</bdi>, merchant: visit.merchant.name }} />
        )
      }
      ways={[
        ...(isCalm && (waiting !== undefined || (visit.unfinished && !fresh))
          ? [
              <LinkButton key="card" onClick={() => setFresh(true)}>
                <Words id="guest.otherCard" />
              </LinkButton>,
            ]
          : []),
        <AskUs key="us" merchant={visit.merchant} />,
      ]}
      next={<Words id="guest.next" values={{ account: <bdi>{account}</bdi> }} />}
    >
      {note !== undefined && waiting === undefined && <Note by={by} note={note} />}
      {blocker?.reason === 'payment_processing' ? (
        <Card>
          <AmountDue debt={debt} now={visit.now} />
          <Progress>
            <Words id="await.waiting" />
          </Progress>
        </Card>
      ) : waiting !== undefined ? (
        <BankCheckCard visit={visit} payment={payment} debt={debt} invoice={waiting} method={undefined} />
      ) : visit.unfinished && !fresh ? (
        <UnfinishedCard visit={visit} unfinished={visit.unfinished} payment={payment} debt={debt} />
      ) : (
        <PayForm visit={visit} payment={payment} debt={debt} list={false} initial={NEW_CARD} />
      )}
    </Corridor>
  )
}

function Note({ by, note }: { readonly by: string | undefined; readonly note: string }) {
  return (
    <figure className="flex flex-col gap-1 border-s-2 border-hairline ps-4">
      <figcaption className="text-small text-quiet">
        {by === undefined ? <Words id="guest.notePlain" /> : <Words id="guest.note" values={{ by: <bdi>{by}</bdi> }} />}
      </figcaption>
      <blockquote dir="auto">{note}</blockquote>
    </figure>
  )
}
