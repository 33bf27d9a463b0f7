import { AuditIdSchema, type StaffDeed } from '#contract/staff.ts'
import { callerOf } from '#server/caller.ts'
import { ApiError } from '#server/errors.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import type { Queries } from '#server/store/database.ts'
import { appendAudit, countAudit, findAuditById, type AuditEntry } from '#server/store/staff-audit.ts'
import { randomId } from '#server/token.ts'
import { capsPerHour, may } from './rights.ts'
import type { DeskContext, DeskHands } from './context.ts'

const HOUR = 3_600
/** Seconds for which what was opened may be looked at again: a page that stays open is one look. */
const LOOK_SECONDS = 900
/** Which row a request or an answer belongs to. */
export const AUDIT_HEADER = 'X-Desk-Look'

export type Told = Partial<AccountKey> &
  Pick<AuditEntry, 'subject' | 'reason' | 'detail'> & { readonly deed: StaffDeed }

/**
 * Reads for staff: the row is written before anything is read. A page that stays open says which row it was opened with,
 * and reads on under it for a quarter of an hour. Throws ApiError not-allowed, too-many.
 */
export async function looked<T>(hands: DeskHands, c: DeskContext, told: Told, read: () => Promise<T>): Promise<T> {
  requireRight(c, told.deed)
  if (!(await goesOn(hands, c, told))) {
    await requireRoom(hands, c, told.deed)
    const entry = entryOf(hands, c, told)
    await hands.database.transaction((queries) => appendAudit(queries, entry))
    c.header(AUDIT_HEADER, entry.id)
  }
  return read()
}

/**
 * Acts for staff on rows of ours: what is done and its row stand or fall together. Whatever needs somebody else's server
 * is written down by `act` and done afterwards. Throws ApiError not-allowed, too-many.
 */
export async function acted<T>(
  hands: DeskHands,
  c: DeskContext,
  told: Told,
  act: (queries: Queries, audit: string) => Promise<T>,
): Promise<T> {
  requireRight(c, told.deed)
  await requireRoom(hands, c, told.deed)
  const entry = entryOf(hands, c, told)
  const done = await hands.database.transaction(async (queries) => {
    const result = await act(queries, entry.id)
    // Last, so that the head of the chain is held as shortly as can be.
    await appendAudit(queries, entry)
    return result
  })
  c.header(AUDIT_HEADER, entry.id)
  return done
}

export function requireRight(c: DeskContext, deed: StaffDeed): void {
  if (!may(c.var.staff.role, deed)) throw new ApiError('not-allowed')
}

async function requireRoom({ database, now }: DeskHands, c: DeskContext, deed: StaffDeed): Promise<void> {
  const cap = deed in capsPerHour ? capsPerHour[deed as keyof typeof capsPerHour] : undefined
  if (cap === undefined) return
  const used = await countAudit(database, c.var.staff.staff, deed, now() - HOUR)
  if (used >= cap) throw new ApiError('too-many', undefined, { retryAfter: HOUR })
}

async function goesOn({ database, now }: DeskHands, c: DeskContext, told: Told): Promise<boolean> {
  const id = AuditIdSchema.safeParse(c.req.header(AUDIT_HEADER))
  if (!id.success) return false
  const row = await findAuditById(database, id.data)
  const { id: session } = c.var.staff
  return (
    row !== undefined &&
    row.session === session &&
    row.deed === told.deed &&
    row.app === (told.app ?? '') &&
    row.account === (told.account ?? '') &&
    row.subject === told.subject &&
    row.at + LOOK_SECONDS > now()
  )
}

function entryOf({ config, now }: DeskHands, c: DeskContext, told: Told): AuditEntry {
  const { id, staff, name, role } = c.var.staff
  return {
    app: '',
    account: '',
    ...told,
    id: randomId('aud_'),
    at: now(),
    staff,
    name,
    role,
    session: id,
    requestId: c.get('requestId'),
    ip: callerOf(config, c),
  }
}
