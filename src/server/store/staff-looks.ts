import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** Somebody of the merchant's support looked at an account. */
export type StaffLook = {
  readonly id: string
  /** Unix seconds. */
  readonly at: number
  /** Who, as the customer may read it. */
  readonly staff: string
  readonly reason: string
}

const StaffLookRow = z.object({ id: z.string(), at: z.coerce.number(), staff: z.string(), reason: z.string() })

/** Written before anything of the account is shown to them. */
export async function insertStaffLook(
  database: Queries,
  { app, account }: AccountKey,
  { id, at, staff, reason }: StaffLook,
): Promise<void> {
  await database.query(
    'insert into staff_looks (app, account, id, at, staff, reason) values ($1, $2, $3, $4, $5, $6)',
    [app, account, id, at, staff, reason],
  )
}

/** The newest first. */
export async function findStaffLooks(
  database: Queries,
  { app, account }: AccountKey,
  limit: number,
): Promise<readonly StaffLook[]> {
  const rows = await database.query(
    'select id, at, staff, reason from staff_looks where app = $1 and account = $2 order by at desc, id limit $3',
    [app, account, limit],
  )
  return rows.map((row) => StaffLookRow.parse(row))
}
