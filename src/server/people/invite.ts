import type { Invite } from '#contract/people.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { inviteLetter } from '#server/mail/invite-letter.ts'
import { appOf } from '#server/own.ts'
import { findAccount } from '#server/store/accounts.ts'
import { insertMail } from '#server/store/mails.ts'
import { changeMemberRole, insertInvited, isSameAddress } from '#server/store/members.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { throttle } from '#server/throttle.ts'
import { randomId } from '#server/token.ts'
import { changePeople } from './change.ts'

/** As many as an app may name. */
const MOST = 1_000

/**
 * Writes to somebody who is to belong to the account, and again to who has not come yet. The letter opens nothing: they
 * sign in by a code that is sent to the same address. Throws ApiError not-allowed, invalid-request (at the field), too-many.
 */
export async function invite(hands: Hands, session: SessionRecord, { email, name, role }: Invite): Promise<void> {
  const { config } = hands
  const app = appOf(hands, session.app)
  const record = await findAccount(hands.database, session)
  if (!record) throw new ApiError('not-found')
  if (!config.mail) throw new ApiError('invalid-request', 'No letter can go out')
  await throttle(hands, 'invite', `${session.app} ${session.account}`)
  await throttle(hands, 'invited-email', email.toLowerCase())
  await changePeople(hands, session, async (queries, members) => {
    const known = members.find((member) => isSameAddress(member.email, email))
    if (known && known.invited === undefined) throw refusedAt('email', 'They belong to this account already')
    if (!known && members.length >= MOST) throw refusedAt('email', `An account has at most ${MOST} people`)
    const now = hands.now()
    const id = known?.id ?? randomId('mbr_')
    if (known) await changeMemberRole(queries, session, id, role)
    else {
      const person = { id, role, email, invited: now, invitedBy: session.member, ...compact({ name }) }
      await insertInvited(queries, session, person)
    }
    await insertMail(queries, {
      app: session.app,
      account: session.account,
      id: randomId('mail_'),
      recipient: known?.email ?? email,
      letter: inviteLetter({
        merchant: config.merchant.name,
        app: app.name,
        account: record.label,
        inviter: record.members.find((member) => member.id === session.member)?.name,
        email: known?.email ?? email,
        role,
      }),
      purpose: 'invite',
      subject: id,
      created: now,
    })
  })
}

function refusedAt(path: string, message: string): ApiError {
  return new ApiError('invalid-request', message, { errors: [{ path, message }] })
}
