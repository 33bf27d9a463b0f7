import { ViewSchema } from '#contract/desk-view.ts'
import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'

const MINUTE = 60_000

/** Whose eyes support looks through, and until when. Throws ApiError when that is over. */
export const viewQuery = queryOptions({
  queryKey: ['view'],
  queryFn: ({ signal }) => request(ViewSchema, '/api', { signal }),
  staleTime: MINUTE,
  refetchInterval: MINUTE,
  retry: false,
})
