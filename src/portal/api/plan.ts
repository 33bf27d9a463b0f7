import { CodeAnswerSchema, HoldingsSchema, SeatsAnswerSchema } from '#contract/holding.ts'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { post, request } from './http.ts'

export const planQuery = queryOptions({
  queryKey: ['plan'],
  queryFn: ({ signal }) => request(HoldingsSchema, '/api/plan', { signal }),
  refetchOnWindowFocus: true,
})

/** What so many seats in all cost now; asked anew as all prices are. */
export function seatsQuery(subscription: string, quantity: number) {
  return queryOptions({
    queryKey: ['offers', 'seats', subscription, quantity],
    queryFn: ({ signal }) =>
      request(SeatsAnswerSchema, `/api/plan/seats?${new URLSearchParams({ subscription, quantity: `${quantity}` })}`, {
        signal,
      }),
  })
}

/** What a promotion code would do; changes nothing. */
export const codeQuestion = mutationOptions({
  mutationKey: ['plan-code'],
  mutationFn: (asked: { readonly subscription: string; readonly code: string }) =>
    request(CodeAnswerSchema, '/api/plan/code', post(asked)),
  retry: 0,
  networkMode: 'always',
})
