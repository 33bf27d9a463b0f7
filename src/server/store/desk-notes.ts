import type { DeskNote } from '#contract/desk-acts.ts'
import { compact } from '#diagnosis/compact.ts'
import { reasons } from '#diagnosis/reason.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** At most so many are shown of one account. */
const MOST = 100

const optional = z
  .string()
  .nullable()
  .transform((value) => value ?? undefined)
const NoteRow = z
  .object({
    id: z.string(),
    about_kind: z.enum(['reason', 'invoice']),
    about: z.string(),
    body: z.string(),
    name: z.string(),
    created: z.coerce.number(),
    replaced_by: optional,
    closed: z.union([z.null(), z.coerce.number()]),
    closed_by: optional,
  })
  .transform((row): DeskNote => ({
    id: row.id,
    about:
      row.about_kind === 'invoice'
        ? { kind: 'invoice', invoice: row.about }
        : { kind: 'reason', reason: z.enum(reasons).catch('unknown').parse(row.about) },
    text: row.body,
    staff: row.name,
    at: row.created,
    ...compact({ replacedBy: row.replaced_by }),
    ...(row.closed !== null && { closed: { staff: row.closed_by ?? '', at: row.closed } }),
  }))

export type NewNote = AccountKey &
  Pick<DeskNote, 'id' | 'about' | 'text'> & { readonly staff: string; readonly name: string }

export async function insertNote(queries: Queries, note: NewNote, now: number): Promise<void> {
  const { about } = note
  await queries.query(
    `insert into desk_notes (app, account, id, about_kind, about, body, staff, name, created)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      note.app,
      note.account,
      note.id,
      about.kind,
      about.kind === 'invoice' ? about.invoice : about.reason,
      note.text,
      note.staff,
      note.name,
      now,
    ],
  )
}

/** False where there is no such note, or somebody else has closed it. */
export async function closeNote(
  queries: Queries,
  { app, account }: AccountKey,
  id: string,
  by: { readonly name: string; readonly at: number; readonly replacedBy?: string },
): Promise<boolean> {
  const rows = await queries.query(
    `update desk_notes set closed = $4, closed_by = $5, replaced_by = $6
     where app = $1 and account = $2 and id = $3 and closed is null returning id`,
    [app, account, id, by.at, by.name, by.replacedBy ?? null],
  )
  return rows.length > 0
}

/** Open ones before those that are closed, each the newest first. */
export async function findNotes(database: Queries, { app, account }: AccountKey): Promise<readonly DeskNote[]> {
  const rows = await database.query(
    `select * from desk_notes where app = $1 and account = $2
     order by closed is not null, created desc, id limit ${MOST}`,
    [app, account],
  )
  return rows.map((row) => NoteRow.parse(row))
}
