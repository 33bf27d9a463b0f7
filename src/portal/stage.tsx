import '#ui/test-dialog.ts'
import type { Place } from '#contract/place.ts'
import type { Visit } from '#contract/visit.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import type { Diagnosis } from '#diagnosis/diagnosis.ts'
import { accountInGoodStanding, noon, visa } from '#diagnosis/samples.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, configure, render } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router-dom'
import { afterEach } from 'vitest'
import { createQueryClient } from './query-client.ts'
import { routes } from './router.tsx'
import { speak, WordsProvider } from './words/words.ts'

// A condition is waited for, however busy the machine is; nothing waits longer than it must.
configure({ asyncUtilTimeout: 10_000 })

/** For tests: the whole portal in a page, with a network that answers what the test says. */
export const check = 'chk_0123456789abcdefghijkl'

export const inOrder = diagnose(accountInGoodStanding(), {}, { graceDays: 7 }, noon)

/** A visit of Acme's owner who has just been refused by Maps API; says only what differs. */
export function visitOf(diagnosis: Diagnosis, differs: Partial<Visit> = {}): Visit {
  return {
    now: noon,
    merchant: { name: 'Northwind', supportUrl: 'https://northwind.test/help' },
    account: { id: 'acme', label: 'Acme GmbH' },
    app: { id: 'maps', name: 'Maps API', url: 'https://maps.test/' },
    member: { id: 'u_kim', name: 'Kim', role: 'owner' },
    mayPay: true,
    payers: [
      { id: 'u_anna', name: 'Anna', role: 'owner', reachable: true },
      { id: 'u_jo', name: 'Jo', role: 'billing_admin', reachable: true },
    ],
    check: { id: check, reported: 'unknown', returns: 0 },
    diagnosis,
    methods: [visa],
    stripe: { publishableKey: 'pk_test_1', script: 'https://js.test/v3', sandbox: false },
    ...differs,
  }
}

/** The frame of every account page, as Acme's owner sees it. */
export const here: Place = {
  now: noon,
  account: { id: 'acme', label: 'Acme GmbH' },
  app: { id: 'maps', name: 'Maps API', url: 'https://maps.test/' },
  merchant: { name: 'Northwind' },
  member: { id: 'u_kim', name: 'Kim', role: 'owner' },
  sandbox: false,
  mayPay: true,
}

type Said = { readonly method: string; readonly path: string; readonly headers: Headers; readonly body: unknown }

/**
 * Method and path → status and body; a function may answer differently each time. `lost`: the connection breaks;
 * `silent`: no answer comes, ever.
 */
export type Network = Readonly<
  Record<string, readonly [number, unknown] | ((path: string) => readonly [number, unknown]) | 'lost' | 'silent'>
>

type Start = {
  readonly at: string
  readonly ticket?: string
  readonly state?: unknown
  readonly network: Network
  /** What this tab remembers stays, as over a reload. */
  readonly reloads?: boolean
}

// What is left open would go on rendering after the page itself is gone. Requests that end late find nobody waiting.
let close = () => {}
afterEach(() => {
  cleanup()
  close()
  // A script that never came would be taken for the next page's.
  for (const script of globalThis.document?.querySelectorAll('script') ?? []) script.remove()
})

/** Opens the portal at an address. Answers what the browser said to the network so far. */
export async function openPortal({ at, ticket, state, network, reloads = false }: Start) {
  cleanup()
  if (!reloads) sessionStorage.clear()
  const said: Said[] = []
  globalThis.fetch = (input, init) => {
    const request = new URL(input instanceof Request ? input.url : input, 'https://portal.test')
    const method = init?.method ?? 'GET'
    said.push({
      method,
      path: request.pathname + request.search,
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
    })
    const told = network[`${method} ${request.pathname}`] ?? notFound
    if (told === 'silent') return new Promise(() => {})
    if (told === 'lost') return Promise.reject(new TypeError('the connection broke'))
    const [status, body] = typeof told === 'function' ? told(request.pathname + request.search) : told
    return Promise.resolve(Response.json(body, { status }))
  }
  await speak('en')
  const client = createQueryClient()
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } })
  const url = new URL(at, 'https://portal.test')
  const router = createMemoryRouter(routes(client, ticket), {
    initialEntries: [{ pathname: url.pathname, search: url.search, state }],
  })
  close = () => {
    router.dispose()
    client.clear()
  }
  render(
    <WordsProvider>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </WordsProvider>,
  )
  return { said, router, client }
}

/** The problem document of a refusal by the server. */
export function problem(status: number, code: string): readonly [number, unknown] {
  return [status, { type: `/problems/${code}`, title: code, status, code, request_id: 'req_1' }]
}

const notFound = problem(404, 'not-found')
