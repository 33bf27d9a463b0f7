import type { Overview } from '#contract/overview.ts'
import { buttonLook } from '#ui/button.tsx'
import { Link } from 'react-router-dom'
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

/** The one act of the headline: the page's button where something is to be mended. */
export function MainAct({ act, mayPay }: { readonly act: Act; readonly mayPay: boolean }) {
  return (
    <div>
      {act.fix ? (
        <Link to={act.to} className={buttonLook(mayPay ? 'primary' : 'quiet', false)}>
          <Words id={act.word} />
        </Link>
      ) : (
        <ActLink act={act} />
      )}
    </div>
  )
}

/** The others, those that still live first; each with its one act. */
export function Plans({ plans, overview }: { readonly plans: readonly Plan[]; readonly overview: Overview }) {
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
            {act && <ActLink act={act} />}
          </li>
        )
      })}
    </ul>
  )
}

function ActLink({ act: { to, word } }: { readonly act: Act }) {
  return (
    <Link to={to} className="link target shrink-0 self-start sm:self-center">
      <Words id={word} />
    </Link>
  )
}
