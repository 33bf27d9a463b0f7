import { timelineKinds, type TimelineKind } from '#contract/desk-timeline-entry.ts'
import type { Timeline } from '#contract/desk-timeline.ts'
import { kindWords, timelineWords } from '#support/words/timeline.ts'

type FiltersProps = {
  readonly kinds: readonly TimelineKind[]
  /** How many there are of each, as long as it is known. */
  readonly counts: Timeline['counts'] | undefined
  readonly onNarrow: (kinds: readonly TimelineKind[]) => void
}

/** Toggles: none pressed is everything. What never happened cannot be asked for, unless it is asked for already. */
export function Filters({ kinds, counts, onNarrow }: FiltersProps) {
  return (
    <fieldset aria-label={timelineWords.filters} className="flex min-w-0 flex-wrap gap-1">
      {timelineKinds.map((kind) => {
        const count = counts?.find((one) => one.kind === kind)
        const isOn = kinds.includes(kind)
        if (count?.count === 0 && !isOn) return null
        return (
          <button
            key={kind}
            type="button"
            aria-pressed={isOn}
            onClick={() => onNarrow(isOn ? kinds.filter((one) => one !== kind) : [...kinds, kind])}
            className="inline-flex min-h-8 cursor-pointer items-center gap-1.5 rounded-control border border-edge px-2 text-small whitespace-nowrap hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent"
          >
            {kindWords[kind]}{' '}
            {count && <span className="tabular-nums opacity-75">{timelineWords.since(count.count, count.more)}</span>}
          </button>
        )
      })}
    </fieldset>
  )
}
