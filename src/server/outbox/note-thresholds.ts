import type { Account } from '#diagnosis/account.ts'
import { termsOf } from '#diagnosis/limits.ts'
import { usualThresholds } from '#server/config-file.ts'
import type { Hands } from '#server/context.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { livingOf, periodOf } from '#server/periods.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import { insertEvent } from '#server/store/app-events.ts'
import { findSnapshot } from '#server/store/snapshots.ts'
import { findReportedMeters, sumUsage, type MeteredPeriod } from '#server/store/usage.ts'
import { markThresholds } from '#server/store/usage-looks.ts'

type Counted = MeteredPeriod & { readonly included: number }

/** Tells of every threshold that the account's usage has reached in the period that runs, once. */
export async function noteThresholds(hands: Hands, outbox: Pick<Loop, 'wake'>, key: AccountKey): Promise<void> {
  const { config, database, now } = hands
  const reported = [...(await findReportedMeters(database, key)).keys()]
  const periods = await countedPeriods(hands, key, reported)
  const used = await sumUsage(database, key, periods)
  const reached = periods.flatMap(({ meter, since, included }) =>
    (config.meters[meter]?.thresholds ?? usualThresholds)
      .filter((threshold) => (used.get(meter) ?? 0) * 100 >= included * threshold)
      .map((threshold) => ({ meter, since, threshold })),
  )
  if (reached.length === 0) return
  const told = await database.transaction(async (queries) => {
    const news = await markThresholds(queries, key, reached, now())
    for (const { meter, threshold } of news.toSorted((a, b) => a.threshold - b.threshold)) {
      const until = periods.find((period) => period.meter === meter)?.until ?? now()
      const data = { meter, threshold, resets_at: new Date(until * 1_000).toISOString() }
      await insertEvent(queries, key, { type: 'usage.threshold', data }, now())
    }
    return news.length
  })
  if (told > 0) outbox.wake()
}

/**
 * The running periods of the meters of which something is included. The last reading will do: reports come by the
 * thousand, and Stripe's own events keep it new. Only when one of its periods is over, Stripe is asked.
 */
async function countedPeriods(hands: Hands, key: AccountKey, meters: readonly string[]): Promise<readonly Counted[]> {
  const { airlock, config, database, now } = hands
  const periodsOf = (facts: Account) => {
    const { limits } = termsOf(livingOf(facts, config.policy, now()), config.policy)
    return meters.flatMap((meter): Counted[] => {
      const included = limits.get(meter)?.included ?? 0
      return included > 0 ? [{ meter, included, ...periodOf(facts, config.policy, meter, now()) }] : []
    })
  }
  const last = await findSnapshot(database, key)
  const known = last && periodsOf(last)
  if (known && known.every(({ until }) => until > now())) return known
  const reading = await airlock.read(key, { fresh: false, metered: false })
  return reading ? periodsOf(reading.facts) : []
}
