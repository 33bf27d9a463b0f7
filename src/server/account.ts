import type { AccessRequest, Account } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import type { Diagnosis } from '#diagnosis/diagnosis.ts'
import { withBackupsUnderWay } from './backup/under-way.ts'
import type { Config } from './config.ts'
import { emptyLedger, readCounts, type Ledger } from './counts.ts'
import { settleOrders } from './credit-orders.ts'
import type { Log } from './errors.ts'
import { findAccount, type AccountKey, type AccountRecord } from './store/accounts.ts'
import type { Database } from './store/database.ts'
import { findSnapshot, saveSnapshot } from './store/snapshots.ts'
import { StripeUnreachable, type StripeClient } from './stripe/client.ts'
import { readCustomer } from './stripe/read-account.ts'

/** Seconds for which a reading is good enough for an access check. */
const CACHE_SECONDS = 10
const CACHE_SIZE = 10_000

/**
 * The airlock: our rows and Stripe's word in, one Account out. Nothing else hands facts to `diagnose`.
 *
 * `read` answers undefined for an account nobody registered. `fresh` asks Stripe now; otherwise a reading of the last
 * ten seconds will do. Simultaneous readers of one account share one reading. Our own figures are counted anew, unless the
 * question is about nothing that is metered (`metered: false`): then they may be as old as the reading. Who cannot wait for
 * Stripe gets, after `patience` milliseconds, the last reading there is; the one under way is there for the next question.
 */
export type Airlock = {
  read(key: AccountKey, how: { fresh: boolean; metered?: boolean; patience?: number }): Promise<Reading | undefined>
  forget(key: AccountKey): void
}

export type Reading = {
  readonly record: AccountRecord
  readonly facts: Account
  readonly ledger: Ledger
}

/** Everything but what we count ourselves. */
export type Told = Omit<Reading, 'ledger'>

type Parts = {
  readonly config: Config
  readonly database: Database
  readonly stripe: StripeClient
  readonly log: Log
  readonly now: () => number
}

/** Hears of every live reading that nothing has overtaken; `count` adds our own figures to it. */
export type Listener = (told: Told, count: () => Promise<Reading>) => Promise<void>

export function createAirlock(parts: Parts, listener: Listener): Airlock {
  const cache = new Map<string, { reading: Told; until: number }>()
  const flights = new Map<string, Promise<Told | undefined>>()
  /** What was last counted beside a reading. */
  const counted = new WeakMap<Told, Promise<Reading>>()

  async function fly(key: AccountKey, name: string, isNewest: () => boolean): Promise<Told | undefined> {
    const record = await findAccount(parts.database, key)
    if (!record) return undefined
    const reading = { record, facts: await readFacts(parts, record) }
    // One that was overtaken saw an older state: its callers may have it, nobody after them.
    if (reading.facts.source !== 'live' || !isNewest()) return reading
    if (record.customer !== undefined && parts.config.credits) await bookPaid(parts, record, record.customer)
    if (record.customer !== undefined) await saveSnapshot(parts.database, record, reading.facts)
    if (cache.size >= CACHE_SIZE) cache.clear()
    if (!isNewest()) return reading
    cache.set(name, { reading, until: reading.facts.asOf + CACHE_SECONDS })
    await listener(reading, () => count(parts, reading))
    return reading
  }

  async function hear(key: AccountKey, fresh: boolean): Promise<Told | undefined> {
    const name = nameOf(key)
    const cached = cache.get(name)
    if (!fresh && cached && parts.now() < cached.until) return cached.reading
    const flying = flights.get(name)
    // A reading that began before this question may be older than the deed it is to verify.
    if (flying && !fresh) return flying
    const isNewest = () => flights.get(name) === flight
    const flight: Promise<Told | undefined> = fly(key, name, isNewest).finally(() => {
      if (isNewest()) flights.delete(name)
    })
    flights.set(name, flight)
    return flight
  }

  return {
    async read(key, { fresh, metered = true, patience }) {
      const hearing = hear(key, fresh)
      const told = await (patience === undefined ? hearing : orLastReading(parts, key, hearing, patience))
      if (!told) return undefined
      const known = metered ? undefined : counted.get(told)
      if (known) return known
      const reading = count(parts, told)
      counted.set(told, reading)
      reading.catch(() => counted.delete(told))
      return reading
    },
    forget(key) {
      cache.delete(nameOf(key))
      flights.delete(nameOf(key))
    },
  }
}

async function orLastReading(
  { database }: Parts,
  key: AccountKey,
  hearing: Promise<Told | undefined>,
  patience: number,
): Promise<Told | undefined> {
  const bell = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => bell.resolve('late'), patience)
  const first = await Promise.race([hearing, bell.promise]).finally(() => clearTimeout(timer))
  if (first !== 'late') return first
  const record = await findAccount(database, key)
  const last = record && (await findSnapshot(database, record))
  if (!record || !last) return hearing
  // Nobody else may be waiting for it any more.
  hearing.catch(() => {})
  return { record, facts: lastReading(record, last) }
}

function lastReading(record: AccountRecord, last: Account): Account {
  const { hold: _, seats: __, grace: ___, ...stripes } = last
  return { ...stripes, ...ownFacts(record), source: 'mirror' }
}

/** What no reading of Stripe says. Held by the app and by support, it is held since the first of them said so. */
function ownFacts({ hold, staffHold, seats, grace }: AccountRecord): Pick<Account, 'hold' | 'seats' | 'grace'> {
  const both = hold && staffHold && { ...hold, ...staffHold, since: Math.min(hold.since, staffHold.since) }
  return compact({ hold: both ?? staffHold ?? hold, seats, grace })
}

/** Credits that were paid for while nobody looked. A silent Stripe is asked again by the next reading. */
async function bookPaid(parts: Parts, key: AccountKey, customer: string): Promise<void> {
  try {
    await settleOrders(parts, key, customer)
  } catch (error) {
    if (!(error instanceof StripeUnreachable)) throw error
  }
}

async function count(parts: Parts, told: Told): Promise<Reading> {
  if (told.facts.source === 'none') return { ...told, ledger: emptyLedger }
  const [{ counted, ledger }, facts] = await Promise.all([
    readCounts(parts, told.record, told.facts),
    withBackupsUnderWay(parts.database, told.record, told.facts),
  ])
  return { ...told, facts: { ...facts, ...counted }, ledger }
}

/** The judgement about a reading, by the merchant's policy. */
export function judge(config: Config, reading: Told, request: AccessRequest, now: number): Diagnosis {
  return diagnose(reading.facts, request, config.policy, now)
}

async function readFacts(parts: Parts, record: AccountRecord): Promise<Account> {
  const asOf = parts.now()
  const own = ownFacts(record)
  if (record.customer === undefined) {
    return { id: record.account, asOf, source: 'live', customer: 'none', subscriptions: [], openInvoices: [], ...own }
  }
  try {
    const facts = await readCustomer(parts.stripe, record.customer, parts.config.plans)
    return { id: record.account, asOf, source: 'live', ...facts, ...own }
  } catch (error) {
    if (!(error instanceof StripeUnreachable)) throw error
    parts.log.warn({ account: record.account, reason: error.message }, 'Stripe does not answer: using the last reading')
    const mirror = await findSnapshot(parts.database, record)
    return mirror
      ? lastReading(record, mirror)
      : { id: record.account, asOf, source: 'none', customer: 'present', subscriptions: [], openInvoices: [] }
  }
}

function nameOf({ app, account }: AccountKey): string {
  return `${app} ${account}`
}
