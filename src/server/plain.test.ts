import { expect, test } from 'vitest'
import { decimalOf } from '#diagnosis/money.ts'
import { money } from './plain.ts'

test.each([
  ['eur', 49_00, '€49.00', '49.00'],
  ['jpy', 7_000, '¥7,000', '7000'],
  ['kwd', 1_500, 'KWD\u00a01.500', '1.500'],
  // Stripe counts these otherwise than ISO 4217 does.
  ['isk', 49_00, 'ISK\u00a049', '49.00'],
  ['ugx', 7_000_00, 'UGX\u00a07,000', '7000.00'],
  ['mga', 7_000, 'MGA\u00a07,000', '7000'],
])('a sum in %s is told in refusals, letters and tables by Stripe’s smallest unit', (currency, amount, told, plain) => {
  expect(money({ amount, currency })).toBe(told)
  expect(decimalOf({ amount, currency })).toBe(plain)
})
