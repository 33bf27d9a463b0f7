import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'
import type { MeteredPeriod } from './usage.ts'

const number = z.coerce.number()
const DayRow = z.object({ meter: z.string(), day: number, used: number })
/** `day`: UTC, counted from 1970-01-01. */
export type UsedDay = z.output<typeof DayRow>

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
    `select meter, day, sum(quantity) as used from (${partsOf('')}) as parts group by meter, day order by meter, day`,
    [app, account, JSON.stringify(periods)],
  )
  return rows.map((row) => DayRow.parse(row))
}

/** Whole days from their sums, and what lies in the parts of days at both ends from the events. `also`: more columns. */
function partsOf(also: string): string {
  const first = '(period.since + 86399) / 86400'
  const last = 'period.until / 86400'
  const period = `jsonb_to_recordset($3::jsonb) as period(meter text, since bigint, until bigint)`
  return `select used.meter, used.day, used.quantity${also} from usage_days used, ${period}
    where used.app = $1 and used.account = $2 and used.meter = period.meter and used.day >= ${first} and used.day < ${last}
    union all
    select used.meter, (used.at / 86400)::integer, used.quantity${also} from usage_events used, ${period}
    where used.app = $1 and used.account = $2 and used.meter = period.meter
      and used.at >= period.since and used.at < period.until
      and (used.at < ${first} * 86400 or used.at >= greatest(${first}, ${last}) * 86400)`
}
