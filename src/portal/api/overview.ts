import { OverviewSchema } from '#contract/overview.ts'
import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => request(OverviewSchema, '/api/overview', { signal }),
  refetchOnWindowFocus: true,
})

/** The same at a person's word: Stripe is asked now. */
export const freshOverviewQuery = queryOptions({
  ...overviewQuery,
  queryFn: ({ signal }) => request(OverviewSchema, '/api/overview?fresh=true', { signal }),
  staleTime: 0,
  retry: false,
})
