import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** Takes the account for `holder` until `until` (unix seconds) unless somebody else's lease still runs. */
export async function takeLock(
  database: Queries,
  { app, account }: AccountKey,
  holder: string,
  now: number,
  until: number,
): Promise<boolean> {
  const rows = await database.query(
    `insert into account_locks (app, account, holder, until) values ($1, $2, $3, $5)
     on conflict (app, account) do update set holder = excluded.holder, until = excluded.until
     where account_locks.until <= $4 returning holder`,
    [app, account, holder, now, until],
  )
  return rows.length > 0
}

export async function releaseLock(database: Queries, { app, account }: AccountKey, holder: string): Promise<void> {
  await database.query('delete from account_locks where app = $1 and account = $2 and holder = $3', [
    app,
    account,
    holder,
  ])
}
