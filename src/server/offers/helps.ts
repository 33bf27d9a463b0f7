import type { Subscription } from '#diagnosis/account.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import { termsOf, type Terms } from '#diagnosis/limits.ts'
import { requestOf } from '#server/check.ts'
import type { Hands } from '#server/context.ts'
import type { Market } from '#server/offers.ts'

type Swap = (subscriptions: readonly Subscription[]) => readonly Subscription[]

/**
 * Whether it would lift something that blocks this visit: the same judgement, once more, over the account as it would
 * be. What only the app knows the judgement cannot see gone, so there the plan has to give more than there is.
 */
export function helps({ config: { policy }, now }: Hands, { reading: { facts }, check }: Market, swap: Swap): boolean {
  const request = requestOf(check)
  const then = { ...facts, customer: 'present' as const, subscriptions: swap(facts.subscriptions) }
  const before = diagnose(facts, request, policy, now()).blockers
  const after = diagnose(then, request, policy, now()).blockers
  const stays = (blocker: Blocker) => after.some(({ reason }) => reason === blocker.reason)
  if (before.some((blocker) => !stays(blocker))) return true
  const [has, gives] = [facts, then].map(({ subscriptions }) => termsOf(livingOf(subscriptions), policy, now()))
  return has !== undefined && gives !== undefined && before.some((blocker) => givesMore(blocker, has, gives))
}

function livingOf(subscriptions: readonly Subscription[]) {
  return subscriptions.filter(({ endedAt, status }) => endedAt === undefined && status !== 'incomplete')
}

/** By what a reason that our facts are silent about is weighed. */
function givesMore(blocker: Blocker, has: Terms, gives: Terms): boolean {
  const { reason } = blocker
  if (reason === 'usage_limit_exceeded')
    return blocker.used === undefined && someMore(gives.limits, has.limits, ({ included }) => included)
  if (reason === 'rate_limited')
    return blocker.limit === undefined && someMore(gives.rates, has.rates, ({ limit, seconds }) => limit / seconds)
  if (reason === 'seat_limit') return blocker.used === undefined && (gives.seats ?? 0) > (has.seats ?? 0)
  return (
    reason === 'plan_lacks_feature' &&
    blocker.plans.length === 0 &&
    [...gives.features].some((feature) => !has.features.has(feature))
  )
}

function someMore<T>(gives: ReadonlyMap<string, T>, has: ReadonlyMap<string, T>, size: (one: T) => number): boolean {
  return [...gives].some(([meter, more]) => {
    const less = has.get(meter)
    return less === undefined || size(more) > size(less)
  })
}
