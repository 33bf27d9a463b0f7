import { InsightQuerySchema, InsightSchema } from '#contract/desk-insight.ts'
import { createRoute } from '@hono/zod-openapi'
import type { DeskHands } from '#server/desk/context.ts'
import { insight } from '#server/desk/insight.ts'
import { createDeskRouter } from '#server/desk/router.ts'
import { requireStaff } from '#server/desk/staff-session.ts'
import { answers, problems } from '#server/openapi.ts'

const get = createRoute({
  method: 'get',
  path: '/api/desk/insight',
  request: { query: InsightQuerySchema },
  responses: { 200: answers(InsightSchema, 'From refusal to being served.'), ...problems },
})

/** How refusals end. */
export function deskInsightRoutes(hands: DeskHands) {
  const router = createDeskRouter()
  router.use('/api/desk/insight', requireStaff(hands))
  return router.openapi(get, async (c) => c.json(await insight(hands, c, c.req.valid('query')), 200))
}
