import { AppEventSchema, EventStateSchema, type AppEvent, type EventState } from '#contract/event.ts'
import { randomId } from '#server/token.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Database, Queries, Row } from './database.ts'

type EventKey = AccountKey & { readonly id: string }

/** Something that an app is told. Instants are unix seconds. */
export type EventRecord = EventKey & {
  readonly event: AppEvent
  readonly state: EventState
  /** How often it was tried, the try that runs included. */
  readonly tries: number
  /** How many of them were before it was last replayed. */
  readonly replayed: number
  readonly due: number
  readonly created: number
  readonly error?: string
}

/** One try: what came back, if anything did. */
export type Attempt = {
  readonly at: number
  readonly status?: number
  readonly error?: string
  readonly excerpt?: string
  readonly milliseconds: number
}

const optional = <T extends z.ZodType>(schema: T) => schema.nullable().transform((value) => value ?? undefined)
const number = z.coerce.number()

const EventRow = z
  .object({
    app: z.string(),
    account: z.string(),
    id: z.string(),
    body: AppEventSchema,
    state: EventStateSchema,
    tries: number,
    replayed: number,
    due: number,
    created: number,
    error: optional(z.string()),
  })
  .transform(({ body: event, error, ...rest }): EventRecord => ({
    ...rest,
    event,
    ...(error !== undefined && { error }),
  }))

/** An event before it has its place among the account's others. */
export type Draft = {
  [T in AppEvent['type']]: {
    readonly type: T
    readonly data: Omit<Extract<AppEvent, { type: T }>['data'], 'account' | 'sequence'>
  }
}[AppEvent['type']]

/** To be told; in the same transaction as what it tells of. Of one account, events wait here for each other. */
export async function insertEvent(
  queries: Queries,
  { app, account }: AccountKey,
  { type, data }: Draft,
  now: number,
): Promise<void> {
  const body = { type, timestamp: new Date(now * 1_000).toISOString(), data: { account, ...data } }
  await queries.query(
    `with counted as (
       insert into app_event_counts (app, account, seq) values ($1, $2, 1)
       on conflict (app, account) do update set seq = app_event_counts.seq + 1 returning seq)
     insert into app_events (app, account, id, seq, body, due, created, updated)
     select $1, $2, $3, seq, jsonb_set($4::jsonb, '{data,sequence}', to_jsonb(seq)), $5, $5, $5 from counted`,
    [app, account, randomId('evt_'), JSON.stringify(body), now],
  )
}

/**
 * Takes what is due to this app for one try, of each account its first unsettled event. Nobody else takes it before
 * `until`, when its outcome counts as unknown.
 */
export async function claimEvents(
  database: Queries,
  app: string,
  { now, until, limit }: { now: number; until: number; limit: number },
): Promise<readonly EventRecord[]> {
  const rows = await database.query(
    `update app_events set tries = tries + 1, due = $3, updated = $2
     where app = $1 and state = 'queued' and (account, id) in (
       select account, id from app_events head
       where app = $1 and state = 'queued' and due <= $2 and not exists (
         select 1 from app_events earlier where earlier.app = $1 and earlier.account = head.account
           and earlier.state = 'queued' and earlier.seq < head.seq)
       order by due limit $4 for update skip locked
     ) returning *`,
    [app, now, until, limit],
  )
  return rows.map(parseEvent)
}

/** What came of a try, and what follows: `due` only where it is tried again. */
export async function settleEvent(
  database: Database,
  { app, account, id, tries }: EventRecord,
  { attempt, state, due }: { attempt: Attempt; state: EventState; due?: number },
): Promise<void> {
  const { at, status = null, error = null, excerpt = null, milliseconds } = attempt
  await database.transaction(async (queries) => {
    await queries.query(
      `update app_events set state = $4, due = $5, error = $6, updated = $7 where app = $1 and account = $2 and id = $3`,
      [app, account, id, state, due ?? at, error, at],
    )
    await queries.query(
      `insert into app_event_attempts (app, account, event, number, at, status, error, excerpt, milliseconds)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
      [app, account, id, tries, at, status, error, excerpt, milliseconds],
    )
  })
}

export type EventFilter = {
  readonly state?: EventState | undefined
  readonly account?: string | undefined
  /** Only events older than this one. */
  readonly before?: string | undefined
}

/** An app's own events, newest first. */
export async function listEvents(
  database: Queries,
  app: string,
  { state, account, before }: EventFilter,
  limit: number,
): Promise<readonly EventRecord[]> {
  const rows = await database.query(
    `select * from app_events where app = $1
       and ($2::text is null or state = $2) and ($3::text is null or account = $3)
       and ($4::text is null or (created, seq, id) < (select created, seq, id from app_events where app = $1 and id = $4))
     order by created desc, seq desc, id desc limit $5`,
    [app, state ?? null, account ?? null, before ?? null, limit],
  )
  return rows.map(parseEvent)
}

/** By its id alone, among the app's own. */
export async function findEvent(database: Queries, app: string, id: string): Promise<EventRecord | undefined> {
  const [row] = await database.query('select * from app_events where app = $1 and id = $2', [app, id])
  return row && parseEvent(row)
}

const AttemptRow = z
  .object({
    at: number,
    status: z.number().nullable(),
    error: z.string().nullable(),
    excerpt: z.string().nullable(),
    milliseconds: number,
  })
  .transform(({ status, error, excerpt, ...rest }): Attempt => ({
    ...rest,
    ...(status !== null && { status }),
    ...(error !== null && { error }),
    ...(excerpt !== null && { excerpt }),
  }))

/** Every try, oldest first. */
export async function findAttempts(database: Queries, { app, account, id }: EventKey): Promise<readonly Attempt[]> {
  const rows = await database.query(
    `select at, status, error, excerpt, milliseconds from app_event_attempts
     where app = $1 and account = $2 and event = $3 order by number`,
    [app, account, id],
  )
  return rows.map((row) => AttemptRow.parse(row))
}

/**
 * To be sent again from the first try on, before what is still queued of its account. The tries so far stay on record. A
 * try that runs is let be.
 */
export async function replayEvent(database: Queries, { app, account, id }: EventKey, now: number): Promise<void> {
  await database.query(
    `update app_events set state = 'queued', due = $4, updated = $4, replayed = tries
     where app = $1 and account = $2 and id = $3 and (state <> 'queued' or exists (
       select 1 from app_event_attempts where app = $1 and account = $2 and event = $3 and number = tries))`,
    [app, account, id, now],
  )
}

/** Events and their tries that were settled before `before` (unix seconds). */
export async function forgetAppEvents(database: Queries, before: number): Promise<void> {
  await database.query(
    `with gone as (delete from app_events where created < $1 and state <> 'queued' returning app, account, id)
     delete from app_event_attempts where (app, account, event) in (select app, account, id from gone)`,
    [before],
  )
}

export function parseEvent(row: Row): EventRecord {
  return EventRow.parse(row)
}
