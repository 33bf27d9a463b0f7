import type { Offers, PlanOffer } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import { PlannedNotice } from '#portal/acting/undo-first.tsx'
import { Effects } from '#portal/buying/effects.tsx'
import { ForNothing } from '#portal/buying/for-nothing.tsx'
import { useOffered } from '#portal/buying/offered.ts'
import { OffersFailed } from '#portal/buying/offers-failed.tsx'
import { saleOf } from '#portal/buying/plan-sale.ts'
import { PlansPlace } from '#portal/buying/plans-place.tsx'
import { Plans } from '#portal/buying/plans.tsx'
import { useFormat } from '#portal/format.ts'
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
  const [undone, setUndone] = useState(false)
  useReturnFromBank(visit.check?.id)

  const { plans, planned } = offered.kind === 'known' ? offered.offers : nothing
  const current = plans.find((plan) => plan.current)
  // What they have need not be on offer any more.
  const begins = plans.length > 0 && plans.every(({ subscription }) => subscription === undefined)
  const page = {
    visit,
    payment,
    headline: say(begins ? 'change.begin' : 'change.title'),
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
  const mayChoose = (plan: PlanOffer) => !plan.current && plan.key !== planned?.key
  const chosen = chosenFrom(plans.filter(mayChoose), current, wanted)
  const told = <PlannedNotice planned={planned} visit={visit} undone={undone} onUndone={() => setUndone(true)} />
  if (!chosen) return <Checkout {...page} sale={undefined} instead={planned ? told : <NoOther visit={visit} />} />
  const sale = saleOf(chosen)
  const calm = isCalm(payment.situation)
  const options = (
    <>
      {told}
      <Plans
        plans={plans}
        mayChoose={mayChoose}
        {...(current && { mark: (plan: PlanOffer) => <Mark plan={plan} planned={planned} now={visit.now} /> })}
        value={chosen.key}
        disabled={!calm}
        onChoose={(key) => {
          want(key)
          payment.changed()
        }}
      />
      <Effects changes={chosen.changes} now={visit.now} from={sale.later?.at} />
    </>
  )
  // Who is charged nothing is asked for no card.
  const free = calm && sale.total.amount === 0 ? chosen.subscription : undefined
  if (free === undefined) return <Checkout {...page} sale={sale} options={options} />
  const name = <bdi>{chosen.name}</bdi>
  return (
    <Checkout
      {...page}
      sale={undefined}
      instead={
        <>
          {options}
          <ForNothing
            key={chosen.key}
            sale={sale}
            subscription={free}
            now={visit.now}
            doing={(day) =>
              day === undefined ? (
                <Words id="buy.switchFree" values={{ name }} />
              ) : (
                <Words id="change.doLater" values={{ name, day }} />
              )
            }
          />
        </>
      }
    />
  )
}

const nothing: Pick<Offers, 'plans' | 'planned'> = { plans: [] }

type MarkProps = { readonly plan: PlanOffer; readonly planned: Offers['planned']; readonly now: number }

function Mark({ plan: { current, key }, planned, now }: MarkProps) {
  const format = useFormat()
  if (current) return <Words id="plan.current" />
  return planned && !planned.seatsOnly && key === planned.key ? (
    <Words id="plan.planned" values={{ day: format.shortDay(planned.at, now) }} />
  ) : null
}

/** The one that was asked for; the next larger one otherwise, or whatever there is. */
function chosenFrom(
  choosable: readonly PlanOffer[],
  current: PlanOffer | undefined,
  wanted: string | undefined,
): PlanOffer | undefined {
  const others = choosable.toSorted((a, b) => a.price.amount - b.price.amount)
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
