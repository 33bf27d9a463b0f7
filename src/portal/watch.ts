import type { Visit } from '#contract/visit.ts'
import { useQuery } from '@tanstack/react-query'
import { ApiError } from './api/http.ts'
import { visitQuery } from './api/visit.ts'

/** A longer pause than this is an overflow away from none at all: timers take 31 bits of milliseconds. */
const LONGEST = 3_600

/** How long until the next look, in seconds. `looks`: how often it was looked at so far, failures included. */
export type Patience = (visit: Visit, looks: number) => number

/**
 * Looks at the visit again and again by itself; `unseen`: also while the tab is in the background. A lost session ends
 * it: the page's own trouble screen knows that one. Whatever else fails is tried again, ever more seldom.
 */
export function useWatch(check: string | undefined, patience: Patience, unseen = false) {
  const look = useQuery({
    ...visitQuery(check),
    refetchInterval: ({ state }) => {
      if (!state.data) return false
      const looks = state.dataUpdateCount + state.errorUpdateCount
      const seconds = state.status === 'error' ? backOff(state.errorUpdateCount) : patience(state.data, looks)
      return Math.min(seconds, LONGEST) * 1_000
    },
    refetchIntervalInBackground: unseen,
  })
  if (isSignedOut(look.error)) throw look.error
  return look
}

/** 2, 4, 8 … seconds, at most half a minute. */
export function backOff(looks: number): number {
  return Math.min(2 ** Math.min(looks, 5), 30)
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}
