import type { TimelineEntry } from '#contract/desk-timeline-entry.ts'
import type { Asked } from '#support/api/timeline.ts'
import { format } from '#support/format.ts'
import { useSession } from '#support/frame.tsx'
import { resendWords } from '#support/words/timeline.ts'
import { useState } from 'react'
import { Link, useLocation } from 'react-router-dom'
import { CopyId } from './copy-id.tsx'
import { Deliveries } from './deliveries.tsx'
import { fieldsOf, type Field } from './fields.ts'
import { ResendDialog } from './resend-dialog.tsx'

type DetailProps = {
  readonly id: string
  readonly asked: Asked
  readonly entry: TimelineEntry
  readonly now: number
}

/** Everything that an entry knows, ids to be copied, and what can be done with it. */
export function EntryDetail({ id, asked, entry, now }: DetailProps) {
  const { rights } = useSession()
  const [isResending, setResending] = useState(false)
  return (
    <div id={id} className="mb-2 flex min-w-0 flex-col gap-3 rounded-control bg-sunken p-3 text-small">
      <dl className="grid min-w-0 grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1">
        <dt className="text-quiet">{format.day(entry.at, now)}</dt>
        <dd>{format.time(entry.at)}</dd>
        {fieldsOf(entry, now).map((field, index) => (
          <FieldLine key={`${field.name} ${index}`} field={field} />
        ))}
      </dl>
      {entry.what === 'told' && <Deliveries deliveries={entry.deliveries} now={now} />}
      {entry.what === 'told' && rights.includes('resend-event') && (
        <button type="button" className="link target self-start" onClick={() => setResending(true)}>
          {resendWords.act}
        </button>
      )}
      {entry.what === 'told' && isResending && (
        <ResendDialog asked={asked} event={entry.event} onClose={() => setResending(false)} />
      )}
    </div>
  )
}

function FieldLine({ field: { name, value, copy, check } }: { readonly field: Field }) {
  return (
    <>
      <dt className="min-w-0 break-words text-quiet">{name}</dt>
      <dd className="flex min-w-0 flex-wrap items-baseline gap-x-3 break-all">
        {check ? <CheckLink check={value} /> : <span>{value}</span>}
        {copy && <CopyId text={value} />}
      </dd>
    </>
  )
}

/** The answer card about this very refusal; the timeline stays as it is narrowed down. */
function CheckLink({ check }: { readonly check: string }) {
  const search = new URLSearchParams(useLocation().search)
  search.set('check', check)
  return (
    <Link to={{ search: `?${search}` }} preventScrollReset className="link">
      {check}
    </Link>
  )
}
