import { StaffSessionSchema, StaffSignedOutSchema } from '#contract/staff.ts'
import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'

/** Who is signed in. Throws DeskError 401 where nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => request(StaffSessionSchema, '/api/desk/session', { signal }),
  staleTime: 60_000,
})

export function signOut() {
  return request(StaffSignedOutSchema, '/api/desk/session/end', { method: 'POST' })
}
