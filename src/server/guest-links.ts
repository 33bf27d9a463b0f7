import type { GuestEntry, GuestLinkRequest, GuestLinks } from '#contract/guest-link.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Debt } from '#diagnosis/diagnosis.ts'
import { debtOf } from '#diagnosis/rules.ts'
import type { Context } from 'hono'
import type { Reading } from './account.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { requirePayer } from './fixes/deed.ts'
import { endOf } from './guest.ts'
import { linkAddress } from './link-address.ts'
import { guestLetter } from './mail/guest-letter.ts'
import { appOf, ownCheck } from './own.ts'
import { currentSession, startSession } from './session.ts'
import { findAccount } from './store/accounts.ts'
import {
  countGuestLinks,
  findGuestLink,
  findGuestLinkByToken,
  findOpenGuestLinks,
  insertGuestLink,
  markGuestLink,
  type GuestLinkRecord,
} from './store/guest-links.ts'
import { insertMail } from './store/mails.ts'
import type { SessionRecord } from './store/sessions.ts'
import { linkSecret, randomId, sha256 } from './token.ts'

const HOUR = 3_600
const LINK_SECONDS = 7 * 86_400
const LINKS_AN_HOUR = 10

/**
 * A link for one payment, exactly as it stands on the payer's screen. Its address is told to the maker, and sent where
 * the maker says. Throws ApiError not-allowed, not-found, invalid-request, too-many.
 */
export async function makeGuestLink(hands: Hands, session: SessionRecord, wish: GuestLinkRequest) {
  const { config, database } = hands
  const app = appOf(hands, session.app)
  await ownCheck(hands, session, wish.check)
  const payer = await requirePayer(hands, session)
  const debt = debtAsShown(payer, wish)
  if (wish.email !== undefined && !config.mail) throw new ApiError('invalid-request', 'No letter can be sent from here')
  const now = hands.now()
  const id = randomId('gl_')
  const { app: appId, account, member: maker } = session
  const link: GuestLinkRecord = {
    app: appId,
    account,
    id,
    maker,
    fix: wish.fix,
    debt,
    created: now,
    expires: now + LINK_SECONDS,
    tokenHash: sha256(linkSecret(app, 'guest', id) ?? ''),
    keepsCard: wish.keeps_card,
    ...compact({ email: wish.email, note: wish.note }),
  }
  await database.transaction(async (queries) => {
    // One at a time for an account, so that clicks at once are counted one after the other.
    await queries.query('select 1 from accounts where app = $1 and account = $2 for update', [appId, account])
    if ((await countGuestLinks(queries, session, now - HOUR)) >= LINKS_AN_HOUR) {
      throw new ApiError('too-many', 'Too many links were made', { retryAfter: HOUR })
    }
    await insertGuestLink(queries, link)
    if (link.email === undefined) return
    const { merchant } = config
    const letter = guestLetter({
      merchant: merchant.name,
      account: payer.record.label,
      debt,
      note: link.note,
      expires: link.expires,
      maker: payer.record.members.find((member) => member.id === maker)?.name,
    })
    const mail = { id: randomId('mail_'), recipient: link.email, letter, purpose: 'guest', subject: id } as const
    await insertMail(queries, { app: appId, account, created: now, ...mail })
  })
  return { id, url: linkAddress(config.origin, app, 'guest', link) ?? '', expires_at: isoOf(link.expires) }
}

/** The invoices that the payer was shown, if they are open and cost what stood there. */
function debtAsShown({ facts }: Reading, { plan }: GuestLinkRequest): Debt {
  const named = new Set(plan.invoices)
  const debt = debtOf(facts.openInvoices.filter(({ id }) => named.has(id)))
  const isAsShown =
    facts.source === 'live' &&
    debt?.invoices.length === named.size &&
    debt.total.amount === plan.total?.amount &&
    debt.total.currency === plan.total.currency &&
    debt.invoices.every(({ remaining }) => remaining.currency === debt.total.currency)
  if (!debt || !isAsShown) throw new ApiError('invalid-request', 'plan: this is not what is open now')
  return debt
}

/** Those that still open. Throws ApiError not-allowed, not-found. */
export async function openGuestLinks(hands: Hands, session: SessionRecord): Promise<GuestLinks> {
  const { record } = await requirePayer(hands, session)
  const links = await findOpenGuestLinks(hands.database, session, hands.now())
  return {
    links: links
      .filter((link) => endOf(link, record, hands.now()) === undefined)
      .map(({ id, debt, email, maker, opened, expires }) => ({
        id,
        total: debt.total,
        opened: opened !== undefined,
        expires_at: isoOf(expires),
        ...compact({ email, by: record.members.find((member) => member.id === maker)?.name }),
      })),
  }
}

/** Any payer of the account may, whoever made it. Throws ApiError not-allowed, not-found. */
export async function revokeGuestLink(hands: Hands, session: SessionRecord, id: string): Promise<void> {
  await requirePayer(hands, session)
  const link = await findGuestLink(hands.database, session, id)
  if (!link) throw new ApiError('not-found')
  await markGuestLink(hands.database, link, 'revoked', hands.now())
}

/** The way in for a guest, after their own click. It opens as often as it is tried, until it was paid once. */
export async function enterAsGuest(
  hands: Hands,
  c: Context,
  { token, accept }: { token: string; accept: boolean },
): Promise<GuestEntry> {
  const { config, database, now } = hands
  const { merchant } = config
  const link = await findGuestLinkByToken(database, sha256(token))
  const record = link && (await findAccount(database, link))
  if (!link || !record || !config.apps.some(({ id }) => id === link.app)) return { kind: 'invalid', merchant }
  const from = compact({ merchant, by: record.members.find(({ id }) => id === link.maker)?.name })
  const session = await currentSession(hands, c)
  if (session?.guestLink === link.id) return { kind: 'entered' }
  const end = endOf(link, record, now())
  if (end) return { kind: end === 'paid' ? 'used' : end, ...from }
  if (!accept) {
    return { kind: 'continue', account: record.label, replaces: session !== undefined, ...from }
  }
  await markGuestLink(database, link, 'opened', now())
  const { app, account, id } = link
  await startSession(hands, c, { app, account, member: id, role: 'guest', how: 'link', guestLink: id })
  return { kind: 'entered' }
}

function isoOf(instant: number): string {
  return new Date(instant * 1_000).toISOString()
}
