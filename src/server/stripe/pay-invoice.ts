import type { Refused } from '#contract/deed.ts'
import type { Invoice, PaymentError } from '#diagnosis/account.ts'
import Stripe from 'stripe'
import { ask, idOf, isUnreachable, StripeUnreachable, type StripeClient } from './client.ts'
import { paymentFrom } from './facts.ts'

/** How an invoice stands at this moment. */
export type InvoiceState = {
  readonly id: string
  readonly number: string | undefined
  /** Unix seconds, UTC. */
  readonly created: number
  readonly customer: string | undefined
  readonly subscription: string | undefined
  readonly status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible'
  /** In the currency's smallest unit. */
  readonly remaining: number
  readonly currency: string
  readonly payment: Invoice['payment']
  /** For the browser to finish the bank's check; never logged. */
  readonly clientSecret: string | undefined
}

export type PayResult =
  | { readonly kind: 'paid' }
  | { readonly kind: 'processing' }
  | { readonly kind: 'confirm'; readonly clientSecret: string }
  | { readonly kind: 'unseen' }
  | { readonly kind: 'declined'; readonly error: PaymentError }
  /** No bank was asked. */
  | { readonly kind: 'refused'; readonly because: Exclude<Refused, 'currency'> }
  /** It cannot be paid any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' }

/** Throws StripeUnreachable; undefined for an invoice that does not exist. */
export async function readInvoice(stripe: StripeClient, id: string): Promise<InvoiceState | undefined> {
  const invoice = await ask(
    stripe.invoices.retrieve(id, {
      expand: ['confirmation_secret', 'payments.data.payment.payment_intent'],
    }),
  ).catch((error: unknown) => {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing') return undefined
    throw error
  })
  if (!invoice?.status) return undefined
  const payments = invoice.payments?.data ?? []
  const intent = (payments.find(({ is_default }) => is_default) ?? payments[0])?.payment.payment_intent
  return {
    id: invoice.id,
    number: invoice.number ?? undefined,
    created: invoice.created,
    customer: idOf(invoice.customer),
    subscription: idOf(invoice.parent?.subscription_details?.subscription),
    status: invoice.status as InvoiceState['status'],
    remaining: invoice.amount_remaining,
    currency: invoice.currency,
    payment: paymentFrom(typeof intent === 'object' ? intent : undefined),
    clientSecret: invoice.confirmation_secret?.client_secret ?? undefined,
  }
}

/**
 * Pays one invoice with one method. What Stripe says to the call is only half the truth: the invoice is read again
 * before anything is believed, so that a lost answer is not taken for a refusal.
 *
 * `offSession`: the mandate was given a moment ago, when the card was saved; asking the bank a second time would only
 * annoy. `unseen`: the bank insists on seeing the person, ask again with `offSession: false`.
 */
export async function payInvoice(
  stripe: StripeClient,
  invoice: string,
  { method, offSession, key }: { method: string; offSession: boolean; key: string },
): Promise<PayResult> {
  let refusal: Stripe.errors.StripeError | undefined
  let silent = false
  try {
    await stripe.invoices.pay(
      invoice,
      { payment_method: method, off_session: offSession },
      { idempotencyKey: key, maxNetworkRetries: 0 },
    )
  } catch (error) {
    if (isUnreachable(error)) silent = true
    else if (error instanceof Stripe.errors.StripeError) refusal = error
    else throw error
  }
  let state: InvoiceState | undefined
  try {
    state = await readInvoice(stripe, invoice)
  } catch (error) {
    if (error instanceof StripeUnreachable) return { kind: 'unknown' }
    throw error
  }
  return verdict(state, refusal, silent)
}

function verdict(
  state: InvoiceState | undefined,
  refusal: Stripe.errors.StripeError | undefined,
  silent: boolean,
): PayResult {
  if (!state) return { kind: 'unknown' }
  if (state.status === 'paid') return { kind: 'paid' }
  if (state.payment.state === 'processing' || state.payment.state === 'succeeded') return { kind: 'processing' }
  if (state.payment.state === 'requires_action' && state.clientSecret) {
    return { kind: 'confirm', clientSecret: state.clientSecret }
  }
  if (silent) return { kind: 'unknown' }
  if (refusal && !(refusal instanceof Stripe.errors.StripeCardError)) return refusedBy(state, refusal)
  if (refusal?.code === 'authentication_required' || refusal?.decline_code === 'authentication_required') {
    return { kind: 'unseen' }
  }
  const error = state.payment.error ?? errorFrom(refusal)
  return error ? { kind: 'declined', error } : { kind: 'unknown' }
}

/** A payment may be under way after all: https://docs.stripe.com/error-codes */
const underWay: readonly string[] = ['payment_intent_unexpected_state', 'lock_timeout', 'idempotency_key_in_use']

/**
 * What a refusal that is no bank's means for the money. Stripe looks at a request before it asks a bank, and calls what
 * is wrong with it `invalid_request_error` (https://docs.stripe.com/error-low-level#content-errors): nothing was charged,
 * then, as long as the invoice shows no payment that moves. What it says of anything else (keys that are in use or were
 * used for another request, too many questions, its own trouble) is no word about the money.
 */
function refusedBy({ status, payment }: InvoiceState, refusal: Stripe.errors.StripeError): PayResult {
  const isSure =
    refusal instanceof Stripe.errors.StripeInvalidRequestError &&
    refusal.rawType === 'invalid_request_error' &&
    !underWay.includes(refusal.code ?? '') &&
    payment.state !== 'requires_action' &&
    payment.state !== 'requires_capture'
  if (!isSure) return { kind: 'unknown' }
  if (status === 'void') return { kind: 'gone' }
  const isOfMethod =
    refusal.param === 'payment_method' || /^payment_(intent_incompatible_)?method/.test(refusal.code ?? '')
  return { kind: 'refused', because: isOfMethod ? 'method' : 'other' }
}

export function errorFrom(refusal: Stripe.errors.StripeError | undefined): PaymentError | undefined {
  if (!(refusal instanceof Stripe.errors.StripeCardError)) return undefined
  return {
    code: refusal.code ?? 'card_declined',
    ...(refusal.decline_code && { declineCode: refusal.decline_code }),
    ...(refusal.advice_code && { adviceCode: refusal.advice_code }),
    ...(refusal.network_advice_code && { networkAdviceCode: refusal.network_advice_code }),
  }
}
