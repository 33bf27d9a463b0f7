import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api/http.ts'

/** What the server said is fresh for three seconds: long enough for a redirect, too short to pay on. */
const FRESH = 3_000

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH,
        // Being offline is said, not waited out in silence.
        networkMode: 'always',
        retry: (failures, error) => failures < 1 && mayPass(error),
      },
    },
  })
}

function mayPass(error: Error): boolean {
  return error instanceof ApiError && (error.kind === 'offline' || error.status >= 500)
}
