import type { Visit } from '#contract/visit.ts'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { AskUs, Frame } from '#portal/frame.tsx'
import { useFormat } from '#portal/format.ts'
import { AskColleague } from '#portal/payments/ask-colleague.tsx'
import { BankCheckCard } from '#portal/payments/bank-check-card.tsx'
import { debtIn, troubleFor } from '#portal/payments/debt.ts'
import { isMended, LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { PayForm } from '#portal/payments/pay-form.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { NEW_CARD } from '#portal/payments/saved-methods.tsx'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { useState } from 'react'

export function Component() {
  const visit = useVisit()
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <ConfirmPayment visit={visit} />
}

function ConfirmPayment({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const format = useFormat()
  const payment = usePayment(visit, 'confirm-payment', 'update-card')
  const [way, setWay] = useState<'bank' | 'card'>('bank')
  useReturnFromBank(visit.check?.id)

  if (isMended(visit, 'confirm-payment', payment.situation)) return <LeaveWhenMended visit={visit} />
  const trouble = troubleFor(visit, 'confirm-payment')
  const debt = trouble && debtIn(visit, trouble)
  const first = debt?.invoices[0]
  const waits = trouble?.reason === 'authentication_required' && 'invoice' in trouble ? trouble : undefined
  const calm = payment.situation.kind !== 'busy' && payment.situation.kind !== 'unknown'

  return (
    <Frame
      visit={visit}
      headline={say('reason.authentication_required')}
      why={
        debt &&
        first && (
          <Words
            id="confirm.why"
            values={{
              amount: <bdi>{format.money(debt.total)}</bdi>,
              period: <span className="whitespace-nowrap">{format.period(first.period)}</span>,
            }}
          />
        )
      }
      ways={[
        calm && (
          <LinkButton key="card" onClick={() => setWay(way === 'bank' ? 'card' : 'bank')}>
            <Words id={way === 'bank' ? 'way.new' : 'way.bank'} />
          </LinkButton>
        ),
        <AskColleague key="ask" visit={visit} />,
        <AskUs key="us" merchant={visit.merchant} />,
      ].filter((shown) => shown !== false)}
      next={<Words id="frame.returnNext" values={{ app: visit.app.name }} />}
    >
      {way === 'bank' && waits && debt ? (
        <BankCheckCard visit={visit} payment={payment} debt={debt} invoice={waits.invoice} method={waits.method} />
      ) : (
        <PayForm visit={visit} payment={payment} debt={debt} list={false} initial={NEW_CARD} />
      )}
    </Frame>
  )
}
