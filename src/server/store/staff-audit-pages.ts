import type { StaffDeed } from '#contract/staff.ts'
import { z } from 'zod'
import type { Queries } from './database.ts'
import { FoundRow, StoredRow, type AuditHead, type AuditRow, type FoundAudit } from './staff-audit.ts'

const BATCH = 1_000

export type AuditFilter = {
  readonly staff?: string
  readonly account?: string
  readonly deed?: StaffDeed
}
type Place = Pick<AuditHead, 'day' | 'seq'>

/** Newest first; older than `before`, where a place is given. */
export async function findAuditPage(
  database: Queries,
  { staff, account, deed }: AuditFilter,
  limit: number,
  before?: Place,
): Promise<readonly AuditRow[]> {
  const asked = [
    ['staff', staff],
    ['account', account],
    ['deed', deed],
  ].filter(([, value]) => value !== undefined)
  const wheres = asked.map(([column], index) => `${column} = $${index + 2}`)
  const place = before ? [before.day, before.seq] : []
  if (before) wheres.push(`(day, seq) < ($${asked.length + 2}, $${asked.length + 3})`)
  const rows = await database.query(
    `select * from staff_audit ${wheres.length > 0 ? `where ${wheres.join(' and ')}` : ''}
     order by day desc, seq desc limit $1`,
    [limit, ...asked.map(([, value]) => value), ...place],
  )
  return rows.map((row) => StoredRow.parse(row))
}

/** The whole chain as it is found, oldest first, in batches. */
export async function* readAudit(database: Queries): AsyncGenerator<FoundAudit> {
  let last: Place = { day: 0, seq: 0 }
  for (;;) {
    const rows = await database.query(
      'select * from staff_audit where (day, seq) > ($1, $2) order by day, seq limit $3',
      [last.day, last.seq, BATCH],
    )
    for (const row of rows) {
      const found = FoundRow.parse(row)
      yield found
      last = found
    }
    if (rows.length < BATCH) return
  }
}

/** One line of an export: the columns of the table, hashes and all. */
export function lineOf({ requestId, subject, reason, detail, ...row }: FoundAudit): string {
  const whole = {
    ...row,
    subject: subject ?? null,
    reason: reason ?? null,
    detail: detail ?? null,
    request_id: requestId,
  }
  return `${JSON.stringify(whole)}\n`
}

/** Whoever is named in the audit, under the name they had last. A walk over the index, one step for each person. */
export async function findAuditPeople(database: Queries): Promise<readonly { id: string; name: string }[]> {
  const rows = await database.query(
    `with recursive people as (
       (select staff from staff_audit order by staff limit 1)
       union all
       select (select staff from staff_audit where staff > people.staff order by staff limit 1) from people
       where people.staff is not null
     )
     select staff as id, (select name from staff_audit where staff = people.staff order by at desc limit 1) as name
     from people where staff is not null`,
  )
  return z.array(z.object({ id: z.string(), name: z.string() })).parse(rows)
}
