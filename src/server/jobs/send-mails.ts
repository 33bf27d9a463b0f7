import type { Hands } from '#server/context.ts'
import { letterStopAddress } from '#server/letter-stop.ts'
import { linkAddress } from '#server/link-address.ts'
import { writeOut, type Handed } from '#server/mail/letter.ts'
import { MailError, openPost, type Post } from '#server/mail/post.ts'
import { forgetSessions } from '#server/session.ts'
import { supportUrl } from '#server/support-url.ts'
import { findAsk } from '#server/store/asks.ts'
import { findGuestLink } from '#server/store/guest-links.ts'
import { findMembers } from '#server/store/members.ts'
import { findSignInById } from '#server/store/sign-ins.ts'
import { findLetterStops } from '#server/store/usage-alerts.ts'
import { signInCode } from '#server/token.ts'
import { claimMails, finishMail, postponeMail, type MailRecord } from '#server/store/mails.ts'
import { answerSignIns } from './answer-sign-ins.ts'
import { forgetCards } from './forget-cards.ts'
import { openLoop, type Loop } from './loop.ts'

const SWEEP_MS = 15_000
/** Longer than one try takes. */
const LEASE_SECONDS = 120
/** The links in letters are dead after a day; so is the point of a letter. */
const PATIENCE_SECONDS = 86_400
const BATCH = 20

/**
 * Sends what was written down. A letter whose outcome nobody knows, because a process died or a connection broke, is
 * sent again under the same Message-ID: rather twice than never. What is no longer needed is not sent.
 */
export function openPostman(hands: Hands): Loop {
  const { mail } = hands.config
  const post = mail && openPost(mail)
  return openLoop(hands.log, {
    sweepMs: SWEEP_MS,
    trouble: 'letters stopped, and will be looked at again',
    work: async (isClosed) => {
      await answerSignIns(hands)
      await forgetSessions(hands)
      await sendLetters(hands, post, isClosed)
      // Stripe may take its time; somebody who waits for a code does not wait for it.
      await forgetCards(hands)
    },
  })
}

async function sendLetters(hands: Hands, post: Post | undefined, isClosed: () => boolean): Promise<void> {
  while (post && !isClosed()) {
    const now = hands.now()
    const mails = await claimMails(hands.database, now, now + LEASE_SECONDS, BATCH)
    if (mails.length === 0) return
    for (const mail of mails) await deliver(hands, post, mail)
  }
}

async function deliver(hands: Hands, post: Post, mail: MailRecord): Promise<void> {
  const { database, log, now } = hands
  const handed = await handedBy(hands, mail)
  if (handed === undefined) {
    return finishMail(database, mail, { state: 'failed', error: 'not needed any more', now: now() })
  }
  try {
    const { recipient: to, letter, id } = mail
    const { stop } = { stop: undefined, ...handed }
    await post({ id, to, subject: letter.subject, ...writeOut(letter, handed), ...(stop !== undefined && { stop }) })
    await finishMail(database, mail, { state: 'sent', now: now() })
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    const over = error.refused || mail.created + PATIENCE_SECONDS <= now()
    log.warn({ mail: mail.id, error: error.message, tries: mail.tries, over }, 'a letter was not taken')
    if (over) await finishMail(database, mail, { state: 'failed', error: error.message, now: now() })
    else await postponeMail(database, mail, { error: error.message, now: now() })
  }
}

/** What the letter's button opens, or its code; undefined once there is nothing to open. */
async function handedBy({ config, database, now }: Hands, mail: MailRecord): Promise<Handed | undefined> {
  const app = config.apps.find(({ id }) => id === mail.app)
  if (!app) return undefined
  switch (mail.purpose) {
    case 'ask': {
      const ask = await findAsk(database, mail, mail.subject)
      if (!ask || ask.lifted !== undefined || ask.expires <= now()) return undefined
      return behind(linkAddress(config.origin, app, 'ask', ask))
    }
    case 'guest': {
      const link = await findGuestLink(database, mail, mail.subject)
      if (!link || link.used !== undefined || link.revoked !== undefined || link.expires <= now()) return undefined
      return behind(linkAddress(config.origin, app, 'guest', link))
    }
    case 'usage': {
      const stops = await findLetterStops(database, mail)
      if (stops.has(mail.subject)) return undefined
      const stop = letterStopAddress(config.origin, app, { account: mail.account, member: mail.subject })
      return { url: `${config.origin}/usage`, stop }
    }
    case 'invite': {
      const members = await findMembers(database, mail)
      const waits = members.some(({ id, invited }) => id === mail.subject && invited !== undefined)
      return waits ? { url: `${config.origin}/sign-in` } : undefined
    }
    case 'backup':
      return { url: `${config.origin}/invoices/${mail.subject}` }
    case 'details':
      return { url: `${config.origin}/billing-details` }
    case 'support':
      return { url: await supportUrl({ config, database, now }, app, mail) }
    case 'sign_in': {
      const waits = await findSignInById(database, mail.subject, now())
      return waits && { code: signInCode(config, mail.subject) }
    }
  }
}

function behind(url: string | undefined): Handed | undefined {
  return url === undefined ? undefined : { url }
}
