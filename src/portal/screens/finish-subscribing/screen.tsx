import type { Visit } from '#contract/visit.ts'
import { isCardAtFault } from '#diagnosis/card-at-fault.ts'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { AskUs, Frame } from '#portal/frame.tsx'
import { useFormat } from '#portal/format.ts'
import { AskColleague } from '#portal/payments/ask-colleague.tsx'
import { debtIn, troubleFor } from '#portal/payments/debt.ts'
import { isMended, LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { PayForm } from '#portal/payments/pay-form.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { firstChoice, NEW_CARD } from '#portal/payments/saved-methods.tsx'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words } from '#portal/words/words.ts'

export function Component() {
  const visit = useVisit()
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <FinishSubscribing visit={visit} />
}

function FinishSubscribing({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const format = useFormat()
  const payment = usePayment(visit, 'finish-subscribing', 'finish-subscribing')
  useReturnFromBank(visit.check?.id)

  if (isMended(visit, 'finish-subscribing', payment.situation)) return <LeaveWhenMended visit={visit} />
  const trouble = troubleFor(visit, 'finish-subscribing')
  const debt = trouble && debtIn(visit, trouble)
  const begun = trouble?.reason === 'subscription_incomplete' && 'expires' in trouble ? trouble : undefined
  const wasDeclined = begun?.decline !== undefined && begun.decline !== 'confirm' && isCardAtFault(begun.decline)

  return (
    <Frame
      visit={visit}
      headline={say('reason.subscription_incomplete')}
      why={
        begun &&
        debt && (
          <Words
            id={wasDeclined ? 'finish.declined' : 'finish.why'}
            values={{
              plan: <bdi>{begun.plan}</bdi>,
              amount: <bdi>{format.money(debt.total)}</bdi>,
              time: `${format.day(begun.expires, visit.now)}, ${format.time(begun.expires)}`,
            }}
          />
        )
      }
      ways={[<AskColleague key="ask" visit={visit} />, <AskUs key="us" merchant={visit.merchant} />]}
      next={<Words id="frame.returnNext" values={{ app: visit.app.name }} />}
    >
      <PayForm
        visit={visit}
        payment={payment}
        debt={debt}
        list={visit.methods.length > 0}
        initial={wasDeclined ? NEW_CARD : firstChoice(visit, debt?.total.currency)}
      />
    </Frame>
  )
}
