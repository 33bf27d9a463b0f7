import { expect, test } from 'vitest'
import { brandOf } from './card-brand.ts'
import {
  faultOfExpiry,
  faultOfNumber,
  faultOfPostalCode,
  faultOfSecurityCode,
  formatExpiry,
  formatNumber,
} from './card-rules.ts'

test.each([
  ['4242424242424242', 'visa', '4242 4242 4242 4242'],
  ['5555555555554444', 'mastercard', '5555 5555 5555 4444'],
  ['2223003122003222', 'mastercard', '2223 0031 2200 3222'],
  ['378282246310005', 'amex', '3782 822463 10005'],
  ['6011111111111117', 'discover', '6011 1111 1111 1117'],
  ['3056930009020004', 'diners', '3056 9300 0902 0004'],
  ['36227206271667', 'diners', '3622 720627 1667'],
  ['3566002020360505', 'jcb', '3566 0020 2036 0505'],
  ['6200000000000005', 'unionpay', '6200 0000 0000 0005'],
  ['6205500000000000004', 'unionpay', '6205 5000 0000 0000 004'],
])('the test number %s is a whole %s card, written in its own blocks', (number, brand, blocks) => {
  expect(brandOf(number).code).toBe(brand)
  expect(formatNumber(number)).toBe(blocks)
  expect(faultOfNumber(blocks)).toBeUndefined()
})

test('a number is incomplete until its last digit and invalid when the last digit does not fit', () => {
  expect(faultOfNumber('')).toBe('incomplete_number')
  expect(faultOfNumber('4242 4242 4242 424')).toBe('incomplete_number')
  expect(faultOfNumber('4242 4242 4242 4241')).toBe('invalid_number')
  expect(formatNumber('4242-4242 4242x4242 99')).toBe('4242 4242 4242 4242')
})

test.each([
  ['3', '03 / '],
  ['1', '1'],
  ['12', '12 / '],
  ['13', '01 / 3'],
  ['0327', '03 / 27'],
  ['3/27', '03 / 27'],
  ['03/2027', '03 / 27'],
  ['12 / 34', '12 / 34'],
  ['12 / 345', '12 / 34'],
  ['032027', '03 / 27'],
])('an expiry typed, pasted or filled in as "%s" reads "%s"', (typed, shown) => {
  expect(formatExpiry(typed)).toBe(shown)
})

test('an expiry is judged against the month of today', () => {
  const today = new Date(2026, 10, 22)
  expect(faultOfExpiry('11 / 26', today)).toBeUndefined()
  expect(faultOfExpiry('1', today)).toBe('incomplete_expiry')
  expect(faultOfExpiry('10 / 26', today)).toBe('invalid_expiry_month_past')
  expect(faultOfExpiry('12 / 25', today)).toBe('invalid_expiry_year_past')
  expect(faultOfExpiry('00 / 30', today)).toBe('invalid_expiry_month')
  expect(faultOfExpiry('01 / 77', today)).toBe('invalid_expiry_year')
})

test('the security code is as long as the brand wants it', () => {
  expect(faultOfSecurityCode('123', '4242')).toBeUndefined()
  expect(faultOfSecurityCode('12', '4242')).toBe('incomplete_cvc')
  expect(faultOfSecurityCode('123', '3782')).toBe('incomplete_cvc')
  expect(faultOfSecurityCode('1234', '3782')).toBeUndefined()
})

test('a postal code is asked for in three countries, in the shape each has', () => {
  expect(faultOfPostalCode('12345', 'US')).toBeUndefined()
  expect(faultOfPostalCode('1234', 'US')).toBe('incomplete_zip')
  expect(faultOfPostalCode('SW1A 1AA', 'GB')).toBeUndefined()
  expect(faultOfPostalCode('k1a0b1', 'CA')).toBeUndefined()
  expect(faultOfPostalCode('', 'DE')).toBeUndefined()
})
