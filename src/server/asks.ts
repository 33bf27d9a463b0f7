import type { Member } from '#contract/account.ts'
import type { Ask, PayerPerson } from '#contract/ask.ts'
import { compact } from '#diagnosis/compact.ts'
import { judge } from './account.ts'
import { requestOf } from './check.ts'
import type { Config } from './config.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { askLetter } from './mail/ask-letter.ts'
import { appOf, ownCheck } from './own.ts'
import { payingRoles } from './paying-roles.ts'
import type { AccountRecord } from './store/accounts.ts'
import { findAsksOf, insertAsk, liftAsks, type AskRecord } from './store/asks.ts'
import { insertMail } from './store/mails.ts'
import type { SessionRecord } from './store/sessions.ts'
import { linkSecret, randomId, sha256 } from './token.ts'

const HOUR = 3_600
const DAY = 86_400
const ASKS_AN_HOUR = 5
/** The same person is not written to more often, however often the button is pressed. */
const PAIR_SECONDS = 600

/** The others who may pay, as somebody who asks them sees them: no addresses. */
export function payersFor(config: Config, { members }: AccountRecord, member: string): readonly PayerPerson[] {
  return members
    .filter(({ id, role }) => payingRoles.includes(role) && id !== member)
    .map((payer) => ({ ...personOf(payer), reachable: config.mail !== undefined && payer.email !== undefined }))
}

/**
 * Sends a colleague who may pay the exact fix, to the address that the app knows them by and to no other. Asked twice
 * within ten minutes, the first letter counts. Throws ApiError not-found, invalid-request, stale-link, too-many.
 */
export async function askColleague(
  hands: Hands,
  session: SessionRecord,
  { check: checkId, to }: { check: string | undefined; to: string },
): Promise<Ask> {
  const { config, database } = hands
  const app = appOf(hands, session.app)
  const check = await ownCheck(hands, session, checkId)
  const reading = await hands.airlock.read(session, { fresh: false })
  if (!reading) throw new ApiError('not-found')
  const { record } = reading
  const asked = record.members.find(({ id, role }) => id === to && id !== session.member && payingRoles.includes(role))
  if (!asked) throw new ApiError('not-found', 'There is nobody by this id who could mend it')
  const recipient = asked.email
  if (recipient === undefined || !config.mail) throw new ApiError('invalid-request', 'No letter can reach them')
  const now = hands.now()
  const { blockers, warnings } = judge(config, reading, requestOf(check), now)
  const trouble = blockers[0] ?? warnings[0]
  if (!trouble) throw new ApiError('stale-link', 'Nothing is wrong any more')

  const id = randomId('ask_')
  const mail = randomId('mail_')
  const expires = now + DAY
  const { app: appId, account, member: asker } = session
  const ask: AskRecord = {
    app: appId,
    account,
    id,
    asker,
    asked: asked.id,
    mail,
    created: now,
    expires,
    tokenHash: sha256(linkSecret(app, 'ask', id) ?? ''),
    ...compact({ check: check?.id }),
  }
  const letter = askLetter({
    merchant: config.merchant.name,
    app: app.name,
    account: record.label,
    reason: trouble.reason,
    expires,
    fix: trouble.fix,
    stopped: blockers.length > 0,
    asker: record.members.find((member) => member.id === asker)?.name,
    asked: asked.name,
  })
  return database.transaction(async (queries) => {
    // One at a time for an account, so that two clicks at once are counted one after the other.
    await queries.query('select 1 from accounts where app = $1 and account = $2 for update', [appId, account])
    const lately = await findAsksOf(queries, session, asker, now - HOUR)
    const before = lately.find(({ ask: earlier }) => earlier.asked === asked.id && earlier.created > now - PAIR_SECONDS)
    if (before && before.mail !== 'failed' && before.ask.lifted === undefined) return askOf(asked, before)
    const oldest = lately.at(-1)
    if (oldest && lately.length >= ASKS_AN_HOUR) {
      throw new ApiError('too-many', 'You have asked often', { retryAfter: oldest.ask.created + HOUR - now })
    }
    await insertMail(queries, {
      app: appId,
      account,
      id: mail,
      recipient,
      letter,
      purpose: 'ask',
      subject: id,
      created: now,
    })
    await insertAsk(queries, ask)
    return askOf(asked, { ask, mail: 'queued' })
  })
}

/** What this person asked for and how it stands; nothing once that is over and something else is wrong. */
export async function standingAsk(
  { database, now }: Hands,
  session: SessionRecord,
  { members }: AccountRecord,
  { clear, check }: { clear: boolean; check: string | undefined },
): Promise<Ask | undefined> {
  if (clear && !session.watched) await liftAsks(database, session, { check, asker: session.member, now: now() })
  const [newest] = await findAsksOf(database, session, session.member, now() - DAY)
  const asked = newest && members.find(({ id }) => id === newest.ask.asked)
  if (!asked || (newest.ask.lifted !== undefined && !clear)) return undefined
  return askOf(asked, newest)
}

type Found = { readonly ask: AskRecord; readonly mail: 'queued' | 'sent' | 'failed' }

function askOf(asked: Member, { ask, mail }: Found): Ask {
  return { to: personOf(asked), asked: ask.created, state: stateOf(ask, mail) }
}

function stateOf({ lifted, opened }: AskRecord, mail: Found['mail']): Ask['state'] {
  if (lifted !== undefined) return 'lifted'
  if (opened !== undefined) return 'opened'
  return mail === 'queued' ? 'sending' : mail
}

function personOf({ id, name, role }: Member) {
  return { id, role, ...compact({ name }) }
}
