import type { Method } from '#diagnosis/account.ts'
import { methodName } from '#diagnosis/method-names.ts'
import { decimalOf, type Money } from '#diagnosis/money.ts'

/** No line breaks and no other control characters: fit for a header, whatever a name contains. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

/** "€49.00". */
export function money(sum: Money): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency: sum.currency }).format(decimalOf(sum))
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

/** "3 September 2026", in UTC. */
export function day(instant: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(instant * 1_000)
}

/** "14:05:20 UTC on 3 September 2026". */
export function timeOfDay(instant: number): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' })
  return `${format.format(instant * 1_000)} UTC on ${day(instant)}`
}

/** "10,000"; at most six decimals, as usage has them. */
export function count(number: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: 6 }).format(number)
}

/** "Mastercard 4444", "Link": enough to tell them apart. */
export function faceOf(method: Method): string {
  const name = methodName(method)
  return method.last4 === undefined ? name : `${name} ${method.last4}`
}
