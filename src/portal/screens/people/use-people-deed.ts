import { ApiError } from '#portal/api/http.ts'
import { peopleDeed } from '#portal/api/people.ts'
import { useStepUp } from '#portal/step-up/use-step-up.tsx'
import { isSignedOut } from '#portal/watch.ts'
import { useQueryClient } from '@tanstack/react-query'

/** Why nothing was done, where it is no single field's fault. */
export type PeopleTrouble = 'offline' | 'failed' | 'notAllowed' | 'changed' | 'tooMany'

const troubles: Readonly<Record<number, PeopleTrouble>> = {
  0: 'offline',
  403: 'notAllowed',
  404: 'changed',
  410: 'changed',
  429: 'tooMany',
}

/** One change of the account's people, and where it stands. A lost session is thrown to the trouble screen. */
export function usePeopleDeed() {
  const { deed, dialog } = useStepUp(peopleDeed(useQueryClient()))
  const { error } = deed
  if (isSignedOut(error)) throw error
  const refused = error instanceof ApiError ? (error.problem?.errors ?? []).map(({ path }) => path) : []
  const status = error instanceof ApiError ? error.status : 500
  return {
    deed,
    /** Where the owner has to prove first who they are. */
    dialog,
    refused,
    trouble: error && refused.length === 0 ? (troubles[status] ?? 'failed') : undefined,
  }
}
