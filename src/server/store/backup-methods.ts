import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries, Row } from './database.ts'

/** What is charged when an automatic charge is declined. */
export type BackupRecord = AccountKey & {
  /** Stripe's id. */
  readonly method: string
  /** Who agreed. */
  readonly member: string
  /** Unix seconds: what was tried before is none of its business. */
  readonly given: number
  /** When a failed charge is to be looked at, where there may be one. */
  readonly due?: number
}

const BackupRow = z.object({
  app: z.string(),
  account: z.string(),
  method: z.string(),
  member: z.string(),
  given: z.coerce.number(),
  due: z.coerce.number().nullable(),
})

/** One for an account, the newest word. */
export async function saveBackup(
  database: Queries,
  { app, account, method, member, given }: Omit<BackupRecord, 'due'>,
): Promise<void> {
  await database.query(
    `insert into backup_methods (app, account, method, member, given) values ($1, $2, $3, $4, $5)
     on conflict (app, account) do update
     set method = excluded.method, member = excluded.member, given = excluded.given, due = null`,
    [app, account, method, member, given],
  )
}

export async function findBackup(database: Queries, { app, account }: AccountKey): Promise<BackupRecord | undefined> {
  const [row] = await database.query('select * from backup_methods where app = $1 and account = $2', [app, account])
  return row && parse(row)
}

/** Takes the consent back; with a method, only where it is that one. */
export async function dropBackup(database: Queries, { app, account }: AccountKey, method?: string): Promise<void> {
  await database.query(
    'delete from backup_methods where app = $1 and account = $2 and ($3::text is null or method = $3)',
    [app, account, method ?? null],
  )
}

/** A charge of the account may have failed: it is looked at. */
export async function markBackupDue(database: Queries, { app, account }: AccountKey, now: number): Promise<void> {
  await database.query('update backup_methods set due = $3 where app = $1 and account = $2', [app, account, now])
}

/** What was due is looked at, and once more at `next` where that is needed; a failure told of meanwhile stays due. */
export async function settleBackupDue(
  database: Queries,
  { app, account, due }: BackupRecord,
  next: number | undefined,
): Promise<void> {
  await database.query('update backup_methods set due = $4 where app = $1 and account = $2 and due = $3', [
    app,
    account,
    due ?? null,
    next ?? null,
  ])
}

/** Accounts where a failed charge, or what came of charging a backup, is to be looked at. */
export async function findBackupsToSee(database: Queries, now: number, limit: number): Promise<readonly AccountKey[]> {
  const rows = await database.query(
    `select app, account, min(due) as due from (
       select app, account, due from backup_methods where due <= $1
       union all select app, account, due from backup_charges where due <= $1) looks
     group by app, account order by due limit $2`,
    [now, limit],
  )
  return rows.map((row) => z.object({ app: z.string(), account: z.string() }).parse(row))
}

function parse(row: Row): BackupRecord {
  const { due, ...backup } = BackupRow.parse(row)
  return { ...backup, ...(due !== null && { due }) }
}
