import type { DeskActs } from '#contract/desk-acts.ts'
import type { StaffRole } from '#contract/staff.ts'
import { compact } from '#diagnosis/compact.ts'
import { pastDue } from '#diagnosis/past-due.ts'
import { judge, type Reading } from '#server/account.ts'
import { ApiError } from '#server/errors.ts'
import { giftStateOf } from '#server/gifts.ts'
import { ABSOLUTE_SECONDS, IDLE_SECONDS } from '#server/session.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import { findNotes } from '#server/store/desk-notes.ts'
import { findGifts, sumGifts } from '#server/store/goodwill.ts'
import { findOpenGuestLinks } from '#server/store/guest-links.ts'
import { findSessionsOfAccount } from '#server/store/sessions.ts'
import type { DeskHands } from './context.ts'
import { GOODWILL_SECONDS } from './goodwill.ts'
import { may } from './rights.ts'

const DAY = 86_400

/** What stands of what staff of this role can do to an account. Throws ApiError not-found. */
export async function deskActs(hands: DeskHands, key: AccountKey, role: StaffRole): Promise<DeskActs> {
  const { airlock, config, database } = hands
  const now = hands.now()
  const reading = await airlock.read(key, { fresh: false, metered: false })
  if (!reading) throw new ApiError('not-found')
  const { facts, record } = reading
  const { blockers, warnings } = judge(config, reading, {}, now)
  const [goodwill, signedIn, notes] = await Promise.all([
    goodwillOf(hands, key, now),
    may(role, 'revoke-sessions') ? signedInTo(hands, reading, now) : undefined,
    findNotes(database, key),
  ])
  return {
    now,
    grace: graceOf(hands, reading, now),
    goodwill,
    hold: compact({ staff: record.staffHold, app: record.hold }),
    ...compact({ signedIn }),
    about: {
      reasons: [...new Set([...blockers, ...warnings].map(({ reason }) => reason))],
      invoices: facts.openInvoices.map(({ id, number }) => ({ id, ...compact({ number }) })),
    },
    notes,
  }
}

function graceOf({ config, desk }: DeskHands, { facts, record }: Reading, now: number): DeskActs['grace'] {
  const due = pastDue(facts, config.policy, now)
  const { grace } = record
  const holds = grace && grace.until > now && facts.openInvoices.some(({ id }) => grace.invoices.includes(id))
  const latest = now + desk.graceDays * DAY
  return {
    possible: due !== undefined && due.ends < latest,
    latest,
    ...compact({ ends: due?.ends, until: holds ? grace.until : undefined }),
  }
}

async function goodwillOf(
  { config, database, desk }: DeskHands,
  key: AccountKey,
  now: number,
): Promise<DeskActs['goodwill']> {
  const since = now - GOODWILL_SECONDS
  const [credits, money, gifts] = await Promise.all([
    sumGifts(database, key, 'credits', since),
    sumGifts(database, key, 'money', since),
    findGifts(database, key, since),
  ])
  const most = desk.goodwill ?? {}
  const left = (cap: number, given: number) => Math.max(0, cap - given)
  return {
    ...(config.credits &&
      most.credits !== undefined && { credits: { most: most.credits, left: left(most.credits, credits) } }),
    ...(most.money && {
      money: { most: most.money, left: { ...most.money, amount: left(most.money.amount, money) } },
    }),
    given: gifts.map(({ id, created, gift, state }) => ({
      id,
      at: created,
      state: giftStateOf(state),
      ...('credits' in gift ? { credits: gift.credits } : { money: { amount: gift.amount, currency: gift.currency } }),
    })),
  }
}

async function signedInTo(
  { database }: DeskHands,
  { record }: Reading,
  now: number,
): Promise<NonNullable<DeskActs['signedIn']>> {
  const [sessions, links] = await Promise.all([
    findSessionsOfAccount(database, record, { seen: now - IDLE_SECONDS, created: now - ABSOLUTE_SECONDS }),
    findOpenGuestLinks(database, record, now),
  ])
  const own = sessions.filter(({ role }) => role !== 'guest')
  const members = [...new Set(own.map(({ member }) => member))]
  return {
    people: members.map((member) => ({
      member,
      sessions: own.filter((one) => one.member === member).length,
      ...compact({ name: record.members.find(({ id }) => id === member)?.name }),
    })),
    guests: sessions.length - own.length,
    links: links.length,
  }
}
