import type { Account, Instant, Subscription } from '#diagnosis/account.ts'
import { termsOf } from '#diagnosis/limits.ts'
import type { Policy } from '#diagnosis/policy.ts'
import { standing } from '#diagnosis/standing.ts'
import type { Period } from './store/usage.ts'

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
  const living = livingOf(facts, policy, now)
  const subscription = living.find((one) => termsOf([one], policy).limits.has(meter)) ?? living[0]
  return subscription?.periodStart === undefined
    ? monthOf(now)
    : { since: subscription.periodStart, until: subscription.periodEnd }
}

/** The calendar month (UTC) of an instant. */
export function monthOf(now: Instant): Period {
  const date = new Date(now * 1_000)
  const first = (months: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / 1_000
  return { since: first(0), until: first(1) }
}
