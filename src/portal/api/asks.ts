import { AskSchema } from '#contract/ask.ts'
import { mutationOptions, type QueryClient } from '@tanstack/react-query'
import { post, request } from './http.ts'
import { visitQuery } from './visit.ts'

/** Asks a colleague by their member id. What stands on the screen learns it at once. */
export function askDeed(client: QueryClient, check: string | undefined) {
  return mutationOptions({
    mutationKey: ['ask', check ?? null],
    mutationFn: (to: string) => request(AskSchema, '/api/asks', post({ to, ...(check !== undefined && { check }) })),
    onSuccess: (ask) => {
      client.setQueryData(visitQuery(check).queryKey, (visit) => visit && { ...visit, ask })
    },
    // Somebody else may have mended it, or be allowed to no longer.
    onError: () => void client.invalidateQueries({ queryKey: visitQuery(check).queryKey }),
    retry: 0,
    networkMode: 'always',
  })
}
