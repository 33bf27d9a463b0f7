import type { PaymentError } from '#diagnosis/account.ts'
import type { DeclineGroup } from '#diagnosis/decline.ts'
import type { SetupIntent, Stripe, StripeElements, StripeError } from '@stripe/stripe-js'

/** What came of saving a card. No money moves here, so nothing of this is ever uncertain about money. */
export type SaveResult =
  | { readonly kind: 'saved'; readonly setupIntent: string }
  | { readonly kind: 'declined'; readonly decline: DeclineGroup; readonly sameCardCanWork: boolean }
  /** A field is incomplete or wrong; Stripe's own sentence, in the language of the fields. */
  | { readonly kind: 'invalid'; readonly message: string }
  /** A bank account that is to be verified first, or is being looked at by the bank: it takes days. */
  | { readonly kind: 'waiting' }
  /** The bank's check was closed or failed. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'unavailable' }

/**
 * Checks the fields, asks our server for a SetupIntent, and lets Stripe save the card
 * (https://docs.stripe.com/payments/accept-a-payment-deferred?type=setup). Rejects only when `clientSecretFrom` does.
 */
export async function saveCard(
  stripe: Stripe,
  elements: StripeElements,
  clientSecretFrom: () => Promise<string>,
): Promise<SaveResult> {
  const checked = await elements.submit()
  if (checked.error) return refusalOf(checked.error)
  const clientSecret = await clientSecretFrom()
  const { setupIntent, error } = await stripe.confirmSetup({
    elements,
    clientSecret,
    confirmParams: { return_url: window.location.href },
    redirect: 'if_required',
  })
  return error ? refusalOf(error) : resultOf(setupIntent)
}

/** Goes on with a card whose bank check was cut short by a reload. */
export async function continueSaving(stripe: Stripe, clientSecret: string): Promise<SaveResult> {
  const before = await stripe.retrieveSetupIntent(clientSecret)
  if (before.setupIntent?.status === 'succeeded') return resultOf(before.setupIntent)
  const { setupIntent, error } = await stripe.handleNextAction({ clientSecret })
  return error ? refusalOf(error) : resultOf(setupIntent)
}

function resultOf(setupIntent: SetupIntent | undefined): SaveResult {
  if (setupIntent?.status === 'succeeded') return { kind: 'saved', setupIntent: setupIntent.id }
  const waits = setupIntent?.status === 'processing' || setupIntent?.next_action?.type === 'verify_with_microdeposits'
  return { kind: waits ? 'waiting' : 'unfinished' }
}

/** Stripe.js's errors by type (https://docs.stripe.com/api/errors); its sentence is shown for a field, never for a decline. */
async function refusalOf(error: StripeError): Promise<SaveResult> {
  if (error.setup_intent?.status === 'succeeded') return { kind: 'saved', setupIntent: error.setup_intent.id }
  if (error.code === 'setup_intent_authentication_failure') return { kind: 'unfinished' }
  if (error.type === 'validation_error') return { kind: 'invalid', message: error.message ?? '' }
  if (error.type === 'api_connection_error') return { kind: 'offline' }
  if (error.type !== 'card_error') return { kind: 'unavailable' }
  const adviceCode = said(error, 'advice_code')
  const networkAdviceCode = said(error, 'network_advice_code')
  const evidence = {
    code: error.code ?? 'card_declined',
    ...(error.decline_code !== undefined && { declineCode: error.decline_code }),
    ...(adviceCode !== undefined && { adviceCode }),
    ...(networkAdviceCode !== undefined && { networkAdviceCode }),
  }
  return { kind: 'declined', ...(await adviceOn(evidence)) }
}

/** The table of codes is fetched by those who are declined; where it does not come, the general words are still true. */
async function adviceOn(error: PaymentError) {
  try {
    const { declineGroup, sameCardCanWork } = await import('#diagnosis/decline.ts')
    return { decline: declineGroup(error), sameCardCanWork: sameCardCanWork(error) }
  } catch {
    return { decline: 'bank', sameCardCanWork: false } as const
  }
}

/** On the wire since 2025, but not yet in Stripe.js's types. */
function said(error: object, field: 'advice_code' | 'network_advice_code'): string | undefined {
  const value: unknown = Reflect.get(error, field)
  return typeof value === 'string' ? value : undefined
}
