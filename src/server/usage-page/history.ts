import { USAGE_PERIODS, type Shares, type UsageHistory } from '#contract/usage-history.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { periodsOf } from '#server/periods.ts'
import type { AccountRecord } from '#server/store/accounts.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { findFirstDay, findShares, findUsedDays, type By } from '#server/store/usage-days.ts'
import { EVENTS_SECONDS, type MeteredPeriod, type Period } from '#server/store/usage.ts'

const DAY = 86_400
const TOP = 10

/** One meter day by day, and by whom. Throws ApiError not-found: no account, or no such meter. */
export async function usageHistory(
  hands: Hands,
  session: SessionRecord,
  { meter, back: wanted }: { meter: string; back: number },
): Promise<UsageHistory> {
  const { airlock, config, database, now } = hands
  const reading = await airlock.read(session, { fresh: false })
  if (!reading) throw new ApiError('not-found')
  const { facts, record } = reading
  const firstDay = await findFirstDay(database, record, meter)
  const isNamed =
    config.policy.meters?.[meter] !== undefined ||
    Object.values(config.policy.plans ?? {}).some(({ limits }) => limits?.[meter] !== undefined)
  if (firstDay === undefined && !isNamed) throw new ApiError('not-found', 'There is no such meter')
  const all = periodsOf(facts, config.policy, { meter, now: now(), most: USAGE_PERIODS })
  const periods = all.filter(({ until }, index) => index === 0 || until > (firstDay ?? Infinity) * DAY)
  const back = Math.min(wanted, periods.length - 1)
  const { since = 0, until = 0 } = periods[back] ?? {}
  const period = { meter, ...countable({ since, until }, now()) }
  const [found, keys, members] = await Promise.all([
    findUsedDays(database, record, [period]),
    sharesOf(hands, record, period, 'key'),
    sharesOf(hands, record, period, 'member'),
  ])
  const used = new Map(found.map((one) => [one.day, one.used]))
  const days = firstDay === undefined ? [] : daysOf(period, now())
  return {
    meter,
    back,
    periods,
    days: days.map((day) => ({ day: day * DAY, used: used.get(day) ?? 0 })),
    used: found.reduce((sum, one) => sum + one.used, 0),
    ...compact({ keys, members }),
  }
}

/**
 * Where the events themselves are forgotten, a day cannot be parted: there it belongs as a whole to the period that begins
 * on it.
 */
function countable({ since, until }: Period, now: number): Period {
  const whole = (instant: number) => (instant < now - EVENTS_SECONDS ? Math.floor(instant / DAY) * DAY : instant)
  return { since: whole(since), until: whole(until) }
}

function daysOf({ since, until }: Period, now: number): readonly number[] {
  const first = Math.floor(since / DAY)
  const last = Math.floor(Math.min(until - 1, now) / DAY)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
}

async function sharesOf(
  { database }: Hands,
  record: AccountRecord,
  period: MeteredPeriod,
  by: By,
): Promise<Shares | undefined> {
  const { top, everybody, count } = await findShares(database, record, period, { by, limit: TOP })
  if (!top.some(({ who }) => who !== '')) return undefined
  const shown = top.reduce((sum, one) => sum + one.used, 0)
  const names = new Map(record.members.map(({ id, name }) => [id, name]))
  return {
    top: top.map(({ who, used }) => ({
      used,
      ...compact({ id: who === '' ? undefined : who, name: by === 'member' ? names.get(who) : undefined }),
    })),
    ...(count > top.length && { rest: { count: count - top.length, used: everybody - shown } }),
  }
}
