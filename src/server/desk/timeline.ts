import { timelineKinds, type TimelineEntry, type TimelineKind } from '#contract/desk-timeline-entry.ts'
import type { Timeline, TimelineQuerySchema } from '#contract/desk-timeline.ts'
import type { StaffRole } from '#contract/staff.ts'
import { ApiError } from '#server/errors.ts'
import { findAccount, type AccountKey } from '#server/store/accounts.ts'
import type { Queries } from '#server/store/database.ts'
import {
  countHappenings,
  findDeliveries,
  findHappenings,
  findHappeningsById,
  findOpened,
  findStripeStates,
  type Happening,
  type Position,
} from '#server/store/timeline.ts'
import { sourceNames, sources, sourcesOf, type SourceName } from '#server/store/timeline-sources.ts'
import { z } from 'zod'
import { tell, type Beside } from './timeline-entries.ts'
import { peopleFor } from './timeline-people.ts'

const PAGE = 50
/** Counted no further: nobody reads so many. */
const MOST = 1_000

type Asked = z.infer<typeof TimelineQuerySchema>

/** A page of what happened to an account, as this role may read it. Throws ApiError not-found, invalid-request. */
export async function timelineOf(
  { database, now }: { database: Queries; now: () => number },
  role: StaffRole,
  key: AccountKey,
  { kinds, before, after, watch }: Asked,
): Promise<Timeline> {
  const record = await findAccount(database, key)
  if (!record) throw new ApiError('not-found')
  const position = before === undefined ? undefined : positionIn(before)
  const isFirst = position === undefined && after === undefined
  const [found, counts, watched] = await Promise.all([
    findHappenings(database, key, sourcesOf(kinds), {
      limit: PAGE + 1,
      ...(position && { before: position }),
      ...(after !== undefined && { since: after }),
    }),
    isFirst ? countHappenings(database, key, MOST) : undefined,
    watch ? findHappeningsById(database, key, watch.flatMap(happeningIn)) : [],
  ])
  const page = found.slice(0, PAGE)
  const entries = await entriesOf(database, role, key, [...page, ...watched], record.members)
  const last = found.length > PAGE ? page.at(-1) : undefined
  return {
    now: now(),
    entries: entries.slice(0, page.length),
    watched: entries.slice(page.length),
    ...(last && { next: nameOf([last.at, last.source, last.id]) }),
    ...(counts && { counts: timelineKinds.map((kind) => countOf(kind, counts)) }),
  }
}

/** One entry as it is now. */
export async function entryOf(
  database: Queries,
  role: StaffRole,
  key: AccountKey,
  wanted: Pick<Happening, 'source' | 'id'>,
): Promise<TimelineEntry | undefined> {
  const record = await findAccount(database, key)
  const found = await findHappeningsById(database, key, [wanted])
  const [entry] = record ? await entriesOf(database, role, key, found, record.members) : []
  return entry
}

async function entriesOf(
  database: Queries,
  role: StaffRole,
  key: AccountKey,
  happenings: readonly Happening[],
  members: Parameters<typeof peopleFor>[1],
): Promise<readonly TimelineEntry[]> {
  const idsOf = (from: string, field: string) =>
    happenings.flatMap(({ source, data }) => (sources[source].from === from ? [String(data[field])] : []))
  const [stripe, opened, deliveries] = await Promise.all([
    findStripeStates(database, idsOf('stripe_news', 'id')),
    findOpened(database, key, idsOf('mails', 'subject_id')),
    findDeliveries(database, key, idsOf('app_events', 'id')),
  ])
  const beside: Beside = { people: peopleFor(role, members), stripe, opened, deliveries }
  return happenings.map((happening) => {
    const { source, at, id } = happening
    return { moving: false, ...tell(happening, beside), id: nameOf([source, id]), at, kind: sources[source].kind }
  })
}

/** All that Stripe tells came in by webhook. */
function countOf(kind: TimelineKind, counts: ReadonlyMap<SourceName, number>) {
  const count = sourcesOf([kind]).reduce((sum, name) => sum + (counts.get(name) ?? 0), 0)
  return { kind, count: Math.min(count, MOST), more: count >= MOST }
}

const SourceNameSchema = z.enum(sourceNames as [SourceName, ...SourceName[]])
const PositionSchema = z.tuple([z.int(), SourceNameSchema, z.string()])
const NamedSchema = z.tuple([SourceNameSchema, z.string()])

function nameOf(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

function read<S extends z.ZodType>(schema: S, name: string): z.infer<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(name, 'base64url').toString())).data
  } catch {
    return undefined
  }
}

function positionIn(cursor: string): Position {
  const position = read(PositionSchema, cursor)
  if (!position) throw new ApiError('invalid-request', 'before: not the end of a page')
  const [at, source, id] = position
  return { at, source, id }
}

function happeningIn(name: string): readonly Pick<Happening, 'source' | 'id'>[] {
  const named = read(NamedSchema, name)
  return named ? [{ source: named[0], id: named[1] }] : []
}
