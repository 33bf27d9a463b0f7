import type { Instant, Method } from '#diagnosis/account.ts'
import { methodName } from '#diagnosis/method-names.ts'
import { decimalOf, type Money } from '#diagnosis/money.ts'
import { useWords } from './words/words.ts'

const DAY = 86_400
/** A space at which no line is broken. */
const GAP = '\u00a0'

/** What one person reads: language and region of the browser, days of the billing zone (Stripe bills in UTC). */
export type Format = ReturnType<typeof formatFor>

/** `locale` is BCP 47; `zone` an IANA name, the zone in which days begin. */
export function formatFor(locale: string, zone = 'UTC') {
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })
  const date = (instant: Instant) => new Date(instant * 1_000)
  const unit = (value: number, name: 'hour' | 'minute' | 'second') =>
    value === 0
      ? undefined
      : new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' })
          .format(value)
          .replaceAll(' ', GAP)

  return {
    /** BCP 47. */
    locale,
    /** "€49.00". Exact: the amount reaches `Intl` as a decimal string, never as a fraction. */
    money(sum: Money): string {
      return new Intl.NumberFormat(locale, { style: 'currency', currency: sum.currency }).format(decimalOf(sum))
    },
    /** "Tuesday, 3 November"; with the year where it is not `now`'s. */
    day(instant: Instant, now: Instant): string {
      const near = Math.abs(instant - now) < 180 * DAY
      return dates({ weekday: 'long', day: 'numeric', month: 'long', ...(!near && { year: 'numeric' }) }).format(
        date(instant),
      )
    },
    /** "3 Dec", for lists; with the year where it is not near `now`. */
    shortDay(instant: Instant, now: Instant): string {
      const near = Math.abs(instant - now) < 180 * DAY
      return dates({ day: 'numeric', month: 'short', ...(!near && { year: 'numeric' }) }).format(date(instant))
    },
    /** "14:05 UTC" */
    time(instant: Instant): string {
      return dates({ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(date(instant))
    },
    /** "22 Nov, 14:05 UTC"; with the year where it is not near `now`. */
    moment(instant: Instant, now: Instant): string {
      return `${this.shortDay(instant, now)}, ${this.time(instant)}`
    },
    /** "2 minutes", "1 hour, 5 minutes", of whole seconds; no number is parted from its unit. */
    span(seconds: number): string {
      const parts = [
        unit(Math.floor(seconds / 3_600), 'hour'),
        unit(Math.floor((seconds % 3_600) / 60), 'minute'),
        unit(seconds < 3_600 ? seconds % 60 : 0, 'second'),
      ].filter((part) => part !== undefined)
      return new Intl.ListFormat(locale, { type: 'unit' }).format(parts)
    },
    /** "1:05", "1:00:05", of whole seconds. */
    countdown(seconds: number): string {
      const hours = Math.floor(seconds / 3_600)
      const digits = (value: number, least: number) =>
        new Intl.NumberFormat(locale, { minimumIntegerDigits: least, useGrouping: false }).format(value)
      const rest = [digits(Math.floor((seconds % 3_600) / 60), hours > 0 ? 2 : 1), digits(Math.floor(seconds % 60), 2)]
      return (hours > 0 ? [digits(hours, 1), ...rest] : rest).join(':')
    },
    /** "10,000" */
    number(value: number): string {
      return new Intl.NumberFormat(locale).format(value)
    },
    /** "25%", of percent. */
    percent(value: number): string {
      return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(value / 100)
    },
    /** "October" where the period is that calendar month, "13 Oct – 13 Nov" where it is not; a line breaks only after the dash. */
    period({ start, end }: { readonly start: Instant; readonly end: Instant }): string {
      return isCalendarMonth(start, end)
        ? dates({ month: 'long' }).format(date(start))
        : dates({ day: 'numeric', month: 'short' })
            .formatRange(date(start), date(end))
            .replaceAll(/\s/g, GAP)
            .replace(`–${GAP}`, '– ')
    },
    /** "October", of month 1 to 12; with the year: "October 2026". */
    month(month: number, year?: number): string {
      return new Intl.DateTimeFormat(locale, {
        timeZone: 'UTC',
        month: 'long',
        ...(year !== undefined && { year: 'numeric' }),
      }).format(new Date(Date.UTC(year ?? 2024, month - 1, 1)))
    },
    /** "in 9 days", "tomorrow", "3 days ago": whole days between the two. */
    fromNow(instant: Instant, now: Instant): string {
      const days = Math.floor(instant / DAY) - Math.floor(now / DAY)
      return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
    },
    /** "Anna, Jo and Kim" */
    list(names: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
      return new Intl.ListFormat(locale, { type }).format(names)
    },
    /** "Visa •• 4242"; for what is no card, its kind: "SEPA Direct Debit •• 3000". */
    face(method: Method): string {
      const name = methodName(method)
      return method.last4 === undefined ? name : `${name}${GAP}••${GAP}${method.last4}`
    },
  }
}

/** Bound to the browser's region within the language that is spoken. */
export function useFormat(): Format {
  const { language } = useWords()
  return formatFor(localeOf(language, globalThis.navigator?.languages ?? []))
}

/** "en-US" where the browser says so; days before months otherwise. */
export function localeOf(language: string, wanted: readonly string[]): string {
  const own = wanted.find((tag) => tag.toLowerCase().startsWith(`${language}-`))
  return own ?? (language === 'en' ? 'en-GB' : language)
}

function isCalendarMonth(start: Instant, end: Instant): boolean {
  const from = new Date(start * 1_000)
  const to = new Date(end * 1_000)
  return from.getUTCDate() === 1 && to.getUTCDate() === 1 && end - start > 27 * DAY && end - start < 32 * DAY
}
