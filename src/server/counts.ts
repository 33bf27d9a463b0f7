import type { Account, Instant } from '#diagnosis/account.ts'
import { termsOf } from '#diagnosis/limits.ts'
import type { MeterTerms, Policy } from '#diagnosis/policy.ts'
import type { Cap, UsageReading } from '#diagnosis/usage.ts'
import type { Config } from './config.ts'
import { livingOf, periodOf } from './periods.ts'
import { findRecharge } from './store/auto-recharge.ts'
import { findCaps } from './store/caps.ts'
import { readPurse, type Draw } from './store/credits.ts'
import type { AccountKey } from './store/accounts.ts'
import type { Database } from './store/database.ts'
import { findWindows } from './store/rates.ts'
import { findReportedMeters, sumUsage, sumUsageByKey, type MeteredPeriod } from './store/usage.ts'

type Parts = { readonly config: Config; readonly database: Database; readonly now: () => number }

/** What we count ourselves. */
export type Counts = {
  readonly counted: Pick<Account, 'usage' | 'credits' | 'caps' | 'rates'>
  readonly ledger: Ledger
}

/** How far the credit ledger had come: the number of its last entry, and the exact sum, below zero where more was used. */
export type Ledger = { readonly seq: number; readonly balance: number }
export const emptyLedger: Ledger = { seq: 0, balance: 0 }

/**
 * The account's own figures at this moment, never cached: what was reported a moment ago counts. What the merchant does
 * not meter costs no query.
 *
 * A meter without any report is unknown and left out. Credits are known as soon as the merchant sells them, because the
 * ledger is ours: an empty one is a balance of zero.
 */
export async function readCounts(parts: Parts, key: AccountKey, facts: Account): Promise<Counts> {
  const { config, database } = parts
  const now = parts.now()
  const { policy, credits, spendCap } = config
  const hasRates = Object.values(policy.plans ?? {}).some(({ rates }) => Object.keys(rates ?? {}).length > 0)
  const [reported, windows] = await Promise.all([
    hasMeters(policy) ? findReportedMeters(database, key) : new Map<string, number>(),
    hasRates ? findWindows(database, key) : [],
  ])
  const periods = [...reported.keys()].map((meter) => ({ meter, ...periodOf(facts, policy, meter, now) }))
  const [sums, purse] = await Promise.all([
    sumUsage(database, key, periods),
    credits ? readPurse(database, key, drawsOf(facts, policy, periods, now), now) : undefined,
  ])
  const usage = periods.map(({ meter, since, until }): UsageReading => {
    const asOf = reported.get(meter) ?? now
    return { meter, used: sums.get(meter) ?? 0, since, resets: until, asOf }
  })
  const caps = spendCap ? await capsOf(parts, key, { facts, periods, usage, now }) : undefined
  const stopped = credits?.autoRecharge && purse ? await stoppedRecharge(database, key, purse.balance) : undefined
  return {
    counted: {
      ...(periods.length > 0 && { usage }),
      ...(purse && {
        credits: {
          balance: Math.max(0, Math.floor(purse.balance)),
          asOf: now,
          ...(purse.expires !== undefined && { expires: purse.expires }),
          ...(stopped !== undefined && { rechargeStopped: stopped }),
        },
      }),
      ...(caps && { caps }),
      ...(windows.length > 0 && {
        rates: windows
          .map(({ meter, starts, seconds, used }) => ({ meter, used, resets: starts + seconds }))
          .filter(({ resets }) => resets > now),
      }),
    },
    ledger: purse ?? emptyLedger,
  }
}

function hasMeters({ meters, plans }: Policy): boolean {
  const limited = Object.values(plans ?? {}).some(({ limits }) => Object.keys(limits ?? {}).length > 0)
  return limited || Object.keys(meters ?? {}).length > 0
}

function drawsOf(facts: Account, policy: Policy, periods: readonly MeteredPeriod[], now: Instant): readonly Draw[] {
  const { limits } = termsOf(livingOf(facts, policy, now), policy, now)
  return periods.flatMap((period) => {
    const rate = policy.meters?.[period.meter]?.credits
    return rate === undefined ? [] : [{ ...period, included: limits.get(period.meter)?.included ?? 0, rate }]
  })
}

type Used = {
  readonly facts: Account
  readonly periods: readonly MeteredPeriod[]
  readonly usage: readonly UsageReading[]
  readonly now: Instant
}

/** The account's own cap, as the merchant begins with it or as it was set, and those of single keys. */
async function capsOf({ config, database }: Parts, key: AccountKey, used: Used): Promise<readonly Cap[]> {
  const { policy, spendCap } = config
  const set = await findCaps(database, key)
  const whole = set.find(({ apiKey }) => apiKey === undefined)?.limit ?? spendCap?.initial
  const keyed = set.flatMap(({ apiKey, limit }) => (apiKey === undefined ? [] : [{ apiKey, limit }]))
  const priced = used.periods.filter(({ meter }) => policy.meters?.[meter]?.price !== undefined)
  const resets = priced.length > 0 ? Math.min(...priced.map(({ until }) => until)) : monthEnd(used, policy)
  const { limits } = termsOf(livingOf(used.facts, policy, used.now), policy, used.now)
  const beyond = used.usage.map(({ meter, used }) => ({
    meter,
    units: Math.max(0, used - (limits.get(meter)?.included ?? 0)),
  }))
  const byKey = await sumUsageByKey(
    database,
    key,
    priced,
    keyed.map(({ apiKey }) => apiKey),
  )
  return [
    ...(whole ? [{ limit: whole, spent: costOf(policy, whole.currency, beyond), resets }] : []),
    ...keyed.map(({ apiKey, limit }) => {
      const own = byKey.filter((one) => one.apiKey === apiKey).map(({ meter, used: units }) => ({ meter, units }))
      return { apiKey, limit, spent: costOf(policy, limit.currency, own), resets }
    }),
  ]
}

function monthEnd({ facts, now }: Used, policy: Policy): Instant {
  return periodOf(facts, policy, '', now).until
}

/** Millionths of a unit are the finest that is counted. */
const FINEST = 1_000_000n

/** In minor units, rounded up: a cap is a promise that no more is spent. */
export function costOf(policy: Policy, currency: string, used: readonly { meter: string; units: number }[]) {
  const parts = used.flatMap(({ meter, units }) => {
    const price: MeterTerms['price'] = policy.meters?.[meter]?.price
    if (!price || price.currency !== currency) return []
    return [
      { cost: BigInt(Math.round(units * Number(FINEST))) * BigInt(price.amount), per: BigInt(price.per) * FINEST },
    ]
  })
  const sum = parts.reduce((sum, { cost, per }) => ({ cost: sum.cost * per + cost * sum.per, per: sum.per * per }), {
    cost: 0n,
    per: 1n,
  })
  return { amount: Number((sum.cost + sum.per - 1n) / sum.per), currency }
}

/** Since when credits should buy themselves and do not. */
async function stoppedRecharge(database: Database, key: AccountKey, balance: number): Promise<Instant | undefined> {
  const recharge = await findRecharge(database, key)
  return recharge?.stopped !== undefined && balance < recharge.threshold ? recharge.stopped : undefined
}
