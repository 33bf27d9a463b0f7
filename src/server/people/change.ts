import type { RoleChange } from '#contract/people.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { appOf } from '#server/own.ts'
import { insertEvent } from '#server/store/app-events.ts'
import type { Queries } from '#server/store/database.ts'
import { changeMemberRole, findMembers, removeMember, type MemberRecord } from '#server/store/members.ts'
import type { SessionRecord } from '#server/store/sessions.ts'

type Change = (queries: Queries, members: readonly MemberRecord[]) => Promise<void>

/**
 * One change of an account's people: one at a time, by somebody who owns the account at this very moment, told to the
 * app. Throws ApiError not-allowed, not-found, and what `change` throws; then nothing has changed.
 */
export async function changePeople(hands: Hands, session: SessionRecord, change: Change): Promise<void> {
  const { app, account } = session
  const { people, webhook } = appOf(hands, app)
  if (people !== 'portal' || session.role !== 'owner') throw new ApiError('not-allowed')
  await hands.database.transaction(async (queries) => {
    await queries.query('select 1 from accounts where app = $1 and account = $2 for update', [app, account])
    const members = await findMembers(queries, session)
    const isOwner = members.some(({ id, role }) => id === session.member && role === 'owner')
    if (!isOwner) throw new ApiError('not-allowed')
    await change(queries, members)
    if (webhook) await insertEvent(queries, session, { type: 'members.changed', data: {} }, hands.now())
  })
  hands.airlock.forget(session)
}

/** Of somebody else: who would change their own could lock themselves out. Throws ApiError stale-link, not-allowed. */
export function changeRole(
  hands: Hands,
  session: SessionRecord,
  { id, role, was }: RoleChange & { readonly id: string },
): Promise<void> {
  return changePeople(hands, session, async (queries, members) => {
    const member = otherOf(members, session, id)
    if (member.role === role) return
    if (member.role !== was) throw new ApiError('stale-link', 'Their role has changed meanwhile')
    if (!(await changeMemberRole(queries, session, id, role))) throw lastOwner()
  })
}

/** They are out at once, in every browser. Throws ApiError not-found, not-allowed. */
export function remove(hands: Hands, session: SessionRecord, id: string): Promise<void> {
  return changePeople(hands, session, async (queries, members) => {
    otherOf(members, session, id)
    if (!(await removeMember(queries, session, id, hands.now()))) throw lastOwner()
  })
}

/**
 * They own it, and whoever hands over goes on paying. Only to somebody who has been here, or whom the app knows. Throws
 * ApiError not-found, not-allowed, invalid-request.
 */
export function handOver(hands: Hands, session: SessionRecord, id: string): Promise<void> {
  return changePeople(hands, session, async (queries, members) => {
    const heir = otherOf(members, session, id)
    if (heir.invited !== undefined) throw new ApiError('invalid-request', 'They have not signed in yet')
    await changeMemberRole(queries, session, heir.id, 'owner')
    if (!(await changeMemberRole(queries, session, session.member, 'billing_admin'))) throw lastOwner()
  })
}

function otherOf(members: readonly MemberRecord[], session: SessionRecord, id: string): MemberRecord {
  if (id === session.member) throw new ApiError('not-allowed', 'Nobody changes their own part in an account')
  const member = members.find((one) => one.id === id)
  if (!member) throw new ApiError('not-found')
  return member
}

function lastOwner(): ApiError {
  return new ApiError('not-allowed', 'An account has at least one owner')
}
