import { PeopleSchema, type Invite, type RoleChange } from '#contract/people.ts'
import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { request } from './http.ts'

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => request(PeopleSchema, '/api/people', { signal }),
  refetchOnWindowFocus: true,
})

/** What an owner does with the people of an account. */
export type PeopleWish =
  | { readonly kind: 'invite'; readonly invite: Invite }
  | { readonly kind: 'role'; readonly id: string; readonly change: RoleChange }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'owner'; readonly id: string }

/** Every answer names everybody as they are now, and the page learns it at once. */
export function peopleDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['people'],
    mutationFn: (wish: PeopleWish) => {
      const { path, ...init } = askedBy(wish)
      return request(PeopleSchema, path, init)
    },
    onSuccess: (people) => client.setQueryData(peopleQuery.queryKey, people),
    // Somebody else may have changed it meanwhile.
    onError: () => void client.invalidateQueries(peopleQuery),
    retry: 0,
    networkMode: 'always',
  })
}

function askedBy(wish: PeopleWish) {
  if (wish.kind === 'invite') return { path: '/api/people', method: 'POST', body: wish.invite } as const
  const path = `/api/people/${encodeURIComponent(wish.id)}`
  switch (wish.kind) {
    case 'role':
      return { path: `${path}/role`, method: 'PUT', body: wish.change } as const
    case 'owner':
      return { path: `${path}/owner`, method: 'POST', body: {} } as const
    case 'remove':
      return { path, method: 'DELETE' } as const
  }
}
