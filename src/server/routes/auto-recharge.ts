import { AutoRechargeSchema } from '#contract/offer.ts'
import { createRoute } from '@hono/zod-openapi'
import { setAutoRecharge } from '#server/auto-recharge.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { answers, createRouter, json, problems } from '#server/openapi.ts'
import { payingRoles } from '#server/paying-roles.ts'
import { requireSession } from '#server/session.ts'

const putAutoRecharge = createRoute({
  method: 'put',
  path: '/api/auto-recharge',
  request: { body: json(AutoRechargeSchema) },
  responses: { 200: answers(AutoRechargeSchema, 'As it is now set.'), ...problems },
})

/** Credits that buy themselves. */
export function autoRechargeRoutes(hands: Hands, recharger: Loop) {
  const router = createRouter()
  router.use('/api/auto-recharge', requireSession(hands))
  return router.openapi(putAutoRecharge, async (c) => {
    const { session } = c.var
    if (!payingRoles.includes(session.role)) throw new ApiError('not-allowed')
    const reading = await hands.airlock.read(session, { fresh: true })
    if (!reading) throw new ApiError('not-found')
    const wish = c.req.valid('json')
    await setAutoRecharge(hands, reading, wish)
    recharger.wake()
    return c.json(wish, 200)
  })
}
