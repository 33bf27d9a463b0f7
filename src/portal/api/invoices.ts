import { InvoiceDetailsSchema, InvoicePageSchema, OwedSchema, type InvoiceFilter } from '#contract/invoice.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'

/** What of the list is wanted; an invoice's number leaves nothing else to filter. */
export type Wanted = {
  readonly status?: NonNullable<InvoiceFilter['status']>
  readonly year?: number
  readonly number?: string
}

export const everyInvoice = { queryKey: ['invoices'] } as const

/** Milliseconds for which pages are good enough: a long list is read again only when something was paid. */
const LASTING = 60_000

export function invoicesQuery(wanted: Wanted) {
  return infiniteQueryOptions({
    queryKey: [...everyInvoice.queryKey, 'list', wanted],
    queryFn: ({ signal, pageParam }) => request(InvoicePageSchema, listPath(wanted, pageParam), { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ more }) => more,
    staleTime: LASTING,
  })
}

export function invoiceQuery(id: string) {
  return queryOptions({
    queryKey: [...everyInvoice.queryKey, 'one', id],
    queryFn: ({ signal }) => request(InvoiceDetailsSchema, `/api/invoices/${encodeURIComponent(id)}`, { signal }),
    refetchOnWindowFocus: true,
  })
}

export const owedQuery = queryOptions({
  queryKey: [...everyInvoice.queryKey, 'owed'],
  queryFn: ({ signal }) => request(OwedSchema, '/api/invoices/to-pay', { signal }),
  refetchOnWindowFocus: true,
})

/** Where the papers of an invoice open: our server sends the browser on to Stripe's. */
export const paperPaths = {
  pdf: (id: string) => `/api/invoices/${id}/pdf`,
  receipt: (id: string) => `/api/invoices/${id}/receipt`,
  creditNote: (id: string) => `/api/credit-notes/${id}/pdf`,
  csv: (wanted: Wanted) => withQuery('/api/invoices.csv', wanted),
} as const

function listPath(wanted: Wanted, after: string | undefined): string {
  return withQuery('/api/invoices', { ...wanted, ...(after !== undefined && { after }) })
}

function withQuery(path: string, wanted: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined)
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return query === '' ? path : `${path}?${query}`
}
