import { expect, test } from 'vitest'
import { addressForm } from './address-forms.ts'
import { countriesIn, likelyCountry } from './countries.ts'
import { taxKinds, usualKind, writtenAs } from './tax-ids.ts'

test.each(taxKinds.map((kind) => [kind.key, kind] as const))(
  '%s: its own example fits and is written as shown',
  (_, kind) => {
    expect(writtenAs(kind, kind.example)).toBe(kind.example)
    expect(writtenAs(kind, '1')).toBeUndefined()
  },
)

test.each([
  ['DE', 'de 136.695.976', 'DE136695976'],
  ['GR', '123456789', 'EL123456789'],
  ['GB', '980 7806 84', 'GB980780684'],
  ['CH', 'che 123 456 789 mwst', 'CHE-123.456.789 MWST'],
  ['NO', '123456789', '123456789MVA'],
  ['BR', '01234456543210', '01.234.456/5432-10'],
])('of %s, "%s" is written %s', (country, typed, written) => {
  const kind = usualKind(country)
  expect(kind && writtenAs(kind, typed)).toBe(written)
})

test('every country has a name of its own in other languages, in their order', () => {
  const german = countriesIn('de')
  expect(german.length).toBeGreaterThan(240)
  expect(new Set(german.map(({ label }) => label)).size).toBe(german.length)
  expect(german.find(({ value }) => value === 'AT')?.label).toBe('Österreich')
  expect(german.findIndex(({ value }) => value === 'AT')).toBeLessThan(german.findIndex(({ value }) => value === 'PK'))
})

test('the country on file comes first, then the one the browser names; nobody is guessed at', () => {
  expect(likelyCountry('FR', 'en-GB')).toBe('FR')
  expect(likelyCountry(undefined, 'en-GB')).toBe('GB')
  expect(likelyCountry(undefined, 'de')).toBe('')
})

test('every country that a tax number belongs to can be chosen', () => {
  const known = countriesIn('en').map(({ value }) => value)
  expect(taxKinds.filter(({ country }) => !known.includes(country))).toEqual([])
})

test('nobody is made to invent a postal code', () => {
  expect(addressForm('HK').postal).toBe('none')
  expect(addressForm('IE').postal).toBe('asked')
  expect(addressForm('DE').postal).toBe('needed')
})
