import { newId } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { newTaxId, type TaxId } from '#sandbox/stripe/objects/tax-id.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'
import { change, record } from './record-event.ts'

type Kind = { country: string | null; form: RegExp; verified: boolean }

/** What a number of each kind looks like, and whether an office is asked about it (https://docs.stripe.com/billing/customer/tax-ids). */
const kinds: { [type: string]: Kind } = {
  au_abn: { country: 'AU', form: /^\d{11}$/, verified: true },
  br_cnpj: { country: 'BR', form: /^\d{14}$/, verified: false },
  br_cpf: { country: 'BR', form: /^\d{11}$/, verified: false },
  ca_bn: { country: 'CA', form: /^\d{9}$/, verified: false },
  ca_gst_hst: { country: 'CA', form: /^\d{9}RT\d{4}$/, verified: false },
  ca_qst: { country: 'CA', form: /^\d{10}TQ\d{4}$/, verified: false },
  ch_uid: { country: 'CH', form: /^CHE\d{9}(HR)?$/, verified: false },
  ch_vat: { country: 'CH', form: /^CHE\d{9}(MWST|TVA|IVA)$/, verified: false },
  de_stn: { country: 'DE', form: /^\d{10,13}$/, verified: false },
  es_cif: { country: 'ES', form: /^[A-Z]\d{7}[A-Z0-9]$/, verified: false },
  eu_oss_vat: { country: null, form: /^EU\d{9}$/, verified: false },
  gb_vat: { country: 'GB', form: /^(GB)?(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/, verified: true },
  in_gst: { country: 'IN', form: /^\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]$/, verified: false },
  jp_cn: { country: 'JP', form: /^\d{13}$/, verified: false },
  jp_rn: { country: 'JP', form: /^\d{5}$/, verified: false },
  jp_trn: { country: 'JP', form: /^T\d{13}$/, verified: false },
  kr_brn: { country: 'KR', form: /^\d{10}$/, verified: false },
  mx_rfc: { country: 'MX', form: /^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/, verified: false },
  no_vat: { country: 'NO', form: /^\d{9}MVA$/, verified: false },
  nz_gst: { country: 'NZ', form: /^\d{8,9}$/, verified: false },
  sg_gst: { country: 'SG', form: /^([MF]\d{8}[A-Z]|\d{9,10}[A-Z])$/, verified: false },
  us_ein: { country: 'US', form: /^\d{9}$/, verified: false },
  za_vat: { country: 'ZA', form: /^4\d{9}$/, verified: false },
}

/** The numbers of the union's members, by the two letters they begin with. */
const unionForms: { [country: string]: RegExp } = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  XI: /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
}

const answerAfter = 60

/** How the office answers, by the nine digits a number ends in; any other number is known to it. */
const magic: [ending: RegExp, status: 'verified' | 'unverified' | 'pending'][] = [
  [/0{8,9}\D*$/, 'verified'],
  [/1{8,9}\D*$/, 'unverified'],
  [/2{8,9}\D*$/, 'pending'],
]

const bare = (value: string) => value.toUpperCase().replaceAll(/[\s./-]/g, '')

/** How the office will answer about this number. */
export function officeSays(value: string): 'verified' | 'unverified' | 'pending' {
  return magic.find(([ending]) => ending.test(bare(value)))?.[1] ?? 'verified'
}

/**
 * The country a number of this kind is from, null where it is of none.
 * @throws {Refusal} 400 tax_id_invalid for a number that cannot be one of its kind
 */
export function checkTaxId(type: string, value: string): string | null {
  const country = countryOf(type, bare(value))
  if (country !== undefined) return country
  throw invalid(`Invalid value for ${type}.`, { code: 'tax_id_invalid', param: 'value' })
}

/** @throws {Refusal} 400 tax_id_invalid for a number that cannot be one of its kind */
export function holdTaxId(world: World, customer: string, type: string, given: string): TaxId {
  const country = checkTaxId(type, given)
  const asked = type === 'eu_vat' || kinds[type]?.verified === true
  const created = timeOf(world, customer)
  const held = newTaxId({
    id: newId('txi'),
    country,
    created,
    customer,
    type,
    value: given.trim(),
    verification: { status: asked ? 'pending' : 'unavailable', verified_address: null, verified_name: null },
    sandbox: { settles: asked && officeSays(given) !== 'pending' ? created + answerAfter : null },
  })
  world.tables.tax_id.set(held.id, held)
  record(world, 'customer.tax_id.created', held)
  return held
}

/** Where a well-formed number is from (null: nowhere in particular); undefined for one that is not. */
function countryOf(type: string, value: string): string | null | undefined {
  if (type === 'eu_vat') {
    const prefix = value.slice(0, 2)
    if (unionForms[prefix]?.test(value.slice(2)) !== true) return undefined
    return { EL: 'GR', XI: 'GB' }[prefix] ?? prefix
  }
  const kind = kinds[type]
  // A kind without a rule here is taken as it is, so that every kind the API knows can be held.
  if (kind === undefined) return value === '' ? undefined : type.slice(0, 2).toUpperCase()
  return kind.form.test(value) ? kind.country : undefined
}

/** The office has answered. */
export function verifyTaxId(world: World, held: TaxId, status: TaxId['verification']['status']): void {
  const customer = world.tables.customer.get(held.customer)
  const known = status === 'verified'
  held.sandbox.settles = null
  change(world, held, 'customer.tax_id.updated', () => {
    held.verification = {
      status,
      verified_address: known ? 'Registered office, 1 Main Street' : null,
      verified_name: known ? (customer?.name ?? 'Registered Company') : null,
    }
  })
}
