import type { Overview } from '#contract/overview.ts'
import type { Format } from '#portal/format.ts'
import { intervalIn } from '#portal/payments/sale-due.tsx'
import type { Say } from '#portal/words/words.ts'

type Plan = Overview['subscriptions'][number]
type Charge = Exclude<NonNullable<Plan['upcoming']>, { kind: 'nothing' }>

/**
 * What a plan in good standing asks for next and when. The sum is Stripe's own reckoning; where that is not known, none
 * is named.
 */
export function nextCharge(plan: Plan, { now }: Overview, say: Say, format: Format): string {
  const { cancelAt, periodEnd, upcoming, method } = plan
  const charge = upcoming && upcoming.kind !== 'nothing' && upcoming.due.amount > 0 ? upcoming : undefined
  const price = charge && format.money(charge.due)
  if (cancelAt !== undefined && cancelAt <= periodEnd) {
    const ends = { day: format.day(cancelAt, now) }
    if (price !== undefined) return say('overview.cancelsAt', { ...ends, price })
    return say(upcoming ? 'overview.cancelsFree' : 'overview.cancels', ends)
  }
  const day = format.day(plan.status === 'trialing' ? (plan.trialEnd ?? periodEnd) : periodEnd, now)
  const trial = plan.status === 'trialing'
  if (!upcoming) return say(trial ? 'overview.trialEndsHidden' : 'overview.renewsHidden', { day })
  if (!charge || price === undefined) return say(trial ? 'overview.trialEndsFree' : 'overview.renewsFree', { day })
  if (charge.kind === 'invoice') return say(trial ? 'overview.trialEndsSent' : 'overview.renewsSent', { day, price })
  if (!method) return say(trial ? 'overview.trialEndsUnpaid' : 'overview.renewsUnpaid', { day, price })
  return say(trial ? 'overview.trialEnds' : 'overview.renews', { day, price, method: format.face(method) })
}

/** The change that is to come; undefined where something else is told of the plan, and where it ends before. */
export function comingIn({ planned, cancelAt, standing, uncollected }: Plan): Plan['planned'] {
  if (standing !== 'full' || uncollected || !planned) return undefined
  return cancelAt === undefined || cancelAt > planned.at ? planned : undefined
}

/** What is charged on the day of a change; nothing is said where Stripe does not say it. */
export function chargeThen({ upcoming, method }: Plan, say: Say, format: Format): readonly string[] {
  if (!upcoming) return []
  if (upcoming.kind === 'nothing' || upcoming.due.amount === 0) return [say('overview.thenFree')]
  const price = format.money(upcoming.due)
  if (upcoming.kind === 'invoice') return [say('overview.thenSent', { price })]
  return [method ? say('overview.then', { price, method: format.face(method) }) : say('overview.thenUnpaid', { price })]
}

/** What it costs as listed, and what makes the next sum another one. */
export function reckoned(plan: Plan, { now }: Overview, say: Say, format: Format): string {
  const { price, interval, quantity, upcoming, standing } = plan
  const charge = upcoming?.kind === 'nothing' ? undefined : upcoming
  const coming = comingIn(plan)
  return [
    coming ? say('overview.keeps', { plan: plan.plan }) : undefined,
    !coming && price && interval && standing !== 'ended'
      ? say('overview.costs', {
          price: format.money(price),
          every: intervalIn(interval, say, quantity),
        })
      : undefined,
    charge && standing === 'grace'
      ? say('overview.renewsThen', { price: format.money(charge.due), day: format.day(charge.at, now) })
      : undefined,
    ...(charge ? partsOf(charge, say, format) : []),
    charge && !price ? say('overview.soFar') : undefined,
  ]
    .filter((sentence) => sentence !== undefined)
    .join(' ')
}

const parts = ['discount', 'credit', 'carried', 'tax'] as const

function partsOf(charge: Charge, say: Say, format: Format): readonly string[] {
  return parts.flatMap((part) => {
    const amount = charge[part]
    return amount ? [say(`overview.next.${part}`, { amount: format.money(amount) })] : []
  })
}
