import type { Method, PaymentError } from '#diagnosis/account.ts'
import Stripe from 'stripe'
import { ask, idOf, type StripeClient } from './client.ts'
import { methodFromReference, paymentErrorFrom } from './facts.ts'

export type SetupState = {
  readonly id: string
  readonly customer: string | undefined
  readonly status: Stripe.SetupIntent.Status
  readonly method: Method | undefined
  readonly error: PaymentError | undefined
  readonly clientSecret: string | undefined
  /** It waits for days until its owner names what was deposited; no bank's check can end it. */
  readonly deposits: boolean
}

export type SetupUsage = 'off_session' | 'on_session'

/** Begins saving a card: for charges without the person, or for this once with the person there. Throws StripeUnreachable. */
export async function createSetup(
  stripe: StripeClient,
  { customer, account, usage, key }: { customer: string; account: string; usage: SetupUsage; key: string },
): Promise<SetupState> {
  const intent = await ask(
    stripe.setupIntents.create(
      {
        customer,
        usage,
        automatic_payment_methods: { enabled: true },
        metadata: { fix402_account: account },
      },
      { idempotencyKey: key },
    ),
  )
  return stateOf(intent)
}

/** Throws StripeUnreachable; undefined for one that does not exist. */
export async function readSetup(stripe: StripeClient, id: string): Promise<SetupState | undefined> {
  try {
    return stateOf(await ask(stripe.setupIntents.retrieve(id, { expand: ['payment_method'] })))
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return undefined
    throw error
  }
}

/**
 * Makes a saved method the default of the customer (where one is given) and of the subscriptions that pinned another
 * one: a subscription's own default is charged first, so leaving it would leave the old card in charge. Setting a
 * default charges nothing. Throws StripeUnreachable.
 */
export async function pinMethod(
  stripe: StripeClient,
  { customer, method, subscriptions }: { customer?: string; method: string; subscriptions: readonly string[] },
): Promise<void> {
  if (customer !== undefined)
    await ask(stripe.customers.update(customer, { invoice_settings: { default_payment_method: method } }))
  for (const subscription of subscriptions) {
    await ask(stripe.subscriptions.update(subscription, { default_payment_method: method }))
  }
}

/** Takes a method off its customer, for good. One that is off already is fine. Throws StripeUnreachable. */
export async function detachMethod(stripe: StripeClient, method: string): Promise<void> {
  try {
    await ask(stripe.paymentMethods.detach(method))
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
  }
}

function stateOf(intent: Stripe.SetupIntent): SetupState {
  return {
    id: intent.id,
    customer: idOf(intent.customer),
    status: intent.status,
    method: methodFromReference(intent.payment_method),
    error: paymentErrorFrom(intent.last_setup_error),
    clientSecret: intent.client_secret ?? undefined,
    deposits: intent.next_action?.type === 'verify_with_microdeposits',
  }
}
