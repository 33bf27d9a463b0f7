import type { Account } from '#diagnosis/account.ts'
import { termsOf } from '#diagnosis/limits.ts'
import type { Hands } from './context.ts'
import { livingOf, periodOf } from './periods.ts'
import type { AccountKey } from './store/accounts.ts'
import { findSnapshot } from './store/snapshots.ts'
import { findReportedMeters, sumUsage, type MeteredPeriod } from './store/usage.ts'

/** What was used of a meter in the period that runs, beside what the plans include (0 where none does). */
export type CountedUsage = MeteredPeriod & { readonly included: number; readonly used: number }

/** Part of what is included, in percent, or an amount in the meter's units. */
type Mark = { readonly percent: number } | { readonly units: number }

export function hasReached({ used, included }: CountedUsage, mark: Mark): boolean {
  if ('units' in mark) return used >= mark.units
  return included > 0 && used * 100 >= included * mark.percent
}

/**
 * The reported meters in the periods that run. The last reading will do: reports come by the thousand, and Stripe's own
 * events keep it new. Only when one of its periods is over, Stripe is asked.
 */
export async function countUsage(hands: Hands, key: AccountKey): Promise<readonly CountedUsage[]> {
  const { database } = hands
  const reported = [...(await findReportedMeters(database, key)).keys()]
  const periods = await runningPeriods(hands, key, reported)
  const used = await sumUsage(database, key, periods)
  return periods.map((period) => ({ ...period, used: used.get(period.meter) ?? 0 }))
}

type Included = MeteredPeriod & { readonly included: number }

async function runningPeriods(hands: Hands, key: AccountKey, meters: readonly string[]): Promise<readonly Included[]> {
  const { airlock, config, database, now } = hands
  const periodsOf = (facts: Account) => {
    const { limits } = termsOf(livingOf(facts, config.policy, now()), config.policy, now())
    return meters.map((meter) => ({
      meter,
      included: limits.get(meter)?.included ?? 0,
      ...periodOf(facts, config.policy, meter, now()),
    }))
  }
  const last = await findSnapshot(database, key)
  const known = last && periodsOf(last)
  if (known && known.every(({ until }) => until > now())) return known
  const reading = await airlock.read(key, { fresh: false, metered: false })
  // What was never read gives no period: nothing may be reckoned by a guess.
  return reading && reading.facts.source !== 'none' ? periodsOf(reading.facts) : []
}
