import type { DeskDone } from '#contract/desk-acts.ts'
import { StaffDeedSchema, type StaffDeed } from '#contract/staff.ts'
import type { Grace, Hold } from '#diagnosis/account.ts'
import { z } from 'zod'
import { lookBy } from './access-states.ts'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** What somebody of support did, by the key of their attempt. */
export type DeskActRecord = AccountKey & {
  readonly key: string
  readonly deed: StaffDeed
  readonly staff: string
  readonly audit: string
  readonly request: unknown
  readonly result?: DeskDone
}

const ActRow = z.object({
  app: z.string(),
  account: z.string(),
  key: z.string(),
  deed: StaffDeedSchema,
  staff: z.string(),
  audit: z.string(),
  request: z.unknown(),
  // Our own writing: read back as it was written.
  result: z.custom<DeskDone>().nullable(),
})

export async function findDeskAct(
  database: Queries,
  { app, account }: AccountKey,
  key: string,
): Promise<DeskActRecord | undefined> {
  const [row] = await database.query('select * from desk_acts where app = $1 and account = $2 and key = $3', [
    app,
    account,
    key,
  ])
  if (!row) return undefined
  const { result, ...act } = ActRow.parse(row)
  return { ...act, ...(result && { result }) }
}

/** False where an attempt of this key was written down before, perhaps at this very moment. */
export async function insertDeskAct(queries: Queries, act: DeskActRecord, now: number): Promise<boolean> {
  const rows = await queries.query(
    `insert into desk_acts (app, account, key, deed, staff, audit, request, result, created)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning key`,
    [
      act.app,
      act.account,
      act.key,
      act.deed,
      act.staff,
      act.audit,
      JSON.stringify(act.request),
      act.result === undefined ? null : JSON.stringify(act.result),
      now,
    ],
  )
  return rows.length > 0
}

/** Whoever acts on an account waits here for whoever acts on it; false for an account that nobody registered. */
export async function lockAccount(queries: Queries, { app, account }: AccountKey): Promise<boolean> {
  const rows = await queries.query('select 1 from accounts where app = $1 and account = $2 for update', [app, account])
  return rows.length > 0
}

/** Support's own word; undefined takes it back. Apps that are told of the account hear of it. */
export async function setGrace(queries: Queries, key: AccountKey, grace: Grace | undefined, now: number) {
  await setWord(queries, key, 'grace', grace, now)
}

export async function setStaffHold(queries: Queries, key: AccountKey, hold: Hold | undefined, now: number) {
  await setWord(queries, key, 'staff_hold', hold, now)
}

async function setWord(
  queries: Queries,
  key: AccountKey,
  column: 'grace' | 'staff_hold',
  word: Grace | Hold | undefined,
  now: number,
): Promise<void> {
  await queries.query(`update accounts set ${column} = $3 where app = $1 and account = $2`, [
    key.app,
    key.account,
    word === undefined ? null : JSON.stringify(word),
  ])
  await lookBy(queries, key, now)
}
