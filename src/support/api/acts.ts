import { DeskActDoneSchema, DeskActsSchema } from '#contract/desk-acts.ts'
import type { DeskAnswer } from '#contract/desk-answer.ts'
import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'

const pathOf = (app: string, account: string) =>
  `/api/desk/accounts/${encodeURIComponent(app)}/${encodeURIComponent(account)}`

/** What staff can do to an account; the same look as the answer that it stands below. */
export function actsQuery({ app: { id: app }, account: { id: account }, refused }: DeskAnswer) {
  const check = refused?.pinned ? refused.check : undefined
  const asked = check === undefined ? '' : `?check=${encodeURIComponent(check)}`
  const path = pathOf(app, account)
  return queryOptions({
    queryKey: ['acts', app, account, check ?? ''],
    queryFn: ({ signal }) => request(DeskActsSchema, `${path}/acts${asked}`, { signal, look: path + asked }),
  })
}

/** One act under the key of its attempt. Throws DeskError. */
export function doAct(app: string, account: string, path: string, body: object, attempt: string) {
  return request(DeskActDoneSchema, `${pathOf(app, account)}/${path}`, { method: 'POST', body, attempt })
}
