import '#ui/test-dialog.ts'
import type { DeskActs, DeskDone } from '#contract/desk-acts.ts'
import type { DeskAnswer } from '#contract/desk-answer.ts'
import { deeds, type StaffDeed, type StaffSession } from '#contract/staff.ts'
import { noon } from '#diagnosis/samples.ts'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, configure, render } from '@testing-library/react'
import { createMemoryRouter, Outlet, RouterProvider } from 'react-router-dom'
import { useState, type ReactNode } from 'react'
import { afterEach } from 'vitest'
import { Acts } from './acts.tsx'
import type { Asked } from './asked.ts'

configure({ asyncUtilTimeout: 10_000 })

afterEach(cleanup)

const DAY = 86_400
export { noon, DAY }

/** For tests: what stands of an account that is refused because it owes; says only what differs. */
export function actsOf(differs: Partial<DeskActs> = {}): DeskActs {
  return {
    now: noon,
    grace: { possible: true, ends: noon, latest: noon + 14 * DAY },
    goodwill: {
      credits: { most: 1_000, left: 750 },
      money: { most: { amount: 50_00, currency: 'eur' }, left: { amount: 30_00, currency: 'eur' } },
      given: [],
    },
    hold: {},
    signedIn: { people: [{ member: 'u_sam', name: 'Sam', sessions: 2 }], guests: 1, links: 1 },
    about: { reasons: ['card_declined'], invoices: [{ id: 'in_october', number: 'ACME-0007' }] },
    notes: [],
    ...differs,
  }
}

const answer = {
  app: { id: 'app_maps', name: 'Maps API' },
  account: { id: 'acme', label: 'Acme GmbH' },
  blockers: [],
} as Partial<DeskAnswer> as DeskAnswer

function ActsAlone() {
  const [asked, ask] = useState<Asked>()
  return <Acts answer={answer} asked={asked} ask={ask} />
}

type Said = { readonly method: string; readonly path: string; readonly body: unknown; readonly key: string | null }
type Told = readonly [number, unknown] | 'lost' | 'silent'

/** The acts of one account with a network that answers what the test says, in order; the last answer stays. */
export async function openActs({
  acts = actsOf(),
  rights = deeds,
  told = [],
  page = <ActsAlone />,
}: {
  acts?: DeskActs
  rights?: readonly StaffDeed[]
  told?: readonly Told[]
  page?: ReactNode
}) {
  const said: Said[] = []
  const left = [...told]
  globalThis.fetch = (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, 'https://desk.test')
    const method = init?.method ?? 'GET'
    if (method === 'GET') return Promise.resolve(Response.json(acts))
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined
    said.push({ method, path: pathname, body, key: new Headers(init?.headers).get('idempotency-key') })
    const next = left.length > 1 ? left.shift() : left[0]
    if (next === 'silent') return new Promise(() => {})
    if (next === 'lost' || next === undefined) return Promise.reject(new TypeError('the connection broke'))
    return Promise.resolve(Response.json(next[1], { status: next[0] }))
  }
  const session = { rights } as StaffSession
  const router = createMemoryRouter([
    { element: <Outlet context={session} />, children: [{ path: '/', element: page }] },
  ])
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  return { said }
}

export const doneWith = (done: DeskDone, acts = actsOf()): Told => [200, { done, acts }]

export const refusedWith = (path: string, message: string): Told => [
  400,
  {
    type: 'https://portal.test/problems/invalid-request',
    title: 'The request is not valid',
    status: 400,
    code: 'invalid-request',
    request_id: 'req_1',
    errors: [{ path, message }],
  },
]
