import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Database, Queries } from './database.ts'

/** One report of use. `at` is in unix seconds. */
export type UsageEvent = {
  readonly id: string
  readonly account: string
  readonly meter: string
  readonly quantity: number
  readonly at: number
  readonly apiKey?: string
  readonly member?: string
}

/** From `since` until before `until`, unix seconds. */
export type Period = { readonly since: number; readonly until: number }
export type MeteredPeriod = Period & { readonly meter: string }

/**
 * Single events are kept this long, in seconds: a year's period that began in the middle of a day, and the month in which its
 * reports may be late. What they add up to stays.
 */
export const EVENTS_SECONDS = 400 * 86_400

const numeric = z.coerce.number()
const optional = z
  .string()
  .nullable()
  .transform((text) => (text === null || text === '' ? undefined : text))

const EventRow = z
  .object({
    id: z.string(),
    account: z.string(),
    meter: z.string(),
    quantity: numeric,
    at: numeric,
    api_key: optional,
    member: optional,
  })
  .transform(({ api_key: apiKey, ...event }) => ({ ...event, apiKey }))
export type KnownEvent = z.output<typeof EventRow>

/**
 * Counts the events that are new to this app, all or none, and answers their ids and what is stored under the ids of the
 * rest. `events` have different ids; `with` writes in the same transaction what follows from the new ones. Sorted, so that two batches at once wait for each other in the same order.
 */
export async function countEvents(
  database: Database,
  app: string,
  events: readonly UsageEvent[],
  { now, with: also }: { now: number; with: (queries: Queries, counted: readonly UsageEvent[]) => Promise<void> },
): Promise<{ accepted: ReadonlySet<string>; known: ReadonlyMap<string, KnownEvent> }> {
  if (events.length === 0) return { accepted: new Set(), known: new Map() }
  return database.transaction(async (queries) => {
    const rows = await queries.query(insertEvents, [app, JSON.stringify(events), now])
    const accepted = new Set(rows.map((row) => z.object({ id: z.string() }).parse(row).id))
    const counted = events.filter(({ id }) => accepted.has(id))
    if (counted.length > 0) {
      await queries.query(addToDays, [app, JSON.stringify(counted)])
      const ofMembers = counted.filter(({ member }) => member !== undefined)
      if (ofMembers.length > 0) await queries.query(addToMemberDays, [app, JSON.stringify(ofMembers)])
      await queries.query(noteMeters, [app, JSON.stringify(counted), now])
      await also(queries, counted)
    }
    const others = events.filter(({ id }) => !accepted.has(id)).map(({ id }) => id)
    if (others.length === 0) return { accepted, known: new Map() }
    const stored = await queries.query(
      `select id, account, meter, quantity, at, api_key, member from usage_events
       where app = $1 and id in (select jsonb_array_elements_text($2::jsonb))`,
      [app, JSON.stringify(others)],
    )
    return { accepted, known: new Map(stored.map((row) => EventRow.parse(row)).map((event) => [event.id, event])) }
  })
}

const given = `jsonb_to_recordset($2::jsonb)
  as given(id text, account text, meter text, quantity numeric, at bigint, "apiKey" text, member text)`

/** The key holds ids apart within an account; an id that another account has already used is not taken either. */
const insertEvents = `
  insert into usage_events (app, account, id, meter, quantity, at, api_key, member, received)
  select $1, account, id, meter, quantity, at, coalesce("apiKey", ''), member, $3 from ${given}
  where not exists (select 1 from usage_events taken
                    where taken.app = $1 and taken.id = given.id and taken.account <> given.account)
  order by id
  on conflict do nothing returning id`

const addToDays = `
  insert into usage_days (app, account, meter, day, api_key, quantity)
  select $1, account, meter, (at / 86400)::integer, coalesce("apiKey", ''), sum(quantity) from ${given}
  group by 2, 3, 4, 5 order by 2, 3, 4, 5
  on conflict (app, account, meter, day, api_key) do update set quantity = usage_days.quantity + excluded.quantity`

