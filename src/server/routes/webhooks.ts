import { z } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { answers, createRouter, problems } from '#server/openapi.ts'
import { receiveEvent } from '#server/store/stripe-events.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { verifyEvent } from '#server/stripe/verify-event.ts'

/** Stripe's events: verified on the raw body, written down, answered; worked off afterwards. */
export function webhookRoutes(hands: Hands, inbox: Loop) {
  const router = createRouter()
  // Described only: the schema's own reading of the body would lose the bytes that were signed.
  router.openAPIRegistry.registerPath({
    method: 'post',
    path: '/webhooks/stripe',
    request: { headers: z.object({ 'stripe-signature': z.string() }) },
    responses: { 200: answers(z.object({ received: z.literal(true) }), 'Written down.'), ...problems },
  })
  router.post('/webhooks/stripe', async (c) => {
    const now = hands.now()
    const event = verifyEvent(hands.stripe, {
      body: await c.req.text(),
      signature: c.req.header('Stripe-Signature') ?? '',
      secrets: hands.config.stripe.webhookSecrets,
      now,
    })
    if (!event) throw new ApiError('invalid-request', 'The signature does not hold')
    if (await receiveEvent(hands.database, event, now)) inbox.wake()
    return c.json({ received: true })
  })
  return router
}
