import { UsagePageSchema } from '#contract/usage-page.ts'
import { createRoute } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { answers, createRouter, problems } from '#server/openapi.ts'
import { requireSession } from '#server/session.ts'
import { usagePage } from '#server/usage-page.ts'

const getUsage = createRoute({
  method: 'get',
  path: '/api/usage',
  responses: { 200: answers(UsagePageSchema, 'What is used of what, now.'), ...problems },
})

/** What a member sees of the account's usage. */
export function usagePageRoutes(hands: Hands) {
  const router = createRouter()
  router.use('/api/usage', requireSession(hands))
  return router.openapi(getUsage, async (c) => c.json(await usagePage(hands, c.var.session), 200))
}
