import type { Asked } from '#support/api/timeline.ts'
import { format } from '#support/format.ts'
import { timelineWords } from '#support/words/timeline.ts'
import { Icon } from '#ui/icon.tsx'
import { useId } from 'react'
import { EntryDetail } from './entry-detail.tsx'
import type { Row } from './rows.ts'
import { sentenceOf, type Tone } from './sentence.ts'

const tones = {
  plain: 'text-quiet',
  danger: 'text-danger',
  warning: 'text-warning',
  success: 'text-success',
} as const satisfies Record<Tone, string>

type RowProps = {
  readonly asked: Asked
  readonly row: Row
  readonly now: number
  readonly isOpen: boolean
  readonly onToggle: () => void
}

/** Time, icon, one sentence, the figure; opened, everything that is known of it. */
export function EntryRow({ asked, row: { entry, like }, now, isOpen, onToggle }: RowProps) {
  const id = useId()
  const { icon, tone, text, figure } = sentenceOf(entry)
  return (
    <li className="min-w-0 border-b border-hairline last:border-0">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={onToggle}
        className="grid w-full min-w-0 cursor-pointer scroll-mt-12 grid-cols-[auto_auto_minmax(0,1fr)] items-start gap-x-2 rounded-control py-1 text-start text-small hover:bg-sunken sm:grid-cols-[auto_auto_minmax(0,1fr)_auto]"
      >
        <time className="w-10 pt-0.5 text-quiet tabular-nums">{format.clock(entry.at)}</time>
        <span className={tones[tone]}>
          <Icon name={icon} />
        </span>
        <span className="min-w-0 break-words">
          {text}
          {like.length > 0 && <strong className="ms-1 font-semibold">{timelineWords.times(like.length + 1)}</strong>}
        </span>
        {figure !== undefined && (
          <span className="col-start-3 min-w-0 break-words text-quiet tabular-nums sm:col-start-4 sm:text-end">
            {figure}
          </span>
        )}
      </button>
      {isOpen && <EntryDetail id={id} asked={asked} entry={entry} now={now} />}
    </li>
  )
}
