import { createHash } from 'node:crypto'
import type { MeterForward } from '#server/store/meter-forwards.ts'
import Stripe from 'stripe'
import { isUnreachable, type StripeClient } from './client.ts'

/**
 * `taken`: Stripe has it, by this call or by one before. `refused`: it never will have it as it is. `not_taken`: it has
 * it not, and may take it later. `unsure`: it did not say.
 */
export type Forwarded =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused' | 'not_taken' | 'unsure'; readonly error: string }

/** https://docs.stripe.com/api/billing/meter-event/create */
export async function forwardUsage(stripe: StripeClient, forward: MeterForward): Promise<Forwarded> {
  const { eventName, quantity, at, customer } = forward
  try {
    await stripe.billing.meterEvents.create(
      {
        event_name: eventName,
        identifier: identifierOf(forward),
        timestamp: at,
        payload: { stripe_customer_id: customer, value: quantity },
      },
      { maxNetworkRetries: 0 },
    )
    return { kind: 'taken' }
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    return outcomeOf(error)
  }
}

function outcomeOf(error: Stripe.errors.StripeError): Forwarded {
  const name = error.code ?? error.type
  // The same identifier within a day: an earlier try got through, only its answer was lost.
  if (isDuplicate(error)) return { kind: 'taken' }
  if (error instanceof Stripe.errors.StripeConnectionError || error instanceof Stripe.errors.StripeAPIError) {
    return { kind: 'unsure', error: name }
  }
  if (isUnreachable(error)) return { kind: 'not_taken', error: name }
  return { kind: 'refused', error: name }
}

/** Stripe gives this refusal no code of its own in the v1 API, only its sentence. */
function isDuplicate(error: Stripe.errors.StripeError): boolean {
  if (error.code === 'duplicate_meter_event') return true
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError && /already exists with identifier/.test(error.message)
  )
}

/** At most 100 characters, the same for every try of the same event. */
function identifierOf({ app, account, id }: MeterForward): string {
  return createHash('sha256')
    .update(JSON.stringify([app, account, id]))
    .digest('hex')
}
