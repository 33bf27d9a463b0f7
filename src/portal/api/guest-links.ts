import {
  GuestEntrySchema,
  GuestLinkMadeSchema,
  GuestLinksSchema,
  type GuestEntry,
  type GuestLinkRequest,
} from '#contract/guest-link.ts'
import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { post, request } from './http.ts'

const once = { retry: 0, networkMode: 'always' } as const

export const guestLinksQuery = queryOptions({
  queryKey: ['guest-links'],
  queryFn: ({ signal }) => request(GuestLinksSchema, '/api/guest-links', { signal }),
})

/** Makes a link for one payment; its address is in the answer and nowhere else. */
export function makeLinkDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['make-guest-link'],
    mutationFn: (wish: GuestLinkRequest) => request(GuestLinkMadeSchema, '/api/guest-links', post(wish)),
    onSuccess: () => client.invalidateQueries(guestLinksQuery),
    ...once,
  })
}

export function revokeLinkDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['revoke-guest-link'],
    mutationFn: (id: string) => request(z.unknown(), `/api/guest-links/${id}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries(guestLinksQuery),
    ...once,
  })
}

/** Turns a guest's link into a session. `accept` is their own click. */
export async function enterAsGuest(client: QueryClient, token: string, accept: boolean): Promise<GuestEntry> {
  const answer = await request(GuestEntrySchema, '/api/session/guest', post({ token, accept }))
  // Whatever was known of another account is forgotten before anything of this payment is shown.
  if (answer.kind === 'entered') client.clear()
  return answer
}

export function acceptGuestDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['enter-as-guest'],
    mutationFn: (token: string) => enterAsGuest(client, token, true),
    ...once,
  })
}

/** How somebody stands at the guest's door: with a link that waits or is dead, inside, or with nothing at all. */
export type GuestArrival =
  | { readonly kind: 'link'; readonly token: string; readonly answer: Exclude<GuestEntry, { kind: 'entered' }> }
  | { readonly kind: 'inside' }
  | { readonly kind: 'stranger' }
