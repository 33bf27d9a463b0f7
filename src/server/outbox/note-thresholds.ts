import { usualThresholds } from '#server/config-file.ts'
import type { Hands } from '#server/context.ts'
import { hasReached, type CountedUsage } from '#server/counted-usage.ts'
import type { Loop } from '#server/jobs/loop.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import { insertEvent } from '#server/store/app-events.ts'
import { markThresholds } from '#server/store/usage-looks.ts'

/** Tells the app of every threshold that the account's usage has reached in the period that runs, once. */
export async function noteThresholds(
  hands: Hands,
  outbox: Pick<Loop, 'wake'>,
  key: AccountKey,
  counted: readonly CountedUsage[],
): Promise<void> {
  const { config, database, now } = hands
  if (!config.apps.find(({ id }) => id === key.app)?.webhook) return
  const reached = counted.flatMap((usage) =>
    (config.meters[usage.meter]?.thresholds ?? usualThresholds)
      .filter((percent) => hasReached(usage, { percent }))
      .map((threshold) => ({ meter: usage.meter, since: usage.since, threshold })),
  )
  if (reached.length === 0) return
  const told = await database.transaction(async (queries) => {
    const news = await markThresholds(queries, key, reached, now())
    for (const { meter, threshold } of news.toSorted((a, b) => a.threshold - b.threshold)) {
      const until = counted.find((period) => period.meter === meter)?.until ?? now()
      const data = { meter, threshold, resets_at: new Date(until * 1_000).toISOString() }
      await insertEvent(queries, key, { type: 'usage.threshold', data }, now())
    }
    return news.length
  })
  if (told > 0) outbox.wake()
}
