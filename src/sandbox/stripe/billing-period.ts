import type { Interval } from './objects/price.ts'

type Recurrence = { interval: Interval; interval_count: number }

const fixedLengths = { day: 86_400, week: 7 * 86_400 }

/** The end of the `count`-th period after `anchor` (UTC seconds); a month too short for the anchor's day ends it early. */
export function periodAfter(anchor: number, recurrence: Recurrence, count: number): number {
  const steps = recurrence.interval_count * count
  if (recurrence.interval === 'day' || recurrence.interval === 'week')
    return anchor + fixedLengths[recurrence.interval] * steps
  const months = recurrence.interval === 'year' ? steps * 12 : steps
  const date = new Date(anchor * 1000)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, last))
  return Math.floor(date.getTime() / 1000)
}

/** The first period boundary later than `time`, counted from `anchor` (all UTC seconds). */
export function nextBoundary(anchor: number, recurrence: Recurrence, time: number): number {
  let count = 1
  if (time > anchor) {
    const longest =
      { day: 86_400, week: 604_800, month: 31 * 86_400, year: 366 * 86_400 }[recurrence.interval] *
      recurrence.interval_count
    count = Math.max(1, Math.floor((time - anchor) / longest))
  } else if (anchor > time) {
    return anchor
  }
  while (periodAfter(anchor, recurrence, count) <= time) count += 1
  return periodAfter(anchor, recurrence, count)
}
