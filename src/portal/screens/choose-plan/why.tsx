import type { Visit } from '#contract/visit.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import type { Reason } from '#diagnosis/reason.ts'
import { useFormat } from '#portal/format.ts'
import { featureName } from '#portal/buying/difference.ts'
import type { WordId } from '#portal/words/message.ts'
import { Words } from '#portal/words/words.ts'
import type { ReactNode } from 'react'

/** Blockers that have nothing more to tell than what a larger plan would change. */
const larger = {
  usage_limit_exceeded: 'plan.moreUsage',
  seat_limit: 'plan.moreSeats',
  credits_exhausted: 'plan.moreCredits',
} as const satisfies Partial<Record<Reason, WordId>>

/** What a plan is needed for, in one sentence. */
export function Why({
  visit: {
    app: { name: app },
    account,
    now,
  },
  blocker,
}: WhyProps): ReactNode {
  const format = useFormat()
  const { reason } = blocker
  if (reason === 'trial_ended') {
    const values = { plan: <bdi>{blocker.plan}</bdi>, day: format.day(blocker.ended, now), app }
    return <Words id="plan.trialEnded" values={values} />
  }
  if (reason === 'plan_lacks_feature') {
    if (blocker.feature === undefined) return <Words id="plan.lacksSomething" values={{ app }} />
    return <Words id="plan.lacks" values={{ feature: <bdi>{featureName(blocker.feature)}</bdi>, app }} />
  }
  if (reason === 'usage_limit_exceeded' || reason === 'seat_limit' || reason === 'credits_exhausted') {
    return <Words id={larger[reason]} values={{ app }} />
  }
  return <Words id="plan.none" values={{ account: <bdi>{account.label}</bdi>, app }} />
}

type WhyProps = { readonly visit: Visit; readonly blocker: Blocker }