const addToMemberDays = `
  insert into usage_member_days (app, account, meter, day, member, quantity)
  select $1, account, meter, (at / 86400)::integer, member, sum(quantity) from ${given}
  group by 2, 3, 4, 5 order by 2, 3, 4, 5
  on conflict (app, account, meter, day, member) do update set quantity = usage_member_days.quantity + excluded.quantity`

const noteMeters = `
  insert into usage_meters (app, account, meter, reported)
  select $1, account, meter, $3::bigint from ${given} group by 2, 3 order by 2, 3
  on conflict (app, account, meter) do update set reported = greatest(usage_meters.reported, excluded.reported)`

/** The meters of which the account ever had a report, and when the last one came. */
export async function findReportedMeters(
  database: Queries,
  { app, account }: AccountKey,
): Promise<ReadonlyMap<string, number>> {
  const rows = await database.query('select meter, reported from usage_meters where app = $1 and account = $2', [
    app,
    account,
  ])
  const MeterRow = z.object({ meter: z.string(), reported: numeric })
  return new Map(rows.map((row) => MeterRow.parse(row)).map(({ meter, reported }) => [meter, reported]))
}

/**
 * What was used in `period` (a row with meter, since and until), as SQL: whole days from their sums, and the parts of
 * days at both ends from the events themselves, so that a period may begin at any second.
 */
export function usedIn(period: string, andKey = ''): string {
  const sum = (table: string, range: string) =>
    `coalesce((select sum(quantity) from ${table} where app = $1 and account = $2 and meter = ${period}.meter
      ${andKey} and ${range}), 0)`
  const first = `(${period}.since + 86399) / 86400`
  const last = `${period}.until / 86400`
  return `(${sum('usage_days', `day >= ${first} and day < ${last}`)}
    + ${sum('usage_events', `at >= ${period}.since and at < least(${period}.until, ${first} * 86400)`)}
    + ${sum('usage_events', `at >= greatest(${first}, ${last}) * 86400 and at < ${period}.until`)})`
}

const MeterSum = z.object({ meter: z.string(), used: numeric })

/** How much of each meter was used in its period, in the meter's units. */
export async function sumUsage(
  database: Queries,
  { app, account }: AccountKey,
  periods: readonly MeteredPeriod[],
): Promise<ReadonlyMap<string, number>> {
  if (periods.length === 0) return new Map()
  const rows = await database.query(
    `select meter, ${usedIn('period')} as used
     from jsonb_to_recordset($3::jsonb) as period(meter text, since bigint, until bigint)`,
    [app, account, JSON.stringify(periods)],
  )
  return new Map(rows.map((row) => MeterSum.parse(row)).map(({ meter, used }) => [meter, used]))
}

/** The same with one key of the app's API. */
export async function sumUsageByKey(
  database: Queries,
  { app, account }: AccountKey,
  periods: readonly MeteredPeriod[],
  keys: readonly string[],
): Promise<readonly { readonly apiKey: string; readonly meter: string; readonly used: number }[]> {
  if (periods.length === 0 || keys.length === 0) return []
  const rows = await database.query(
    `select named.api_key, meter, ${usedIn('period', 'and api_key = named.api_key')} as used
     from jsonb_to_recordset($3::jsonb) as period(meter text, since bigint, until bigint),
          jsonb_array_elements_text($4::jsonb) as named(api_key)`,
    [app, account, JSON.stringify(periods), JSON.stringify(keys)],
  )
  return rows
    .map((row) => MeterSum.extend({ api_key: z.string() }).parse(row))
    .map(({ api_key: apiKey, meter, used }) => ({ apiKey, meter, used }))
}

export async function isKnownKey(database: Queries, { app, account }: AccountKey, apiKey: string): Promise<boolean> {
  const rows = await database.query(
    'select 1 from usage_days where app = $1 and account = $2 and api_key = $3 limit 1',
    [app, account, apiKey],
  )
  return rows.length > 0
}

/** Events that came before `before` (unix seconds) are forgotten; what they add up to stays. */
export async function forgetEvents(database: Queries, before: number): Promise<void> {
  await database.query('delete from usage_events where received < $1', [before])
}
