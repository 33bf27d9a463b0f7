import type { Holding, Holdings } from '#contract/holding.ts'
import type { Format } from '#portal/format.ts'
import { intervalIn } from '#portal/payments/sale-due.tsx'
import type { Say } from '#portal/words/words.ts'

type Situation = { readonly page: Holdings; readonly say: Say; readonly format: Format }

/** How it stands and what happens next, in a sentence. What it stands for access comes before Stripe's status. */
export function standsAs(holding: Holding, { page, say, format }: Situation): string {
  const { status, standing, cancelAt, endedAt, graceEnd, trialEnd, periodEnd, price, interval, method } = holding
  const day = (instant: number) => format.day(instant, page.now)
  if (standing === 'ended') {
    return endedAt === undefined ? say('held.endedSometime') : say('held.ended', { day: day(endedAt) })
  }
  if (status === 'incomplete') return say('held.incomplete')
  if (status === 'paused') return say('held.paused')
  if (standing === 'stopped') return say('held.stopped')
  if (standing === 'grace' && graceEnd !== undefined) return say('held.grace', { day: day(graceEnd) })
  if (cancelAt !== undefined) return say('held.cancels', { day: day(cancelAt) })
  if (status === 'trialing') {
    const ends = { day: day(trialEnd ?? periodEnd) }
    if (!price || !interval || !method) return say('held.trialing', ends)
    return say('held.trialingPaid', { ...ends, price: format.money(price), every: intervalIn(interval, say) })
  }
  if (holding.uncollected) return say('held.uncollected', { merchant: page.merchant.name })
  if (holding.planned) return say('held.paidUntil', { day: day(holding.planned.at) })
  if (!method) return say('held.active', { day: day(periodEnd) })
  return say('held.activeFrom', { day: day(periodEnd), method: format.face(method) })
}

/** What lives comes before what has ended, and what needs somebody before what does not. */
const order = ['stopped', 'grace', 'full', 'ended'] as const

export function byUrgency(a: Holding, b: Holding): number {
  return order.indexOf(a.standing) - order.indexOf(b.standing)
}
