import type { TimelineEntry, TimelineKind } from '#contract/desk-timeline-entry.ts'
import { ResentSchema, TimelineSchema, type Timeline } from '#contract/desk-timeline.ts'
import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import { request } from './http.ts'

const NEWS_MS = 4_000
/** Seconds by which what is new is looked for further back: it may be written down a little later than it happened. */
const LATE = 60

/** One account's timeline, narrowed down to these kinds; all of them where none is named. */
export type Asked = { readonly app: string; readonly account: string; readonly kinds: readonly TimelineKind[] }

type Pages = InfiniteData<Timeline, string | undefined>

const pathOf = ({ app, account }: Pick<Asked, 'app' | 'account'>) =>
  `/api/desk/accounts/${encodeURIComponent(app)}/${encodeURIComponent(account)}/timeline`

function ask(asked: Asked, query: Readonly<Record<string, string | undefined>>, signal: AbortSignal) {
  const { kinds } = asked
  const given = Object.entries({ kinds: kinds.length === 0 ? undefined : kinds.join(','), ...query })
  const search = new URLSearchParams(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
  const path = pathOf(asked)
  // However it is narrowed down and however long it stays open, it is one look.
  return request(TimelineSchema, search.size === 0 ? path : `${path}?${search}`, { signal, look: path })
}

/** Page by page, newest first. */
export function timelineQuery(asked: Asked) {
  return infiniteQueryOptions({
    queryKey: ['timeline', asked.app, asked.account, asked.kinds.join(',')],
    queryFn: ({ pageParam, signal }) => ask(asked, { before: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    // What is being read stays where it is: news are asked for, and shown when they are wanted.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

/** What has happened since the newest of these, and how those stand now of which something was still to come. */
export function newsQuery(asked: Asked, entries: readonly TimelineEntry[], opened: number) {
  const since = Math.max(0, (entries[0]?.at ?? opened) - LATE)
  const moving = entries.filter(({ moving }) => moving).slice(0, 20)
  return queryOptions({
    queryKey: ['timeline-news', asked.app, asked.account, asked.kinds.join(','), since],
    queryFn: ({ signal }) =>
      ask(
        asked,
        { after: String(since), watch: moving.length === 0 ? undefined : moving.map(({ id }) => id).join(',') },
        signal,
      ),
    refetchInterval: NEWS_MS,
    // Whoever looks elsewhere needs no news; whoever comes back gets them at once.
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
    retry: false,
  })
}

/** Entries as they are now, put where they stood. */
export function putEntries(client: QueryClient, asked: Asked, entries: readonly TimelineEntry[]): void {
  const now = new Map(entries.map((entry) => [entry.id, entry]))
  client.setQueryData<Pages>(
    timelineQuery(asked).queryKey,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          entries: page.entries.map((entry) => now.get(entry.id) ?? entry),
        })),
      },
  )
}

/** What came meanwhile, among what the first page had: `merge` says where. */
export function prependEntries(
  client: QueryClient,
  asked: Asked,
  entries: readonly TimelineEntry[],
  merge: (news: readonly TimelineEntry[], known: readonly TimelineEntry[]) => readonly TimelineEntry[],
): void {
  client.setQueryData<Pages>(timelineQuery(asked).queryKey, (data) => {
    const [first, ...rest] = data?.pages ?? []
    if (!data || !first) return data
    const counts = first.counts?.map((one) => ({ ...one, count: one.count + entries.filter(isOf(one.kind)).length }))
    const page = { ...first, entries: merge(entries, first.entries), ...(counts && { counts }) }
    return { ...data, pages: [page, ...rest] }
  })
}

/** All that Stripe tells came in by webhook, too. */
const isOf = (kind: TimelineKind) => (entry: TimelineEntry) =>
  entry.kind === kind || (kind === 'webhooks-in' && entry.what === 'stripe')

/** Tells the app once more. Throws DeskError. */
export function resend({ app, account }: Pick<Asked, 'app' | 'account'>, event: string, reason: string) {
  const path = `/api/desk/accounts/${encodeURIComponent(app)}/${encodeURIComponent(account)}/events/${event}/resend`
  return request(ResentSchema, path, { method: 'POST', body: { reason } })
}
