import { mutationOptions, type QueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import type { Hint } from '#contract/hint.ts'
import { exchange, follow } from './arrival.ts'
import { post, request } from './http.ts'

/** The person's own word that this link is theirs: "Continue", "Switch to Acme GmbH". */
export function acceptDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['exchange'],
    mutationFn: (ticket: string) => exchange(client, ticket, true),
    retry: 0,
    networkMode: 'always',
  })
}

/** "Switch to Acme GmbH", where only an address says that one should. */
export function acceptHintDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['follow-hint'],
    mutationFn: (hint: Hint) => follow(client, hint, true),
    retry: 0,
    networkMode: 'always',
  })
}

/** Signs out; nothing that was known stays in this tab. */
export function endSessionDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['end-session'],
    mutationFn: () => request(z.unknown(), '/api/session/end', post({})),
    onSuccess: () => {
      sessionStorage.clear()
      client.clear()
    },
    retry: 0,
    networkMode: 'always',
  })
}
