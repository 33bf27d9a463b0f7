import {
  ResendParamsSchema,
  ResendSchema,
  ResentSchema,
  TimelineParamsSchema,
  TimelineQuerySchema,
  TimelineSchema,
} from '#contract/desk-timeline.ts'
import { createRoute } from '@hono/zod-openapi'
import { looked } from '#server/desk/audit.ts'
import type { DeskHands } from '#server/desk/context.ts'
import { resendEvent } from '#server/desk/resend.ts'
import { createDeskRouter } from '#server/desk/router.ts'
import { requireStaff } from '#server/desk/staff-session.ts'
import { timelineOf } from '#server/desk/timeline.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { answers, json, problems } from '#server/openapi.ts'

const read = createRoute({
  method: 'get',
  path: '/api/desk/accounts/{app}/{account}/timeline',
  request: { params: TimelineParamsSchema, query: TimelineQuerySchema },
  responses: { 200: answers(TimelineSchema, 'What happened to the account, newest first.'), ...problems },
})
const resend = createRoute({
  method: 'post',
  path: '/api/desk/accounts/{app}/{account}/events/{id}/resend',
  request: { params: ResendParamsSchema, body: json(ResendSchema) },
  responses: { 200: answers(ResentSchema, 'Queued again, from the first try on.'), ...problems },
})

/** Everything that happened to an account, and telling its app once more. */
export function deskTimelineRoutes(hands: DeskHands, outbox: Pick<Loop, 'wake'>) {
  const router = createDeskRouter()
  router.use('/api/desk/accounts/:app/:account/timeline', requireStaff(hands))
  router.use('/api/desk/accounts/:app/:account/events/*', requireStaff(hands))
  return router
    .openapi(read, async (c) => {
      const key = c.req.valid('param')
      const asked = c.req.valid('query')
      const told = { ...key, deed: 'read-timeline' } as const
      return c.json(await looked(hands, c, told, () => timelineOf(hands, c.var.staff.role, key, asked)), 200)
    })
    .openapi(resend, async (c) => {
      const entry = await resendEvent(hands, c, { ...c.req.valid('param'), ...c.req.valid('json') })
      outbox.wake()
      return c.json({ entry }, 200)
    })
}
