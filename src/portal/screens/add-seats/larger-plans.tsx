import type { PlanOffer } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import { useFormat } from '#portal/format.ts'
import { Contact } from '#portal/explained.tsx'
import { fixPathWith } from '#portal/paths.ts'
import { intervalIn } from '#portal/payments/sale-due.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { buttonLook } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Row } from '#ui/stack.tsx'
import { Link } from 'react-router-dom'

/** Where seats are not sold one by one: the plans that have more, each a step away. */
export function LargerPlans({ visit, plans }: { readonly visit: Visit; readonly plans: readonly PlanOffer[] }) {
  const { say } = useWords()
  const format = useFormat()
  const larger = plans.filter(({ helps }) => helps).toSorted((a, b) => a.price.amount - b.price.amount)
  const [first] = larger
  const to = (plan: PlanOffer) => fixPathWith('choose-plan', visit.check?.id, { plan: plan.key })
  if (!first) {
    return (
      <Card>
        <p>
          <Words id="seats.nobodySells" values={{ merchant: <bdi>{visit.merchant.name}</bdi> }} />
        </p>
        <Contact merchant={visit.merchant} kind="button" />
      </Card>
    )
  }
  return (
    <Card>
      <p>
        <Words id="seats.byPlan" />
      </p>
      <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
        {larger.map((plan) => (
          <li key={plan.key} className="relative py-3">
            <Row
              start={
                <>
                  <Link to={to(plan)} className="link font-medium after:absolute after:inset-0">
                    <bdi>{plan.name}</bdi>
                  </Link>
                  {plan.seats !== undefined && (
                    <span className="block text-small text-quiet">
                      <Words id="plan.seats" values={{ count: plan.seats }} />
                    </span>
                  )}
                </>
              }
              end={
                <>
                  <bdi className="font-medium">{format.money(plan.price)}</bdi>
                  <span className="block text-small text-quiet">{intervalIn(plan.interval, say)}</span>
                </>
              }
            />
          </li>
        ))}
      </ul>
      <Link to={to(first)} className={buttonLook('primary')}>
        <span>
          <Words id="seats.toPlan" values={{ plan: <bdi>{first.name}</bdi> }} />
        </span>
      </Link>
    </Card>
  )
}
