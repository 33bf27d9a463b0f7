import { UsageDaysQuerySchema, UsageHistoryQuerySchema, UsageHistorySchema } from '#contract/usage-history.ts'
import { UsagePageSchema } from '#contract/usage-page.ts'
import { createRoute, z } from '@hono/zod-openapi'
import { stream } from 'hono/streaming'
import type { Hands } from '#server/context.ts'
import { CSV_TYPE } from '#server/csv.ts'
import { answers, createRouter, problems } from '#server/openapi.ts'
import { requireSession } from '#server/session.ts'
import { usagePage } from '#server/usage-page.ts'
import { usageTable } from '#server/usage-page/days-table.ts'
import { usageHistory } from '#server/usage-page/history.ts'

const getUsage = createRoute({
  method: 'get',
  path: '/api/usage',
  responses: { 200: answers(UsagePageSchema, 'What is used of what, now.'), ...problems },
})
const getHistory = createRoute({
  method: 'get',
  path: '/api/usage/history',
  request: { query: UsageHistoryQuerySchema },
  responses: { 200: answers(UsageHistorySchema, 'One meter day by day, and by whom.'), ...problems },
})
const getDays = createRoute({
  method: 'get',
  path: '/api/usage/days.csv',
  request: { query: UsageDaysQuerySchema },
  responses: {
    200: { description: 'Days and meters (RFC 4180).', content: { 'text/csv': { schema: z.string() } } },
    ...problems,
  },
})

/** What a member sees of the account's usage. */
export function usagePageRoutes(hands: Hands) {
  const router = createRouter()
  router.use('/api/usage', requireSession(hands))
  router.use('/api/usage/*', requireSession(hands))
  return router
    .openapi(getUsage, async (c) => c.json(await usagePage(hands, c.var.session), 200))
    .openapi(getHistory, async (c) => c.json(await usageHistory(hands, c.var.session, c.req.valid('query')), 200))
    .openapi(getDays, async (c) => {
      const { from, until } = c.req.valid('query')
      const lines = await usageTable(hands, c.var.session, { from, until })
      c.header('Content-Type', CSV_TYPE)
      c.header('Content-Disposition', `attachment; filename="usage-${from}-${until}.csv"`)
      return stream(c, async (out) => {
        for await (const line of lines) await out.write(line)
      })
    })
}
