import type { TimelineEntry } from '#contract/desk-timeline-entry.ts'
import { newsQuery, prependEntries, putEntries, timelineQuery, type Asked } from '#support/api/timeline.ts'
import { DeskError } from '#support/api/http.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { merged } from './rows.ts'

export type News = {
  /** Not shown yet. */
  readonly count: number
  /** More than can be put on top. */
  readonly many: boolean
  /** No answer came lately. */
  readonly quiet: boolean
  readonly show: () => void
}

/** What happens while the page is open. How things stand is put right where they are shown; what is new waits to be wanted. */
export function useNews(asked: Asked, entries: readonly TimelineEntry[], now: number): News {
  const client = useQueryClient()
  const [opened] = useState(now)
  const { data, error } = useQuery(newsQuery(asked, entries, opened))
  if (error instanceof DeskError && error.status === 401) throw error
  const known = new Map(entries.map((entry) => [entry.id, entry]))
  const fresh = data?.entries.filter(({ id }) => !known.has(id)) ?? []
  const told = [...(data?.entries ?? []), ...(data?.watched ?? [])]
  const changed = told.filter((entry) => {
    const before = known.get(entry.id)
    return before !== undefined && JSON.stringify(before) !== JSON.stringify(entry)
  })
  const isEmpty = entries.length === 0
  const show = () => {
    if (data?.next !== undefined && fresh.length === data.entries.length) {
      void client.resetQueries(timelineQuery(asked))
      return
    }
    prependEntries(client, asked, fresh, merged)
  }
  // Each answer once: what has been done here since is newer than it.
  const applied = useRef<typeof data>(undefined)
  useEffect(() => {
    if (applied.current === data) return
    applied.current = data
    if (changed.length > 0) putEntries(client, asked, changed)
    if (isEmpty && fresh.length > 0) show()
  })
  return {
    count: fresh.length,
    many: data?.next !== undefined && fresh.length === data.entries.length,
    quiet: error !== null,
    show,
  }
}
