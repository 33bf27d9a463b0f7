import { UsageHistorySchema } from '#contract/usage-history.ts'
import { UsagePageSchema, type UsagePage } from '#contract/usage-page.ts'
import type { UsageAlert } from '#contract/usage-alert.ts'
import { keepPreviousData, mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { post, request } from './http.ts'

export const usageQuery = queryOptions({
  queryKey: ['usage'],
  queryFn: ({ signal }) => request(UsagePageSchema, '/api/usage', { signal }),
  refetchOnWindowFocus: true,
})

/** One meter day by day; `back` counts periods from the one that runs. */
export function usageHistoryQuery(meter: string, back: number) {
  const query = new URLSearchParams({ meter, back: String(back) })
  return queryOptions({
    queryKey: ['usage-history', meter, back],
    queryFn: ({ signal }) => request(UsageHistorySchema, `/api/usage/history?${query}`, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** The same days of all meters as a file; instants in unix seconds, `until` excluded. */
export function usageTablePath({ since, until }: { readonly since: number; readonly until: number }): string {
  const dateOf = (instant: number) => new Date(instant * 1_000).toISOString().slice(0, 10)
  return `/api/usage/days.csv?${new URLSearchParams({ from: dateOf(since), until: dateOf(until - 1) })}`
}

/** A setting is not repeated behind the person's back, and teaches the cache what it has become. */
function setting(client: QueryClient) {
  return {
    retry: 0,
    networkMode: 'always',
    onSuccess: (page: UsagePage) => client.setQueryData(usageQuery.queryKey, page),
  } as const
}

/** `PUT /api/usage/alerts`: all alerts, in place of those before. */
export function alertsDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['usage-alerts'],
    mutationFn: (alerts: readonly UsageAlert[]) =>
      request(UsagePageSchema, '/api/usage/alerts', { method: 'PUT', body: { alerts } }),
    ...setting(client),
  })
}

/** `PUT /api/usage/letters`: whether this person wants letters about usage. */
export function lettersDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['usage-letters'],
    mutationFn: (on: boolean) => request(UsagePageSchema, '/api/usage/letters', { method: 'PUT', body: { on } }),
    ...setting(client),
  })
}

/** `POST /api/letters/stop`: the same by the link of a letter, without a session. */
export function stopDeed(token: string) {
  return mutationOptions({
    mutationKey: ['letters', token],
    mutationFn: (on: boolean) => request(z.unknown(), '/api/letters/stop', post({ token, on })),
    retry: 0,
    networkMode: 'always',
  })
}
