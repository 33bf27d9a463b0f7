import { ReturnAnswerSchema } from '#contract/visit.ts'
import { queryOptions } from '@tanstack/react-query'
import { post, request } from './http.ts'
import { visitQuery } from './visit.ts'

/**
 * The way back, asked once when the screen opens: the server looks again and says yes or no. A question rather than a
 * deed, because asking twice changes nothing; kept only as long as it is on the screen, since a receipt ages.
 */
export function returnQuery(check: string) {
  return queryOptions({
    queryKey: ['return', check],
    queryFn: async ({ client }) => {
      const answer = await request(ReturnAnswerSchema, '/api/return', post({ check }))
      // What is on the screen is out of date, then: it is read again, and leads to where one belongs now.
      if (answer.kind === 'still_blocked') void client.invalidateQueries({ queryKey: visitQuery(check).queryKey })
      return answer
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}
