import type { View, ViewRequest } from '#contract/desk-view.ts'
import type { Member } from '#contract/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { ApiError } from '#server/errors.ts'
import { ownCheck } from '#server/own.ts'
import { payingRoles } from '#server/paying-roles.ts'
import { findAccount, type AccountKey, type AccountRecord } from '#server/store/accounts.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { findStaffView, insertStaffView, type StaffView } from '#server/store/staff-views.ts'
import { acted, missed, refused } from './audit.ts'
import { masked } from './mask.ts'
import type { DeskContext, DeskHands } from './context.ts'

/** Longer than any question takes, short enough to be a look. */
const VIEW_SECONDS = 1_800

/** One view, of one account, for this staff session. Throws ApiError not-found, not-allowed, too-many. */
export async function beginView(hands: DeskHands, c: DeskContext, key: AccountKey, wish: ViewRequest) {
  const record = await findAccount(hands.database, key)
  const member = record && memberOf(record, wish.member)
  if (!record || !member) {
    const subject = compact({ subject: wish.member })
    return missed(hands, c, { ...key, deed: 'view-as', ...subject, reason: wish.reason })
  }
  const told = { ...key, deed: 'view-as', subject: member.id, reason: wish.reason } as const
  await ownCheck(hands, key, wish.check).catch((error: unknown) => refused(hands, c, told, error))
  const created = hands.now()
  const until = created + VIEW_SECONDS
  const { id: session } = c.var.staff
  const id = await acted(hands, c, told, async (queries, audit) => {
    await insertStaffView(queries, { ...key, id: audit, session, member: member.id, created, until })
    return audit
  })
  return { path: `/as/${id}/${wish.check === undefined ? '' : `fix/diagnosis?check=${wish.check}`}`, until }
}

/** Throws ApiError not-found for another person's view, stale-link for one that is over. */
export async function findView(hands: DeskHands, c: DeskContext, id: string): Promise<StaffView> {
  const view = await findStaffView(hands.database, id)
  if (!view || view.session !== c.var.staff.id) throw new ApiError('not-found')
  if (view.until <= hands.now()) throw new ApiError('stale-link', 'This view is over')
  return view
}

/** Whose eyes, and until when. Throws ApiError not-found. */
export async function describeView(hands: DeskHands, c: DeskContext, view: StaffView): Promise<View> {
  const { record, member } = await throughWhom(hands, view)
  const { id, role, name } = member
  return {
    id: view.id,
    now: hands.now(),
    until: view.until,
    staff: c.var.staff.name,
    account: { app: record.app, id: record.account, label: record.label },
    member: { id, role, ...compact({ name: name && masked(c.var.staff.role, 'name', name, '').text }) },
  }
}

/** What the customer's reads ask of a session, without there being one: no cookie opens it and nothing is written for it. */
export async function sessionOf(
  hands: DeskHands,
  view: StaffView,
): Promise<{ readonly record: AccountRecord; readonly session: SessionRecord }> {
  const { record, member } = await throughWhom(hands, view)
  const { app, account, created } = view
  const who = { app, account, member: member.id, role: member.role } as const
  return { record, session: { ...who, hash: '', id: '', how: 'app', created, seen: created, watched: true } }
}

/** Somebody may have left the account since. */
async function throughWhom(hands: DeskHands, view: StaffView): Promise<{ record: AccountRecord; member: Member }> {
  const record = await findAccount(hands.database, view)
  const member = record?.members.find(({ id }) => id === view.member)
  if (!record || !member) throw new ApiError('not-found')
  return { record, member }
}

/** Who was named; otherwise whoever may pay, or sees most. */
function memberOf({ members }: AccountRecord, named: string | undefined): Member | undefined {
  if (named !== undefined) return members.find(({ id }) => id === named)
  return (
    members.find(({ role }) => role === 'owner') ?? members.find(({ role }) => payingRoles.includes(role)) ?? members[0]
  )
}
