import type { StepUpAnswer, StepUpBegun } from '#contract/step-up.ts'
import type { Context } from 'hono'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { stepUpLetter } from './mail/step-up-letter.ts'
import { appOf } from './own.ts'
import { renewSession } from './session.ts'
import { findAccount } from './store/accounts.ts'
import { insertMail } from './store/mails.ts'
import type { SessionRecord } from './store/sessions.ts'
import { deleteSignIn, findSignIn, insertSignIn } from './store/sign-ins.ts'
import { throttle } from './throttle.ts'
import { randomId, sha256 } from './token.ts'
import { CODE_SECONDS, tryCode } from './typed-code.ts'

/** OWASP ASVS 7.5.1: before an address or a card is changed, somebody has proved within ten minutes who they are. */
const PROOF_SECONDS = 600

/**
 * Lets through who has proved just now who they are: by a link fresh from the app, by the code of a sign-in, or by the
 * code of `POST /api/step-up`. Before anything is done or written down. Throws ApiError step-up-needed.
 */
export function requireStepUp({ now }: Pick<Hands, 'now'>, { proved }: SessionRecord): void {
  if (proved === undefined || proved + PROOF_SECONDS <= now()) throw new ApiError('step-up-needed')
}

/** A code to the address that the app gave for this member; it replaces the one before it. Throws ApiError too-many. */
export async function beginStepUp(hands: Hands, session: SessionRecord): Promise<StepUpBegun> {
  const { config, database, now } = hands
  const { app: appId, account, member: memberId } = session
  const app = appOf(hands, appId)
  const email = (await findAccount(database, session))?.members.find(({ id }) => id === memberId)?.email
  if (!config.mail || email === undefined) {
    return { kind: 'no_letter', app: { id: app.id, name: app.name, url: app.url } }
  }
  await throttle(hands, 'step-up', `${appId} ${account} ${memberId}`)
  const created = now()
  const expires = created + CODE_SECONDS
  const hash = hashOf(session)
  const id = randomId('sign_')
  await database.transaction(async (queries) => {
    await deleteSignIn(queries, hash)
    await insertSignIn(queries, { hash, id, email, app: appId, account, created, expires, answered: created })
    await insertMail(queries, {
      app: appId,
      account,
      id: randomId('mail_'),
      recipient: email,
      letter: stepUpLetter({ merchant: config.merchant.name, expires }),
      purpose: 'sign_in',
      subject: id,
      created,
    })
  })
  return { kind: 'sent', to: outlineOf(email), expires }
}

/** The code, typed in. The session goes on under a new secret; the old one is dead at once. Throws ApiError too-many. */
export async function confirmStepUp(
  hands: Hands,
  c: Context,
  session: SessionRecord,
  typed: string,
): Promise<StepUpAnswer> {
  const { database, now } = hands
  const hash = hashOf(session)
  const waiting = await findSignIn(database, hash, now())
  if (!waiting) return { kind: 'expired' }
  const tried = await tryCode(hands, c, waiting, { typed, opens: true })
  if (tried.kind !== 'right') return tried
  if (!(await deleteSignIn(database, hash))) return { kind: 'expired' }
  await renewSession(hands, c, session, waiting.email)
  return { kind: 'proved' }
}

/** The code belongs to the session: in another browser, or after the session is over, it opens nothing. */
function hashOf({ hash }: SessionRecord): string {
  return sha256(`step-up ${hash}`)
}

/** `k•••@acme.example`: enough for whoever it belongs to. */
function outlineOf(email: string): string {
  return email.replace(/^(.).*(?=@)/u, '$1•••')
}
