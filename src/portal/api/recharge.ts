import type { AutoRecharge } from '#contract/offer.ts'
import { mutationOptions, type QueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { request } from './http.ts'
import { everyOffer } from './offers.ts'

/** Milliseconds after which a setting is not waited for any longer. */
const PATIENCE = 8_000

/** `PUT /api/auto-recharge`: credits that buy themselves, on or off. Throws ApiError, or when it takes too long. */
export async function setRecharge(recharge: AutoRecharge): Promise<void> {
  await request(z.unknown(), '/api/auto-recharge', {
    method: 'PUT',
    body: recharge,
    signal: AbortSignal.timeout(PATIENCE),
  })
}

/** The same as a deed of its own; what is offered is read again. */
export function rechargeDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['auto-recharge'],
    mutationFn: setRecharge,
    onSuccess: () => client.invalidateQueries(everyOffer),
    retry: 0,
    networkMode: 'always',
  })
}
