import { OffersSchema } from '#contract/offer.ts'
import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'

/**
 * Every way out that can be bought or set, with its price now: payers only (403 otherwise). A price ages, so it is asked
 * again whenever a screen opens. `seats`: the seats in all that are wished for.
 */
export function offersQuery(check?: string, seats?: number) {
  return queryOptions({
    queryKey: ['offers', check ?? null, seats ?? null],
    queryFn: ({ signal }) => request(OffersSchema, `/api/offers${asked({ check, seats })}`, { signal }),
    refetchOnWindowFocus: true,
  })
}

/** All prices that are known, for whatever refusal: they are asked again after a deed. */
export const everyOffer = { queryKey: ['offers'] } as const

function asked(wanted: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams(
    Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
  return query.size > 0 ? `?${query}` : ''
}
