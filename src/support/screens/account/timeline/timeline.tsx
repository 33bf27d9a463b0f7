import { timelineKinds, type TimelineKind } from '#contract/desk-timeline-entry.ts'
import { DeskError } from '#support/api/http.ts'
import { timelineQuery, type Asked } from '#support/api/timeline.ts'
import { timelineWords } from '#support/words/timeline.ts'
import { Button } from '#ui/button.tsx'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router-dom'
import { Filters } from './filters.tsx'
import { List } from './list.tsx'
import { More } from './more.tsx'
import { NewsButton } from './news-button.tsx'

/** Everything that happened to the account, in one list, and what happens while it is open. */
export function Timeline({ app, account }: { readonly app: string; readonly account: string }) {
  const { kinds, narrow } = useKinds()
  const asked: Asked = { app, account, kinds }
  const timeline = useInfiniteQuery(timelineQuery(asked))
  const { data, error, isPending } = timeline
  if (error instanceof DeskError && error.status === 401) throw error
  const entries = data?.pages.flatMap((page) => page.entries) ?? []
  const now = data?.pages[0]?.now ?? 0
  return (
    <section aria-label={timelineWords.title} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-title font-semibold">{timelineWords.title}</h2>
        <p className="hidden text-small text-quiet lg:block">{timelineWords.keys}</p>
      </div>
      <Filters kinds={kinds} counts={data?.pages[0]?.counts} onNarrow={narrow} />
      {isPending && <p className="py-4 text-quiet">{timelineWords.loading}</p>}
      {error && entries.length === 0 && <Failed error={error} onAgain={() => void timeline.refetch()} />}
      {data && <NewsButton key={kinds.join(',')} asked={asked} entries={entries} now={now} />}
      {data && entries.length === 0 && <Empty isNarrowed={kinds.length > 0} onClear={() => narrow([])} />}
      {data && <List asked={asked} entries={entries} now={now} />}
      {entries.length > 0 && (
        <More
          isLoading={timeline.isFetchingNextPage}
          hasMore={timeline.hasNextPage}
          hasFailed={timeline.isFetchNextPageError}
          onMore={() => void timeline.fetchNextPage()}
        />
      )}
    </section>
  )
}

/** The filters stand in the address, so that a colleague who is sent it sees the same. */
function useKinds() {
  const [search, setSearch] = useSearchParams()
  const named = (search.get('kinds') ?? '').split(',')
  const kinds = timelineKinds.filter((kind) => named.includes(kind))
  const narrow = (wanted: readonly TimelineKind[]) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        if (wanted.length === 0) next.delete('kinds')
        else next.set('kinds', timelineKinds.filter((kind) => wanted.includes(kind)).join(','))
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  return { kinds, narrow }
}

function Failed({ error, onAgain }: { readonly error: Error; readonly onAgain: () => void }) {
  const reference = error instanceof DeskError ? error.problem?.request_id : undefined
  return (
    <div role="alert" className="flex flex-col items-start gap-2 py-2">
      <p>{timelineWords.failed}</p>
      {reference !== undefined && <p className="text-small text-quiet select-all">{reference}</p>}
      <Button kind="quiet" wide={false} onClick={onAgain}>
        {timelineWords.again}
      </Button>
    </div>
  )
}

function Empty({ isNarrowed, onClear }: { readonly isNarrowed: boolean; readonly onClear: () => void }) {
  if (!isNarrowed) return <p className="py-4 text-quiet">{timelineWords.empty}</p>
  return (
    <p className="py-4 text-quiet">
      {timelineWords.emptyFiltered}{' '}
      <button type="button" className="link target" onClick={onClear}>
        {timelineWords.clear}
      </button>
    </p>
  )
}
