import { InsightSchema } from '#contract/desk-insight.ts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'

export const spans = ['7', '30', '90'] as const
export type Wanted = { readonly days: (typeof spans)[number]; readonly app: string | undefined }

/** What an address asks for; what it says wrongly is the usual. */
export function wantedIn(search: string): Wanted {
  const query = new URLSearchParams(search)
  return { days: spans.find((span) => span === query.get('days')) ?? '30', app: query.get('app') ?? undefined }
}

/** How refusals end. Throws DeskError. */
export function insightQuery({ days, app }: Wanted) {
  const query = new URLSearchParams({ days, ...(app !== undefined && { app }) })
  return queryOptions({
    queryKey: ['insight', days, app],
    queryFn: ({ signal }) =>
      request(InsightSchema, `/api/desk/insight?${query}`, { signal, look: `insight ${days} ${app}` }),
    placeholderData: keepPreviousData,
  })
}
