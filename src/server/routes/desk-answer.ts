import { DeskAccountParamsSchema, DeskAnswerQuerySchema, DeskAnswerSchema } from '#contract/desk-answer.ts'
import { createRoute } from '@hono/zod-openapi'
import { answerFor } from '#server/desk/answer.ts'
import { looked } from '#server/desk/audit.ts'
import type { DeskHands } from '#server/desk/context.ts'
import { createDeskRouter } from '#server/desk/router.ts'
import { requireStaff } from '#server/desk/staff-session.ts'
import { answers, problems } from '#server/openapi.ts'

const read = createRoute({
  method: 'get',
  path: '/api/desk/accounts/{app}/{account}',
  request: { params: DeskAccountParamsSchema, query: DeskAnswerQuerySchema },
  responses: { 200: answers(DeskAnswerSchema, 'Why this account gets a 402, from one fresh look.'), ...problems },
})

/** The answer card. */
export function deskAnswerRoutes(hands: DeskHands) {
  const router = createDeskRouter()
  router.use('/api/desk/accounts/*', requireStaff(hands))
  return router.openapi(read, async (c) => {
    const key = c.req.valid('param')
    const { check } = c.req.valid('query')
    const told = { ...key, deed: 'read-account' as const, ...(check !== undefined && { subject: check }) }
    return c.json(await looked(hands, c, told, () => answerFor(hands, c.var.staff.role, key, check)), 200)
  })
}
