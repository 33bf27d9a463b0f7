import Stripe from 'stripe'
import type { StripeNews } from '#server/store/stripe-news.ts'
import { idOf, type StripeClient } from './client.ts'
import { newsOf } from './event-news.ts'

export type HintedEvent = {
  readonly id: string
  readonly type: string
  readonly customer: string | undefined
  /** Kept to be shown to support, and for nothing else. */
  readonly news: StripeNews
}

type About = { readonly customer?: string | { id: string } | null }

const TOLERANCE_SECONDS = 300

/**
 * Checks Stripe's signature over the raw body and reads the little that we believe of an event: whom it is about.
 * Several secrets may be valid while one is being changed. Undefined when the signature does not hold.
 * https://docs.stripe.com/webhooks#verify-manually; the SDK accepts timestamps from the future, we do not.
 */
export function verifyEvent(
  stripe: StripeClient,
  { body, signature, secrets, now }: { body: string; signature: string; secrets: readonly string[]; now: number },
): HintedEvent | undefined {
  const timestamp = Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1])
  if (!(timestamp <= now + TOLERANCE_SECONDS)) return undefined
  for (const secret of secrets) {
    try {
      const event = stripe.webhooks.constructEvent(body, signature, secret, TOLERANCE_SECONDS, undefined, now * 1_000)
      const object = event.data.object as About & { id?: string; object?: string }
      const before = event.data.previous_attributes as About | undefined
      // What was taken off a customer is about the customer whose it was.
      const customer = object.object === 'customer' ? object.id : (idOf(object.customer) ?? idOf(before?.customer))
      return { id: event.id, type: event.type, customer, news: newsOf(event, now) }
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error
    }
  }
  return undefined
}
