import type { AccessRequest, Account, Instant, Subscription } from './account.ts'
import type { Blocker, Debt, Diagnosis } from './diagnosis.ts'
import { detailBlocker, ended, holdBlocker, noPlan } from './whole.ts'
import { limitBlockers, termsOf, type Demand, type Terms } from './limits.ts'
import type { Policy } from './policy.ts'
import { reasons, type Fix } from './reason.ts'
import { why } from './rules.ts'
import { speak } from './speak.ts'
import { standing } from './standing.ts'
import { toldBlocker } from './told.ts'
import { warningsOf } from './warnings.ts'

/**
 * The one judgement: what is wrong with an account, what heals it, and whether the app should serve. Pure; `now` is in
 * unix seconds. Access is given exactly when nothing blocks, or when nothing could be read (fails open).
 */
export function diagnose(account: Account, request: AccessRequest, policy: Policy, now: Instant): Diagnosis {
  const seen = { asOf: account.asOf, live: account.source === 'live' }
  if (account.source === 'none') {
    return { verdict: 'unchecked', access: true, blockers: [], warnings: [], ...seen }
  }
  const blockers = join(blockersOf({ account, request, policy, now, terms: termsFor(account, policy, now) }))
  const blocked = blockers.length > 0
  return {
    verdict: blocked ? 'blocked' : 'clear',
    access: !blocked,
    blockers,
    warnings: warningsOf(account, policy, now, blockers),
    ...seen,
  }
}

/** What blocks, by precedence. While an account is on hold nothing that its customer does would help. */
function blockersOf(demand: Demand): readonly Blocker[] {
  const { account, policy } = demand
  if (account.customer === 'deleted')
    return [speak('unknown', undefined, { cause: 'customer_deleted' }, 'contact-support')]
  const hold = holdBlocker(account, policy)
  if (hold) return [hold]
  return [...subscriptionBlockers(demand), toldBlocker(demand)]
    .filter((blocker) => blocker !== undefined)
    .toSorted((a, b) => reasons.indexOf(a.reason) - reasons.indexOf(b.reason))
}

function subscriptionBlockers(demand: Demand): readonly Blocker[] {
  const { account, policy, now } = demand
  const living = livingOf(account, policy, now)
  const limits = limitBlockers(demand)
  const rest = [...(detailBlocker(demand) ?? []), ...limits]
  if (living.length > 0) return [...stoppedAmong(demand, living), ...owedBefore(demand, living, limits), ...rest]
  if (policy.prepaid) return rest
  return [account.subscriptions.length > 0 ? ended(account, policy, now) : noPlan(policy)]
}

/** Remedies that change a subscription. */
const changes: readonly Fix[] = ['choose-plan', 'add-seats', 'raise-limit']

/** Nobody is sold a larger plan while the one they have is owed for: then that is the first step, grace or not. */
function owedBefore(
  { account, policy, now }: Demand,
  living: readonly Subscription[],
  limits: readonly Blocker[],
): readonly Blocker[] {
  if (!limits.some(({ fix }) => changes.includes(fix))) return []
  return living
    .filter((subscription) => standing(account, subscription, policy, now) === 'grace')
    .map((subscription) => why(account, subscription, now))
}

function stoppedAmong(demand: Demand, living: readonly Subscription[]): readonly Blocker[] {
  const { account, policy, now } = demand
  const { asked, isNamed } = concerning(living, demand)
  const standings = asked.map((subscription) => standing(account, subscription, policy, now))
  const served = standings.includes('full') || standings.includes('grace')
  // Of several plans that give what was asked for, one in good standing is enough.
  if (isNamed && served) return []
  const stopped = asked.filter(
    (subscription, index) =>
      standings[index] === 'stopped' &&
      // An abandoned checkout beside a subscription in good standing takes nothing away.
      !(served && subscription.status === 'incomplete'),
  )
  return stopped.map((subscription) => why(account, subscription, now))
}

/** The subscriptions that give what was asked for by name; all of them where nothing was, or where none gives it. */
function concerning(living: readonly Subscription[], { request: { feature, meter }, policy, now }: Demand) {
  const named = living.filter((subscription) => {
    const { features, limits, rates } = termsOf([subscription], policy, now)
    if (feature !== undefined) return features.has(feature)
    return meter !== undefined && (limits.has(meter) || rates.has(meter))
  })
  return named.length > 0 ? { asked: named, isNamed: true } : { asked: living, isNamed: false }
}

function livingOf(account: Account, policy: Policy, now: Instant): readonly Subscription[] {
  return account.subscriptions.filter((subscription) => standing(account, subscription, policy, now) !== 'ended')
}

/** What an account's living plans give together. A first payment that was never made has bought nothing yet. */
export function termsFor(account: Account, policy: Policy, now: Instant): Terms {
  return termsOf(
    livingOf(account, policy, now).filter(({ status }) => status !== 'incomplete'),
    policy,
    now,
  )
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
