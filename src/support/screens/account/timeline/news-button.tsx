import type { TimelineEntry } from '#contract/desk-timeline-entry.ts'
import type { Asked } from '#support/api/timeline.ts'
import { timelineWords } from '#support/words/timeline.ts'
import { useNews } from './use-news.ts'

type NewsProps = { readonly asked: Asked; readonly entries: readonly TimelineEntry[]; readonly now: number }

/** Says what is new without moving what is read. */
export function NewsButton({ asked, entries, now }: NewsProps) {
  const { count, many, quiet, show } = useNews(asked, entries, now)
  return (
    <div className="sticky top-2 z-10 flex h-0 flex-col items-center overflow-visible">
      <output className="contents">
        {count > 0 && (
          <button
            type="button"
            onClick={show}
            className="min-h-8 cursor-pointer rounded-control bg-accent px-3 text-small font-semibold text-on-accent shadow-float hover:bg-accent-strong"
          >
            {many ? timelineWords.manyNews : timelineWords.news(count)}
          </button>
        )}
      </output>
      {quiet && <p className="rounded-control bg-warning-soft px-2 text-small text-warning">{timelineWords.quiet}</p>}
    </div>
  )
}
