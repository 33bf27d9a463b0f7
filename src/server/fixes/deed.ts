import type { DeedAnswer, Outcome } from '#contract/deed.ts'
import { compact } from '#diagnosis/compact.ts'
import { withAccountLock } from '#server/account-lock.ts'
import type { Reading } from '#server/account.ts'
import type { Hands } from '#server/context.ts'
import { isSame } from '#server/canonical.ts'
import { ApiError } from '#server/errors.ts'
import { linkOf, requireWithinLink, stateOf } from '#server/guest.ts'
import { settleGuestDeed } from '#server/guest-deed.ts'
import { look } from '#server/look.ts'
import { ownCheck } from '#server/own.ts'
import { payingRoles } from '#server/paying-roles.ts'
import { beginAttempt, settleAttempt } from '#server/store/attempts.ts'
import { markMended } from '#server/store/checks.ts'
import type { GuestLinkRecord } from '#server/store/guest-links.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { beginAccount } from './begin-account.ts'

export type Doer = {
  readonly session: SessionRecord
  readonly check: string | undefined
  /** The person's intention, the same over double clicks, tabs and reloads (Idempotency-Key). */
  readonly key: string
}

/** Who pays for an account: a member who may, or the holder of a guest link. */
export type Payer = Reading & {
  readonly customer: string
  readonly guest?: GuestLinkRecord
  /** The key of the attempt that is being made. */
  readonly attempt?: string
}

/** What may be done for an account that Stripe does not know yet. */
const beginnings: readonly string[] = ['choose-plan', 'buy-credits', 'billing-details']

/**
 * The shape of every deed: one at a time for an account, written down before Stripe is asked, answered by a fresh look.
 * The same key with the same request answers what came of it; with another request it is refused (ApiError key-reused).
 */
export async function perform(
  hands: Hands,
  doer: Doer,
  { deed, request }: { deed: string; request: unknown },
  act: (payer: Payer) => Promise<Outcome>,
): Promise<DeedAnswer> {
  const { session, key } = doer
  // Before anything moves: the answer would be lost if the look afterwards found no such check.
  await ownCheck(hands, session, doer.check)
  const payer = { ...(await requirePayer(hands, session, beginnings.includes(deed))), attempt: key }
  if (payer.guest) requireWithinLink(payer.guest, request)
  const outcome = await withAccountLock(hands, session, async () => {
    const { attempt, isNew } = await beginAttempt(
      hands.database,
      {
        app: session.app,
        account: session.account,
        key,
        deed,
        request,
        ...(session.guestLink === undefined ? { member: session.member } : { guestLink: session.guestLink }),
        ...compact({ check: doer.check }),
      },
      hands.now(),
    )
    const isTheirs = attempt.guestLink === session.guestLink && attempt.deed === deed
    if (!isNew && !(isTheirs && isSame(attempt.request, request))) throw new ApiError('key-reused')
    if (attempt.phase === 'known' && attempt.outcome) return attempt.outcome
    const heard = (await endedBefore(hands, session, payer)) ?? (await act(payer))
    const outcome = await settleAttempt(hands.database, attempt, heard, hands.now())
    if (payer.guest) await settleGuestDeed(hands, payer.guest, { request, outcome })
    return outcome
  })
  hands.airlock.forget(session)
  if (outcome.kind === 'done' && doer.check !== undefined)
    await markMended(hands.database, session, doer.check, hands.now())
  return { outcome, visit: await look(hands, session, doer.check) }
}

/**
 * Only owners and billing admins move money, and guests what their link is for; only for an account that has a Stripe
 * customer, or (`begins`) is to get one. Throws ApiError not-allowed, not-found, no-session, StripeUnreachable.
 */
export async function requirePayer(hands: Hands, session: SessionRecord, begins = false): Promise<Payer> {
  const guest = session.role === 'guest' ? await linkOf(hands, session) : undefined
  if (!guest && !payingRoles.includes(session.role)) throw new ApiError('not-allowed')
  const known = await hands.airlock.read(session, { fresh: true })
  const isNew = begins && !guest && known?.record.customer === undefined
  if (isNew) await beginAccount(hands, session)
  const reading = isNew ? await hands.airlock.read(session, { fresh: true }) : known
  if (!reading || reading.record.customer === undefined)
    throw new ApiError('not-found', 'There is nobody to charge yet')
  return { ...reading, customer: reading.record.customer, ...(guest && { guest }) }
}

/** Looked at under the lock: the link may have been revoked, or paid, while this click was on its way. */
async function endedBefore(hands: Hands, session: SessionRecord, payer: Payer): Promise<Outcome | undefined> {
  if (!payer.guest) return undefined
  const state = stateOf(await linkOf(hands, session), payer, hands.now())
  if (state === 'revoked' || state === 'expired') throw new ApiError('stale-link')
  return state === 'changed' ? { kind: 'stale' } : undefined
}
