import type { BillingDetailsRequest } from '#contract/deed.ts'
import { compact } from '#diagnosis/compact.ts'
import Stripe from 'stripe'
import { ask, type StripeClient } from './client.ts'

/** A field that Stripe would not take, in the request's own path, and why. */
export type Refused = { readonly path: string; readonly message: string }

type Details = Pick<BillingDetailsRequest, 'name' | 'address' | 'taxId'>

/** Stripe's codes for what is wrong with a detail (https://docs.stripe.com/error-codes). */
const complaints: Readonly<Record<string, Refused>> = {
  customer_tax_location_invalid: { path: 'address.postal_code', message: 'No such place is known in this country' },
  tax_id_invalid: { path: 'taxId.value', message: 'This is not a valid number of this kind' },
  country_unsupported: { path: 'address.country', message: 'This country cannot be invoiced' },
  postal_code_invalid: { path: 'address.postal_code', message: 'This postal code does not exist' },
}

/**
 * Writes what is given and leaves the rest; answers what Stripe would not take. `checksPlace` asks Stripe to find the
 * address at once, which it does only where it reckons taxes. Throws StripeUnreachable.
 */
export async function writeDetails(
  stripe: StripeClient,
  customer: string,
  { name, address, taxId }: Details,
  checksPlace: boolean,
): Promise<Refused | undefined> {
  try {
    if (name !== undefined || address) {
      const place = address && { ...address, line2: address.line2 ?? '' }
      await ask(
        stripe.customers.update(customer, {
          ...compact({ name, address: place }),
          ...(checksPlace && { tax: { validate_location: 'immediately' as const } }),
        }),
      )
    }
    if (taxId) await addTaxId(stripe, customer, taxId)
    return undefined
  } catch (error) {
    const refused = error instanceof Stripe.errors.StripeError ? complaints[error.code ?? ''] : undefined
    if (refused) return refused
    throw error
  }
}

/** Written twice it would stand twice on every invoice. */
async function addTaxId(
  stripe: StripeClient,
  customer: string,
  { type, value }: NonNullable<Details['taxId']>,
): Promise<void> {
  const held = await ask(stripe.customers.listTaxIds(customer, { limit: 100 }))
  if (held.data.some((other) => other.type === type && plain(other.value) === plain(value))) return
  // Stripe's list of kinds grows; what it does not know it refuses.
  const params = { type: type as Stripe.CustomerCreateTaxIdParams.Type, value }
  await ask(stripe.customers.createTaxId(customer, params))
}

const plain = (value: string) => value.replaceAll(/[\s.-]/g, '').toUpperCase()

/** Lets a draft that waited for details become an invoice, which Stripe then collects. False where it still cannot. */
export async function finishDraft(stripe: StripeClient, invoice: string, key: string): Promise<boolean> {
  try {
    await ask(stripe.invoices.finalizeInvoice(invoice, { auto_advance: true }, { idempotencyKey: key }))
    return true
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return false
    throw error
  }
}
