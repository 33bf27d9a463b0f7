import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** Who else gets our letters about an account's billing, in the order in which they were added. */
export async function findRecipients(queries: Queries, { app, account }: AccountKey): Promise<readonly string[]> {
  const rows = await queries.query(
    'select email from billing_recipients where app = $1 and account = $2 order by added, email',
    [app, account],
  )
  return rows.map((row) => z.object({ email: z.string() }).parse(row).email)
}

/** Kept once, in whatever case it is written. */
export async function addRecipient(
  queries: Queries,
  { app, account }: AccountKey,
  email: string,
  now: number,
): Promise<void> {
  await queries.query(
    `insert into billing_recipients (app, account, email, added) select $1, $2, $3, $4
     where not exists (select 1 from billing_recipients where app = $1 and account = $2 and lower(email) = lower($3))`,
    [app, account, email, now],
  )
}

export async function removeRecipient(queries: Queries, { app, account }: AccountKey, email: string): Promise<void> {
  await queries.query('delete from billing_recipients where app = $1 and account = $2 and lower(email) = lower($3)', [
    app,
    account,
    email,
  ])
}
