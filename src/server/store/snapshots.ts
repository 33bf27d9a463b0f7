import type { Account } from '#diagnosis/account.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** Our own writing: read back as it was written, an older reading never over a newer one. */
const SnapshotRow = z.object({ facts: z.custom<Account>((facts) => typeof facts === 'object' && facts !== null) })

export async function saveSnapshot(database: Queries, { app, account }: AccountKey, facts: Account): Promise<void> {
  await database.query(
    `insert into snapshots (app, account, facts, fetched) values ($1, $2, $3, $4)
     on conflict (app, account) do update set facts = excluded.facts, fetched = excluded.fetched
     where snapshots.fetched <= excluded.fetched`,
    [app, account, JSON.stringify(facts), facts.asOf],
  )
}

export async function findSnapshot(database: Queries, { app, account }: AccountKey): Promise<Account | undefined> {
  const [row] = await database.query('select facts from snapshots where app = $1 and account = $2', [app, account])
  return row && SnapshotRow.parse(row).facts
}
