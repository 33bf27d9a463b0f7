import type { Holdings } from '#contract/holding.ts'
import { compact } from '#diagnosis/compact.ts'
import { plannedIn } from '#diagnosis/kept.ts'
import { isOver } from '#diagnosis/standing.ts'
import { judge, type Reading } from '#server/account.ts'
import { payersFor } from '#server/asks.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { placeFor } from '#server/place.ts'
import { seesAmounts } from '#server/redact.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { priceName } from '#server/stripe/catalogue.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import { readHeld, type Held } from '#server/stripe/held.ts'
import { canRestore } from '#server/stripe/kept-price.ts'
import { holdingOf, type Scene } from './holding.ts'

/** What the account has bought and what can be done with it, by the same facts and rules as everything else. */
export async function holdings(hands: Hands, session: SessionRecord): Promise<Holdings> {
  const { config } = hands
  const reading = await hands.airlock.read(session, { fresh: true })
  if (!reading) throw new ApiError('not-found')
  const { facts, record } = reading
  const held = await heldBy(hands, reading)
  const place = placeFor(hands, session, record)
  const { policy } = config
  const [names, restorable] = await Promise.all([namesOf(hands, held), restorableIn(hands, held)])
  const scene: Scene = {
    facts,
    diagnosis: judge(config, reading, {}, hands.now()),
    policy,
    now: hands.now(),
    held: held ?? [],
    mayPay: place.mayPay,
    seesMoney: seesAmounts(config, session.role),
    nameOf: (price) => names.get(price) ?? '',
    restorable,
  }
  const isOffered = Object.values(policy.plans ?? {}).some(({ offered }) => offered === true)
  return {
    ...place,
    asOf: facts.asOf,
    source: facts.source === 'live' && !held ? 'mirror' : facts.source,
    payers: payersFor(config, record, session.member).map(({ id, name }) => name ?? id),
    mayBegin: place.mayPay && isOffered && held !== undefined && facts.subscriptions.every(isOver),
    holdings: facts.subscriptions.map((subscription) => holdingOf(scene, subscription)),
    ...compact({ seatsUsed: record.seats }),
  }
}

/** As Stripe has them now; undefined where it does not answer. */
async function heldBy({ stripe }: Hands, { facts, record }: Reading): Promise<readonly Held[] | undefined> {
  if (facts.source !== 'live') return undefined
  if (record.customer === undefined || facts.customer !== 'present') return []
  try {
    return await readHeld(stripe, record.customer)
  } catch (error) {
    if (error instanceof StripeUnreachable) return undefined
    throw error
  }
}

async function namesOf({ stripe, config }: Hands, held: readonly Held[] = []): Promise<ReadonlyMap<string, string>> {
  const prices = [...new Set(held.flatMap(({ next }) => next?.price ?? []))]
  const named = prices.map(async (price) => [price, await priceName(stripe, price, config.plans)] as const)
  return new Map(await Promise.all(named))
}

/** Those of them that could be again what they were before a change was planned. A silent Stripe says of none. */
export async function restorableIn({ stripe, now }: Hands, held: readonly Held[] = []): Promise<ReadonlySet<string>> {
  const asked = held.map(async (one) => {
    const keeps = plannedIn(one, now())?.keeps
    return keeps && (await canRestore(stripe, keeps)) ? [one.id] : []
  })
  try {
    return new Set((await Promise.all(asked)).flat())
  } catch (error) {
    if (error instanceof StripeUnreachable) return new Set()
    throw error
  }
}
