export type TaxId = {
  id: string
  object: 'tax_id'
  country: string | null
  created: number
  customer: string
  type: string
  value: string
  verification: {
    status: 'pending' | 'unavailable' | 'unverified' | 'verified'
    verified_address: string | null
    verified_name: string | null
  }
  /** `settles`: when the office answers (UTC seconds), null when it never does. */
  sandbox: { settles: number | null }
}

export function newTaxId(start: Omit<TaxId, 'object'>): TaxId {
  const fixed = {
    customer_account: null,
    livemode: false,
    owner: { customer: start.customer, customer_account: null, type: 'customer' },
  }
  return { ...fixed, object: 'tax_id', ...start }
}
