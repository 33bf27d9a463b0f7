import type { Details } from '#contract/billing-details.ts'
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
  'email',
  'language',
  'recipient.add',
] as const

export type FieldId = (typeof fields)[number]

/** What is typed. */
export type Draft = Readonly<Record<FieldId, string>>

export type Complaint =
  | { readonly word: Extract<WordId, `details.need.${string}` | `details.refused${string}`> }
  | { readonly word: 'details.taxWrong'; readonly example: string }

export type Complaints = Readonly<Partial<Record<FieldId, Complaint>>>

const empty = Object.fromEntries(fields.map((field) => [field, ''])) as Draft

/** What is known already is not asked for again. */
export function firstDraft({ account, country }: Visit, locale: string): Draft {
  return { ...empty, name: account.label, 'address.country': likelyCountry(country, locale) }
}

/** What stands on the account's invoices now. */
export function draftOf({ name = '', email = '', language = '', address = {} }: Details): Draft {
  const place = Object.fromEntries(Object.entries(address).map(([line, text]) => [`address.${line}`, text]))
  return { ...empty, ...place, name, email, language }
}

/** An empty form; the country says which kinds of tax number come first. */
export function emptyDraft(country = ''): Draft {
  return { ...empty, 'address.country': country }
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

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Whether an e-mail address is there and can be one. */
export function emailIn(draft: Draft, field: 'email' | 'recipient.add'): Complaints {
  return address.test(draft[field].trim()) ? {} : { [field]: { word: 'details.need.email' } }
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
  email: 'details.refusedEmail',
  'recipient.add': 'details.refusedRecipient',
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

/** Only what was touched: of the address all of it, since half of one is none. */
export function changesOf(draft: Draft, touched: readonly FieldId[]): Settings['billing-details'] {
  return {
    ...(touched.includes('name') && { name: draft.name.trim() }),
    ...(touchesAddress(touched) && { address: addressOf(draft) }),
    ...(touched.includes('email') && { email: draft.email.trim() }),
    ...(touched.includes('language') && { language: draft.language }),
  }
}

/** What is wrong with what was touched. */
export function complaintsAbout(draft: Draft, touched: readonly FieldId[]): Complaints {
  const groups: DetailField[] = []
  if (touched.includes('name')) groups.push('name')
  if (touchesAddress(touched)) groups.push('address')
  return { ...complaintsIn(draft, groups), ...(touched.includes('email') && emailIn(draft, 'email')) }
}

function touchesAddress(touched: readonly FieldId[]): boolean {
  return touched.some((field) => field.startsWith('address.'))
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
