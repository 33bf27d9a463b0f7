import { ViewGrantedSchema, type ViewRequest } from '#contract/desk-view.ts'
import { request } from './http.ts'

/** Begins a view of an account's pages. Answers where it begins. Throws DeskError. */
export function beginView(app: string, account: string, wish: ViewRequest) {
  const path = `/api/desk/accounts/${encodeURIComponent(app)}/${encodeURIComponent(account)}/view-as`
  return request(ViewGrantedSchema, path, { method: 'POST', body: wish })
}
