import type { SendLinkRequest, SentLink } from '#contract/desk-link.ts'
import { compact } from '#diagnosis/compact.ts'
import { judge } from '#server/account.ts'
import { requestOf } from '#server/check.ts'
import { ApiError } from '#server/errors.ts'
import { supportLetter } from '#server/mail/support-letter.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import { findNewestAsks } from '#server/store/asked.ts'
import type { Queries } from '#server/store/database.ts'
import { insertMail } from '#server/store/mails.ts'
import { findRefusal } from '#server/store/refusals.ts'
import { randomId } from '#server/token.ts'
import { acted, refused, requireRight } from './audit.ts'
import type { DeskContext, DeskHands } from './context.ts'
import { linkFor } from './link.ts'
import { knownApp } from './known-app.ts'

/** Seconds within which the same letter to the same person is a slip of the hand. */
const AGAIN_SECONDS = 60

/**
 * Gives one member the exact fix: by letter to the address that the app knows them by, or for the agent to hand on. Never
 * anything that signs somebody in. Throws ApiError not-found, not-allowed, too-many, invalid-request where no letter can
 * reach them, stale-link where nothing is wrong, in-progress where the same letter has just been written.
 */
export async function sendLink(
  hands: DeskHands,
  c: DeskContext,
  key: AccountKey,
  request: SendLinkRequest,
): Promise<SentLink> {
  const { member, check, by, reason } = request
  requireRight(c, 'send-link')
  const detail = { by, ...compact({ check }) }
  const told = { ...key, deed: 'send-link' as const, subject: member, reason, detail }
  const prepared = await prepare(hands, key, request).catch((error: unknown) => refused(hands, c, told, error))
  await acted(hands, c, told, async (queries) => {
    if (prepared.mail) await insertMailOnce(queries, prepared.mail)
  })
  return { url: prepared.url, by }
}

type Prepared = { readonly url: string; readonly mail?: Parameters<typeof insertMail>[1] }

async function prepare(
  hands: DeskHands,
  key: AccountKey,
  { member: id, check: checkId, by }: SendLinkRequest,
): Promise<Prepared> {
  const { config, database } = hands
  const app = knownApp(hands, key.app)
  const reading = await hands.airlock.read(key, { fresh: false })
  const refusal = checkId === undefined ? undefined : await findRefusal(database, key, checkId)
  const member = reading?.record.members.find((one) => one.id === id)
  if (!reading || !member || (checkId !== undefined && !refusal)) throw new ApiError('not-found')
  const now = hands.now()
  const diagnosis = judge(config, reading, requestOf(refusal?.check), now)
  const trouble = diagnosis.blockers[0] ?? diagnosis.warnings[0]
  if (!trouble && diagnosis.verdict === 'clear') throw new ApiError('stale-link', 'Nothing is wrong any more')
  const { url } = await linkFor(hands, app, refusal?.check, diagnosis)
  if (by === 'hand') return { url }
  if (member.email === undefined || !config.mail) throw new ApiError('invalid-request', 'No letter can reach them')
  const letter = supportLetter({
    merchant: config.merchant.name,
    app: app.name,
    account: reading.record.label,
    reason: trouble?.reason,
    fix: trouble?.fix ?? 'diagnosis',
    to: member.name,
  })
  await requireNotJustSent(database, { ...key, recipient: member.email, created: now })
  const subject = refusal?.check.id ?? trouble?.reason ?? 'unknown'
  const mail = { ...key, id: randomId('mail_'), recipient: member.email, letter, subject, created: now }
  return { url, mail: { ...mail, purpose: 'support' } }
}

async function insertMailOnce(queries: Queries, mail: NonNullable<Prepared['mail']>): Promise<void> {
  // One at a time for an account, so that two presses at once are counted one after the other.
  await queries.query('select 1 from accounts where app = $1 and account = $2 for update', [mail.app, mail.account])
  await requireNotJustSent(queries, mail)
  await insertMail(queries, mail)
}

type Letter = AccountKey & { readonly recipient: string; readonly created: number }

async function requireNotJustSent(queries: Queries, { app, account, recipient, created }: Letter): Promise<void> {
  const lately = await findNewestAsks(queries, { app, account }, created - AGAIN_SECONDS)
  const again = lately.some(({ by, to, state }) => by === 'support' && to === recipient && state !== 'failed')
  if (again) throw new ApiError('in-progress', 'This letter has just been written to them')
}
