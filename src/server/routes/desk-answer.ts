import { DeskAccountParamsSchema, DeskAnswerQuerySchema, DeskAnswerSchema } from '#contract/desk-answer.ts'
import { SendLinkRequestSchema, SentLinkSchema, UnmaskedSchema, UnmaskRequestSchema } from '#contract/desk-link.ts'
import { createRoute } from '@hono/zod-openapi'
import { answerFor } from '#server/desk/answer.ts'
import { looked } from '#server/desk/audit.ts'
import type { DeskHands } from '#server/desk/context.ts'
import { createDeskRouter } from '#server/desk/router.ts'
import { sendLink } from '#server/desk/send-link.ts'
import { requireStaff } from '#server/desk/staff-session.ts'
import { unmask } from '#server/desk/unmask.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { answers, json, problems } from '#server/openapi.ts'

const read = createRoute({
  method: 'get',
  path: '/api/desk/accounts/{app}/{account}',
  request: { params: DeskAccountParamsSchema, query: DeskAnswerQuerySchema },
  responses: { 200: answers(DeskAnswerSchema, 'Why this account gets a 402, from one fresh look.'), ...problems },
})

const show = createRoute({
  method: 'post',
  path: '/api/desk/accounts/{app}/{account}/unmask',
  request: { params: DeskAccountParamsSchema, body: json(UnmaskRequestSchema) },
  responses: { 200: answers(UnmaskedSchema, 'One detail about a person as it is.'), ...problems },
})
const send = createRoute({
  method: 'post',
  path: '/api/desk/accounts/{app}/{account}/send-link',
  request: { params: DeskAccountParamsSchema, body: json(SendLinkRequestSchema) },
  responses: { 200: answers(SentLinkSchema, 'The link, and how it gets to the member.'), ...problems },
})

/** The answer card, what is behind its masks, and the link that goes out from it. */
export function deskAnswerRoutes(hands: DeskHands, postman: Loop) {
  const router = createDeskRouter()
  router.use('/api/desk/accounts/*', requireStaff(hands))
  return router
    .openapi(read, async (c) => {
      const key = c.req.valid('param')
      const { check } = c.req.valid('query')
      const told = { ...key, deed: 'read-account' as const, ...(check !== undefined && { subject: check }) }
      return c.json(await looked(hands, c, told, () => answerFor(hands, c.var.staff.role, key, check)), 200)
    })
    .openapi(show, async (c) => {
      const key = c.req.valid('param')
      const { field, reason } = c.req.valid('json')
      const told = { ...key, deed: 'unmask' as const, subject: field, reason }
      return c.json({ text: await looked(hands, c, told, () => unmask(hands, key, field)) }, 200)
    })
    .openapi(send, async (c) => {
      const sent = await sendLink(hands, c, c.req.valid('param'), c.req.valid('json'))
      if (sent.by === 'letter') postman.wake()
      return c.json(sent, 200)
    })
}
