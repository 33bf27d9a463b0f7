import type { ChargedPlan, MethodsPage } from '#contract/methods.ts'
import type { Instant } from '#diagnosis/account.ts'
import { useFormat, type Format } from '#portal/format.ts'
import { useWords, Words, type Say } from '#portal/words/words.ts'

/** "€49.00 on 3 Dec" */
export function chargeOf({ next }: ChargedPlan, now: Instant, say: Say, format: Format): string {
  if (!next) return say('methods.noCharge')
  const day = format.shortDay(next.at, now)
  return next.amount
    ? say('methods.charge', { amount: format.money(next.amount), day })
    : say('methods.chargeOpen', { day })
}

/** Plans that are charged to whatever the default is. */
export function followersIn({ methods, uncovered }: MethodsPage): readonly ChargedPlan[] {
  return [...methods.flatMap(({ plans }) => plans), ...uncovered].filter(({ own }) => !own)
}

type ChargesProps = {
  readonly plans: readonly ChargedPlan[]
  readonly recharges?: boolean
  readonly now: Instant
}

/** Each plan with what is charged for it next. */
export function Charges({ plans, recharges = false, now }: ChargesProps) {
  const { say } = useWords()
  const format = useFormat()
  return (
    <ul className="flex flex-col gap-1">
      {plans.map((plan) => (
        <li key={plan.subscription} className="flex flex-wrap justify-between gap-x-4">
          <bdi className="min-w-0 wrap-anywhere">{plan.plan}</bdi>
          <span className="tabular-nums">{chargeOf(plan, now, say, format)}</span>
        </li>
      ))}
      {recharges && (
        <li>
          <Words id="methods.recharges" />
        </li>
      )}
    </ul>
  )
}
