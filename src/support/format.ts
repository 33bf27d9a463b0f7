import type { Instant, Method } from '#diagnosis/account.ts'
import { methodName } from '#diagnosis/method-names.ts'
import { decimalOf, type Money } from '#diagnosis/money.ts'

const DAY = 86_400
const LOCALE = 'en-GB'
/** A space at which no line is broken. */
const GAP = '\u00a0'

const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', ...options })
const date = (instant: Instant) => new Date(instant * 1_000)
const isNear = (instant: Instant, now: Instant) => Math.abs(instant - now) < 180 * DAY

/** The desk reads English, and the days of the billing zone (Stripe bills in UTC): what the customer's portal says, too. */
export const format = {
  /** "€49.00". Exact: the amount reaches `Intl` as a decimal string, never as a fraction. */
  money(sum: Money): string {
    return new Intl.NumberFormat(LOCALE, { style: 'currency', currency: sum.currency }).format(decimalOf(sum))
  },
  /** "Tuesday 3 November"; with the year where it is not near `now`. */
  day(instant: Instant, now: Instant): string {
    const year = isNear(instant, now) ? {} : ({ year: 'numeric' } as const)
    return dates({ weekday: 'long', day: 'numeric', month: 'long', ...year }).format(date(instant))
  },
  /** "3 Dec"; with the year where it is not near `now`. */
  shortDay(instant: Instant, now: Instant): string {
    const year = isNear(instant, now) ? {} : ({ year: 'numeric' } as const)
    return dates({ day: 'numeric', month: 'short', ...year }).format(date(instant))
  },
  /** "14:05", of a day that is named above. */
  clock(instant: Instant): string {
    return dates({ hour: '2-digit', minute: '2-digit' }).format(date(instant))
  },
  /** "14:05 UTC" */
  time(instant: Instant): string {
    return dates({ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(date(instant))
  },
  /** "22 Nov, 14:05 UTC"; with the year where it is not near `now`. */
  moment(instant: Instant, now: Instant): string {
    return `${format.shortDay(instant, now)}, ${format.time(instant)}`
  },
  /** "22 Nov 2026, 14:05:09": to the second, in UTC, for what is compared with a log. */
  stamp(instant: Instant): string {
    return dates({
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }).format(date(instant))
  },
  /** "in 9 days", "2 hours ago", "now": in the largest unit that says something. */
  fromNow(instant: Instant, now: Instant): string {
    const seconds = instant - now
    const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? (['second', 1] as const)
    const words = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' })
    return words.format(unit === 'second' ? 0 : Math.trunc(seconds / size), unit)
  },
  /** "2 minutes", "1 hour, 5 minutes", "3 days, 2 hours", of seconds: the two largest units that say something. */
  span(seconds: number): string {
    const whole = Math.round(seconds)
    const first = units.findIndex(([, size]) => whole >= size)
    if (first < 0) return unitOf(whole, 'second')
    const parts = units.slice(first, first + 2).map(([unit, size], index) => {
      const above = index === 0 ? undefined : units[first]
      return { unit, value: Math.floor((above ? whole % above[1] : whole) / size) }
    })
    const said = parts.filter(({ value }) => value > 0).map(({ unit, value }) => unitOf(value, unit))
    return new Intl.ListFormat(LOCALE, { type: 'unit' }).format(said)
  },
  /** "25%", of a part of one. */
  percent(part: number): string {
    return new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 }).format(part)
  },
  /** "10,000"; at most six decimals, as usage has them. */
  number(value: number): string {
    return new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 6 }).format(value)
  },
  /** "Anna, Jo and Kim" */
  list(names: readonly string[]): string {
    return new Intl.ListFormat(LOCALE, { type: 'conjunction' }).format(names)
  },
  /** "a code, an account id or an invoice number" */
  either(names: readonly string[]): string {
    return new Intl.ListFormat(LOCALE, { type: 'disjunction' }).format(names)
  },
  /** "Visa •• 4242"; for what is no card, its kind: "SEPA Direct Debit •• 3000". */
  face(method: Method): string {
    const name = methodName(method)
    return method.last4 === undefined ? name : `${name}${GAP}••${GAP}${method.last4}`
  },
  /** "12/2034"; undefined for what does not expire. */
  expiry({ expMonth, expYear }: Method): string | undefined {
    if (expMonth === undefined || expYear === undefined) return undefined
    return dates({ month: '2-digit', year: 'numeric' }).format(Date.UTC(expYear, expMonth - 1))
  },
} as const

const units = [
  ['day', DAY],
  ['hour', 3_600],
  ['minute', 60],
] as const

function unitOf(value: number, unit: 'day' | 'hour' | 'minute' | 'second'): string {
  return new Intl.NumberFormat(LOCALE, { style: 'unit', unit, unitDisplay: 'long' }).format(value).replaceAll(' ', GAP)
}
