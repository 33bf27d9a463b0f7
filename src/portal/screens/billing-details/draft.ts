import type { Visit } from '#contract/visit.ts'
import type { DetailField } from '#diagnosis/account.ts'
import type { Settings } from '#portal/api/deeds.ts'
import type { WordId } from '#portal/words/message.ts'
import { addressForm } from './address-forms.ts'
import { likelyCountry } from './countries.ts'
import { taxKinds, usualKind, writtenAs, type TaxKind } from './tax-ids.ts'

/** In the order in which they stand on the screen; each is its path in the request, by which the server complains. */
export const fields = [
  'name',
  'address.country',
  'address.line1',
  'address.line2',
  'address.postal_code',
  'address.city',
  'address.state',
  'taxId.type',
  'taxId.value',
] as const

export type FieldId = (typeof fields)[number]

/** What is typed. */
export type Draft = Readonly<Record<FieldId, string>>

export type Complaint =
  | { readonly word: Extract<WordId, `details.need.${string}` | `details.refused${string}`> }
  | { readonly word: 'details.taxWrong'; readonly example: string }

export type Complaints = Readonly<Partial<Record<FieldId, Complaint>>>

/** What is known already is not asked for again. */
export function firstDraft({ account, country }: Visit, locale: string): Draft {
  const empty = Object.fromEntries(fields.map((field) => [field, ''])) as Record<FieldId, string>
  return { ...empty, name: account.label, 'address.country': likelyCountry(country, locale) }
}

/** The kind that was chosen, or else the usual one of the country. */
export function kindIn(draft: Draft): TaxKind | undefined {
  return taxKinds.find(({ key }) => key === draft['taxId.type']) ?? usualKind(draft['address.country'])
}

/** Everything that would be refused, found before it is sent. */
export function complaintsIn(draft: Draft, missing: readonly DetailField[]): Complaints {
  return Object.fromEntries(
    missing.flatMap((field) => Object.entries(checks[field](draft)).filter(([, complaint]) => complaint !== undefined)),
  )
}

type Found = Partial<Record<FieldId, Complaint | undefined>>

const checks = {
  name: (draft) => ({ name: need(draft, 'name', 'details.need.name') }),
  address: (draft) => {
    const form = addressForm(draft['address.country'])
    return {
      'address.country': need(draft, 'address.country', 'details.need.country'),
      'address.line1': need(draft, 'address.line1', 'details.need.line1'),
      ...(form.postal === 'needed' && {
        'address.postal_code': need(draft, 'address.postal_code', 'details.need.postal'),
      }),
      ...(form.city === 'needed' && { 'address.city': need(draft, 'address.city', 'details.need.city') }),
      ...(form.area === 'needed' && { 'address.state': need(draft, 'address.state', 'details.need.area') }),
    }
  },
  tax_id: (draft) => {
    const kind = kindIn(draft)
    if (!kind) return { 'taxId.type': { word: 'details.need.taxType' } }
    const typed = draft['taxId.value']
    if (typed.trim() === '') return { 'taxId.value': { word: 'details.need.taxValue' } }
    if (writtenAs(kind, typed) !== undefined) return {}
    return { 'taxId.value': { word: 'details.taxWrong', example: kind.example } }
  },
} as const satisfies Record<DetailField, (draft: Draft) => Found>

function need(draft: Draft, field: FieldId, word: Extract<WordId, `details.need.${string}`>): Complaint | undefined {
  return draft[field].trim() === '' ? { word } : undefined
}

const refusals: Readonly<Partial<Record<FieldId, Extract<WordId, `details.refused${string}`>>>> = {
  'address.postal_code': 'details.refusedPlace',
  'taxId.value': 'details.refusedTax',
}

/** The server's complaints, each at its field; a path that is no field is left out. */
export function refusedIn(paths: readonly string[]): Complaints {
  const refused = fields.filter((field) => paths.includes(field))
  return Object.fromEntries(refused.map((field) => [field, { word: refusals[field] ?? 'details.refused' }]))
}

/** Only what was missing, and of the address only what its country has. */
export function requestOf(draft: Draft, missing: readonly DetailField[]): Settings['billing-details'] {
  const kind = kindIn(draft)
  const value = kind && writtenAs(kind, draft['taxId.value'])
  return {
    ...(missing.includes('name') && { name: draft.name.trim() }),
    ...(missing.includes('address') && { address: addressOf(draft) }),
    ...(missing.includes('tax_id') && kind && value !== undefined && { taxId: { type: kind.type, value } }),
  }
}

function addressOf(draft: Draft): NonNullable<Settings['billing-details']['address']> {
  const form = addressForm(draft['address.country'])
  const given = {
    line2: draft['address.line2'],
    postal_code: form.postal === 'none' ? '' : draft['address.postal_code'],
    city: draft['address.city'],
    state: form.area === 'none' ? '' : draft['address.state'],
  }
  const filled = Object.entries(given).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]]))
  return {
    line1: draft['address.line1'].trim(),
    country: draft['address.country'],
    ...(Object.fromEntries(filled) as Partial<typeof given>),
  }
}
