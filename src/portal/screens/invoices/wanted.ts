import type { Wanted } from '#portal/api/invoices.ts'
import { paths } from '#portal/paths.ts'

const statuses = ['to-pay', 'paid', 'other'] as const

/** What the address asks for; what it cannot mean is left out. */
export function wantedIn(search: string): Wanted {
  const given = new URLSearchParams(search)
  const number = (given.get('number') ?? '').trim()
  if (/^[\w .#/-]{1,40}$/.test(number)) return { number }
  const status = statuses.find((one) => one === given.get('status'))
  const year = /^20\d\d$/.test(given.get('year') ?? '') ? Number(given.get('year')) : undefined
  return { ...(status && { status }), ...(year !== undefined && { year }) }
}

/** The address of the list that is wanted. */
export function listAt({ status, year, number }: Wanted): string {
  const query = new URLSearchParams({
    ...(status && { status }),
    ...(year !== undefined && { year: String(year) }),
    ...(number !== undefined && { number }),
  }).toString()
  return query === '' ? paths.invoices : `${paths.invoices}?${query}`
}
