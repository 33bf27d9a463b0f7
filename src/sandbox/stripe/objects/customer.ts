export type Address = {
  city: string | null
  country: string | null
  line1: string | null
  line2: string | null
  postal_code: string | null
  state: string | null
}

export type Metadata = { [key: string]: string }

export type Customer = {
  id: string
  object: 'customer'
  created: number
  name: string | null
  email: string | null
  phone: string | null
  description: string | null
  address: Address | null
  shipping: { name: string; phone: string | null; address: Address } | null
  balance: number
  currency: string | null
  delinquent: boolean
  metadata: Metadata
  invoice_prefix: string
  next_invoice_sequence: number
  invoice_settings: { default_payment_method: string | null; footer: string | null }
  preferred_locales: string[]
  tax_exempt: 'none' | 'exempt' | 'reverse'
  test_clock: string | null
  sandbox: { deleted: boolean }
}

export function newCustomer(id: string, created: number, prefix: string): Customer {
  const settings = { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null }
  const fixed = { livemode: false, default_source: null, discount: null, customer_account: null }
  return {
    id,
    object: 'customer',
    ...fixed,
    created,
    name: null,
    email: null,
    phone: null,
    description: null,
    address: null,
    shipping: null,
    balance: 0,
    currency: null,
    delinquent: false,
    metadata: {},
    invoice_prefix: prefix,
    next_invoice_sequence: 1,
    invoice_settings: settings,
    preferred_locales: [],
    tax_exempt: 'none',
    test_clock: null,
    sandbox: { deleted: false },
  }
}

/** Fills the fields a form left out, as Stripe always shows all six. */
export function wholeAddress(given: Partial<{ [K in keyof Address]: string | null | undefined }>): Address {
  return {
    city: given.city ?? null,
    country: given.country ?? null,
    line1: given.line1 ?? null,
    line2: given.line2 ?? null,
    postal_code: given.postal_code ?? null,
    state: given.state ?? null,
  }
}

/** Given keys are set, `''` deletes its key, null (`metadata=''`) clears all. */
export function mergeMetadata(held: Metadata, given: Metadata | null | undefined): Metadata {
  if (given === undefined) return held
  if (given === null) return {}
  return Object.fromEntries(Object.entries({ ...held, ...given }).filter(([, value]) => value !== ''))
}
