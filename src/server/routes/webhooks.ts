import { Hono } from 'hono'
import type { Env, Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { receiveEvent } from '#server/store/stripe-events.ts'
import type { Inbox } from '#server/stripe/inbox.ts'
import { verifyEvent } from '#server/stripe/verify-event.ts'

/** Stripe's events: verified on the raw body, written down, answered; worked off afterwards. */
export function webhookRoutes(hands: Hands, inbox: Inbox) {
  return new Hono<Env>().post('/webhooks/stripe', async (c) => {
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
}
