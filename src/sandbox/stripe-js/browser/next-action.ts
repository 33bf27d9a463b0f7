import { showChallenge } from './challenge-dialog.ts'
import type { Intent, IntentAnswer } from './frame-protocol.ts'
import type { StripeError } from '@stripe/stripe-js'

const AUTHENTICATION_FAILED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.'

export type Outcome = { intent: Intent; error?: undefined } | { error: StripeError }

/** Codes after which the customer did not pass the bank's check; any other failure came after it. */
const isAuthenticationFailure = (code: string | undefined) => code?.endsWith('_authentication_failure') ?? true

/** The intent lost its payment method: Stripe.js speaks of why, in words for the customer, with the intent attached. */
function failureOf(intent: Intent): StripeError {
  const last = intent.last_payment_error ?? intent.last_setup_error ?? undefined
  const attached = { [intent.object]: intent } as Pick<StripeError, 'payment_intent' | 'setup_intent'>
  if (!isAuthenticationFailure(last?.code)) return { type: 'card_error', ...last, ...attached }
  return {
    type: 'invalid_request_error',
    ...last,
    code: last?.code ?? `${intent.object}_authentication_failure`,
    message: AUTHENTICATION_FAILED,
    ...attached,
  }
}

const urlOf = (intent: Intent, origin: string): string => {
  const given = intent.next_action?.use_stripe_sdk?.stripe_js
  const page = new URL(`/3ds/${intent.id}`, origin)
  page.searchParams.set('client_secret', intent.client_secret)
  const url = typeof given === 'string' ? new URL(given, origin) : page
  return url.origin === origin ? url.href : page.href
}

const goTo = (url: string): Promise<never> => {
  window.location.assign(url)
  return new Promise(() => undefined)
}

/** What became of an intent after confirmation, with the bank's check in between when it asks for one. */
export async function settle(
  first: IntentAnswer,
  origin: string,
  retrieve: (secret: string) => Promise<IntentAnswer>,
): Promise<Outcome> {
  if (first.error !== undefined) return { error: first.error }
  let { intent } = first
  if (intent.status === 'requires_action') {
    const { url } = intent.next_action?.redirect_to_url ?? {}
    // A server that gave a return_url asked for a redirect; the bank's page sends the customer back by itself.
    if (typeof url === 'string') return goTo(url)
    await showChallenge(urlOf(intent, origin), intent.id)
    const after = await retrieve(intent.client_secret)
    if (after.error !== undefined) return { error: after.error }
    intent = after.intent
  }
  return intent.status === 'requires_payment_method' ? { error: failureOf(intent) } : { intent }
}
