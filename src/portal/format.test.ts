import { visa } from '#diagnosis/samples.ts'
import { expect, test } from 'vitest'
import { formatFor, localeOf } from './format.ts'

const british = formatFor('en-GB')
/** `Intl` separates with spaces that do not break; a reader sees spaces. */
const plain = (text: string) => text.replaceAll(/\s/g, ' ')
const tuesday = Date.UTC(2026, 10, 3, 14, 5) / 1_000

test.each([
  ['eur', 49_00, '€49.00'],
  ['eur', 5, '€0.05'],
  ['eur', -12_50, '-€12.50'],
  ['jpy', 4_900, 'JP¥4,900'],
  ['kwd', 4_900, 'KWD 4.900'],
  ['kwd', 1, 'KWD 0.001'],
])('an amount in %s is shown in the decimals of its currency (%i → %s)', (currency, amount, shown) => {
  expect(plain(british.money({ amount, currency }))).toBe(shown)
})

test('an amount too large for a fraction loses nothing', () => {
  expect(british.money({ amount: 9_007_199_254_740_991, currency: 'eur' })).toBe('€90,071,992,547,409.91')
})

test.each([
  ['isk', 4_900_00, 'ISK 4,900'],
  ['ugx', 4_900_00, 'UGX 4,900'],
])('where Stripe counts %s in hundredths and the world in wholes, the whole is shown', (currency, amount, shown) => {
  expect(plain(british.money({ amount, currency }))).toBe(shown)
})

test('a day is told with its weekday, and with its year only when that is far away', () => {
  expect(british.day(tuesday, tuesday)).toBe('Tuesday 3 November')
  expect(british.day(tuesday, tuesday + 400 * 86_400)).toBe('Tuesday, 3 November 2026')
})

test('a day is the day of the billing zone, wherever the reader sits', () => {
  const lateInUtc = Date.UTC(2026, 10, 3, 23, 30) / 1_000
  expect(formatFor('en-GB', 'Europe/Berlin').day(lateInUtc, lateInUtc)).toBe('Wednesday 4 November')
  expect(british.day(lateInUtc, lateInUtc)).toBe('Tuesday 3 November')
  expect(british.time(lateInUtc)).toBe('23:30 UTC')
})

test('a calendar month is called by its name and any other period by its days', () => {
  const october = { start: Date.UTC(2026, 9, 1) / 1_000, end: Date.UTC(2026, 10, 1) / 1_000 }
  const middle = { start: Date.UTC(2026, 9, 13) / 1_000, end: Date.UTC(2026, 10, 13) / 1_000 }
  expect(british.period(october)).toBe('October')
  expect(plain(british.period(middle))).toBe('13 Oct – 13 Nov')
  expect(british.period(middle).split(' ').map(plain)).toEqual(['13 Oct –', '13 Nov'])
})

test('the distance to a day is counted in whole days', () => {
  expect(british.fromNow(tuesday + 9 * 86_400, tuesday)).toBe('in 9 days')
  expect(british.fromNow(tuesday + 86_400, tuesday)).toBe('tomorrow')
  expect(british.fromNow(tuesday - 3 * 86_400, tuesday)).toBe('3 days ago')
})

test('a card shows its brand and last four digits, on one line', () => {
  const gap = '\u00a0'
  expect(british.face(visa)).toBe(`Visa${gap}••${gap}4242`)
  expect(plain(british.face({ id: 'pm', kind: 'sepa_debit', last4: '3000' }))).toBe('SEPA Direct Debit •• 3000')
})

test("the browser's region decides the form of dates within the language that is spoken", () => {
  expect(localeOf('en', ['de-DE', 'en-US'])).toBe('en-US')
  expect(localeOf('en', ['de-DE', 'en'])).toBe('en-GB')
})
