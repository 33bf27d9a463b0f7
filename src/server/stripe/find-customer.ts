import Stripe from 'stripe'
import { ask, idOf, type StripeClient } from './client.ts'

type Owned = { readonly customer?: string | { id: string } | null }

/** Whose it is, by the beginning of its id. */
const readers = {
  sub: (stripe, id) => stripe.subscriptions.retrieve(id),
  in: (stripe, id) => stripe.invoices.retrieve(id),
  pi: (stripe, id) => stripe.paymentIntents.retrieve(id),
  ch: (stripe, id) => stripe.charges.retrieve(id),
  py: (stripe, id) => stripe.charges.retrieve(id),
  pm: (stripe, id) => stripe.paymentMethods.retrieve(id),
  si: async (stripe, id) => stripe.subscriptions.retrieve((await stripe.subscriptionItems.retrieve(id)).subscription),
  evt: async (stripe, id) => ownerIn((await stripe.events.retrieve(id)).data.object),
} as const satisfies Record<string, (stripe: StripeClient, id: string) => Promise<Owned>>

export type OwnedPrefix = keyof typeof readers
export const ownedPrefixes = Object.keys(readers) as readonly OwnedPrefix[]

/** The customer whose subscription, invoice, payment, card or event it is; undefined where Stripe knows none. Throws StripeUnreachable. */
export async function customerOf(stripe: StripeClient, prefix: OwnedPrefix, id: string): Promise<string | undefined> {
  try {
    const { customer } = await ask<Owned>(readers[prefix](stripe, id))
    return idOf(customer)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return undefined
    throw error
  }
}

/** Customers with exactly this address, as it is written at Stripe. Throws StripeUnreachable. */
export async function customersByEmail(stripe: StripeClient, email: string, limit: number): Promise<readonly string[]> {
  const { data } = await ask(stripe.customers.list({ email, limit }))
  return data.map(({ id }) => id)
}

/**
 * Whose invoice has this number. `unavailable` where Stripe offers no search (https://docs.stripe.com/search); what was
 * finalized within the last minute may be missing. Throws StripeUnreachable.
 */
export async function customersByInvoiceNumber(
  stripe: StripeClient,
  number: string,
  limit: number,
): Promise<readonly string[] | 'unavailable'> {
  try {
    const { data } = await ask(stripe.invoices.search({ query: `number:"${number}"`, limit }))
    return data.map(({ customer }) => idOf(customer)).filter((id) => id !== undefined)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return 'unavailable'
    throw error
  }
}

/** A customer's own events carry the customer itself. */
function ownerIn(object: Stripe.Event.Data.Object): Owned {
  const { object: kind, id, customer } = object as { object?: unknown; id?: unknown; customer?: Owned['customer'] }
  return kind === 'customer' && typeof id === 'string' ? { customer: id } : { customer: customer ?? null }
}
