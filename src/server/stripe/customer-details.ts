import type { Details, TaxId, TaxStatus } from '#contract/billing-details.ts'
import type { BillingDetailsRequest } from '#contract/deed.ts'
import { compact } from '#diagnosis/compact.ts'
import Stripe from 'stripe'
import { ask, type StripeClient } from './client.ts'

/** A field that Stripe would not take, in the request's own path, and why. */
export type Refused = { readonly path: string; readonly message: string }

type Wish = Pick<BillingDetailsRequest, 'name' | 'address' | 'email' | 'language' | 'taxId' | 'removeTaxId'>

/** Stripe's codes for what is wrong with a detail (https://docs.stripe.com/error-codes). */
const complaints: Readonly<Record<string, Refused>> = {
  customer_tax_location_invalid: { path: 'address.postal_code', message: 'No such place is known in this country' },
  tax_id_invalid: { path: 'taxId.value', message: 'This is not a valid number of this kind' },
  country_unsupported: { path: 'address.country', message: 'This country cannot be invoiced' },
  postal_code_invalid: { path: 'address.postal_code', message: 'This postal code does not exist' },
  email_invalid: { path: 'email', message: 'This is no address that Stripe can write to' },
}

/** Where Stripe says only which of its parameters it would not take. */
const places: Readonly<Record<string, string>> = {
  name: 'name',
  email: 'email',
  'address[country]': 'address.country',
  'address[postal_code]': 'address.postal_code',
  'address[state]': 'address.state',
  'preferred_locales[0]': 'language',
  preferred_locales: 'language',
  type: 'taxId.type',
  value: 'taxId.value',
}

export type HeldDetails = Omit<Details, 'recipients'>

/** What Stripe puts on the customer's invoices; undefined for a customer who is gone. Throws StripeUnreachable. */
export async function readDetails(stripe: StripeClient, id: string): Promise<HeldDetails | undefined> {
  const [customer, taxIds] = await ask(
    Promise.all([stripe.customers.retrieve(id), stripe.customers.listTaxIds(id, { limit: 100 })]),
  ).catch(goneAsNothing)
  if (!customer || customer.deleted) return undefined
  const { name, business_name, email, address, preferred_locales: locales } = customer
  return {
    taxIds: (taxIds?.data ?? []).map(taxIdFrom),
    ...compact({
      name: name ?? business_name ?? undefined,
      email: email ?? undefined,
      language: locales?.[0],
      address: address ? filledIn(address) : undefined,
    }),
  }
}

function goneAsNothing(error: unknown): [undefined, undefined] {
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing')
    return [undefined, undefined]
  throw error
}

function filledIn({
  line1,
  line2,
  postal_code,
  city,
  state,
  country,
}: Stripe.Address): NonNullable<Details['address']> {
  const lines = { line1, line2, postal_code, city, state, country }
  return Object.fromEntries(Object.entries(lines).filter(([, text]) => text)) as NonNullable<Details['address']>
}

/** What Stripe adds to them is nobody's verdict. */
const statuses: Readonly<Record<string, TaxStatus>> = {
  pending: 'pending',
  verified: 'verified',
  unverified: 'unverified',
}

function taxIdFrom({ id, type, value, country, verification }: Stripe.TaxId): TaxId {
  return {
    id,
    type,
    value,
    status: statuses[verification?.status ?? ''] ?? 'unchecked',
    ...compact({ country: country ?? undefined, name: verification?.verified_name ?? undefined }),
  }
}

/**
 * Writes what is given and leaves the rest; answers what Stripe would not take. `checksPlace` asks Stripe to find the
 * address at once, which it does only where it reckons taxes. Throws StripeUnreachable.
 */
export async function writeDetails(
  stripe: StripeClient,
  customer: string,
  { name, address, email, language, taxId, removeTaxId }: Wish,
  checksPlace: boolean,
): Promise<Refused | undefined> {
  try {
    const place = address && { ...address, line2: address.line2 ?? '' }
    const given = compact({
      name,
      address: place,
      email,
      preferred_locales: language === undefined ? undefined : [language],
    })
    if (Object.keys(given).length > 0) {
      const checked = checksPlace && address && { tax: { validate_location: 'immediately' as const } }
      await ask(stripe.customers.update(customer, { ...given, ...checked }))
    }
    if (taxId) await addTaxId(stripe, customer, taxId)
    if (removeTaxId !== undefined) await dropTaxId(stripe, customer, removeTaxId)
    return undefined
  } catch (error) {
    const refused = refusedBy(error)
    if (refused) return refused
    throw error
  }
}

function refusedBy(error: unknown): Refused | undefined {
  if (!(error instanceof Stripe.errors.StripeError)) return undefined
  const known = complaints[error.code ?? '']
  if (known) return known
  const path = error instanceof Stripe.errors.StripeInvalidRequestError ? places[error.param ?? ''] : undefined
  return path === undefined ? undefined : { path, message: 'Stripe does not take this' }
}

/** Written twice it would stand twice on every invoice. */
async function addTaxId(
  stripe: StripeClient,
  customer: string,
  { type, value }: NonNullable<Wish['taxId']>,
): Promise<void> {
  const held = await ask(stripe.customers.listTaxIds(customer, { limit: 100 }))
  if (held.data.some((other) => other.type === type && plain(other.value) === plain(value))) return
  // Stripe's list of kinds grows; what it does not know it refuses.
  const params = { type: type as Stripe.CustomerCreateTaxIdParams.Type, value }
  await ask(stripe.customers.createTaxId(customer, params))
}

/** Removed in another tab, it is removed all the same. */
async function dropTaxId(stripe: StripeClient, customer: string, id: string): Promise<void> {
  try {
    await ask(stripe.customers.deleteTaxId(customer, id))
  } catch (error) {
    const isGone = error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing'
    if (!isGone) throw error
  }
}

const plain = (value: string) => value.replaceAll(/[\s.-]/g, '').toUpperCase()

/** Where Stripe sends the customer's invoices now. Throws StripeUnreachable. */
export async function readEmail(stripe: StripeClient, id: string): Promise<string | undefined> {
  const customer = await ask(stripe.customers.retrieve(id))
  return customer.deleted ? undefined : (customer.email ?? undefined)
}

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
