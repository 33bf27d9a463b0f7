import type { Address } from './objects/customer.ts'

/** Where a customer is, as far as tax asks: an ISO 3166 country and, where tax differs by it, a state. */
export type TaxPlace = { country: string; state: string | null }

export type TaxReason = 'customer_exempt' | 'not_collecting' | 'reverse_charge' | 'standard_rated'

/** Standard rates in hundredths of a percent; a place that is not named here is one where nothing is collected. */
const rates: { [place: string]: number } = {
  AT: 2000,
  AU: 1000,
  BE: 2100,
  CA: 500,
  'CA-ON': 1300,
  CH: 810,
  CZ: 2100,
  DE: 1900,
  DK: 2500,
  ES: 2100,
  FI: 2550,
  FR: 2000,
  GB: 2000,
  IE: 2300,
  IN: 1800,
  IT: 2200,
  JP: 1000,
  LU: 1700,
  NL: 2100,
  NO: 2500,
  NZ: 1500,
  PL: 2300,
  PT: 2300,
  SE: 2500,
  'US-CA': 725,
  'US-NY': 400,
  'US-TX': 625,
  'US-WA': 650,
}

const european = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '))

/** The sandbox's merchant is at home here. */
const merchantCountry = 'IE'

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

// Two countries tax by state, which takes more of an address than the country alone.
const closer: { [country: string]: (address: Address) => TaxPlace | null } = {
  US: ({ postal_code: code, state }) =>
    /^\d{5}(-\d{4})?$/.test(code ?? '') ? { country: 'US', state: state ?? (isCalifornian(code) ? 'CA' : null) } : null,
  CA: ({ postal_code: code, state }) =>
    state !== null || /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i.test(code ?? '') ? { country: 'CA', state } : null,
}

const isCalifornian = (code: string | null) => code !== null && code >= '90001' && code < '96200'

/** Where this address is, or null when it says too little or something impossible (https://docs.stripe.com/tax/customer-locations). */
export function placeOf(address: Address | null): TaxPlace | null {
  const country = address?.country?.toUpperCase() ?? ''
  if (address === null || !/^[A-Z]{2}$/.test(country) || country === 'ZZ' || regions.of(country) === undefined)
    return null
  const look = closer[country]
  return look === undefined ? { country, state: null } : look(address)
}

/** What is collected at a place: hundredths of a percent, and why it is that. */
export function rateAt(
  place: TaxPlace,
  who: { exempt: 'none' | 'exempt' | 'reverse'; business: boolean },
): { rate: number; reason: TaxReason } {
  const { country, state } = place
  const rate = rates[`${country}-${state ?? ''}`.toUpperCase()] ?? rates[country]
  if (who.exempt === 'exempt') return { rate: 0, reason: 'customer_exempt' }
  const abroad = european.has(country) && country !== merchantCountry && who.business
  if (who.exempt === 'reverse' || abroad) return { rate: 0, reason: 'reverse_charge' }
  return rate === undefined ? { rate: 0, reason: 'not_collecting' } : { rate, reason: 'standard_rated' }
}

/** Minor units of tax on, or (inclusive) within, `amount`; a credit's tax is negative. */
export function taxOn(amount: number, rate: number, behavior: 'exclusive' | 'inclusive'): number {
  const whole = behavior === 'exclusive' ? 10_000 : 10_000 + rate
  return Math.sign(amount) * Math.round((Math.abs(amount) * rate) / whole)
}
