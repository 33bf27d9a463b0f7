import type { Overview } from '#contract/overview.ts'
import type { Format } from '#portal/format.ts'
import type { Say } from '#portal/words/words.ts'

export type Plan = Overview['subscriptions'][number]

/** The words that tell how a plan stands. What it stands for access comes before Stripe's status. */
function stateOf({ status, standing }: Plan) {
  if (standing === 'ended') return 'ended'
  if (status === 'trialing' || status === 'incomplete' || status === 'paused') return status
  if (standing === 'grace') return 'grace'
  return standing === 'stopped' ? 'stopped' : 'active'
}

/** "Team plan, active" */
export function stateIn(plan: Plan, say: Say): string {
  return say(`overview.${stateOf(plan)}`, { plan: plan.plan })
}

/** What happens next and when, in a sentence; without amounts for those who may not pay. */
export function nextIn(plan: Plan, { now }: Overview, say: Say, format: Format): string {
  const day = (instant: number) => format.day(instant, now)
  const { cancelAt, endedAt, graceEnd, trialEnd, periodEnd, price, method } = plan
  switch (stateOf(plan)) {
    case 'ended':
      return endedAt === undefined ? say('overview.isEnded') : say('overview.endedOn', { day: day(endedAt) })
    case 'incomplete':
      return say('overview.isIncomplete')
    case 'paused':
      return say('overview.isPaused')
    case 'stopped':
      return say('overview.isStopped')
    case 'grace':
      return graceEnd === undefined ? say('overview.isStopped') : say('overview.graceEnds', { day: day(graceEnd) })
    case 'trialing': {
      const ends = day(trialEnd ?? periodEnd)
      if (cancelAt !== undefined) return say('overview.cancels', { day: day(cancelAt) })
      if (!price || !method) return say('overview.trialEndsHidden', { day: ends })
      return say('overview.trialEnds', { day: ends, price: format.money(price), method: format.face(method) })
    }
    case 'active': {
      if (cancelAt !== undefined) return say('overview.cancels', { day: day(cancelAt) })
      const renewal = { day: day(periodEnd) }
      if (!price) return say('overview.renewsHidden', renewal)
      const charged = { ...renewal, price: format.money(price) }
      return method
        ? say('overview.renews', { ...charged, method: format.face(method) })
        : say('overview.renewsUnpaid', charged)
    }
  }
}

/** The plan that the letter begins with: the one that needs most, then the newest that is alive. */
const urgency = ['stopped', 'incomplete', 'grace', 'paused', 'trialing', 'active', 'ended'] as const

export function byUrgency(a: Plan, b: Plan): number {
  return urgency.indexOf(stateOf(a)) - urgency.indexOf(stateOf(b))
}
