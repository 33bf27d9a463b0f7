import { CheckIdSchema } from '#contract/check.ts'
import { BillingDetailsSchema } from '#contract/billing-details.ts'
import { OverviewSchema } from '#contract/overview.ts'
import { ReturnAnswerSchema, VisitSchema } from '#contract/visit.ts'
import { compact } from '#diagnosis/compact.ts'
import { createRoute, z } from '@hono/zod-openapi'
import { billingDetails } from '#server/billing-details.ts'
import type { Hands } from '#server/context.ts'
import { answers, createRouter, json, problems } from '#server/openapi.ts'
import { look } from '#server/look.ts'
import { overview } from '#server/overview.ts'
import { sendBack } from '#server/return.ts'
import { screenOf } from '#server/screens.ts'
import { requireSession } from '#server/session.ts'

const getVisit = createRoute({
  method: 'get',
  path: '/api/visit',
  request: { query: z.object({ check: CheckIdSchema.optional() }) },
  responses: { 200: answers(VisitSchema, 'Everything a screen needs.'), ...problems },
})
const getOverview = createRoute({
  method: 'get',
  path: '/api/overview',
  request: { query: z.object({ fresh: z.literal('true').optional() }) },
  responses: { 200: answers(OverviewSchema, 'The account.'), ...problems },
})
const getBillingDetails = createRoute({
  method: 'get',
  path: '/api/billing-details',
  responses: { 200: answers(BillingDetailsSchema, 'What stands on invoices, and where they go.'), ...problems },
})
const postReturn = createRoute({
  method: 'post',
  path: '/api/return',
  request: { body: json(z.strictObject({ check: CheckIdSchema })) },
  responses: { 200: answers(ReturnAnswerSchema, 'Where to go, when a fresh look says yes.'), ...problems },
})

/** What a signed-in person sees, and the way back. */
export function visitRoutes(hands: Hands) {
  const router = createRouter()
  router.use('/api/visit', requireSession(hands))
  router.use('/api/overview', requireSession(hands))
  router.use('/api/billing-details', requireSession(hands))
  router.use('/api/return', requireSession(hands))
  return router
    .openapi(getVisit, async (c) => {
      const { check } = c.req.valid('query')
      const visit = await look(hands, c.var.session, check)
      const screen = screenOf(visit)
      if (screen !== undefined) c.set('shown', { screen, ...compact({ check }) })
      return c.json(visit, 200)
    })
    .openapi(getOverview, async (c) =>
      c.json(await overview(hands, c.var.session, c.req.valid('query').fresh === 'true'), 200),
    )
    .openapi(getBillingDetails, async (c) => c.json(await billingDetails(hands, c.var.session), 200))
    .openapi(postReturn, async (c) => c.json(await sendBack(hands, c.var.session, c.req.valid('json').check), 200))
}
