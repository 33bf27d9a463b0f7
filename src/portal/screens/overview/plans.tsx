import type { Overview } from '#contract/overview.ts'
import { buttonLook } from '#ui/button.tsx'
import { Link } from 'react-router-dom'
import { UndoChange } from '#portal/acting/undo-change.tsx'
import { useFormat } from '#portal/format.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { reckoned } from './next-charge.ts'
import { actOf, nextIn, stateIn, stateOf, type Act, type Plan } from './standing.ts'

type PlanProps = { readonly plan: Plan; readonly overview: Overview }

/** Why the plan of the headline stands as it does, what comes next, and what makes up the sum. */
export function Lead({ plan, overview }: PlanProps) {
  const { say } = useWords()
  const format = useFormat()
  return (
    <div className="flex flex-col gap-1">
      <p>{nextIn(plan, overview, say, format)}</p>
      <p className="text-small empty:hidden">{reckoned(plan, overview, say, format)}</p>
    </div>
  )
}

type MainActProps = { readonly act: Act; readonly mayPay: boolean; readonly onUndone: () => void }

/** The one act of the headline: the page's button where something is to be mended. */
export function MainAct({ act, mayPay, onUndone }: MainActProps) {
  return (
    <div>
      {act.fix ? (
        <Link to={act.to} className={buttonLook(mayPay ? 'primary' : 'quiet', false)}>
          <Words id={act.word} />
        </Link>
      ) : (
        <OtherAct act={act} onUndone={onUndone} />
      )}
    </div>
  )
}

type PlansProps = {
  readonly plans: readonly Plan[]
  readonly overview: Overview
  readonly onUndone: () => void
}

/** The others, those that still live first; each with its one act. */
export function Plans({ plans, overview, onUndone }: PlansProps) {
  const { say } = useWords()
  const format = useFormat()
  return (
    <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
      {plans.map((plan) => {
        const act = actOf(plan, overview)
        return (
          <li key={plan.id} className="flex flex-col gap-x-6 py-3 sm:flex-row sm:items-center sm:justify-between">
            <div className="min-w-0">
              <p className={stateOf(plan) === 'ended' ? 'text-quiet' : 'font-medium'}>{stateIn(plan, say)}</p>
              <p className="text-small text-quiet">{nextIn(plan, overview, say, format)}</p>
              <p className="text-small text-quiet empty:hidden">{reckoned(plan, overview, say, format)}</p>
            </div>
            {act && <OtherAct act={act} onUndone={onUndone} />}
          </li>
        )
      })}
    </ul>
  )
}

function OtherAct({ act, onUndone }: { readonly act: Act; readonly onUndone: () => void }) {
  if ('undo' in act) {
    return (
      <div className="shrink-0">
        <UndoChange subscription={act.undo} kind="link" onDone={onUndone} />
      </div>
    )
  }
  return (
    <Link to={act.to} className="link target shrink-0 self-start sm:self-center">
      <Words id={act.word} />
    </Link>
  )
}
