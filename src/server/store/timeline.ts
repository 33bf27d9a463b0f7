import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'
import { sourceNames, sources, type Source, type SourceName } from './timeline-sources.ts'

/** Something that happened, as its table has it. `at` in unix seconds. */
export type Happening = {
  readonly source: SourceName
  readonly at: number
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What stands where: by its instant, then by its source, then by its id. */
export type Position = Pick<Happening, 'at' | 'source' | 'id'>

const HappeningRow = z
  .object({
    rank: z.coerce.number(),
    at: z.coerce.number(),
    id: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .transform(({ rank, ...row }): Happening => {
    const source = sourceNames[rank]
    if (source === undefined) throw new Error(`no source ${rank}`)
    return { source, ...row }
  })

/** Later than everything. */
const END = Number.MAX_SAFE_INTEGER - 1

/**
 * The newest `limit` happenings of an account before a position, of these sources; with `since`, only what came since that
 * instant. Each source is read by its own index from that position on, so that a deep page costs what the first does.
 */
export async function findHappenings(
  database: Queries,
  { app, account }: AccountKey,
  names: readonly SourceName[],
  { before, since = 0, limit }: { before?: Position; since?: number; limit: number },
): Promise<readonly Happening[]> {
  if (names.length === 0) return []
  const rows = await database.query(
    `select * from (${names.map(branch).join('\nunion all\n')}) as page order by at desc, rank desc, id desc limit $3`,
    [app, account, limit, before?.at ?? END, before ? sourceNames.indexOf(before.source) : 0, before?.id ?? '', since],
  )
  return rows.map((row) => HappeningRow.parse(row))
}

function branch(name: SourceName): string {
  const { from, at, id, where, data, arrived }: Source = sources[name]
  const rank = sourceNames.indexOf(name)
  // Of the position's own second, what ranks lower is still to come, and of its own source what has a lesser id.
  const bound = `(${at}, ${id}) < ($4::bigint + ($5::int > ${rank})::int, case when $5::int = ${rank} then $6::text else '' end)`
  return `(select ${rank} as rank, ${at} as at, ${id} as id, ${data} as data from ${from}
    where app = $1 and account = $2 and ${bound} and ${arrived ?? at} >= $7::bigint ${where ? `and ${where}` : ''}
    order by ${at} desc, ${id} desc limit $3)`
}

/** These happenings as they are now. */
export async function findHappeningsById(
  database: Queries,
  { app, account }: AccountKey,
  wanted: readonly Pick<Happening, 'source' | 'id'>[],
): Promise<readonly Happening[]> {
  const names = [...new Set(wanted.map(({ source }) => source))]
  if (names.length === 0) return []
  const selects = names.map((name) => {
    const { from, at, id, where, data }: Source = sources[name]
    const rank = sourceNames.indexOf(name)
    return `select ${rank} as rank, ${at} as at, ${id} as id, ${data} as data from ${from}
      where app = $1 and account = $2 ${where ? `and ${where}` : ''} and ${id} in (
        select given ->> 'id' from jsonb_array_elements($3::jsonb) as given where given ->> 'source' = '${name}')`
  })
  const rows = await database.query(selects.join('\nunion all\n'), [app, account, JSON.stringify(wanted)])
  return rows.map((row) => HappeningRow.parse(row))
}

const CountRow = z.object({ rank: z.coerce.number(), count: z.coerce.number() })

/** How many there are of each source, counted up to `most`. */
export async function countHappenings(
  database: Queries,
  { app, account }: AccountKey,
  most: number,
): Promise<ReadonlyMap<SourceName, number>> {
  const counts = sourceNames.map((name, rank) => {
    const { from, at, where }: Source = sources[name]
    // Ordered, so that the account's own index is read, and not whatever stands first in the table.
    return `select ${rank} as rank, (select count(*) from (
      select 1 from ${from} where app = $1 and account = $2 and ${at} >= 0 ${where ? `and ${where}` : ''}
      order by ${at} desc limit $3) as counted) as count`
  })
  const rows = await database.query(counts.join('\nunion all\n'), [app, account, most])
  return new Map(
    rows
      .map((row) => CountRow.parse(row))
      .flatMap(({ rank, count }) => {
        const name = sourceNames[rank]
        return name === undefined ? [] : [[name, count] as const]
      }),
  )
}

/** Of these events of Stripe's, how far they were worked off. */
export async function findStripeStates(
  database: Queries,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly done?: number; readonly tries: number; readonly error?: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await database.query(
    'select id, done, tries, error from stripe_events where id in (select jsonb_array_elements_text($1::jsonb))',
    [JSON.stringify(ids)],
  )
  const Row = z.object({
    id: z.string(),
    done: z.union([z.null(), z.coerce.number()]),
    tries: z.coerce.number(),
    error: z.string().nullable(),
  })
  return new Map(
    rows
      .map((row) => Row.parse(row))
      .map(({ id, done, tries, error }) => [
        id,
        { tries, ...(done !== null && { done }), ...(error !== null && { error }) },
      ]),
  )
}

/** When what these letters' links open was opened, by the ask or the guest link that they are about. */
export async function findOpened(
  database: Queries,
  { app, account }: AccountKey,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (subjects.length === 0) return new Map()
  const rows = await database.query(
    `select id, opened from asks where app = $1 and account = $2 and opened is not null
       and id in (select jsonb_array_elements_text($3::jsonb))
     union all select id, opened from guest_links where app = $1 and account = $2 and opened is not null
       and id in (select jsonb_array_elements_text($3::jsonb))`,
    [app, account, JSON.stringify(subjects)],
  )
  return new Map(
    rows
      .map((row) => z.object({ id: z.string(), opened: z.coerce.number() }).parse(row))
      .map(({ id, opened }) => [id, opened]),
  )
}

const DeliveryRow = z.object({
  event: z.string(),
  at: z.coerce.number(),
  status: z.number().nullable(),
  error: z.string().nullable(),
  excerpt: z.string().nullable(),
  milliseconds: z.coerce.number(),
})

/** Every try to deliver these events, oldest first. */
export async function findDeliveries(
  database: Queries,
  { app, account }: AccountKey,
  events: readonly string[],
): Promise<ReadonlyMap<string, readonly z.infer<typeof DeliveryRow>[]>> {
  if (events.length === 0) return new Map()
  const rows = await database.query(
    `select event, at, status, error, excerpt, milliseconds from app_event_attempts
     where app = $1 and account = $2 and event in (select jsonb_array_elements_text($3::jsonb)) order by event, number`,
    [app, account, JSON.stringify(events)],
  )
  return Map.groupBy(
    rows.map((row) => DeliveryRow.parse(row)),
    ({ event }) => event,
  )
}
