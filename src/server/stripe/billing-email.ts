import Stripe from 'stripe'
import { ask, type StripeClient } from './client.ts'

/** Where Stripe writes to about this customer's invoices; undefined where there is none, or no such customer. Throws StripeUnreachable. */
export async function readBillingEmail(stripe: StripeClient, id: string): Promise<string | undefined> {
  try {
    const customer = await ask(stripe.customers.retrieve(id))
    return customer.deleted ? undefined : (customer.email ?? undefined)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return undefined
    throw error
  }
}
