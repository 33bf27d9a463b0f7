import type { Offers, PlanOffer } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import { UndoFirst } from '#portal/acting/undo-first.tsx'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { isBoughtOff, useLifted } from '#portal/buying/bought-off.ts'
import { useOffered } from '#portal/buying/offered.ts'
import { OffersFailed } from '#portal/buying/offers-failed.tsx'
import { cheapest, saleOf } from '#portal/buying/plan-sale.ts'
import { Plans } from '#portal/buying/plans.tsx'
import { PlansPlace } from '#portal/buying/plans-place.tsx'
import { Explained } from '#portal/explained.tsx'
import { wantedBefore } from '#portal/payments/asked.ts'
import { Checkout } from '#portal/payments/checkout.tsx'
import { LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { isCalm } from '#portal/payments/situation.ts'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words, type Say } from '#portal/words/words.ts'
import { Badge } from '#ui/badge.tsx'
import { useState } from 'react'
import { useSearchParams } from 'react-router-dom'
import { Why } from './why.tsx'

export function Component() {
  const visit = useVisit()
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <ChoosePlan visit={visit} />
}

function ChoosePlan({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const payment = usePayment(visit, 'choose-plan', 'choose-plan')
  const offered = useOffered(visit, payment.situation)
  const lifted = useLifted(visit, 'choose-plan')
  const blocker = lifted?.blocker
  const [search] = useSearchParams()
  const [wanted, want] = useState(() => wantedBefore(visit.check?.id)?.price ?? search.get('plan') ?? undefined)
  useReturnFromBank(visit.check?.id)

  if (!blocker || isBoughtOff(visit, 'choose-plan', payment.situation)) return <LeaveWhenMended visit={visit} />
  const page = {
    visit,
    headline: headlineOf(blocker, say),
    why: <Why visit={visit} blocker={blocker} />,
    width: 'letter',
  } as const
  if (offered.kind === 'failed') {
    return <Checkout {...page} payment={payment} sale={undefined} instead={<OffersFailed failed={offered} />} />
  }
  if (offered.kind === 'loading') {
    return <Checkout {...page} payment={payment} sale={undefined} options={<PlansPlace />} />
  }
  const { plans, planned } = offered.offers
  const chosen = chosenFrom(plans, wanted)
  if (!chosen && planned) {
    return (
      <Checkout {...page} payment={payment} sale={undefined} instead={<UndoFirst planned={planned} visit={visit} />} />
    )
  }
  if (!chosen) return <Explained visit={visit} reason={blocker.reason} />
  return (
    <Checkout
      {...page}
      payment={payment}
      sale={saleOf(chosen)}
      options={
        <Plans
          plans={plans}
          mayChoose={({ helps }) => helps}
          {...(plans.some(({ helps }) => !helps) && {
            mark: (plan) => <Mark plan={plan} app={visit.app.name} />,
          })}
          value={chosen.key}
          disabled={!isCalm(payment.situation)}
          onChoose={(key) => {
            want(key)
            payment.changed()
          }}
        />
      }
    />
  )
}

/** Where every plan helps, saying so of each would be noise. */
function Mark({ plan: { current, helps }, app }: { readonly plan: PlanOffer; readonly app: string }) {
  if (current) return <Words id="plan.current" />
  if (!helps) return <Words id="plan.notEnough" />
  return (
    <Badge tone="success" icon="success">
      <Words id="plan.helps" values={{ app }} />
    </Badge>
  )
}

/** The one that was asked for, where it helps; the cheapest that does otherwise. */
function chosenFrom(plans: Offers['plans'], wanted: string | undefined) {
  return plans.find(({ key, helps }) => key === wanted && helps) ?? cheapest(plans)
}

/** Who never had a plan has nothing wrong: they have not chosen yet. */
function headlineOf({ reason }: Blocker, say: Say): string {
  return reason === 'unknown' ? say('plan.first') : say(`reason.${reason}`)
}
