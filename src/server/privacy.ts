import type { EndAll, Privacy } from '#contract/privacy.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Hands } from './context.ts'
import { deviceOf } from './device.ts'
import { ApiError } from './errors.ts'
import { payingRoles } from './paying-roles.ts'
import { placeFor } from './place.ts'
import { ABSOLUTE_SECONDS, IDLE_SECONDS } from './session.ts'
import { requireStepUp } from './step-up.ts'
import { findAccount } from './store/accounts.ts'
import {
  deleteSessionById,
  deleteSessionsOfAccount,
  deleteSessionsOfMember,
  findSessionsOfAccount,
  type SessionRecord,
} from './store/sessions.ts'
import { findAudit } from './store/staff-audit.ts'

const LOOKS = 200

/** Who is signed in where, and who of support has looked. No Stripe needed. Throws ApiError not-found. */
export async function privacy(hands: Hands, session: SessionRecord): Promise<Privacy> {
  const { database } = hands
  const now = hands.now()
  const record = await findAccount(database, session)
  if (!record) throw new ApiError('not-found')
  const [living, looks] = await Promise.all([
    findSessionsOfAccount(database, session, { seen: now - IDLE_SECONDS, created: now - ABSOLUTE_SECONDS }),
    findAudit(database, session, LOOKS),
  ])
  const isOwn = ({ member, role }: SessionRecord) => member === session.member && role !== 'guest'
  const own = living.filter(isOwn).toSorted((a, b) => Number(b.id === session.id) - Number(a.id === session.id))
  return {
    ...placeFor(hands, session, record),
    sessions: own.map(({ id, how, created, seen, userAgent }) => ({
      id,
      here: id === session.id,
      how: how === 'link' ? 'letter' : how,
      since: created,
      seen,
      ...deviceOf(userAgent),
    })),
    // What was refused showed nobody anything.
    looks: looks
      .filter(({ detail }) => detail?.['refused'] === undefined)
      .map(({ at, name, deed, reason }) => ({ at, staff: name, deed, ...compact({ reason }) })),
    ...compact({ others: session.role === 'owner' ? living.length - own.length : undefined }),
  }
}

/** One of this person's own. Throws ApiError not-found for whatever else it names. */
export async function endOneSession({ database }: Hands, session: SessionRecord, id: string): Promise<void> {
  if (!(await deleteSessionById(database, session, id))) throw new ApiError('not-found')
}

/** This person everywhere, here too; or everybody, guests too. Throws ApiError not-allowed. */
export async function endAllSessions({ database }: Hands, session: SessionRecord, { who }: EndAll): Promise<void> {
  if (who === 'me') return deleteSessionsOfMember(database, session)
  if (session.role !== 'owner') throw new ApiError('not-allowed')
  return deleteSessionsOfAccount(database, session)
}

/** Everything about the account is for those who pay, right after they proved who they are. Throws ApiError not-allowed, step-up-needed. */
export function requireExport(hands: Hands, session: SessionRecord): void {
  if (!payingRoles.includes(session.role)) throw new ApiError('not-allowed')
  requireStepUp(hands, session)
}
