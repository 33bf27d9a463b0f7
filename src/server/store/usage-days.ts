import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'
import type { MeteredPeriod } from './usage.ts'

const number = z.coerce.number()
const DayRow = z.object({ meter: z.string(), day: number, used: number })
/** `day`: UTC, counted from 1970-01-01. */
type UsedDay = z.output<typeof DayRow>

/**
 * What was used on each day of a meter's period, as far as there are reports; in the order of the days. Days that belong to
 * a period in part are counted from the events themselves, exactly as its sum is.
 */
export async function findUsedDays(
  database: Queries,
  { app, account }: AccountKey,
  periods: readonly MeteredPeriod[],
): Promise<readonly UsedDay[]> {
  if (periods.length === 0) return []
  const rows = await database.query(
    `select meter, day, sum(quantity) as used from (${partsOf('key')}) as parts group by meter, day order by meter, day`,
    [app, account, JSON.stringify(periods)],
  )
  return rows.map((row) => DayRow.parse(row))
}

/** By whom: with a key of the app's API ('' where none was said), or by a member, as far as it was said. */
export type By = 'key' | 'member'

const tables = {
  key: { name: 'usage_days', who: 'api_key' },
  member: { name: 'usage_member_days', who: 'member' },
} as const satisfies Record<By, { name: string; who: string }>

const ShareRow = z.object({ who: z.string(), used: number, everybody: number, count: number })

/** Those who used most, at most `limit`, and how many all are and what they used. */
export async function findShares(
  database: Queries,
  { app, account }: AccountKey,
  period: MeteredPeriod,
  { by, limit }: { by: By; limit: number },
) {
  const rows = await database.query(
    `select who, sum(quantity) as used, sum(sum(quantity)) over () as everybody, count(*) over () as count
     from (${partsOf(by)}) as parts group by who having sum(quantity) > 0 order by 2 desc, 1 limit $4`,
    [app, account, JSON.stringify([period]), limit],
  )
  const shares = rows.map((row) => ShareRow.parse(row))
  const { everybody = 0, count = 0 } = shares[0] ?? {}
  return { top: shares.map(({ who, used }) => ({ who, used })), everybody, count }
}

/** Whole days from their sums, and what lies in the parts of days at both ends from the events. */
function partsOf(by: By): string {
  const { name, who } = tables[by]
  const first = '(period.since + 86399) / 86400'
  const last = 'period.until / 86400'
  const period = `jsonb_to_recordset($3::jsonb) as period(meter text, since bigint, until bigint)`
  return `select used.meter, used.day, used.quantity, used.${who} as who from ${name} used, ${period}
    where used.app = $1 and used.account = $2 and used.meter = period.meter and used.day >= ${first} and used.day < ${last}
    union all
    select used.meter, (used.at / 86400)::integer, used.quantity, used.${who} from usage_events used, ${period}
    where used.app = $1 and used.account = $2 and used.meter = period.meter and used.${who} is not null
      and used.at >= period.since and used.at < period.until
      and (used.at < ${first} * 86400 or used.at >= greatest(${first}, ${last}) * 86400)`
}

/** All meters together, day by day; `from` and `until` are days, the latter excluded. */
export async function findDaysOfAll(
  database: Queries,
  { app, account }: AccountKey,
  { from, until }: { from: number; until: number },
): Promise<readonly UsedDay[]> {
  const rows = await database.query(
    `select meter, day, sum(quantity) as used from usage_days
     where app = $1 and account = $2 and day >= $3 and day < $4 group by meter, day`,
    [app, account, from, until],
  )
  return rows.map((row) => DayRow.parse(row))
}

/** The first day of which there is a report of the meter. */
export async function findFirstDay(
  database: Queries,
  { app, account }: AccountKey,
  meter: string,
): Promise<number | undefined> {
  const [row] = await database.query(
    'select min(day) as day from usage_days where app = $1 and account = $2 and meter = $3',
    [app, account, meter],
  )
  return z.object({ day: number.nullable() }).parse(row).day ?? undefined
}
