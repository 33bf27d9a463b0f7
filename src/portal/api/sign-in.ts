import type { Hint } from '#contract/hint.ts'
import { SignInAnswerSchema, SignInBegunSchema, type SignInAnswer } from '#contract/sign-in.ts'
import { mutationOptions, type QueryClient } from '@tanstack/react-query'
import { post, request } from './http.ts'

const once = { retry: 0, networkMode: 'always' } as const

/** A code to this address, for what the address of the page hints at. */
export const beginSignInDeed = mutationOptions({
  mutationKey: ['begin-sign-in'],
  mutationFn: ({ email, hint }: { readonly email: string; readonly hint: Hint }) =>
    request(SignInBegunSchema, '/api/session/sign-in', post({ email, hint })),
  ...once,
})

export function enterByCodeDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['enter-by-code'],
    mutationFn: async (code: string) =>
      forgetting(client, await request(SignInAnswerSchema, '/api/session/sign-in/code', post({ code }))),
    ...once,
  })
}

export function enterChosenDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['enter-chosen'],
    mutationFn: async (chosen: { readonly app: string; readonly account: string }) =>
      forgetting(client, await request(SignInAnswerSchema, '/api/session/sign-in/account', post(chosen))),
    ...once,
  })
}

/** Whatever was known of another account is forgotten before anything of this one is shown. */
function forgetting(client: QueryClient, answer: SignInAnswer): SignInAnswer {
  if (answer.kind === 'entered') client.clear()
  return answer
}
