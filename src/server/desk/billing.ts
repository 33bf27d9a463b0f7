import type { Hands } from '#server/context.ts'
import type { AccountRecord } from '#server/store/accounts.ts'
import { readBillingEmail } from '#server/stripe/billing-email.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import { customersByEmail } from '#server/stripe/find-customer.ts'

const TWINS = 10

/** Where bills go, and which other customers at Stripe have the same address. */
export type Billing = { readonly email?: string; readonly twins: readonly string[] }

/** While Stripe is silent neither is known; that it is silent is said elsewhere. */
export async function billingOf({ stripe }: Hands, { customer }: Pick<AccountRecord, 'customer'>): Promise<Billing> {
  if (customer === undefined) return { twins: [] }
  try {
    const email = await readBillingEmail(stripe, customer)
    if (email === undefined) return { twins: [] }
    const same = await customersByEmail(stripe, email, TWINS)
    return { email, twins: same.filter((id) => id !== customer) }
  } catch (error) {
    if (error instanceof StripeUnreachable) return { twins: [] }
    throw error
  }
}
