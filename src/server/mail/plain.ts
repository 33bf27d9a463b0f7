import type { Money } from '#diagnosis/money.ts'

/** No line breaks and no other control characters: fit for a header, whatever a name contains. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

/** "€49.00": minor units by the currency's own digits (ISO 4217, as Intl knows it). */
export function money({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions()
  return format.format(amount / 10 ** digits)
}

/** "Monday, 23 November, 21:30 UTC"; the reader's zone is not known. */
export function dayAndTime(instant: number): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  })
  return `${format.format(instant * 1_000).replace(' at ', ', ')} UTC`
}
