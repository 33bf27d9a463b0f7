import type { BillingDetails, Details } from '#contract/billing-details.ts'
import { billingDetailsQuery } from '#portal/api/billing-details.ts'
import { useQueryClient } from '@tanstack/react-query'

/** What every part of the page is given. */
export type PagePart = { readonly page: BillingDetails; readonly details: Details }

/** Reads the page again after something was saved; what is typed is let go only then. */
export function useReread(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.refetchQueries({ queryKey: billingDetailsQuery.queryKey })
}
