import { AuditIdSchema, type StaffDeed } from '#contract/staff.ts'
import { callerOf } from '#server/caller.ts'
import { ApiError, recognise, type Failure } from '#server/errors.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import type { Queries } from '#server/store/database.ts'
import { appendAudit, findAuditById, type Appended, type AuditCap, type AuditEntry } from '#server/store/staff-audit.ts'
import { randomId } from '#server/token.ts'
import { capsPerHour, may } from './rights.ts'
import { noteAnchor } from './audit-anchor.ts'
import type { DeskContext, DeskHands } from './context.ts'

const HOUR = 3_600
/** Seconds for which what was opened may be looked at again: a page that stays open is one look. */
const LOOK_SECONDS = 900
/** Which row a request or an answer belongs to. */
const AUDIT_HEADER = 'X-Desk-Look'

export type Told = Partial<AccountKey> &
  Pick<AuditEntry, 'subject' | 'reason' | 'detail'> & { readonly deed: StaffDeed }

/**
 * Reads for staff: the row is written before anything is read. A page that stays open says which row it was opened with,
 * and reads on under it for a quarter of an hour. Throws ApiError not-allowed, too-many.
 */
export async function looked<T>(hands: DeskHands, c: DeskContext, told: Told, read: () => Promise<T>): Promise<T> {
  requireRight(c, told.deed)
  if (!(await goesOn(hands, c, told))) {
    const entry = entryOf(hands, c, told)
    await hands.database.transaction((queries) => write(hands, queries, entry)).then(anchored(hands))
    c.header(AUDIT_HEADER, entry.id)
  }
  return read()
}

/**
 * Acts for staff on rows of ours: what is done and its row stand or fall together. Whatever needs somebody else's server
 * is written down by `act` and done afterwards; what `act` refuses is written down as refused. Throws ApiError not-allowed,
 * too-many, and what `act` throws.
 */
export async function acted<T>(
  hands: DeskHands,
  c: DeskContext,
  told: Told,
  act: (queries: Queries, audit: string) => Promise<T>,
): Promise<T> {
  requireRight(c, told.deed)
  const entry = entryOf(hands, c, told)
  const { result, appended } = await hands.database
    .transaction(async (queries) => ({
      result: await act(queries, entry.id),
      // Last, so that the head of the chain is held as shortly as can be.
      appended: await write(hands, queries, entry),
    }))
    .catch((error: unknown) => refused(hands, c, told, error))
  anchored(hands)(appended)
  c.header(AUDIT_HEADER, entry.id)
  return result
}

/** What becomes of a request is no word on the deed: the cap's own line in the log, and our own trouble. */
const unwritten: readonly Failure[] = ['too-many', 'internal', 'database-unreachable']

/**
 * A deed that somebody may do, and that a rule, an id that is not there or a silent Stripe stood against, was tried: it is
 * written down and counted like one that was done, with what stood against it. Throws `error`, ApiError not-allowed, too-many.
 */
export async function refused(hands: DeskHands, c: DeskContext, told: Told, error: unknown): Promise<never> {
  const { code, errors = [] } = recognise(error)
  if (unwritten.includes(code)) throw error
  requireRight(c, told.deed)
  const because = errors.map(({ message }) => message).join(', ')
  const detail = { ...told.detail, refused: code, ...(because !== '' && { because }) }
  const entry = entryOf(hands, c, { ...told, detail })
  anchored(hands)(await hands.database.transaction((queries) => write(hands, queries, entry)))
  c.header(AUDIT_HEADER, entry.id)
  throw error
}

/** Whoever names what is not there learns that much. Throws ApiError not-found, not-allowed, too-many. */
export function missed(hands: DeskHands, c: DeskContext, told: Told): Promise<never> {
  return refused(hands, c, told, new ApiError('not-found'))
}

/** Throws ApiError too-many, and what was done in the transaction is undone. */
async function write({ log, now }: DeskHands, queries: Queries, entry: AuditEntry): Promise<Appended> {
  const cap = capOf(entry.deed)
  const appended = await appendAudit(queries, entry, cap)
  if (!('full' in appended) || cap === undefined) return appended
  const { staff, name, deed, ip } = entry
  log.warn({ staff, name, deed, cap: cap.most, ip }, 'a cap of the desk is reached')
  throw new ApiError('too-many', `At most ${cap.most} an hour, for each person: ${deed}`, {
    retryAfter: Math.max(1, appended.full - now()),
  })
}

function capOf(deed: StaffDeed): AuditCap | undefined {
  const most = deed in capsPerHour ? capsPerHour[deed as keyof typeof capsPerHour] : undefined
  return most === undefined ? undefined : { most, seconds: HOUR }
}

/** The log lies elsewhere than the rows: whoever rewrites these cannot rewrite what was said of them there. */
function anchored(hands: DeskHands): (appended: Appended) => void {
  return (appended) => {
    if ('ended' in appended && appended.ended) noteAnchor(hands.log, appended.ended)
  }
}

export function requireRight(c: DeskContext, deed: StaffDeed): void {
  if (!may(c.var.staff.role, deed)) throw new ApiError('not-allowed')
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
