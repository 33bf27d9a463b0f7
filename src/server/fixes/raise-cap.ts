import type { DeedAnswer } from '#contract/deed.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Money } from '#diagnosis/money.ts'
import type { Cap } from '#diagnosis/usage.ts'
import { withAccountLock } from '#server/account-lock.ts'
import { judge, type Reading } from '#server/account.ts'
import { requestOf } from '#server/check.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { look } from '#server/look.ts'
import { ownCheck } from '#server/own.ts'
import { payingRoles } from '#server/paying-roles.ts'
import { beginAttempt, settleAttempt } from '#server/store/attempts.ts'
import { saveCap } from '#server/store/caps.ts'
import { markMended, type CheckRecord } from '#server/store/checks.ts'
import { isKnownKey } from '#server/store/usage.ts'
import { sha256 } from '#server/token.ts'
import type { Doer } from './deed.ts'

export type CapWish = { readonly apiKey?: string; readonly limit: Money }

/**
 * Sets what may be spent in a period. No money moves, so no Stripe customer is needed; everything else is as with every
 * deed: one at a time, written down, answered by a fresh look. Throws ApiError not-allowed, not-found, and invalid-request
 * with what is wrong with `limit`.
 */
export async function raiseCap(hands: Hands, doer: Doer, wish: CapWish): Promise<DeedAnswer> {
  const { database, now } = hands
  const { session, check: id } = doer
  if (!payingRoles.includes(session.role)) throw new ApiError('not-allowed')
  const check = await ownCheck(hands, session, id)
  const { app, account } = session
  // A corrected limit is another intention than the refused one.
  const key = sha256(`${doer.key} ${JSON.stringify([wish.apiKey ?? null, wish.limit.amount, wish.limit.currency])}`)
  const outcome = await withAccountLock(hands, session, async () => {
    const attempt = {
      app,
      account,
      key,
      deed: 'raise-cap',
      request: wish,
      member: session.member,
      ...compact({ check: id }),
    }
    const { attempt: known } = await beginAttempt(database, attempt, now())
    if (known.phase === 'known' && known.outcome) return known.outcome
    const reading = await hands.airlock.read(session, { fresh: true })
    if (!reading) throw new ApiError('not-found')
    await requireSensible(hands, reading, check, wish)
    await saveCap(database, session, wish, now())
    await settleAttempt(database, attempt, { kind: 'done' }, now())
    return { kind: 'done' } as const
  })
  if (id !== undefined) await markMended(database, session, id, now())
  return { outcome, visit: await look(hands, session, id) }
}

async function requireSensible(
  { config, database, now }: Hands,
  reading: Reading,
  check: CheckRecord | undefined,
  { apiKey, limit }: CapWish,
): Promise<void> {
  const { spendCap } = config
  const caps = reading.facts.caps
  if (!spendCap || !caps) throw new ApiError('not-found', 'Nothing is capped here')
  const cap = caps.find((one) => one.apiKey === apiKey)
  const isKnown = cap !== undefined || (apiKey !== undefined && (await knows(apiKey)))
  if (!isKnown) throw new ApiError('not-found', 'There is no such key')
  const { currency } = spendCap.initial
  if (limit.currency !== currency) throw wrong(`The limit is kept in ${currency}`)
  if (spendCap.most !== undefined && limit.amount > spendCap.most) throw wrong(`At most ${spendCap.most}`)
  if (limit.amount <= (cap?.spent.amount ?? -1)) throw wrong(`More than ${cap?.spent.amount ?? 0} is spent already`)
  if (cap && !lets(cap)) throw wrong('Too little for what was refused')

  async function knows(key: string): Promise<boolean> {
    return check?.apiKey === key || (await isKnownKey(database, reading.record, key))
  }

  /** Whether this very cap would no longer refuse what the person came for. */
  function lets(cap: Cap): boolean {
    const raised = [{ ...cap, limit }]
    const { blockers } = judge(
      config,
      { ...reading, facts: { ...reading.facts, caps: raised } },
      requestOf(check),
      now(),
    )
    return blockers.every(({ reason }) => reason !== 'spend_cap_reached')
  }
}

function wrong(message: string): ApiError {
  return new ApiError('invalid-request', `limit: ${message}`, { errors: [{ path: 'limit', message }] })
}
