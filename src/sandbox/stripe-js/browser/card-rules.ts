import { brandOf, longest } from './card-brand.ts'

/** Codes of Stripe's client-side `validation_error`s. */
export type FieldFault =
  | 'incomplete_number'
  | 'invalid_number'
  | 'incomplete_expiry'
  | 'invalid_expiry_month'
  | 'invalid_expiry_month_past'
  | 'invalid_expiry_year'
  | 'invalid_expiry_year_past'
  | 'incomplete_cvc'
  | 'incomplete_zip'

export const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** Mod 10 (ISO/IEC 7812-1, annex B). */
function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return sum % 10 === 0
}

export function formatNumber(text: string): string {
  const digits = digitsOf(text)
  const { blocks, lengths } = brandOf(digits)
  let rest = digits.slice(0, longest(lengths))
  const parts: string[] = []
  for (const size of blocks) {
    if (rest === '') break
    parts.push(rest.slice(0, size))
    rest = rest.slice(size)
  }
  return parts.join(' ')
}

export function faultOfNumber(text: string): FieldFault | undefined {
  const digits = digitsOf(text)
  const { lengths } = brandOf(digits)
  if (!lengths.includes(digits.length)) return 'incomplete_number'
  return passesLuhn(digits) ? undefined : 'invalid_number'
}

/** Digits of MM YY out of whatever was typed, pasted or filled in: 3/27, 0327, 03/2027. */
function expiryDigits(text: string): string {
  const [month = '', ...rest] = text.split(/[^\d]+/)
  const split = rest.join('')
  const digits = split === '' ? month : month.padStart(2, '0') + split
  const led = /^[2-9]/.test(digits) || /^1[3-9]/.test(digits) ? `0${digits}` : digits
  return led.length >= 6 && led.slice(2, 4) === '20' ? led.slice(0, 2) + led.slice(4, 6) : led.slice(0, 4)
}

export function formatExpiry(text: string): string {
  const digits = expiryDigits(text)
  return digits.length < 2 ? digits : `${digits.slice(0, 2)} / ${digits.slice(2)}`
}

export type Expiry = { month: number; year: number }

export function readExpiry(text: string): Expiry | undefined {
  const digits = digitsOf(text)
  return digits.length === 4 ? { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2)) } : undefined
}

const FURTHEST_EXPIRY_YEARS = 50

export function faultOfExpiry(text: string, today: Date): FieldFault | undefined {
  const expiry = readExpiry(text)
  if (expiry === undefined) return 'incomplete_expiry'
  if (expiry.month < 1 || expiry.month > 12) return 'invalid_expiry_month'
  const year = today.getFullYear()
  if (expiry.year < year) return 'invalid_expiry_year_past'
  if (expiry.year > year + FURTHEST_EXPIRY_YEARS) return 'invalid_expiry_year'
  return expiry.year === year && expiry.month < today.getMonth() + 1 ? 'invalid_expiry_month_past' : undefined
}

export const formatSecurityCode = (text: string, number: string): string =>
  digitsOf(text).slice(0, longest(brandOf(digitsOf(number)).securityCode))

export const faultOfSecurityCode = (text: string, number: string): FieldFault | undefined =>
  brandOf(digitsOf(number)).securityCode.includes(text.length) ? undefined : 'incomplete_cvc'

/** Countries whose card networks check a postal code, with the shape of one. */
const POSTAL_CODES: Record<string, RegExp> = {
  US: /^\d{5}$/,
  GB: /^[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}$/,
  CA: /^[A-Za-z]\d[A-Za-z] ?\d[A-Za-z]\d$/,
}

export const asksPostalCode = (country: string): boolean => country in POSTAL_CODES

export const faultOfPostalCode = (text: string, country: string): FieldFault | undefined =>
  (POSTAL_CODES[country]?.test(text.trim()) ?? true) ? undefined : 'incomplete_zip'
