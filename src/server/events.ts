import type { EventDetailSchema, EventListSchema } from '#contract/event.ts'
import type { z } from 'zod'
import type { App } from './config.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import {
  findAttempts,
  findEvent,
  listEvents,
  replayEvent,
  type EventFilter,
  type EventRecord,
} from './store/app-events.ts'
import type { Queries } from './store/database.ts'
import { clearGone } from './store/gone-webhooks.ts'

type EventList = z.infer<typeof EventListSchema>
type EventDetail = z.infer<typeof EventDetailSchema>

const PAGE = 50

/** An app's own events, newest first. Support reads the same. */
export async function listAppEvents(
  { database }: Pick<Hands, 'database'>,
  app: App,
  filter: EventFilter,
): Promise<EventList> {
  const found = await listEvents(database, app.id, filter, PAGE + 1)
  return { events: found.slice(0, PAGE).map(answerOf), has_more: found.length > PAGE }
}

/** Throws ApiError not-found, for another app's event too. */
export async function readAppEvent({ database }: Pick<Hands, 'database'>, app: App, id: string): Promise<EventDetail> {
  const event = await findEvent(database, app.id, id)
  if (!event) throw new ApiError('not-found')
  const attempts = await findAttempts(database, event)
  return { ...answerOf(event), attempts: attempts.map(({ at, ...attempt }) => ({ at: instantOf(at), ...attempt })) }
}

/** Whoever asks for this says that the address is there again, whatever it answered before. Throws ApiError not-found. */
export async function replayAppEvent(
  hands: Pick<Hands, 'database' | 'now'>,
  app: App,
  id: string,
): Promise<EventDetail> {
  const event = await findEvent(hands.database, app.id, id)
  if (!event) throw new ApiError('not-found')
  await requeueEvent(hands.database, event, hands.now())
  return readAppEvent(hands, app, id)
}

/** From the first try on, to an address that counts as being there again. */
export async function requeueEvent(queries: Queries, event: EventRecord, now: number): Promise<void> {
  await clearGone(queries, event.app)
  await replayEvent(queries, event, now)
}

function answerOf({ id, state, event, tries, due, error }: EventRecord): EventList['events'][number] {
  return {
    id,
    state,
    event,
    tries,
    ...(state === 'queued' && { next_try: instantOf(due) }),
    ...(error !== undefined && { error }),
  }
}

function instantOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString()
}
