import type { Outlook } from '#contract/meter-usage.ts'
import type { Period } from '#server/store/usage.ts'

const DAY = 86_400
/** Before this part of a period is over, nothing is foretold. */
const LEAST_PART = 0.1
const LEAST_DAYS = 3
/** Four chances in five, of the normal distribution. */
const Z = 1.2816
/** The last week is looked at by itself once there is more than it. */
const WEEK = 7

type Seen = {
  readonly used: number
  readonly included: number | undefined
  /** What was used on each day (UTC, from 1970-01-01) of which there are reports. */
  readonly days: ReadonlyMap<number, number>
}

/**
 * What the period comes to if it goes on like this: the mean of all days over until now and that of the last seven, and as
 * much above and below as the days differ among themselves. `now` and the period in unix seconds.
 */
export function outlookOf({ since, until }: Period, { used, included, days }: Seen, now: number): Outlook {
  const part = (now - since) / (until - since)
  const isOver = included !== undefined && used > included
  const whole = wholeDays(since, now, days)
  if (part < LEAST_PART || days.size < LEAST_DAYS || whole.length < LEAST_DAYS) return { kind: 'early' }
  const left = Math.max(0, until - now) / DAY
  const overall = used / ((now - since) / DAY)
  const lately = whole.length > WEEK ? mean(whole.slice(-WEEK)) : overall
  const spread = Z * deviation(whole) * Math.sqrt(left + (left * left) / whole.length)
  const ends = [overall, lately].map((rate) => used + rate * left)
  const low = Math.max(used, Math.min(...ends) - spread)
  const high = Math.max(...ends) + spread
  const likely = mean(ends)
  const known = {
    kind: 'known' as const,
    low: rounded(low, used),
    likely: rounded(likely, used),
    high: rounded(high, used),
  }
  if (included === undefined) return known
  if (isOver) return { ...known, pace: 'over' }
  if (high <= included) return { ...known, pace: 'lasts' }
  if (likely <= included) return { ...known, pace: 'may-end' }
  const rate = (likely - used) / left
  return { ...known, pace: 'ends', ends: Math.round(now + ((included - used) / rate) * DAY) }
}

/** The days that are over, from the first whole one of the period; those without a report count as nothing. */
function wholeDays(since: number, now: number, days: ReadonlyMap<number, number>): readonly number[] {
  const first = Math.ceil(since / DAY)
  const today = Math.floor(now / DAY)
  return Array.from({ length: Math.max(0, today - first) }, (_, index) => days.get(first + index) ?? 0)
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

/** Of a sample. */
function deviation(numbers: readonly number[]): number {
  const middle = mean(numbers)
  return Math.sqrt(numbers.reduce((sum, number) => sum + (number - middle) ** 2, 0) / (numbers.length - 1))
}

/** Two digits that count: more would promise more than is known. Never below what is used already. */
function rounded(number: number, least: number): number {
  if (number <= 0) return 0
  const power = 10 ** Math.max(0, Math.floor(Math.log10(number)) - 1)
  return Math.max(Math.ceil(least), Math.round(number / power) * power)
}
