import { SentLinkSchema, UnmaskedSchema, type SendLinkRequest, type SentLink } from '#contract/desk-link.ts'
import { request } from './http.ts'

const at = (app: string, account: string) =>
  `/api/desk/accounts/${encodeURIComponent(app)}/${encodeURIComponent(account)}`

/** One detail about a person. Throws DeskError. */
export function unmask(app: string, account: string, body: { readonly field: string; readonly reason: string }) {
  return request(UnmaskedSchema, `${at(app, account)}/unmask`, { method: 'POST', body })
}

/** The exact fix to one member. Throws DeskError. */
export function sendLink(app: string, account: string, body: SendLinkRequest): Promise<SentLink> {
  return request(SentLinkSchema, `${at(app, account)}/send-link`, { method: 'POST', body })
}
