import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** A deed whose end is not known: it runs, waits for the bank to see somebody, or nobody knows. */
export type Pending = {
  readonly deed: string
  readonly phase: 'calling' | 'confirming' | 'unknown'
  readonly at: number
}

/** Seconds after which a call that is still open was cut off. */
const CUT_OFF_SECONDS = 120
/** Whatever is older has been read from Stripe since. */
const SINCE_SECONDS = 86_400

const PendingRow = z.object({
  deed: z.string(),
  phase: z.enum(['calling', 'confirming', 'unknown']),
  at: z.coerce.number(),
})

/** The newest first. */
export async function findPending(
  database: Queries,
  { app, account }: AccountKey,
  now: number,
): Promise<readonly Pending[]> {
  const rows = await database.query(
    `select deed, phase, updated as at from attempts
     where app = $1 and account = $2 and phase in ('calling', 'confirming', 'unknown') and updated > $3
     order by updated desc limit 5`,
    [app, account, now - SINCE_SECONDS],
  )
  return rows
    .map((row) => PendingRow.parse(row))
    .map((pending) =>
      pending.phase === 'calling' && pending.at + CUT_OFF_SECONDS <= now ? { ...pending, phase: 'unknown' } : pending,
    )
}
