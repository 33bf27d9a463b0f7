import { OverviewSchema } from '#contract/overview.ts'
import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => request(OverviewSchema, '/api/overview', { signal }),
  refetchOnWindowFocus: true,
})
