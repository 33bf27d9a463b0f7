import { AskRequestSchema, AskSchema } from '#contract/ask.ts'
import { createRoute } from '@hono/zod-openapi'
import { askColleague } from '#server/asks.ts'
import type { Hands } from '#server/context.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { answers, createRouter, json, problems } from '#server/openapi.ts'
import { requireSession } from '#server/session.ts'

const postAsk = createRoute({
  method: 'post',
  path: '/api/asks',
  request: { body: json(AskRequestSchema) },
  responses: { 200: answers(AskSchema, 'Written down; the letter goes out now.'), ...problems },
})

/** Asking a colleague who can. */
export function askRoutes(hands: Hands, postman: Loop) {
  const router = createRouter()
  router.use('/api/asks', requireSession(hands))
  return router.openapi(postAsk, async (c) => {
    const { check, to } = c.req.valid('json')
    const ask = await askColleague(hands, c.var.session, { check, to })
    postman.wake()
    return c.json(ask, 200)
  })
}
