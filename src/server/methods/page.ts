import type { MethodsPage } from '#contract/methods.ts'
import { payersFor } from '#server/asks.ts'
import type { Reading } from '#server/account.ts'
import { backupOn } from '#server/backup/consent.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { placeFor } from '#server/place.ts'
import { seesAmounts } from '#server/redact.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { rememberCards } from '#server/store/saved-cards.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import { readWaiting } from '#server/stripe/saved-methods.ts'
import { plansChargedTo } from './charged-plans.ts'
import { chargedBefore, readSaved } from './saved.ts'

/** What the account has saved, what is charged to it and what may be done. Throws ApiError not-found, not-allowed. */
export async function methodsPage(hands: Hands, session: SessionRecord): Promise<MethodsPage> {
  if (session.role === 'guest') throw new ApiError('not-allowed')
  const reading = await hands.airlock.read(session, { fresh: true })
  if (!reading) throw new ApiError('not-found')
  const { config } = hands
  const place = placeFor(hands, session, reading.record)
  const shown = seesAmounts(config, session.role)
  const told = shown ? await holdingsOf(hands, reading) : { source: reading.facts.source, ...nothing }
  return {
    ...place,
    asOf: reading.facts.asOf,
    shown,
    payers: payersFor(config, reading.record, session.member),
    ...told,
  }
}

/** What was listed is what support finds the account by. Amounts or not: who may not see the list has seen none. */
export async function rememberPage(
  { database }: Hands,
  session: SessionRecord,
  { source, shown, asOf, methods }: MethodsPage,
): Promise<void> {
  if (source !== 'live' || !shown) return
  await rememberCards(
    database,
    session,
    methods.map(({ method }) => method),
    asOf,
  )
}

type Told = Pick<MethodsPage, 'source' | 'methods' | 'awaited' | 'uncovered' | 'backup'>

const nothing = { methods: [], awaited: [], uncovered: [] } as const

/** Of Stripe; where it does not answer, of what was charged when it last did. */
async function holdingsOf(hands: Hands, reading: Reading): Promise<Told> {
  const { facts, record } = reading
  const uncovered = plansChargedTo(facts, undefined)
  const { customer } = record
  if (customer === undefined || facts.customer !== 'present') return { source: facts.source, ...nothing }
  if (facts.source === 'none') return { source: 'none', ...nothing }
  const before: Told = { source: 'mirror', methods: chargedBefore(facts, hands.now()), awaited: [], uncovered }
  if (facts.source === 'mirror') return before
  try {
    const [methods, awaited] = await Promise.all([readSaved(hands, reading), readWaiting(hands.stripe, customer)])
    const backup = await backupOn(hands, reading, methods)
    return { source: 'live', methods, awaited, uncovered, ...(backup && { backup }) }
  } catch (error) {
    if (error instanceof StripeUnreachable) return before
    throw error
  }
}
