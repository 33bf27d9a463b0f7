import type { Overview } from '#contract/overview.ts'
import type { Fix } from '#diagnosis/reason.ts'
import { plannedIn } from '#portal/acting/planned-words.ts'
import { asHeadline } from '#portal/ask-admin.tsx'
import type { Format } from '#portal/format.ts'
import { fixPath, paths } from '#portal/paths.ts'
import type { WordId } from '#portal/words/message.ts'
import type { Say } from '#portal/words/words.ts'
import { chargeThen, comingIn, nextCharge } from './next-charge.ts'

export type Plan = Overview['subscriptions'][number]

/** The words that tell how a plan stands. What it stands for access comes before Stripe's status. */
export function stateOf({ status, standing }: Plan) {
  if (standing === 'ended') return 'ended'
  if (status === 'trialing' || status === 'incomplete' || status === 'paused') return status
  if (standing === 'grace') return 'grace'
  return standing === 'stopped' ? 'stopped' : 'active'
}

/** "Team plan, active" */
export function stateIn(plan: Plan, say: Say): string {
  const state = stateOf(plan)
  const ends = (state === 'active' || state === 'trialing') && plan.cancelAt !== undefined
  return say(`overview.${ends && plan.cancelAt <= plan.periodEnd ? 'ending' : state}`, { plan: plan.plan })
}

const pauses = {
  trial_end_without_payment_method: 'overview.pausedTrial',
  pause_requested: 'overview.pausedAsked',
  first_payment_failure: 'overview.pausedUnpaid',
  final_payment_failure: 'overview.pausedUnpaid',
  system: undefined,
} as const satisfies Record<NonNullable<Plan['pausedBy']>, WordId | undefined>

/** Why it stands so, and what happens next and when; without amounts for those who may not see them. */
export function nextIn(plan: Plan, overview: Overview, say: Say, format: Format): string {
  return sentences(plan, overview, say, format)
    .filter((sentence) => sentence !== undefined)
    .join(' ')
}

function sentences(plan: Plan, overview: Overview, say: Say, format: Format): readonly (string | undefined)[] {
  const { cancelAt, endedAt, graceEnd, pausedBy, changing } = plan
  const { now } = overview
  const day = (instant: number) => format.day(instant, now)
  switch (stateOf(plan)) {
    case 'ended':
      return [endedAt === undefined ? say('overview.isEnded') : say('overview.endedOn', { day: day(endedAt) })]
    case 'incomplete':
      return [say('overview.isIncomplete')]
    case 'paused': {
      const cause = pausedBy && pauses[pausedBy]
      return [cause && say(cause), say('overview.isPaused')]
    }
    case 'stopped':
      return [...troubleIn(plan, overview, say, format), say('overview.isStopped')]
    case 'grace':
      return [
        ...troubleIn(plan, overview, say, format),
        graceEnd === undefined ? say('overview.isStopped') : say('overview.graceEnds', { day: day(graceEnd) }),
      ]
    case 'trialing':
    case 'active':
      return [
        ...whatComes(plan, overview, say, format),
        cancelAt !== undefined && cancelAt > plan.periodEnd && say('overview.cancels', { day: day(cancelAt) }),
        changing !== undefined && say('overview.changeWaits', { day: day(changing) }),
        plan.scheduled && changing === undefined && say('overview.changePlanned'),
      ].map((sentence) => sentence || undefined)
  }
}

/** The charge of the day that is next, and what changes on it. */
function whatComes(plan: Plan, overview: Overview, say: Say, format: Format): readonly string[] {
  if (plan.uncollected) return [say('overview.uncollected', { merchant: overview.merchant.name })]
  const coming = comingIn(plan)
  if (!coming) return [nextCharge(plan, overview, say, format)]
  const change = plannedIn(coming, overview.now, say, format)
  const ends = coming.endsAgain && coming.mayUndo ? [say('planned.endsAgain')] : []
  return [say('overview.planned', { change }), ...chargeThen(plan, say, format), ...ends]
}

/** Why it is not paid, what is owed since when, and whether it is tried again. */
function troubleIn(plan: Plan, { mayPay, now }: Overview, say: Say, format: Format): readonly (string | undefined)[] {
  const { reason, owed, dueSince, nextAttempt } = plan
  const why = reason && (mayPay ? say(`reason.${reason}`) : asHeadline(say(`cause.${reason}`)))
  const since = dueSince === undefined ? undefined : format.day(dueSince, now)
  return [
    why && say('overview.because', { why }),
    since &&
      (owed ? say('overview.owes', { amount: format.money(owed), since }) : say('overview.owesHidden', { since })),
    nextAttempt !== undefined && nextAttempt > now
      ? say('overview.retries', { day: format.day(nextAttempt, now) })
      : undefined,
  ]
}

type ActWord = `fix.${Fix}` | `overview.${'seeWho' | 'seePlans' | 'keep' | 'seeChange'}`

/** A place to go to, or the change of a subscription that can be undone here. */
export type Act =
  | { readonly to: string; readonly word: ActWord; readonly fix?: Fix }
  | { readonly undo: string; readonly fix?: undefined }

/** What can be done about a plan: its remedy, else whatever the page of plans can do for it. */
export function actOf(plan: Plan, { mayPay }: Overview): Act | undefined {
  if (plan.fix) return remedy(plan.fix, mayPay)
  if (!mayPay) return undefined
  if (stateOf(plan) === 'ended') return { to: paths.plan, word: 'overview.seePlans' }
  if (plan.cancelAt !== undefined) return { to: paths.plan, word: 'overview.keep' }
  if (comingIn(plan)?.mayUndo) return { undo: plan.id }
  return plan.scheduled || plan.changing !== undefined ? { to: paths.plan, word: 'overview.seeChange' } : undefined
}

/** Those who may not pay are led to who can. */
export function remedy(fix: Fix, mayPay: boolean): Act {
  return { to: fixPath(fix), word: mayPay ? `fix.${fix}` : 'overview.seeWho', fix }
}

/** The plan that the letter begins with: the one that needs most, then the one whose day comes first. */
const urgency = ['stopped', 'incomplete', 'grace', 'paused', 'trialing', 'active', 'ended'] as const

export function byUrgency(a: Plan, b: Plan): number {
  const order = urgency.indexOf(stateOf(a)) - urgency.indexOf(stateOf(b))
  if (order !== 0) return order
  return stateOf(a) === 'ended' ? dayOf(b) - dayOf(a) : dayOf(a) - dayOf(b)
}

function dayOf({ endedAt, graceEnd, cancelAt, periodEnd }: Plan): number {
  return endedAt ?? graceEnd ?? Math.min(cancelAt ?? periodEnd, periodEnd)
}
