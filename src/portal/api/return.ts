import { ReturnAnswerSchema } from '#contract/visit.ts'
import { queryOptions } from '@tanstack/react-query'
import { post, request } from './http.ts'

/**
 * The way back, asked once when the screen opens: the server looks again and says yes or no. A question rather than a
 * deed, because asking twice changes nothing; kept only as long as it is on the screen, since a receipt ages.
 */
export function returnQuery(check: string) {
  return queryOptions({
    queryKey: ['return', check],
    queryFn: () => request(ReturnAnswerSchema, '/api/return', post({ check })),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}
