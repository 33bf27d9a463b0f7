import { createHash } from 'node:crypto'
import { StaffDeedSchema, StaffRoleSchema, type StaffDeed, type StaffRole } from '#contract/staff.ts'
import { compact } from '#diagnosis/compact.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

const DAY = 86_400

/** What somebody of support looked at or did. `app` and `account` are empty where it was about no account. */
export type AuditEntry = AccountKey & {
  readonly id: string
  /** Unix seconds. */
  readonly at: number
  /** The identity provider's `sub`. */
  readonly staff: string
  readonly name: string
  readonly role: StaffRole
  readonly session: string
  readonly deed: StaffDeed
  /** What in the account it was about. */
  readonly subject?: string
  readonly reason?: string
  readonly detail?: Readonly<Record<string, string | number | boolean>>
  readonly requestId: string
  readonly ip: string
}

export type AuditRow = AuditEntry & {
  /** Days since 1970-01-01, UTC. */
  readonly day: number
  readonly seq: number
  readonly previous: string
  readonly hash: string
}

const optional = z
  .string()
  .nullable()
  .transform((value) => value ?? undefined)

const columns = z.object({
  day: z.coerce.number(),
  seq: z.coerce.number(),
  app: z.string(),
  account: z.string(),
  id: z.string(),
  at: z.coerce.number(),
  staff: z.string(),
  name: z.string(),
  role: z.string(),
  session: z.string(),
  deed: z.string(),
  subject: optional,
  reason: optional,
  detail: z.unknown().transform((value) => value ?? undefined),
  request_id: z.string(),
  ip: z.string(),
  previous: z.string(),
  hash: z.string(),
})

export const StoredRow = columns
  .extend({
    role: StaffRoleSchema,
    deed: StaffDeedSchema,
    detail: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .nullable()
      .transform((value) => value ?? undefined),
  })
  .transform(({ request_id: requestId, ...row }): AuditRow => compact({ ...row, requestId }))

/** A row as it is found, in the table or in an export, whatever was done to it. */
export const FoundRow = columns.transform(({ request_id: requestId, ...row }) => ({ ...row, requestId }))
export type FoundAudit = z.output<typeof FoundRow>

const HeadRow = z.object({ day: z.coerce.number(), seq: z.coerce.number(), hash: z.string() })
/** The last row of the chain; `seq` is 0 while there is none. */
export type AuditHead = z.output<typeof HeadRow>

export async function findAuditHead(database: Queries): Promise<AuditHead> {
  const [row] = await database.query('select day, seq, hash from staff_audit_head')
  return HeadRow.parse(row)
}

/** How often within `seconds` somebody may do what is about to be written. */
export type AuditCap = { readonly most: number; readonly seconds: number }
/** `ended`: the last row of the day before, where this one begins a day. `full`: nothing is written until then. */
export type Appended = { readonly ended?: AuditHead } | { readonly full: number }

/**
 * One row more, chained to the one before it. Its transaction holds the head of the chain: keep it short, and never call
 * anybody else's server in it. With a cap, whoever has reached it is told so and writes nothing.
 */
export async function appendAudit(queries: Queries, entry: AuditEntry, cap?: AuditCap): Promise<Appended> {
  const [locked] = await queries.query('select day, seq, hash from staff_audit_head for update')
  const head = HeadRow.parse(locked)
  // Counted while the head is held, so that nobody writes in between.
  const full = cap && (await capUntil(queries, entry, cap))
  if (full !== undefined) return { full }
  // A clock that was set back does not break the order.
  const day = Math.max(head.day, Math.floor(entry.at / DAY))
  const row = { ...entry, day, seq: day === head.day ? head.seq + 1 : 1, previous: head.hash }
  const hash = hashOf(row)
  await queries.query(
    `insert into staff_audit (day, seq, app, account, id, at, staff, name, role, session, deed, subject, reason, detail,
       request_id, ip, previous, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      row.day,
      row.seq,
      row.app,
      row.account,
      row.id,
      row.at,
      row.staff,
      row.name,
      row.role,
      row.session,
      row.deed,
      row.subject ?? null,
      row.reason ?? null,
      row.detail === undefined ? null : JSON.stringify(row.detail),
      row.requestId,
      row.ip,
      row.previous,
      hash,
    ],
  )
  await queries.query('update staff_audit_head set day = $1, seq = $2, hash = $3', [row.day, row.seq, hash])
  return head.seq > 0 && day > head.day ? { ended: head } : {}
}

/** When there is room again under the cap; undefined where there is. */
async function capUntil(queries: Queries, { staff, deed, at }: AuditEntry, cap: AuditCap): Promise<number | undefined> {
  const [row] = await queries.query(
    'select at from staff_audit where staff = $1 and deed = $2 and at > $3 order by at desc offset $4 limit 1',
    [staff, deed, at - cap.seconds, cap.most - 1],
  )
  return row && z.object({ at: z.coerce.number() }).parse(row).at + cap.seconds
}

/** SHA-256 over the row as a JSON array in the table's order, `detail` with its keys sorted; hex. */
export function hashOf(row: Omit<FoundAudit, 'hash' | 'subject' | 'reason' | 'detail'> & Partial<FoundAudit>): string {
  const detail = row.detail ? Object.entries(row.detail).toSorted(([a], [b]) => (a < b ? -1 : 1)) : null
  const { previous, day, seq, app, account, id, at, staff, name, role, session, deed, requestId, ip } = row
  const about = [row.subject ?? null, row.reason ?? null, detail]
  const told = [previous, day, seq, app, account, id, at, staff, name, role, session, deed, about, requestId, ip]
  return createHash('sha256').update(JSON.stringify(told)).digest('hex')
}

/** The newest first; of one account where a key is given. */
export async function findAudit(
  database: Queries,
  { app, account }: AccountKey,
  limit: number,
): Promise<readonly AuditRow[]> {
  const rows = await database.query(
    'select * from staff_audit where app = $1 and account = $2 order by at desc, day desc, seq desc limit $3',
    [app, account, limit],
  )
  return rows.map((row) => StoredRow.parse(row))
}

export async function findAuditById(database: Queries, id: string): Promise<AuditRow | undefined> {
  const [row] = await database.query('select * from staff_audit where id = $1', [id])
  return row && StoredRow.parse(row)
}
