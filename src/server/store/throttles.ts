import { z } from 'zod'
import type { Queries } from './database.ts'

const Window = z.object({ starts: z.coerce.number(), seconds: z.coerce.number(), used: z.coerce.number() })

/** At most `limit` in each window of `seconds`, which begins with the first try. */
export type Limit = { readonly limit: number; readonly seconds: number }

/**
 * Counts one try if there is room for it: one statement, exact over all processes. Answers undefined, or the seconds
 * until the window ends.
 */
export async function countTry(
  database: Queries,
  bucket: string,
  { limit, seconds }: Limit,
  now: number,
): Promise<number | undefined> {
  const goesOn = 'throttles.starts + throttles.seconds > excluded.starts'
  const [row] = await database.query(
    `insert into throttles (bucket, starts, seconds, used) values ($1, $2, $3, 1)
     on conflict (bucket) do update
     set starts = case when ${goesOn} then throttles.starts else excluded.starts end,
         seconds = excluded.seconds,
         used = case when ${goesOn} then throttles.used else 0 end + 1
     where not (${goesOn}) or throttles.used < $4
     returning starts, seconds, used`,
    [bucket, now, seconds, limit],
  )
  if (row) {
    // A window begins: time to forget those that are over.
    if (Window.parse(row).used === 1) await forgetOldTries(database, now)
    return undefined
  }
  const [full] = await database.query('select starts, seconds, used from throttles where bucket = $1', [bucket])
  if (!full) return 1
  const window = Window.parse(full)
  return Math.max(1, window.starts + window.seconds - now)
}

/** A try that turned out to be a right one does not count. */
export async function takeBackTry(database: Queries, bucket: string): Promise<void> {
  await database.query('update throttles set used = greatest(used - 1, 0) where bucket = $1', [bucket])
}

async function forgetOldTries(database: Queries, now: number): Promise<void> {
  await database.query('delete from throttles where starts + seconds <= $1', [now])
}
