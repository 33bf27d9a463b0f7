import { DeedAnswerSchema, type DeedAnswer } from '#contract/deed.ts'
import {
  BackupAnswerSchema,
  MethodsPageSchema,
  VerifyAnswerSchema,
  type AssignRequest,
  type BackupRequest,
  type RemoveRequest,
  type VerifyRequest,
} from '#contract/methods.ts'
import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { attemptKey, renew, type Intention } from './attempt.ts'
import { ApiError, post, request } from './http.ts'
import { visitQuery } from './visit.ts'

export const methodsQuery = queryOptions({
  queryKey: ['payment-methods'],
  queryFn: ({ signal }) => request(MethodsPageSchema, '/api/payment-methods', { signal }),
  refetchOnWindowFocus: true,
})

const once = { retry: 0, networkMode: 'always' } as const

/** A method is charged from now on, where the person was shown. */
export function assignDeed(client: QueryClient) {
  return deedOn<AssignRequest>(client, 'assign', ({ with: means }) =>
    'method' in means ? means.method : means.setupIntent,
  )
}

/** A method goes for good, once what is named has taken its place. May be answered `step-up-needed`. */
export function removeDeed(client: QueryClient) {
  return deedOn<RemoveRequest>(client, 'remove', ({ method }) => method)
}

/** Repeated after a lost answer under the same key, it only tells what came of it; another wish is another intention. */
function deedOn<Wish>(client: QueryClient, verb: 'assign' | 'remove', subjectOf: (wish: Wish) => string) {
  const intentionOf = (wish: Wish): Intention => ({ deed: `methods/${verb}/${subjectOf(wish)}`, check: undefined })
  const send = (wish: Wish) =>
    request(DeedAnswerSchema, `/api/payment-methods/${verb}`, post(wish, attemptKey(intentionOf(wish))))
  return {
    mutationKey: ['payment-methods', verb],
    mutationFn: async (wish: Wish): Promise<DeedAnswer> => {
      try {
        return await send(wish)
      } catch (error) {
        if (!(error instanceof ApiError) || error.problem?.code !== 'key-reused') throw error
        renew(intentionOf(wish))
        return send(wish)
      }
    },
    onSuccess: async ({ visit }: DeedAnswer, wish: Wish) => {
      renew(intentionOf(wish))
      client.setQueryData(visitQuery().queryKey, visit)
      await client.invalidateQueries(methodsQuery)
    },
    onError: (error: Error, wish: Wish) => {
      const isRefused = error instanceof ApiError && error.problem !== undefined && error.status < 500
      if (isRefused && error.problem?.code !== 'in-progress') renew(intentionOf(wish))
      return client.invalidateQueries(methodsQuery)
    },
    ...once,
  }
}

/** A method is charged in place of another one that is declined: agreed to as often as one likes, the newest word counts. */
export function backupDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['payment-methods', 'backup'],
    mutationFn: (wish: BackupRequest) => request(BackupAnswerSchema, '/api/payment-methods/backup', post(wish)),
    onSettled: () => client.invalidateQueries(methodsQuery),
    ...once,
  })
}

/** Taken back, at once. */
export function withdrawDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['payment-methods', 'backup', 'withdraw'],
    mutationFn: () => request(z.unknown(), '/api/payment-methods/backup/withdraw', post({})),
    onSettled: () => client.invalidateQueries(methodsQuery),
    ...once,
  })
}

/** What was deposited is named; each try counts, so none is repeated by itself. */
export function verifyDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['payment-methods', 'verify'],
    mutationFn: (wish: VerifyRequest) => request(VerifyAnswerSchema, '/api/payment-methods/verify', post(wish)),
    onSettled: () => client.invalidateQueries(methodsQuery),
    ...once,
  })
}

/** A bank account that is not to be verified any more. */
export function abandonDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['payment-methods', 'abandon'],
    mutationFn: (setupIntent: string) => request(z.unknown(), '/api/payment-methods/abandon', post({ setupIntent })),
    onSettled: () => client.invalidateQueries(methodsQuery),
    ...once,
  })
}
