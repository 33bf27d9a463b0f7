import { expect, test } from 'vitest'
import { parseMoney, parseNumber } from './parse-money.ts'

const money = (amount: number, currency: string) => ({ kind: 'money', money: { amount, currency } })

test.each([
  ['150', 'eur', 'en-GB', 150_00],
  ['150.5', 'eur', 'en-GB', 150_50],
  ['150.50', 'eur', 'de', 150_50],
  ['1.234,56', 'eur', 'de', 1_234_56],
  ['1.234', 'eur', 'de', 1_234_00],
  ['1,234', 'usd', 'en-US', 1_234_00],
  ['€1,234.5', 'eur', 'en-GB', 1_234_50],
  ['1 234,56 €', 'eur', 'fr', 1_234_56],
  ['1\u202f234,56', 'eur', 'fr', 1_234_56],
  ['1.500 kr', 'sek', 'sv', 1_500_00],
  ['1,5', 'eur', 'en-GB', 1_50],
  ['20 EUR', 'eur', 'en-GB', 20_00],
  ['CHF 1’234.50', 'chf', 'de-CH', 1_234_50],
  ['12,34,567.89', 'inr', 'en-IN', 12_34_567_89],
  ['٣٠٠٫٥٠', 'eur', 'ar-EG', 300_50],
  ['５００', 'jpy', 'ja', 500],
  ['1,500', 'jpy', 'ja', 1_500],
  ['12.5', 'kwd', 'en-GB', 12_500],
  ['12.345', 'kwd', 'en-GB', 12_345],
  ['0', 'eur', 'en-GB', 0],
] as const)('"%s" in %s is read by %s as %i of the smallest unit', (typed, currency, locale, amount) => {
  expect(parseMoney(typed, currency, locale)).toEqual(money(amount, currency))
})

test.each([
  ['', 'empty'],
  ['  ', 'empty'],
  ['€', 'empty'],
  ['ten', 'malformed'],
  ['-5', 'malformed'],
  ['1,23,4', 'malformed'],
  ['1.2.3', 'malformed'],
  ['$100', 'malformed'],
  ['1e9', 'malformed'],
  ['99999999999999999999', 'malformed'],
  ['10.005', 'precise'],
])('"%s" is %s', (typed, kind) => {
  expect(parseMoney(typed, 'eur', 'en-GB').kind).toBe(kind)
})

test('a currency without decimals takes none', () => {
  expect(parseMoney('100.50', 'jpy', 'en-GB').kind).toBe('precise')
  expect(parseMoney('100.00', 'jpy', 'en-GB')).toEqual(money(100, 'jpy'))
})

test.each([
  ['1,000', 'en-GB', 1_000],
  ['1.000', 'de', 1_000],
  ['80,5', 'de', 80.5],
  ['１０００', 'ja', 1_000],
  ['1e3', 'en-GB', undefined],
  ['', 'en-GB', undefined],
])('the number %s is read where %s is read', (typed, locale, value) => {
  expect(parseNumber(typed, locale)).toBe(value)
})
