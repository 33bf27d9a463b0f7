import { hasExpired, methodFor, type Account, type Instant, type Subscription } from './account.ts'
import type { Blocker, Warning } from './diagnosis.ts'
import { limitBlockers, termsOf } from './limits.ts'
import type { Policy } from './policy.ts'
import { reasonFacts } from './reason.ts'
import { debtOf, why } from './rules.ts'
import { graceEnd, openInvoicesOf, standing } from './standing.ts'

/** What will block unless it is mended, or blocks only what was not asked for. Nothing that blocks already. */
export function warningsOf(
  account: Account,
  policy: Policy,
  now: Instant,
  blockers: readonly Blocker[],
): readonly Warning[] {
  if (account.customer === 'deleted') return []
  const warnings = [
    ...account.subscriptions.flatMap((subscription) => warningsAbout(account, subscription, policy, now)),
    ...looseInvoices(account, now),
    ...limitsReached(account, policy, now),
  ]
  return warnings.filter(({ reason }) => !blockers.some((blocker) => blocker.reason === reason))
}

function warningsAbout(account: Account, subscription: Subscription, policy: Policy, now: Instant): readonly Warning[] {
  const stands = standing(account, subscription, policy, now)
  if (stands === 'ended') return []
  const method = methodFor(account, subscription)
  const debt = debtOf(openInvoicesOf(account, subscription), subscription)
  if (stands !== 'full' || debt) {
    // An abandoned checkout is no threat to anybody.
    if (subscription.status === 'incomplete') return []
    const { reason, fix } = why(account, subscription, now)
    const at = stands === 'grace' ? graceEnd(account, subscription, policy) : undefined
    return [{ reason, fix, ...(at !== undefined && { at }), ...(debt && { debt }), ...(method && { method }) }]
  }
  if (subscription.draft?.problem === 'location') return [remedy('billing_details_missing')]
  if (subscription.cancelAt !== undefined || subscription.uncollected) return []
  if (!method) return [{ ...remedy('no_payment_method'), at: subscription.periodEnd }]
  return hasExpired(method, subscription.periodEnd)
    ? [{ ...remedy('card_expired'), at: subscription.periodEnd, method }]
    : []
}

/** Invoices that belong to no subscription stop nobody, but they are owed. */
function looseInvoices(account: Account, now: Instant): readonly Warning[] {
  const loose = account.openInvoices
    .filter(({ subscription, status, due }) => subscription === undefined && status === 'open' && due <= now)
    .toSorted((a, b) => a.created - b.created)
  // One button, one sum: another currency comes after it.
  const debt = debtOf(loose.filter(({ remaining }) => remaining.currency === loose[0]?.remaining.currency))
  return debt ? [{ ...remedy('invoice_overdue'), debt }] : []
}

/** What the next request would meet; a soft limit never does more than warn. */
function limitsReached(account: Account, policy: Policy, now: Instant): readonly Warning[] {
  const terms = termsOf(
    account.subscriptions.filter((subscription) => standing(account, subscription, policy, now) !== 'ended'),
    policy,
    now,
  )
  const met = (account.usage ?? []).flatMap(({ meter, used, resets }): readonly Warning[] => {
    const limit = terms.limits.get(meter)
    const reached = limitBlockers({ account, policy, terms, now, request: { meter } })
    const at = resets === undefined ? {} : { at: resets }
    if (limit && !limit.hard && used >= limit.included) return [{ ...remedy('usage_limit_exceeded'), ...at }]
    return reached.map(({ reason, fix }) => ({ reason, fix, ...at }))
  })
  const all = [...met, ...rechargeStopped(account)]
  return all.filter(({ reason }, index) => all.findIndex((other) => other.reason === reason) === index)
}

/** Told as what it leads to, not as a refused card: where credits are bought, the card and the switch are at hand. */
function rechargeStopped({ credits }: Account): readonly Warning[] {
  return credits?.rechargeStopped === undefined ? [] : [remedy('credits_exhausted')]
}

function remedy(
  reason:
    | 'no_payment_method'
    | 'card_expired'
    | 'billing_details_missing'
    | 'invoice_overdue'
    | 'credits_exhausted'
    | 'usage_limit_exceeded',
) {
  return { reason, fix: reasonFacts[reason].fix }
}
