import { UsageAnswerSchema, UsageRequestSchema } from '#contract/usage.ts'
import { createRoute } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import type { Loops } from '#server/app.ts'
import { examples } from '#server/handbook/examples.ts'
import { answers, createRouter, fails, json } from '#server/openapi.ts'
import { takeUsage } from '#server/usage.ts'
import { requireApp } from './v1.ts'

const postUsage = createRoute({
  method: 'post',
  path: '/v1/usage',
  operationId: 'reportUsage',
  summary: 'Report what was used',
  description:
    'Up to 1,000 events at once. `id` is yours and makes repeating safe: the same event again is a duplicate, another content under the same id an error. The answer is 200 however many were wrong, and the others are counted.',
  security: [{ apiKey: [] }],
  request: { body: json(UsageRequestSchema, examples.usage) },
  responses: {
    200: answers(UsageAnswerSchema, 'What was counted, and what was wrong with the rest.', examples.usageAnswer),
    ...fails('invalid-request', 'not-authenticated', 'too-large', 'not-json'),
  },
})

/** What apps report. */
export function usageRoutes(
  hands: Hands,
  { recharger, watch, forwarder }: Pick<Loops, 'recharger' | 'watch' | 'forwarder'>,
) {
  const router = createRouter()
  router.on('POST', '/v1/usage', requireApp(hands))
  return router.openapi(postUsage, async (c) => {
    const answer = await takeUsage(hands, c.var.app, c.req.valid('json').events)
    if (answer.accepted > 0) for (const loop of [recharger, watch, forwarder]) loop.wake()
    return c.json(answer, 200)
  })
}
