import { HintAnswerSchema, type Hint, type HintAnswer } from '#contract/hint.ts'
import { ExchangeAnswerSchema, type ExchangeAnswer } from '#contract/visit.ts'
import type { QueryClient } from '@tanstack/react-query'
import { post, request } from './http.ts'

/** How somebody stands at the door: with a link that needs a word from them, or with none that lets them in. */
export type Arrival =
  | { readonly kind: 'link'; readonly ticket: string; readonly answer: Exclude<ExchangeAnswer, { kind: 'entered' }> }
  /** An address that only hints: who they are, or which account they mean, is to be said first. */
  | { readonly kind: 'hint'; readonly hint: Hint; readonly answer: Exclude<HintAnswer, { kind: 'entered' }> }
  /** A short code is to be typed; after too many wrong ones, in so many seconds. */
  | { readonly kind: 'code'; readonly wait?: number }

/** Turns a ticket into a session. `accept` is the person's own click, needed for an older link or another account's. */
export async function exchange(client: QueryClient, ticket: string, accept: boolean): Promise<ExchangeAnswer> {
  const answer = await request(ExchangeAnswerSchema, '/api/session/exchange', post({ ticket, accept }))
  // Whatever was known of another account is forgotten before anything of this one is shown.
  if (answer.kind === 'entered') client.clear()
  return answer
}

/** Follows an address that nobody vouches for. `accept` is the person's own click, needed to switch accounts. */
export async function follow(client: QueryClient, hint: Hint, accept: boolean): Promise<HintAnswer> {
  const answer = await request(HintAnswerSchema, '/api/session/hint', post({ hint, accept }))
  if (answer.kind === 'entered' && accept) client.clear()
  return answer
}
