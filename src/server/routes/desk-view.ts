import { DeskAccountParamsSchema } from '#contract/desk-answer.ts'
import { ViewGrantedSchema, ViewRequestSchema, ViewSchema } from '#contract/desk-view.ts'
import { AuditIdSchema } from '#contract/staff.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { mayOnly } from '#server/desk/act-once.ts'
import type { DeskHands } from '#server/desk/context.ts'
import { createDeskRouter, valid } from '#server/desk/router.ts'
import { requireStaff } from '#server/desk/staff-session.ts'
import { beginView, describeView, findView, sessionOf } from '#server/desk/view.ts'
import { maskView } from '#server/desk/view-mask.ts'
import { viewReads } from '#server/desk/view-reads.ts'
import { answers, json, problems } from '#server/openapi.ts'
import { readOnly } from '#server/store/read-only.ts'
import type { SessionRecord } from '#server/store/sessions.ts'

const begin = createRoute({
  method: 'post',
  path: '/api/desk/accounts/{app}/{account}/view-as',
  request: { params: DeskAccountParamsSchema, body: json(ViewRequestSchema) },
  responses: { 200: answers(ViewGrantedSchema, 'Where the view begins.'), ...problems },
})
const describe = createRoute({
  method: 'get',
  path: '/api/desk/as/{view}',
  request: { params: z.object({ view: AuditIdSchema }) },
  responses: { 200: answers(ViewSchema, 'Whose eyes, and until when.'), ...problems },
})

/**
 * The customer's own pages through a member's eyes: only what is in `viewReads`, only GET, over a database that refuses
 * every change, for the staff session that gave its reason. All of it belongs to the one audit row of its beginning.
 */
export function deskViewRoutes(hands: DeskHands) {
  const looking: Hands = { ...hands, database: readOnly(hands.database) }
  const router = createDeskRouter()
  router.use('/api/desk/accounts/:app/:account/view-as', requireStaff(hands), mayOnly('view-as'))
  router.use('/api/desk/as/*', requireStaff(hands))
  for (const [path, { asked, read }] of Object.entries(viewReads)) {
    router.get(`/api/desk/as/:view${path}`, async (c) => {
      const { view: id, ...params } = c.req.param() as Record<string, string>
      const view = await findView(hands, c, valid(AuditIdSchema, id))
      const question = valid<z.ZodType>(asked, { ...c.req.query(), ...params })
      // The table's own types pair each question with its read.
      const answer = read as (hands: Hands, session: SessionRecord, asked: unknown) => Promise<object>
      const { record, session } = await sessionOf(hands, view)
      const seen = await answer(looking, session, question)
      return c.json(maskView(c.var.staff.role, record, seen) as object)
    })
  }
  return router
    .openapi(begin, async (c) => c.json(await beginView(hands, c, c.req.valid('param'), c.req.valid('json')), 200))
    .openapi(describe, async (c) => {
      const view = await findView(hands, c, c.req.valid('param').view)
      return c.json(await describeView(hands, c, view), 200)
    })
}
