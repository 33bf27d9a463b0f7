import type { Account, Instant, Interval, Subscription } from '#diagnosis/account.ts'
import { termsOf } from '#diagnosis/limits.ts'
import type { Policy } from '#diagnosis/policy.ts'
import { standing } from '#diagnosis/standing.ts'
import type { Period } from './store/usage.ts'

const DAY = 86_400

/** The subscriptions that give something, whether or not they are paid; the oldest first. */
export function livingOf(facts: Account, policy: Policy, now: Instant): readonly Subscription[] {
  return facts.subscriptions
    .filter((subscription) => subscription.status !== 'incomplete')
    .filter((subscription) => standing(facts, subscription, policy, now) !== 'ended')
    .toSorted((a, b) => a.created - b.created)
}

/**
 * The period in which a meter is counted: that of the oldest living subscription whose plan limits it, else that of the
 * oldest living one, else the calendar month (UTC).
 */
export function periodOf(facts: Account, policy: Policy, meter: string, now: Instant): Period {
  const subscription = countedBy(facts, policy, meter, now)
  return subscription?.periodStart === undefined
    ? monthOf(now)
    : { since: subscription.periodStart, until: subscription.periodEnd }
}

function countedBy(facts: Account, policy: Policy, meter: string, now: Instant): Subscription | undefined {
  const living = livingOf(facts, policy, now)
  return living.find((one) => termsOf([one], policy, now).limits.has(meter)) ?? living[0]
}

/**
 * The period of a meter that runs and those before it, reckoned back by the subscription's interval as Stripe reckons it
 * forward: months keep their day, as far as they have it.
 */
export function periodsOf(
  facts: Account,
  policy: Policy,
  { meter, now, most }: { meter: string; now: Instant; most: number },
): readonly Period[] {
  const subscription = countedBy(facts, policy, meter, now)
  const current = periodOf(facts, policy, meter, now)
  const { unit, count } = subscription?.interval ?? { unit: 'month', count: 1 }
  const earlier = Array.from({ length: most - 1 }, (_, index) => before(current, unit, count * (index + 1)))
  return [current, ...earlier.map((since, index) => ({ since, until: earlier[index - 1] ?? current.since }))]
}

/** The beginning of the period that lies `count` intervals before this one, unix seconds. */
function before({ since, until }: Period, unit: Interval['unit'], count: number): Instant {
  if (unit === 'day' || unit === 'week') return since - count * (unit === 'day' ? 1 : 7) * DAY
  const date = new Date(since * 1_000)
  // A period that begins on the last day of a short month may be anchored to a later day.
  const day = Math.max(date.getUTCDate(), new Date(until * 1_000).getUTCDate())
  const month = date.getUTCMonth() - count * (unit === 'year' ? 12 : 1)
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  return Date.UTC(date.getUTCFullYear(), month, Math.min(day, last)) / 1_000 + (since % DAY)
}

/** The calendar month (UTC) of an instant. */
export function monthOf(now: Instant): Period {
  const date = new Date(now * 1_000)
  const first = (months: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / 1_000
  return { since: first(0), until: first(1) }
}
