import type { Visit } from '#contract/visit.ts'
import { AskAdmin } from '#portal/ask-admin.tsx'
import { AskUs, Frame } from '#portal/frame.tsx'
import { isNeeded, paths, place } from '#portal/paths.ts'
import { PayForm } from '#portal/payments/pay-form.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { NEW_CARD } from '#portal/payments/saved-methods.tsx'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Link, Navigate } from 'react-router-dom'

/** A new card because the person wants one: saved, charged from now on, and nothing paid now. */
export function Component() {
  const visit = useVisit()
  if (!visit.mayPay) return <AskAdmin visit={visit} />
  // Where a card is needed, its own screen also says what it pays.
  if (visit.diagnosis.verdict !== 'clear' && isNeeded(visit, 'update-card'))
    return <Navigate to={place(visit)} replace />
  return <ChangeCard visit={visit} />
}

function ChangeCard({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const payment = usePayment(visit, 'update-card', 'update-card')
  useReturnFromBank(visit.check?.id)
  return (
    <Frame
      visit={visit}
      headline={say('changeCard.title')}
      why={<Words id="changeCard.why" />}
      ways={[
        <Link key="overview" to={paths.overview} className="link target">
          <Words id="changeCard.keep" />
        </Link>,
        <AskUs key="us" merchant={visit.merchant} />,
      ]}
    >
      <PayForm visit={visit} payment={payment} debt={undefined} list={false} initial={NEW_CARD} />
    </Frame>
  )
}
