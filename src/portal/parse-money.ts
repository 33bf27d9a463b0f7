import type { Money } from '#diagnosis/money.ts'
import { decimalsOf } from '#diagnosis/money.ts'

export type ParsedMoney =
  | { readonly kind: 'money'; readonly money: Money }
  | { readonly kind: 'empty' }
  | { readonly kind: 'malformed' }
  /** More decimals than the currency has. */
  | { readonly kind: 'precise' }

/**
 * An amount as people type it where `locale` is read: "1.234,50", "1 234,50 €", "CHF 1'234.50", "١٢٣". The currency's
 * smallest unit at Stripe; a second currency in the text is not an amount. Of a lone mark that is
 * not the reader's decimal mark, three digits after it mean thousands and fewer mean decimals.
 */
export function parseMoney(typed: string, currency: string, locale: string): ParsedMoney {
  const marks = marksOf(locale)
  const text = withoutName(compactly(latin(typed)), currency, locale)
  if (text === '') return { kind: 'empty' }
  const decimals = decimalsOf(currency)
  const normal = decimalOf(text, marks)
  if (normal === undefined) return { kind: 'malformed' }
  const [whole = '', fraction = ''] = normal.split('.')
  if (fraction.replace(/0+$/, '').length > decimals) return { kind: 'precise' }
  const amount = Number(whole + fraction.padEnd(decimals, '0').slice(0, decimals))
  return Number.isSafeInteger(amount) ? { kind: 'money', money: { amount, currency } } : { kind: 'malformed' }
}

/** A number as people type it where `locale` is read, by the same rules; undefined where it is none. */
export function parseNumber(typed: string, locale: string): number | undefined {
  const normal = decimalOf(compactly(latin(typed)), marksOf(locale))
  return normal === undefined ? undefined : Number(normal)
}

function compactly(text: string): string {
  return text.replaceAll(/[\s\u00a0\u202f\u2009\u200e\u200f\u061c'’]/gu, '')
}

/** Without the currency's code or sign at either end. Another currency's is no part of an amount. */
function withoutName(text: string, currency: string, locale: string): string {
  const signs = (['symbol', 'narrowSymbol'] as const).map(
    (currencyDisplay) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
        .formatToParts(0)
        .find(({ type }) => type === 'currency')?.value ?? '',
  )
  const name = [currency, ...signs]
    .map((sign) => compactly(sign).toLowerCase())
    .find((sign) => sign !== '' && (text.toLowerCase().startsWith(sign) || text.toLowerCase().endsWith(sign)))
  if (name === undefined) return text
  return text.toLowerCase().startsWith(name) ? text.slice(name.length) : text.slice(0, -name.length)
}

type Marks = { readonly group: string; readonly decimal: string }

function marksOf(locale: string): Marks {
  const parts = new Intl.NumberFormat(locale).formatToParts(12_345_678.9)
  const mark = (type: string, otherwise: string) =>
    latinMark(parts.find((part) => part.type === type)?.value ?? otherwise)
  return { group: mark('group', ','), decimal: mark('decimal', '.') }
}

/** "1234.50"; undefined where it is no number. */
function decimalOf(text: string, { group, decimal }: Marks): string | undefined {
  if (/^\d+$/.test(text)) return text
  const [, before, mark, after = ''] = /^(\d+)([.,])(\d+)$/.exec(text) ?? []
  if (before !== undefined && (mark === decimal || after.length < 3)) return `${before}.${after}`
  if (before !== undefined && after.length === 3) return `${before}${after}`
  const [whole = '', fraction, ...more] = text.split(decimal)
  if (more.length > 0 || (fraction !== undefined && !/^\d*$/.test(fraction))) return undefined
  const groups = whole.split(group)
  const fits = groups.every((part, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{2,3}$/).test(part))
  if (groups.length > 1 ? !fits : !/^\d+$/.test(whole)) return undefined
  return `${groups.join('')}.${fraction ?? ''}`
}

/** Digits of any script as 0 to 9: Unicode keeps the ten of each side by side. */
function latin(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0
      let zero = code
      while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
      return String(code - zero)
    })
    .replaceAll(/[٫٬]/g, latinMark)
}

function latinMark(mark: string): string {
  if (mark === '٫') return ','
  return mark === '٬' ? '.' : mark
}
