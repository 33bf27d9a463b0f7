import { ReturnAnswerSchema } from '#contract/visit.ts'
import { mutationOptions, type QueryClient } from '@tanstack/react-query'
import { post, request } from './http.ts'
import { visitQuery } from './visit.ts'

/** Asks for the way back. `still_blocked` means that what we showed is out of date, so it is read again. */
export function returnDeed(client: QueryClient, check: string | undefined) {
  return mutationOptions({
    mutationKey: ['return', check ?? null],
    mutationFn: () => request(ReturnAnswerSchema, '/api/return', post({ ...(check !== undefined && { check }) })),
    onSuccess: (answer) => (answer.kind === 'still_blocked' ? client.invalidateQueries(visitQuery(check)) : undefined),
    retry: 0,
    networkMode: 'always',
  })
}
