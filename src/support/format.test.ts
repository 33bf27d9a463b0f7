import { expect, test } from 'vitest'
import { format } from './format.ts'

const now = Date.UTC(2026, 10, 22, 14, 5) / 1_000

test('money is exact, by the currency’s own digits', () => {
  expect(format.money({ amount: 49_00, currency: 'eur' })).toBe('€49.00')
  expect(format.money({ amount: 7_000, currency: 'jpy' })).toBe('JP¥7,000')
  expect(format.money({ amount: -1, currency: 'usd' })).toBe('-US$0.01')
})

test('days and moments are UTC’s, with the year where it is not near', () => {
  expect(format.moment(now, now)).toBe('22 Nov, 14:05 UTC')
  expect(format.shortDay(now - 400 * 86_400, now)).toBe('18 Oct 2025')
})

test('cards show brand, last four and expiry and nothing more', () => {
  const method = { id: 'pm_1', kind: 'card', brand: 'visa', last4: '4242', expMonth: 3, expYear: 2034 }
  expect(format.face(method)).toBe('Visa\u00a0••\u00a04242')
  expect(format.expiry(method)).toBe('03/2034')
  expect(format.face({ id: 'pm_2', kind: 'sepa_debit', last4: '3000' })).toBe('SEPA Direct Debit\u00a0••\u00a03000')
})
