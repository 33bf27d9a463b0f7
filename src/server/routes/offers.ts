import { CheckIdSchema } from '#contract/check.ts'
import { OffersSchema } from '#contract/offer.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { offers } from '#server/offers.ts'
import { answers, createRouter, problems } from '#server/openapi.ts'
import { requireSession } from '#server/session.ts'

const getOffers = createRoute({
  method: 'get',
  path: '/api/offers',
  request: {
    query: z.object({
      check: CheckIdSchema.optional(),
      seats: z.coerce.number().int().min(1).max(100_000).optional(),
    }),
  },
  responses: { 200: answers(OffersSchema, 'Every way out that can be bought or set, with its price.'), ...problems },
})

/** What a payer can buy or set. */
export function offerRoutes(hands: Hands) {
  const router = createRouter()
  router.use('/api/offers', requireSession(hands))
  return router.openapi(getOffers, async (c) => c.json(await offers(hands, c.var.session, c.req.valid('query')), 200))
}
