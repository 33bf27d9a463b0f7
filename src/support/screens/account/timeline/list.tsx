import type { TimelineEntry } from '#contract/desk-timeline-entry.ts'
import type { Asked } from '#support/api/timeline.ts'
import { format } from '#support/format.ts'
import { timelineWords } from '#support/words/timeline.ts'
import { useState } from 'react'
import { EntryRow } from './entry-row.tsx'
import { daysOf } from './rows.ts'
import { useKeys } from './use-keys.ts'

const DAY = 86_400

type ListProps = { readonly asked: Asked; readonly entries: readonly TimelineEntry[]; readonly now: number }

/** Day by day; one row may stand open. */
export function List({ asked, entries, now }: ListProps) {
  const [open, setOpen] = useState<string>()
  const list = useKeys(() => setOpen(undefined))
  return (
    <div ref={list} className="flex min-w-0 flex-col gap-3">
      {daysOf(entries).map(({ day, rows }) => (
        <section key={day} aria-label={dayName(day, now)} className="flex min-w-0 flex-col">
          <h3 className="border-b border-hairline py-1 text-small font-semibold text-quiet">{dayName(day, now)}</h3>
          <ol className="flex min-w-0 flex-col">
            {rows.map((row) => (
              <EntryRow
                key={row.entry.id}
                asked={asked}
                row={row}
                now={now}
                isOpen={open === row.entry.id}
                onToggle={() => setOpen(open === row.entry.id ? undefined : row.entry.id)}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

function dayName(day: number, now: number): string {
  const today = Math.floor(now / DAY) * DAY
  if (day === today) return timelineWords.today
  return day === today - DAY ? timelineWords.yesterday : format.day(day, now)
}
