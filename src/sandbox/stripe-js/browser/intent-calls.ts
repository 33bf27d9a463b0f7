import { callApi } from './frame-api.ts'
import { intentPath, readSecret } from './client-secret.ts'
import type { ConfirmCall, Credentials, Intent, IntentAnswer } from './frame-protocol.ts'
import type { StripeError } from '@stripe/stripe-js'

const NO_SUCH_INTENT: StripeError = {
  type: 'invalid_request_error',
  code: 'resource_missing',
  message: 'No such intent: the client secret is not one of this Stripe.',
}

/** Reads the intent of a client secret, as a publishable key may. */
export async function retrieveIntent(secret: string, credentials: Credentials): Promise<IntentAnswer> {
  const parts = readSecret(secret)
  if (parts === undefined) return { error: NO_SUCH_INTENT }
  const answer = await callApi('GET', intentPath(parts), { client_secret: secret }, credentials)
  // The API's own word for an intent; what the merchant sees is exactly what was sent.
  return 'object' in answer ? { intent: answer.object as Intent } : { error: answer.error }
}

type Expected = NonNullable<ConfirmCall['expected']>

/** Stripe refuses an intent that differs from what Elements showed (docs: collect details before creating an intent). */
function mismatch(intent: Intent, expected: Expected): StripeError | undefined {
  for (const [name, wanted] of Object.entries(expected)) {
    const given = intent[name as keyof Expected] ?? null
    if (wanted === undefined || given === wanted) continue
    return {
      type: 'invalid_request_error',
      message: `The provided ${name} (${String(given)}) does not match the expected ${name} (${String(wanted)}). Try confirming with a Payment Intent that is configured to use the same parameters as Stripe Elements.`,
    }
  }
  return undefined
}

/** Confirms with what the merchant gave plus, from the fields' frame only, the card. */
export async function confirmIntent(call: ConfirmCall, card: Record<string, unknown> = {}): Promise<IntentAnswer> {
  const parts = readSecret(call.secret)
  if (parts === undefined) return { error: NO_SUCH_INTENT }
  if (call.expected !== undefined && parts.kind === 'payment') {
    const before = await retrieveIntent(call.secret, call.credentials)
    if (before.error !== undefined) return before
    const error = mismatch(before.intent, call.expected)
    if (error !== undefined) return { error: { ...error, payment_intent: before.intent } as StripeError }
  }
  const answer = await callApi(
    'POST',
    `${intentPath(parts)}/confirm`,
    { ...call.params, ...card, client_secret: call.secret, use_stripe_sdk: true },
    call.credentials,
  )
  return 'object' in answer ? { intent: answer.object as Intent } : { error: answer.error }
}
