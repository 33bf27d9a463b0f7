import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries, Row } from './database.ts'

/** Requests served since `starts` (unix seconds), in a window of `seconds`. */
export type WindowRecord = {
  readonly meter: string
  readonly starts: number
  readonly seconds: number
  readonly used: number
}

const WindowRow = z.object({
  meter: z.string(),
  starts: z.coerce.number(),
  seconds: z.coerce.number(),
  used: z.coerce.number(),
})

export async function findWindows(database: Queries, { app, account }: AccountKey): Promise<readonly WindowRecord[]> {
  const rows = await database.query(
    'select meter, starts, seconds, used from rate_windows where app = $1 and account = $2',
    [app, account],
  )
  return rows.map(parse)
}

/**
 * Counts `quantity` into the window if that keeps it within `limit`. One row per meter and one statement: exact over all
 * processes, and nothing to clean up. A clock that is behind counts into the newer window. Undefined: not served.
 */
export async function countRequest(
  database: Queries,
  { app, account }: AccountKey,
  { meter, starts, seconds, limit, quantity }: Omit<WindowRecord, 'used'> & { limit: number; quantity: number },
): Promise<WindowRecord | undefined> {
  if (quantity > limit) return undefined
  const goesOn = 'rate_windows.seconds = excluded.seconds and rate_windows.starts >= excluded.starts'
  const [row] = await database.query(
    `insert into rate_windows (app, account, meter, starts, seconds, used) values ($1, $2, $3, $4, $5, $6)
     on conflict (app, account, meter) do update
     set starts = case when ${goesOn} then rate_windows.starts else excluded.starts end,
         seconds = excluded.seconds,
         used = case when ${goesOn} then rate_windows.used else 0 end + excluded.used
     where not (${goesOn}) or rate_windows.used + excluded.used <= $7
     returning meter, starts, seconds, used`,
    [app, account, meter, starts, seconds, quantity, limit],
  )
  return row && parse(row)
}

function parse(row: Row): WindowRecord {
  return WindowRow.parse(row)
}
