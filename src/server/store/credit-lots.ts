import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

const number = z.coerce.number()
const LotRow = z
  .object({
    remaining: number,
    bought: number,
    expires: number.nullable(),
    pack: z.string().nullable(),
    kind: z.string(),
  })
  .transform(({ expires, pack, kind, ...lot }) => ({
    ...lot,
    ...(kind === 'goodwill' && { given: true as const }),
    ...(expires !== null && { expires }),
    ...(pack !== null && { pack }),
  }))

/** What is left of each purchase, and of what was given, at `now`, in the order in which it is drawn. */
export async function findLots(database: Queries, { app, account }: AccountKey, now: number) {
  const rows = await database.query(
    `select lots.remaining, entries.booked as bought, lots.expires, entries.pack, entries.kind
     from credit_lots lots
     join credit_entries entries on entries.app = lots.app and entries.account = lots.account and entries.seq = lots.seq
     where lots.app = $1 and lots.account = $2 and lots.remaining > 0 and (lots.expires is null or lots.expires > $3)
     order by lots.seq`,
    [app, account, now],
  )
  return rows.map((row) => LotRow.parse(row))
}

/** How many credits each meter has drawn in the period that runs at `now`; those that drew none are left out. */
export async function findDrawn(database: Queries, { app, account }: AccountKey, now: number) {
  const rows = await database.query(
    `select meter, sum(drawn) as credits from credit_draws
     where app = $1 and account = $2 and period <= $3 and until > $3 and drawn > 0
     group by meter order by 2 desc, meter`,
    [app, account, now],
  )
  return rows.map((row) => z.object({ meter: z.string(), credits: number }).parse(row))
}

/** When credits were last bought; undefined where they never were. */
export async function findLastPurchase(database: Queries, { app, account }: AccountKey): Promise<number | undefined> {
  const [row] = await database.query(
    `select max(booked) as bought from credit_entries where app = $1 and account = $2 and kind = 'purchase'`,
    [app, account],
  )
  return z.object({ bought: number.nullable() }).parse(row).bought ?? undefined
}

/** Whether that pack was booked after the ledger's entry `seq`, or after the instant `since` (unix seconds). */
export async function wasBought(
  database: Queries,
  { app, account }: AccountKey,
  pack: string,
  after: { readonly seq: number } | { readonly since: number },
): Promise<boolean> {
  // Within one second nobody can tell which came first: then it counts as bought, and the offer is shown anew.
  const [condition, value] = 'seq' in after ? ['seq >', after.seq] : ['booked >=', after.since]
  const rows = await database.query(
    `select 1 from credit_entries where app = $1 and account = $2 and kind = 'purchase' and pack = $3 and ${condition} $4 limit 1`,
    [app, account, pack, value],
  )
  return rows.length > 0
}
