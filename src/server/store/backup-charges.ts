import { MethodSchema } from '#contract/diagnosis.ts'
import type { Method } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries, Row } from './database.ts'

/**
 * `calling`: Stripe may have been asked. `unknown`: nobody knows what came of it. `unneeded`: it was paid otherwise, or
 * nothing of it arrived; the backup was not charged.
 */
const states = ['calling', 'unknown', 'processing', 'paid', 'declined', 'unneeded'] as const
export type BackupState = (typeof states)[number]

export type BackupChargeRecord = AccountKey & {
  readonly invoice: string
  readonly number?: string
  readonly amount: Money
  /** What was declined. */
  readonly failed: Method
  readonly backup: Method
  /** When it was agreed to. */
  readonly given: number
  /** The key of the attempt. */
  readonly attempt: string
  readonly state: BackupState
  readonly created: number
  readonly updated: number
}

const ChargeRow = z.object({
  app: z.string(),
  account: z.string(),
  invoice: z.string(),
  number: z.string().nullable(),
  amount: z.coerce.number(),
  currency: z.string(),
  failed: MethodSchema,
  backup: MethodSchema,
  given: z.coerce.number(),
  attempt: z.string(),
  state: z.enum(states),
  created: z.coerce.number(),
  updated: z.coerce.number(),
})

/** False where the backup was charged for this invoice before: once is all that was agreed to. */
export async function insertBackupCharge(
  queries: Queries,
  charge: Omit<BackupChargeRecord, 'state' | 'updated'>,
  due: number,
): Promise<boolean> {
  const { app, account, invoice, number, amount, failed, backup, given, attempt, created } = charge
  const rows = await queries.query(
    `insert into backup_charges
       (app, account, invoice, number, amount, currency, failed, backup, given, attempt, state, due, created, updated)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'calling', $11, $12, $12) on conflict do nothing returning invoice`,
    [
      app,
      account,
      invoice,
      number ?? null,
      amount.amount,
      amount.currency,
      JSON.stringify(failed),
      JSON.stringify(backup),
      given,
      attempt,
      due,
      created,
    ],
  )
  return rows.length > 0
}

/** What came of it; `due` (unix seconds) where that is to be looked at again. False where that was known already. */
export async function settleBackupCharge(
  queries: Queries,
  { app, account, invoice }: BackupChargeRecord,
  { state, due, now }: { state: BackupState; due?: number; now: number },
): Promise<boolean> {
  const rows = await queries.query(
    `update backup_charges set state = $4, due = $5, updated = $6
     where app = $1 and account = $2 and invoice = $3 and state in ('calling', 'unknown', 'processing') returning invoice`,
    [app, account, invoice, state, due ?? null, now],
  )
  return rows.length > 0
}

/** Those of which nobody knows yet, or not finally, what came of them. */
export async function findOpenBackupCharges(
  database: Queries,
  { app, account }: AccountKey,
): Promise<readonly BackupChargeRecord[]> {
  const rows = await database.query(
    `select * from backup_charges where app = $1 and account = $2 and state in ('calling', 'unknown', 'processing')
     order by created`,
    [app, account],
  )
  return rows.map(parse)
}

export async function findBackupCharge(
  database: Queries,
  { app, account }: AccountKey,
  invoice: string,
): Promise<BackupChargeRecord | undefined> {
  const [row] = await database.query('select * from backup_charges where app = $1 and account = $2 and invoice = $3', [
    app,
    account,
    invoice,
  ])
  return row && parse(row)
}

/** The newest one since then (unix seconds) of which there is something to tell. */
export async function findLastBackupCharge(
  database: Queries,
  { app, account }: AccountKey,
  since: number,
): Promise<BackupChargeRecord | undefined> {
  const [row] = await database.query(
    `select * from backup_charges where app = $1 and account = $2 and created > $3 and state <> 'unneeded'
     order by created desc limit 1`,
    [app, account, since],
  )
  return row && parse(row)
}

function parse(row: Row): BackupChargeRecord {
  const { number, amount, currency, ...charge } = ChargeRow.parse(row)
  return { ...charge, amount: { amount, currency }, ...(number !== null && { number }) }
}
