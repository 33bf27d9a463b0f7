import type { People } from '#contract/people.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { appOf } from '#server/own.ts'
import { payingRoles } from '#server/paying-roles.ts'
import { placeFor } from '#server/place.ts'
import { findAccount } from '#server/store/accounts.ts'
import { findMembers } from '#server/store/members.ts'
import type { SessionRecord } from '#server/store/sessions.ts'

/** Everybody of the account; addresses only for those who may pay. Throws ApiError not-found. */
export async function showPeople(hands: Hands, session: SessionRecord): Promise<People> {
  const { config, database } = hands
  const record = await findAccount(database, session)
  if (!record) throw new ApiError('not-found')
  const { people: managed = 'app', peopleUrl } = appOf(hands, session.app)
  const seesAddresses = payingRoles.includes(session.role)
  const members = await findMembers(database, session)
  return {
    ...placeFor(hands, session, record),
    people: members.map(({ id, role, name, email, invited }) => ({
      id,
      role,
      ...compact({ name, invited, email: seesAddresses ? email : undefined }),
    })),
    managed,
    mayManage: managed === 'portal' && session.role === 'owner',
    mail: config.mail !== undefined,
    ...compact({ peopleUrl }),
  }
}
