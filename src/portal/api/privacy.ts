import { PrivacySchema, type EndAll } from '#contract/privacy.ts'
import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { file, post, request } from './http.ts'

const once = { retry: 0, networkMode: 'always' } as const

export const privacyQuery = queryOptions({
  queryKey: ['privacy'],
  queryFn: ({ signal }) => request(PrivacySchema, '/api/sessions', { signal }),
  refetchOnWindowFocus: true,
})

/** Ends one of one's own places, by its id; the list is read again whatever came of it. */
export function endPlaceDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['end-place'],
    mutationFn: (id: string) => request(z.unknown(), `/api/sessions/${id}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries(privacyQuery),
    ...once,
  })
}

/** Signs out everywhere, here too; nothing that was known stays in this tab. */
export function endAllDeed(client: QueryClient) {
  return mutationOptions({
    mutationKey: ['end-all'],
    mutationFn: (who: EndAll['who']) => request(z.unknown(), '/api/session/end-all', post({ who })),
    onSuccess: () => {
      sessionStorage.clear()
      client.clear()
    },
    ...once,
  })
}

/** Everything held about the account, given to the browser to keep. */
export const exportDeed = mutationOptions({
  mutationKey: ['export'],
  mutationFn: (name: string) => file('/api/export').then((content) => keep(name, content)),
  ...once,
})

function keep(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
