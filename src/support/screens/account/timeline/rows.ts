import type { TimelineEntry } from '#contract/desk-timeline-entry.ts'
import { sentenceOf } from './sentence.ts'

const DAY = 86_400

/** One row: the newest of those that say the same one after the other. */
export type Row = { readonly entry: TimelineEntry; readonly like: readonly TimelineEntry[] }
export type DayOfRows = { readonly day: number; readonly rows: readonly Row[] }

/** A program that asks on and on fills no page: what says the same within a day, with nothing between, is one row. */
export function daysOf(entries: readonly TimelineEntry[]): readonly DayOfRows[] {
  const days: { day: number; rows: { entry: TimelineEntry; like: TimelineEntry[] }[] }[] = []
  for (const entry of entries) {
    const day = Math.floor(entry.at / DAY) * DAY
    let last = days.at(-1)
    if (last?.day !== day) days.push((last = { day, rows: [] }))
    const row = last.rows.at(-1)
    if (row && isLike(row.entry, entry)) row.like.push(entry)
    else last.rows.push({ entry, like: [] })
  }
  return days
}

function isLike(one: TimelineEntry, other: TimelineEntry): boolean {
  if (one.what !== other.what || (one.what !== 'refused' && one.what !== 'settled')) return false
  const [a, b] = [sentenceOf(one), sentenceOf(other)]
  return a.text === b.text && a.figure === b.figure
}

/** Newest first, each once; what came late stands where it happened. */
export function merged(news: readonly TimelineEntry[], known: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const ids = new Set(known.map(({ id }) => id))
  return [...news.filter(({ id }) => !ids.has(id)), ...known].toSorted((a, b) => b.at - a.at)
}
