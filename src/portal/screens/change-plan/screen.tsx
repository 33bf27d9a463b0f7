import type { PlanOffer } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import { Effects } from '#portal/buying/effects.tsx'
import { useOffered } from '#portal/buying/offered.ts'
import { OffersFailed } from '#portal/buying/offers-failed.tsx'
import { saleOf } from '#portal/buying/plan-sale.ts'
import { PlansPlace } from '#portal/buying/plans-place.tsx'
import { Plans } from '#portal/buying/plans.tsx'
import { paths } from '#portal/paths.ts'
import { wantedBefore } from '#portal/payments/asked.ts'
import { Checkout } from '#portal/payments/checkout.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { isCalm } from '#portal/payments/situation.ts'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Notice } from '#ui/notice.tsx'
import { useState } from 'react'
import { Link, Navigate, useSearchParams } from 'react-router-dom'

/** Another plan because somebody wants one: what it costs to the smallest unit, and what it changes. */
export function Component() {
  const visit = useVisit()
  return visit.mayPay ? <ChangePlan visit={visit} /> : <Navigate to={paths.plan} replace />
}

function ChangePlan({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const payment = usePayment(visit, 'choose-plan', 'choose-plan', { home: paths.plan })
  const offered = useOffered(visit, payment.situation)
  const [search] = useSearchParams()
  const [wanted, want] = useState(() => wantedBefore(visit.check?.id)?.price ?? search.get('plan') ?? undefined)
  useReturnFromBank(visit.check?.id)

  const plans = offered.kind === 'known' ? offered.offers.plans : []
  const current = plans.find((plan) => plan.current)
  const page = {
    visit,
    payment,
    headline: say(offered.kind === 'known' && !current ? 'change.begin' : 'change.title'),
    why: <Words id="change.why" />,
    width: 'letter',
    home: (
      <Link to={paths.plan} className="link target">
        <Words id="change.back" />
      </Link>
    ),
  } as const
  if (offered.kind === 'failed') {
    return <Checkout {...page} sale={undefined} instead={<OffersFailed failed={offered} />} />
  }
  if (offered.kind === 'loading') return <Checkout {...page} sale={undefined} options={<PlansPlace />} />
  const chosen = chosenFrom(plans, current, wanted)
  if (!chosen) return <Checkout {...page} sale={undefined} instead={<NoOther visit={visit} />} />
  return (
    <Checkout
      {...page}
      sale={saleOf(chosen, current)}
      options={
        <>
          <Plans
            plans={plans}
            mayChoose={(plan) => !plan.current}
            {...(current && { mark: (plan: PlanOffer) => plan.current && <Words id="plan.current" /> })}
            value={chosen.key}
            disabled={!isCalm(payment.situation)}
            onChoose={(key) => {
              want(key)
              payment.changed()
            }}
          />
          <Effects changes={chosen.changes} now={visit.now} />
        </>
      }
    />
  )
}

/** The one that was asked for; the next larger one otherwise, or whatever there is. */
function chosenFrom(
  plans: readonly PlanOffer[],
  current: PlanOffer | undefined,
  wanted: string | undefined,
): PlanOffer | undefined {
  const others = plans.filter((plan) => !plan.current).toSorted((a, b) => a.price.amount - b.price.amount)
  return (
    others.find(({ key }) => key === wanted) ??
    others.find(({ price }) => current !== undefined && price.amount > current.price.amount) ??
    others[0]
  )
}

function NoOther({ visit: { merchant } }: { readonly visit: Visit }) {
  return (
    <Notice kind="info" word={<Words id="change.none" />}>
      <Words id="change.noneWhy" values={{ merchant: <bdi>{merchant.name}</bdi> }} />
    </Notice>
  )
}
