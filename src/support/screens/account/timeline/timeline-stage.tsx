import '#ui/test-dialog.ts'
import type { EntryOf, TimelineEntry } from '#contract/desk-timeline-entry.ts'
import type { Timeline as Page } from '#contract/desk-timeline.ts'
import { deeds, type StaffDeed, type StaffSession } from '#contract/staff.ts'
import { noon } from '#diagnosis/samples.ts'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, configure, render } from '@testing-library/react'
import { createMemoryRouter, Outlet, RouterProvider } from 'react-router-dom'
import { afterEach } from 'vitest'
import { Timeline } from './timeline.tsx'

configure({ asyncUtilTimeout: 10_000 })

afterEach(cleanup)

export { noon }
export const CHECK = `chk_${'a'.repeat(22)}`
export const EVENT = `evt_${'b'.repeat(22)}`

export const refused = (at: number, differs: Partial<EntryOf<'refused'>> = {}): TimelineEntry => ({
  id: `refused-${at}`,
  at,
  kind: 'checks',
  moving: false,
  what: 'refused',
  check: CHECK,
  reported: 'card_declined',
  refused: true,
  reasons: ['card_declined'],
  visitor: false,
  ...differs,
})

export const declined: TimelineEntry = {
  id: 'fix-1',
  at: noon - 60,
  kind: 'fixes',
  moving: false,
  what: 'fix',
  person: { id: 'anna', role: 'owner', name: { text: 'A. S.', field: 'member:anna:name' } },
  deed: 'update-card',
  outcome: 'declined',
  decline: 'funds',
  sameCardCanWork: true,
  said: { code: 'card_declined', decline_code: 'insufficient_funds' },
  card: { brand: 'visa', last4: '9995', exp_month: 12, exp_year: 2034 },
  amount: { amount: 49_00, currency: 'eur' },
  invoices: ['in_october'],
  updated: noon - 59,
}

export const told = (differs: Partial<EntryOf<'told'>> = {}): TimelineEntry => ({
  id: 'told-1',
  at: noon - 30,
  kind: 'webhooks-out',
  moving: false,
  what: 'told',
  event: EVENT,
  type: 'access.restored',
  state: 'dead',
  tries: 1,
  deliveries: [{ at: noon - 30, status: 410, error: 'status_410', excerpt: 'Moved away', milliseconds: 34 }],
  ...differs,
})

type Answer = Partial<Page> | number | 'silent'

/** The timeline of one account with a network that answers as the test says. */
export function openTimeline({
  pages = {},
  news = () => ({}),
  resent,
  rights = deeds,
  search = '',
}: {
  /** By the query of the request, without its `?`. */
  pages?: Readonly<Record<string, Answer>>
  /** What is answered to the question for what is new. */
  news?: () => Partial<Page>
  resent?: TimelineEntry | number
  rights?: readonly StaffDeed[]
  search?: string
}) {
  const asked: { readonly method: string; readonly url: string; readonly body: unknown }[] = []
  const answered = { ...pages }
  const full = (page: Partial<Page>): Page => ({ now: noon, entries: [], watched: [], ...page })
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, 'https://desk.test')
    const method = init?.method ?? 'GET'
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined
    asked.push({ method, url: url.pathname + url.search, body })
    const answer = (value: unknown, status = 200) => Promise.resolve(Response.json(value, { status }))
    if (method === 'POST') return typeof resent === 'number' ? answer({}, resent) : answer({ entry: resent })
    if (url.searchParams.has('after')) return answer(full(news()))
    const page = answered[decodeURIComponent(url.search.slice(1))] ?? {}
    if (page === 'silent') return new Promise(() => {})
    return typeof page === 'number' ? answer({}, page) : answer(full(page))
  }
  const session = { rights } as StaffSession
  const element = <Timeline app="app_maps" account="acme" />
  const router = createMemoryRouter([{ element: <Outlet context={session} />, children: [{ path: '/', element }] }], {
    initialEntries: [`/${search}`],
  })
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  return { asked, answered, client, place: () => router.state.location.search }
}
