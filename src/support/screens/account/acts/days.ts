import type { Instant } from '#diagnosis/account.ts'
import { format } from '#support/format.ts'

const DAY = 86_400

/** "Tuesday 3 November" */
export const day = (instant: Instant, now: Instant) => format.day(instant, now)

/** As a date field writes it, "2026-11-29", in UTC. */
export function dateOf(instant: Instant): string {
  return new Date(instant * 1_000).toISOString().slice(0, 10)
}

/** The last second of a date in UTC, unix seconds; no later than `latest`. Undefined for what is no date. */
export function endOf(date: string, latest: Instant): Instant | undefined {
  const start = Date.parse(`${date}T00:00:00Z`) / 1_000
  if (Number.isNaN(start)) return undefined
  // On the last day that can be granted, what is left of it.
  return start <= latest ? Math.min(start + DAY - 1, latest) : start + DAY - 1
}
