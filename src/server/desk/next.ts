import type { Next } from '#contract/desk-answer.ts'
import type { Account, Subscription } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { isWorthRetrying } from '#diagnosis/decline.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import { asHeld } from '#diagnosis/kept.ts'
import type { Policy } from '#diagnosis/policy.ts'
import { FIRST_PAYMENT_SECONDS } from '#diagnosis/rules.ts'
import { graceEnd, standing } from '#diagnosis/standing.ts'
import { plannedOf } from '#server/plan-later.ts'

const AT_MOST = 8

/** What happens although nobody does anything, the soonest first; `now` in unix seconds. */
export function nextOf(account: Account, blockers: readonly Blocker[], policy: Policy, now: number): readonly Next[] {
  return [
    ...account.subscriptions.flatMap((subscription) => [
      ...ofChange(account, subscription, policy, now),
      ...ofSubscription(account, subscription, policy, now),
    ]),
    ...account.openInvoices.flatMap(({ id, number, remaining, nextAttempt, payment: { error } }): readonly Next[] =>
      nextAttempt === undefined || (error && !isWorthRetrying(error))
        ? []
        : [{ what: 'retry', at: nextAttempt, of: number ?? id, money: remaining }],
    ),
    ...blockers.flatMap(ofBlocker),
  ]
    .filter(({ at }) => at > now)
    .toSorted((a, b) => a.at - b.at)
    .slice(0, AT_MOST)
}

/** What an owner has chosen for less, unless the plan ends before. */
function ofChange(account: Account, subscription: Subscription, policy: Policy, now: number): readonly Next[] {
  const planned = plannedOf(subscription, { policy, now, mayUndo: false, seesMoney: true })
  const { cancelAt = Infinity } = subscription
  if (!planned || planned.at >= cancelAt || standing(account, subscription, policy, now) === 'ended') return []
  const { plan, quantity } = asHeld(subscription, now)
  const { at, price: money } = planned
  return [
    {
      what: 'changes',
      at,
      of: named(plan, quantity),
      to: named(planned.plan, planned.quantity),
      ...compact({ money }),
    },
  ]
}

function named(plan: string, quantity: number): string {
  return quantity > 1 ? `${plan} × ${quantity}` : plan
}

function ofSubscription(account: Account, subscription: Subscription, policy: Policy, now: number): readonly Next[] {
  const { status, plan: of, price: money, periodEnd, trialEnd, cancelAt, changing, created } = subscription
  const stands = standing(account, subscription, policy, now)
  if (stands === 'ended') return []
  const goesOn = (status === 'active' || status === 'trialing' || status === 'past_due') && cancelAt === undefined
  const instants: readonly (readonly [Next['what'], number | undefined])[] = [
    ['grace-ends', stands === 'grace' ? graceEnd(account, subscription, policy) : undefined],
    ['cancels', cancelAt],
    ['trial-ends', status === 'trialing' ? trialEnd : undefined],
    ['renews', goesOn && status !== 'trialing' ? periodEnd : undefined],
    ['first-payment-expires', status === 'incomplete' ? created + FIRST_PAYMENT_SECONDS : undefined],
    ['change-expires', changing?.expires],
  ]
  return instants.flatMap(([what, at]) =>
    at === undefined ? [] : [{ what, at, of, ...(what === 'renews' && compact({ money })) }],
  )
}

function ofBlocker(blocker: Blocker): readonly Next[] {
  if ('resets' in blocker && blocker.resets !== undefined) {
    return [{ what: 'resets', at: blocker.resets, ...('meter' in blocker && compact({ of: blocker.meter?.name })) }]
  }
  return 'until' in blocker && blocker.until !== undefined ? [{ what: 'passes', at: blocker.until }] : []
}
