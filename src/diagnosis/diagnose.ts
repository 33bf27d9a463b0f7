import {
  hasExpired,
  methodFor,
  type AccessRequest,
  type Account,
  type Instant,
  type Policy,
  type Subscription,
} from './account.ts'
import type { Blocker, Debt, Diagnosis, Warning } from './diagnosis.ts'
import { reasonFacts, reasons } from './reason.ts'
import { caseOf, debtOf, offerOf, rules, speak } from './rules.ts'
import { graceEnd, newest, openInvoicesOf, standing } from './standing.ts'

/**
 * The one judgement: what is wrong with an account, what heals it, and whether the app should serve. Pure; `now` is in
 * unix seconds. Access is given exactly when nothing blocks, or when nothing could be read (fails open).
 */
export function diagnose(account: Account, _request: AccessRequest, policy: Policy, now: Instant): Diagnosis {
  const seen = { asOf: account.asOf, live: account.source === 'live' }
  if (account.source === 'none') {
    return { verdict: 'unchecked', access: true, blockers: [], warnings: [], ...seen }
  }
  const blockers = blockersOf(account, policy, now)
  const blocked = blockers.length > 0
  return {
    verdict: blocked ? 'blocked' : 'clear',
    access: !blocked,
    blockers,
    warnings: warningsOf(account, policy, now),
    ...seen,
  }
}

function blockersOf(account: Account, policy: Policy, now: Instant): readonly Blocker[] {
  if (account.customer !== 'present') return [speak('unknown', undefined, {})]
  const standingOf = (subscription: Subscription) => standing(account, subscription, policy, now)
  const living = account.subscriptions.filter((subscription) => standingOf(subscription) !== 'ended')
  const served = living.some((subscription) => ['full', 'grace'].includes(standingOf(subscription)))
  const stopped = living.filter(
    (subscription) =>
      standingOf(subscription) === 'stopped' &&
      // An abandoned checkout beside a subscription in good standing takes nothing away.
      !(served && subscription.status === 'incomplete'),
  )
  if (living.length === 0) return [ended(account)]
  return join(stopped.map((subscription) => why(account, subscription, now)).toSorted(byPrecedence))
}

/** One new card heals every subscription that failed for the same reason: one blocker, one sum, one button. */
function join(blockers: readonly Blocker[]): readonly Blocker[] {
  return blockers.reduce<readonly Blocker[]>((joined, blocker) => {
    const twin = joined.find((other) => other.reason === blocker.reason)
    if (!twin) return [...joined, blocker]
    if (!('debt' in twin) || !('debt' in blocker) || !twin.debt || !blocker.debt) return joined
    if (twin.debt.total.currency !== blocker.debt.total.currency) return [...joined, blocker]
    const debt = joinDebts(twin.debt, blocker.debt)
    return joined.map((other) => (other === twin ? { ...twin, debt } : other))
  }, [])
}

function joinDebts(one: Debt, other: Debt): Debt {
  return {
    invoices: [...one.invoices, ...other.invoices].toSorted((a, b) => a.due - b.due),
    total: { amount: one.total.amount + other.total.amount, currency: one.total.currency },
  }
}

function why(account: Account, subscription: Subscription, now: Instant): Blocker {
  const found = caseOf(account, subscription, now)
  for (const rule of rules) {
    const blocker = rule(found)
    if (blocker) return blocker
  }
  return speak('unknown', undefined, {})
}

function ended(account: Account): Blocker {
  const last = newest(account.subscriptions)
  if (!last) return speak('unknown', undefined, {})
  return speak('subscription_canceled', last.endedAt, {
    ...offerOf(last),
    began: last.status !== 'incomplete_expired',
    ...(last.endedAt !== undefined && { ended: last.endedAt }),
  })
}

function byPrecedence(a: Blocker, b: Blocker): number {
  return reasons.indexOf(a.reason) - reasons.indexOf(b.reason)
}

function warningsOf(account: Account, policy: Policy, now: Instant): readonly Warning[] {
  return account.subscriptions.flatMap((subscription): Warning[] => {
    const stands = standing(account, subscription, policy, now)
    if (stands === 'grace') {
      const { reason, fix } = why(account, subscription, now)
      const at = graceEnd(account, subscription, policy)
      const debt = debtOf(openInvoicesOf(account, subscription), subscription)
      const method = methodFor(account, subscription)
      return [{ reason, fix, ...(at !== undefined && { at }), ...(debt && { debt }), ...(method && { method }) }]
    }
    if (stands !== 'full' || subscription.cancelAt !== undefined) return []
    const method = methodFor(account, subscription)
    if (!method) return [{ ...remedy('no_payment_method'), at: subscription.periodEnd }]
    return hasExpired(method, subscription.periodEnd)
      ? [{ ...remedy('card_expired'), at: subscription.periodEnd, method }]
      : []
  })
}

function remedy(reason: 'no_payment_method' | 'card_expired') {
  return { reason, fix: reasonFacts[reason].fix }
}
