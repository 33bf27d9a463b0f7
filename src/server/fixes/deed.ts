import type { DeedAnswer, Outcome } from '#contract/deed.ts'
import { withAccountLock } from '#server/account-lock.ts'
import type { Reading } from '#server/account.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { payingRoles } from '#server/session.ts'
import { beginAttempt, settleAttempt } from '#server/store/attempts.ts'
import { markMended } from '#server/store/checks.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { ownCheck, visit } from '#server/visit.ts'

export type Doer = {
  readonly session: SessionRecord
  readonly check: string | undefined
  /** The person's intention, the same over double clicks, tabs and reloads (Idempotency-Key). */
  readonly key: string
}

export type Payer = Reading & { readonly customer: string }

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
  const payer = await requirePayer(hands, session)
  const outcome = await withAccountLock(hands, session, async () => {
    const { attempt, isNew } = await beginAttempt(
      hands.database,
      { app: session.app, account: session.account, key, deed, request },
      hands.now(),
    )
    if (!isNew && (attempt.deed !== deed || !isSame(attempt.request, request))) throw new ApiError('key-reused')
    if (attempt.phase === 'known' && attempt.outcome) return attempt.outcome
    const outcome = await act(payer)
    await settleAttempt(hands.database, attempt, outcome, hands.now())
    return outcome
  })
  hands.airlock.forget(session)
  if (outcome.kind === 'done' && doer.check !== undefined)
    await markMended(hands.database, session, doer.check, hands.now())
  return { outcome, visit: await visit(hands, session, doer.check) }
}

/** Only owners and billing admins move money, and only for an account that has a Stripe customer. */
export async function requirePayer(hands: Hands, session: SessionRecord): Promise<Payer> {
  if (!payingRoles.includes(session.role)) throw new ApiError('not-allowed')
  const reading = await hands.airlock.read(session, { fresh: true })
  if (!reading || reading.record.customer === undefined)
    throw new ApiError('not-found', 'There is nobody to charge yet')
  return { ...reading, customer: reading.record.customer }
}

/** Postgres' jsonb keeps the values of an object, not the order of its keys. */
function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
