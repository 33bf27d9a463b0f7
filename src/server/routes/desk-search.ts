import { DeskSearchRequestSchema, DeskSearchSchema } from '#contract/desk-search.ts'
import { createRoute } from '@hono/zod-openapi'
import { looked } from '#server/desk/audit.ts'
import type { DeskHands } from '#server/desk/context.ts'
import { createDeskRouter } from '#server/desk/router.ts'
import { search, searchMark } from '#server/desk/search.ts'
import { requireStaff } from '#server/desk/staff-session.ts'
import { answers, json, problems } from '#server/openapi.ts'

const find = createRoute({
  method: 'post',
  path: '/api/desk/search',
  request: { body: json(DeskSearchRequestSchema) },
  responses: { 200: answers(DeskSearchSchema, 'The accounts that are meant, exactly; at most ten.'), ...problems },
})

/** The one field that finds an account. What was searched for is kept nowhere. */
export function deskSearchRoutes(hands: DeskHands) {
  const router = createDeskRouter()
  router.use('/api/desk/search', requireStaff(hands))
  return router.openapi(find, async (c) => {
    const { query } = c.req.valid('json')
    const told = { deed: 'search' as const, ...searchMark(hands.desk, query) }
    return c.json(await looked(hands, c, told, () => search(hands, c.var.staff.role, query)), 200)
  })
}
