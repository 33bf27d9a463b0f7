import type { Offers } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import { ApiError } from '#portal/api/http.ts'
import { offersQuery } from '#portal/api/offers.ts'
import { isCalm, type Situation } from '#portal/payments/situation.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

/**
 * Milliseconds for which a price stands: the one that a limit's screen names is the one on the next screen. The server
 * keeps its word for longer, and charges no other.
 */
const FRESH = 60_000

/** What can be bought, as far as it is known. */
export type Offered =
  | { readonly kind: 'loading' }
  /** Not `fresh`: of an earlier question, while this one is being answered. */
  | { readonly kind: 'known'; readonly offers: Offers; readonly fresh: boolean }
  | { readonly kind: 'failed'; readonly retry: () => void; readonly retrying: boolean }

/**
 * Asks for every price. What a person has agreed to stands still while it is being paid. `seats`: in all, as wished for.
 * Throws ApiError when the session has ended: the page's own trouble screen knows that one.
 */
export function useOffered(visit: Visit, situation: Situation = { kind: 'idle' }, seats?: number): Offered {
  const calm = isCalm(situation)
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    ...offersQuery(visit.check?.id, seats),
    staleTime: FRESH,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: calm,
    refetchOnReconnect: calm,
  })
  const [shown, show] = useState(data)
  if (calm && data !== shown) show(data)
  const offers = calm ? data : (shown ?? data)
  if (error instanceof ApiError && error.status === 401) throw error
  if (error && calm) return { kind: 'failed', retry: () => void refetch(), retrying: isFetching }
  return offers ? { kind: 'known', offers, fresh: !isPlaceholderData } : { kind: 'loading' }
}
