import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** The newest card set-up of an account that was not finished, as far as we were told. */
export async function findOpenSetup(
  database: Queries,
  { app, account }: AccountKey,
  since: number,
): Promise<string | undefined> {
  const [row] = await database.query(
    `select setup_intent from setups where app = $1 and account = $2 and open and created >= $3
     order by created desc limit 1`,
    [app, account, since],
  )
  return row && z.object({ setup_intent: z.string() }).parse(row).setup_intent
}

export async function insertSetup(
  database: Queries,
  { app, account }: AccountKey,
  setupIntent: string,
  now: number,
): Promise<void> {
  await database.query(
    'insert into setups (app, account, setup_intent, created) values ($1, $2, $3, $4) on conflict do nothing',
    [app, account, setupIntent, now],
  )
}

export async function closeSetup(database: Queries, { app, account }: AccountKey, setupIntent: string): Promise<void> {
  await database.query('update setups set open = false where app = $1 and account = $2 and setup_intent = $3', [
    app,
    account,
    setupIntent,
  ])
}

export async function countSetups(database: Queries, { app, account }: AccountKey, since: number): Promise<number> {
  const [row] = await database.query(
    'select count(*)::int as setups from setups where app = $1 and account = $2 and created >= $3',
    [app, account, since],
  )
  return z.object({ setups: z.coerce.number() }).parse(row).setups
}
