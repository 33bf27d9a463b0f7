import type { AccessRequest } from '#diagnosis/account.ts'
import { termsOf } from '#diagnosis/limits.ts'
import type { Blocker, Diagnosis } from '#diagnosis/diagnosis.ts'
import { judge, type Reading } from './account.ts'
import type { Config } from './config.ts'
import { livingOf } from './periods.ts'

/**
 * How much of the meter would be served at once where less was refused only for being so much, in its units; undefined
 * where a smaller request would not pass either.
 */
export function remainingFor(
  config: Config,
  reading: Reading,
  request: AccessRequest,
  { blockers }: Diagnosis,
  now: number,
): number | undefined {
  const { quantity } = request
  if (quantity === undefined) return undefined
  const left = Math.min(...blockers.map((blocker) => leftOf(blocker, config, reading, request, now)))
  const remaining = Number.isInteger(quantity) ? Math.floor(left) : Math.floor(left * 1_000_000) / 1_000_000
  if (!(remaining > 0 && remaining < quantity)) return undefined
  return judge(config, reading, { ...request, quantity: remaining }, now).access ? remaining : undefined
}

/** Units that are left by one limit; none where it is not the amount that is refused. */
function leftOf(blocker: Blocker, config: Config, { facts }: Reading, { meter }: AccessRequest, now: number): number {
  const terms = meter === undefined ? undefined : config.policy.meters?.[meter]
  if (blocker.reason === 'usage_limit_exceeded') return (blocker.included ?? 0) - (blocker.used ?? 0)
  if (blocker.reason === 'seat_limit') return (blocker.seats ?? 0) - (blocker.used ?? 0)
  if (blocker.reason === 'rate_limited')
    return (blocker.limit ?? 0) - (facts.rates?.find((window) => window.meter === meter)?.used ?? 0)
  if (blocker.reason === 'credits_exhausted')
    return terms?.credits === undefined ? 0 : unused() + (blocker.balance ?? 0) / terms.credits
  if (blocker.reason !== 'spend_cap_reached' || !terms?.price || !blocker.limit || !blocker.spent) return 0
  const left = blocker.limit.amount - blocker.spent.amount
  return terms.price.amount === 0 ? 0 : unused() + (left * terms.price.per) / terms.price.amount

  /** What the plans still include. */
  function unused(): number {
    const included =
      termsOf(livingOf(facts, config.policy, now), config.policy, now).limits.get(meter ?? '')?.included ?? 0
    return Math.max(0, included - (facts.usage?.find((reading) => reading.meter === meter)?.used ?? 0))
  }
}
