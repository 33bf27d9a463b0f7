import type { PlanOffer } from '#contract/offer.ts'
import { useFormat } from '#portal/format.ts'
import { intervalIn } from '#portal/payments/sale-due.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { ChoiceCards } from '#ui/choice-cards.tsx'
import type { ReactNode } from 'react'
import { differences } from './difference.ts'

type PlansProps = {
  readonly plans: readonly PlanOffer[]
  readonly mayChoose: (plan: PlanOffer) => boolean
  /** A word above each plan. */
  readonly mark?: (plan: PlanOffer) => ReactNode
  readonly value: string | undefined
  readonly disabled: boolean
  readonly onChoose: (key: string) => void
}

/** The plans side by side: the price, and what sets them apart. */
export function Plans({ plans, mayChoose, mark, value, disabled, onChoose }: PlansProps) {
  const { say } = useWords()
  const format = useFormat()
  const { shared, of } = differences(plans, say, format)
  return (
    <div className="flex flex-col gap-3">
      <ChoiceCards
        legend={<Words id="plan.legend" />}
        name="plan"
        value={value}
        disabled={disabled}
        onChoose={onChoose}
        cards={plans.map((plan) => ({
          value: plan.key,
          name: <bdi>{plan.name}</bdi>,
          figure: <bdi>{format.money(plan.price)}</bdi>,
          per: intervalIn(plan.interval, say, plan.quantity),
          points: of.get(plan.key) ?? [],
          disabled: !mayChoose(plan),
          ...(mark && { mark: mark(plan) }),
        }))}
      />
      {shared.length > 0 && (
        <p className="text-small text-quiet">
          <Words id="plan.shared" values={{ points: <bdi>{format.list(shared.map(({ text }) => text))}</bdi> }} />
        </p>
      )}
    </div>
  )
}
