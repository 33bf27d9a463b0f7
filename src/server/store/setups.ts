import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** Whose set-up it is: the account's, or that of the holder of one guest link. They are never mixed. */
type Owner = AccountKey & { readonly guestLink?: string }

/** The newest card set-up of its owner that was not finished, as far as we were told. */
export async function findOpenSetup(
  database: Queries,
  { app, account, guestLink }: Owner,
  since: number,
): Promise<string | undefined> {
  const [row] = await database.query(
    `select setup_intent from setups where app = $1 and account = $2 and guest_link is not distinct from $4
     and open and created >= $3 order by created desc limit 1`,
    [app, account, since, guestLink ?? null],
  )
  return row && z.object({ setup_intent: z.string() }).parse(row).setup_intent
}

export async function insertSetup(
  database: Queries,
  { app, account, guestLink }: Owner,
  setupIntent: string,
  now: number,
): Promise<void> {
  await database.query(
    `insert into setups (app, account, setup_intent, created, guest_link) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [app, account, setupIntent, now, guestLink ?? null],
  )
}

/** Whether this owner began it: nobody pays with a card that another is saving. */
export async function isOwnSetup(
  database: Queries,
  { app, account, guestLink }: Owner,
  setupIntent: string,
): Promise<boolean> {
  const rows = await database.query(
    `select 1 from setups where app = $1 and account = $2 and setup_intent = $3
     and guest_link is not distinct from $4`,
    [app, account, setupIntent, guestLink ?? null],
  )
  return rows.length > 0
}

export type BorrowedSetup = AccountKey & { readonly setupIntent: string }

/** Set-ups of guests whose card was to pay only once, and whose link is over or who left it lying since `since`. */
export async function findSetupsToForget(
  database: Queries,
  { now, since, limit }: { now: number; since: number; limit: number },
): Promise<readonly BorrowedSetup[]> {
  const rows = await database.query(
    `select setups.app, setups.account, setups.setup_intent from setups
     join guest_links links on links.app = setups.app and links.account = setups.account and links.id = setups.guest_link
     where setups.guest_link is not null and setups.forgotten is null and not links.keeps_card
       and (links.used is not null or links.revoked is not null or links.expires <= $1 or setups.created <= $2)
     limit $3`,
    [now, since, limit],
  )
  const SetupRow = z
    .object({ app: z.string(), account: z.string(), setup_intent: z.string() })
    .transform(({ setup_intent: setupIntent, ...key }) => ({ ...key, setupIntent }))
  return rows.map((row) => SetupRow.parse(row))
}

export async function markSetupForgotten(
  database: Queries,
  { app, account, setupIntent }: BorrowedSetup,
  now: number,
): Promise<void> {
  await database.query(
    'update setups set open = false, forgotten = $4 where app = $1 and account = $2 and setup_intent = $3',
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
