import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** One look through a member's eyes. Instants are unix seconds. */
export type StaffView = AccountKey & {
  /** Of its row in the audit. */
  readonly id: string
  /** The staff session that it ends with. */
  readonly session: string
  readonly member: string
  readonly created: number
  readonly until: number
}

const StaffViewRow = z.object({
  app: z.string(),
  account: z.string(),
  id: z.string(),
  session: z.string(),
  member: z.string(),
  created: z.coerce.number(),
  until: z.coerce.number(),
})

export async function insertStaffView(queries: Queries, view: StaffView): Promise<void> {
  const { app, account, id, session, member, created, until } = view
  await queries.query(
    'insert into staff_views (app, account, id, session, member, created, until) values ($1, $2, $3, $4, $5, $6, $7)',
    [app, account, id, session, member, created, until],
  )
}

export async function findStaffView(database: Queries, id: string): Promise<StaffView | undefined> {
  const [row] = await database.query('select * from staff_views where id = $1', [id])
  return row && StaffViewRow.parse(row)
}
