import type { Account, Instant, Subscription } from './account.ts'
import type { Policy } from './policy.ts'
import { graceEnd, openInvoicesOf, standing } from './standing.ts'

const QUARTER_HOUR = 900
const DAY = 86_400

/**
 * When to look at an account again although nothing happens: its access may change by time alone. What Stripe does at a
 * given time it may do late; then it is looked for in ever longer steps, at most a day. Undefined where only an event can
 * change anything.
 */
export function nextLook(account: Account, policy: Policy, now: Instant): Instant | undefined {
  const instants = account.subscriptions.flatMap((subscription) => [
    ...ours(account, subscription, policy).filter((at) => at > now),
    ...stripes(account, subscription, policy, now).map((at) => (at > now ? at : now + stepAfter(now - at))),
  ])
  return instants.length > 0 ? Math.min(...instants) : undefined
}

/** At these our own judgement changes. */
function ours(account: Account, subscription: Subscription, policy: Policy): readonly Instant[] {
  const end = graceEnd(account, subscription, policy)
  const dues = openInvoicesOf(account, subscription).map(({ due }) => due)
  const kept = subscription.items.flatMap(({ keeps }) => keeps?.until ?? [])
  return end === undefined ? [...dues, ...kept] : [...dues, ...kept, end]
}

/** At these Stripe renews, ends or bills. */
function stripes(account: Account, subscription: Subscription, policy: Policy, now: Instant): readonly Instant[] {
  if (standing(account, subscription, policy, now) === 'ended' || subscription.status === 'paused') return []
  const { periodEnd, trialEnd, cancelAt, status } = subscription
  return [periodEnd, status === 'trialing' ? trialEnd : undefined, cancelAt].filter((at) => at !== undefined)
}

function stepAfter(late: number): number {
  return Math.min(Math.max(late, QUARTER_HOUR), DAY)
}
