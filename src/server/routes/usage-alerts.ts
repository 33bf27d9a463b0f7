import { StopLettersRequestSchema, UsageAlertsRequestSchema, UsageLettersRequestSchema } from '#contract/usage-alert.ts'
import { UsagePageSchema } from '#contract/usage-page.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { readLetterStop } from '#server/letter-stop.ts'
import { answers, createRouter, json, problems } from '#server/openapi.ts'
import { payingRoles } from '#server/paying-roles.ts'
import { requireSession } from '#server/session.ts'
import { setLetters } from '#server/store/usage-alerts.ts'
import { usagePage } from '#server/usage-page.ts'
import { setAlerts } from '#server/usage-page/alerts.ts'

const putAlerts = createRoute({
  method: 'put',
  path: '/api/usage/alerts',
  request: { body: json(UsageAlertsRequestSchema) },
  responses: { 200: answers(UsagePageSchema, 'The page with the alerts as they are now set.'), ...problems },
})
const putLetters = createRoute({
  method: 'put',
  path: '/api/usage/letters',
  request: { body: json(UsageLettersRequestSchema) },
  responses: { 200: answers(UsagePageSchema, 'The page with the choice.'), ...problems },
})
const stopLetters = createRoute({
  method: 'post',
  path: '/api/letters/stop',
  request: { body: json(StopLettersRequestSchema) },
  responses: { 204: { description: 'So it is.' }, ...problems },
})
const oneClick = createRoute({
  method: 'post',
  path: '/letters',
  request: { query: z.object({ stop: z.string().max(1_000) }) },
  responses: { 204: { description: 'No more letters about usage (RFC 8058).' }, ...problems },
})

/** What payers want to be written to about, and who of them wants no letters. */
export function usageAlertRoutes(hands: Hands) {
  const router = createRouter()
  router.use('/api/usage/*', requireSession(hands))
  return router
    .openapi(putAlerts, async (c) => {
      const { session } = c.var
      if (!payingRoles.includes(session.role)) throw new ApiError('not-allowed')
      await setAlerts(hands, session, c.req.valid('json').alerts)
      return c.json(await usagePage(hands, session), 200)
    })
    .openapi(putLetters, async (c) => {
      const { session } = c.var
      if (!payingRoles.includes(session.role)) throw new ApiError('not-allowed')
      await setLetters(hands.database, session, { on: c.req.valid('json').on, now: hands.now() })
      return c.json(await usagePage(hands, session), 200)
    })
    .openapi(stopLetters, async (c) => {
      const { token, on } = c.req.valid('json')
      await choose(token, on)
      return c.body(null, 204)
    })
    .openapi(oneClick, async (c) => {
      await choose(c.req.valid('query').stop, false)
      return c.body(null, 204)
    })

  async function choose(token: string, on: boolean): Promise<void> {
    const reader = readLetterStop(hands.config, token)
    if (!reader) throw new ApiError('not-found', 'This link is not one of ours')
    await setLetters(hands.database, reader, { on, now: hands.now() })
  }
}
