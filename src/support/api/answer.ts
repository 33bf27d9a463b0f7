import { DeskAnswerSchema } from '#contract/desk-answer.ts'
import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'

const REFRESH_MS = 30_000

/** Why this account gets a 402; about the refused request that is named, if one is. A page that stays open looks again. */
export function answerQuery(app: string, account: string, check?: string) {
  const path = `/api/desk/accounts/${encodeURIComponent(app)}/${encodeURIComponent(account)}`
  const asked = check === undefined ? path : `${path}?check=${encodeURIComponent(check)}`
  return queryOptions({
    queryKey: ['answer', app, account, check ?? ''],
    queryFn: ({ signal }) => request(DeskAnswerSchema, asked, { signal, look: asked }),
    refetchInterval: REFRESH_MS,
  })
}
