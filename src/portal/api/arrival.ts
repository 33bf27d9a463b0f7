import { ExchangeAnswerSchema, type ExchangeAnswer } from '#contract/visit.ts'
import type { QueryClient } from '@tanstack/react-query'
import { post, request } from './http.ts'

/** How somebody stands at the door: with a link that needs a word from them, or with none that lets them in. */
export type Arrival =
  | { readonly kind: 'link'; readonly ticket: string; readonly answer: Exclude<ExchangeAnswer, { kind: 'entered' }> }
  | { readonly kind: 'stranger' }

/** Turns a ticket into a session. `accept` is the person's own click, needed for an older link or another account's. */
export async function exchange(client: QueryClient, ticket: string, accept: boolean): Promise<ExchangeAnswer> {
  const answer = await request(ExchangeAnswerSchema, '/api/session/exchange', post({ ticket, accept }))
  // Whatever was known of another account is forgotten before anything of this one is shown.
  if (answer.kind === 'entered') client.clear()
  return answer
}
