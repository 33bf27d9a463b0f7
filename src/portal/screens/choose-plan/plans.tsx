import type { PlanOffer } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import { useFormat } from '#portal/format.ts'
import { intervalIn } from '#portal/payments/sale-due.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { Badge } from '#ui/badge.tsx'
import { ChoiceCards } from '#ui/choice-cards.tsx'
import { differences } from './difference.ts'

type PlansProps = {
  readonly visit: Visit
  readonly plans: readonly PlanOffer[]
  readonly value: string | undefined
  readonly disabled: boolean
  readonly onChoose: (key: string) => void
}

/** The plans side by side: the price, what sets them apart, and which of them helps. */
export function Plans({ visit, plans, value, disabled, onChoose }: PlansProps) {
  const { say } = useWords()
  const format = useFormat()
  const { shared, of } = differences(plans, say, format)
  // Where every plan helps, saying so of each is noise.
  const marks = plans.some(({ helps }) => !helps)
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
          disabled: !plan.helps,
          ...(marks && { mark: <Mark plan={plan} app={visit.app.name} /> }),
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

function Mark({ plan: { current, helps }, app }: { readonly plan: PlanOffer; readonly app: string }) {
  if (current) return <Words id="plan.current" />
  if (!helps) return <Words id="plan.notEnough" />
  return (
    <Badge tone="success" icon="success">
      <Words id="plan.helps" values={{ app }} />
    </Badge>
  )
}
