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
  if (refusal?.code === 'authentication_required' || refusal?.decline_code === 'authentication_required') {
    return { kind: 'unseen' }
  }
  const error = state.payment.error ?? errorFrom(refusal)
  return error ? { kind: 'declined', error } : { kind: 'unknown' }
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
