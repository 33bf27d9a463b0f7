import { AuditPageSchema, AuditQuerySchema, type AuditQuery } from '#contract/desk-audit.ts'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { request } from './http.ts'

export const auditExport = '/api/desk/audit/export'

export type AuditWish = Omit<AuditQuery, 'before'>

/** What staff looked at and did, page by page; all pages of one wish are one look. */
export function auditQuery(wish: AuditWish) {
  const asked = new URLSearchParams(wish).toString()
  return infiniteQueryOptions({
    queryKey: ['audit', asked],
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({ ...wish, ...(pageParam !== '' && { before: pageParam }) }).toString()
      return request(AuditPageSchema, `/api/desk/audit${query === '' ? '' : `?${query}`}`, {
        signal,
        look: `audit?${asked}`,
      })
    },
    initialPageParam: '',
    getNextPageParam: ({ more }) => more,
    // Rows never change, and reading them is written down: only whoever opens the page again asks again.
    refetchOnWindowFocus: false,
  })
}

/** What the address asks for; what makes no sense there is not asked. */
export function wishIn(search: string): AuditWish {
  const given = Object.fromEntries(new URLSearchParams(search))
  const { data } = AuditQuerySchema.omit({ before: true }).safeParse(given)
  return data ?? {}
}
