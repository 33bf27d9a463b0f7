import type { EntryOf } from '#contract/desk-timeline-entry.ts'
import { format } from '#support/format.ts'
import { fieldWords } from '#support/words/timeline.ts'

/** Every try to tell the app, oldest first: what it answered and how long it took. */
export function Deliveries({
  deliveries,
  now,
}: {
  readonly deliveries: EntryOf<'told'>['deliveries']
  readonly now: number
}) {
  if (deliveries.length === 0) return null
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <h4 className="font-semibold">{fieldWords['deliveries']}</h4>
      <ol className="flex min-w-0 flex-col gap-1">
        {deliveries.map(({ at, status, error, excerpt, milliseconds }) => (
          <li key={`${at} ${milliseconds}`} className="min-w-0 break-words">
            <span className="tabular-nums">
              {format.moment(at, now)} · {status ?? error} · {format.number(milliseconds)} ms
            </span>
            {excerpt !== undefined && <q className="ms-2 text-quiet">{excerpt}</q>}
          </li>
        ))}
      </ol>
    </div>
  )
}
