import { DeskSearchSchema, type DeskSearch } from '#contract/desk-search.ts'
import { request } from './http.ts'

/** What is searched for goes in the body: it stands in no address. Throws DeskError. */
export function search(query: string): Promise<DeskSearch> {
  return request(DeskSearchSchema, '/api/desk/search', { method: 'POST', body: { query } })
}
