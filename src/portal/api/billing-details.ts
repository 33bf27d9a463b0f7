import { BillingDetailsSchema } from '#contract/billing-details.ts'
import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'

export const billingDetailsQuery = queryOptions({
  queryKey: ['billing-details'],
  queryFn: ({ signal }) => request(BillingDetailsSchema, '/api/billing-details', { signal }),
  refetchOnWindowFocus: true,
})
