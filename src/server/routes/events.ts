import { EventDetailSchema, EventIdSchema, EventListSchema, EventQuerySchema } from '#contract/event.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { listAppEvents, readAppEvent, replayAppEvent } from '#server/events.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { answers, createRouter, fails } from '#server/openapi.ts'
import { requireApp } from './v1.ts'

const security = [{ apiKey: [] }]
const EventParams = z.object({ id: EventIdSchema })

const getEvents = createRoute({
  method: 'get',
  path: '/v1/events',
  operationId: 'listEvents',
  summary: 'What the app was told, or could not be told',
  description: 'The events of this app, page by page; also those that nobody took.',
  security,
  request: { query: EventQuerySchema },
  responses: { 200: answers(EventListSchema, 'Newest first.'), ...fails('invalid-request', 'not-authenticated') },
})
const getEvent = createRoute({
  method: 'get',
  path: '/v1/events/{id}',
  operationId: 'getEvent',
  summary: 'One event with every try to deliver it',
  description: 'When it was sent, what was answered, and when it is tried again.',
  security,
  request: { params: EventParams },
  responses: { 200: answers(EventDetailSchema, 'The event.'), ...fails('not-authenticated', 'not-found') },
})
const replayEvent = createRoute({
  method: 'post',
  path: '/v1/events/{id}/replay',
  operationId: 'replayEvent',
  summary: 'Deliver an event again',
  description:
    'Also one that was delivered or given up. It keeps its id, so an app that has seen it takes it as the same.',
  security,
  request: { params: EventParams },
  responses: {
    200: answers(EventDetailSchema, 'Queued, from the first try on.'),
    ...fails('not-authenticated', 'not-found'),
  },
})

/** So that a developer can see for themselves what became of the events. */
export function eventRoutes(hands: Hands, outbox: Pick<Loop, 'wake'>) {
  const router = createRouter()
  const keyed = requireApp(hands)
  router.use('/v1/events', keyed)
  router.use('/v1/events/*', keyed)
  return router
    .openapi(getEvents, async (c) => c.json(await listAppEvents(hands, c.var.app, c.req.valid('query')), 200))
    .openapi(getEvent, async (c) => c.json(await readAppEvent(hands, c.var.app, c.req.valid('param').id), 200))
    .openapi(replayEvent, async (c) => {
      const replayed = await replayAppEvent(hands, c.var.app, c.req.valid('param').id)
      outbox.wake()
      return c.json(replayed, 200)
    })
}
