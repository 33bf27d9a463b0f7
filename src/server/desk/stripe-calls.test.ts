import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardDeclined, healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { createAirlock } from '#server/account.ts'
import { createStripe } from '#server/stripe/client.ts'
import type { Desk } from '#server/test-identity.ts'
import { createDesk } from './app.ts'
import { openActs, press, who, type ActStage } from './test-acts.ts'

/** All that the desk may ever have Stripe do: give, and reckon what changes nothing. */
const allowed: readonly RegExp[] = [
  /^POST \/v1\/customers\/cus_\w+\/balance_transactions$/,
  /^POST \/v1\/invoices\/create_preview$/,
]
const calls: string[] = []
let bench: Bench
let stage: ActStage
let studio: Studio
let close: () => void

beforeAll(async () => {
  bench = await openBench()
  const server = createServer((request, response) => void passOn(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = () => server.close()
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  stage = await openActs({ ...bench, origin })
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: stage.portal.clock.now }
})
afterAll(async () => {
  await stage?.close()
  close?.()
  await bench?.close()
})

/** Between the portal and Stripe: every question is written down. */
async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/', headers } = request
  calls.push(`${method} ${url.split('?')[0]}`)
  const { host: _, connection: __, 'content-length': ___, ...sent } = headers
  const body = method === 'GET' ? undefined : await buffer(request)
  const answer = await fetch(bench.origin + url, {
    method,
    headers: Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, String(value)])),
    ...(body && { body: new Uint8Array(body) }),
  })
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
  response.end(Buffer.from(await answer.arrayBuffer()))
}

/** Every route that the desk serves, whoever wrote it. */
function routesOfDesk(): readonly { method: string; path: string }[] {
  const parts = {
    config: stage.portal.config,
    database: { query: never, transaction: never, close: never },
    stripe: createStripe('sk_test_none', 'http://127.0.0.1:1'),
    log: { error: () => {}, warn: () => {}, info: () => {} },
    now: () => stage.portal.clock.now,
  }
  const identity = { begin: never, finish: never, end: never }
  const hands = { ...parts, airlock: createAirlock(parts, async () => {}), desk: stage.identity.desk, identity }
  // Nothing is woken: no route is asked anything here.
  const loops = {} as Parameters<typeof createDesk>[1]
  return (
    createDesk(hands, loops, undefined)
      .routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/desk/'))
      .filter(({ path }) => path !== '/api/desk/session/end')
      // A route stands there once for each of its handlers.
      .filter(
        ({ method, path }, index, all) => all.findIndex((one) => one.path === path && one.method === method) === index,
      )
  )
}
const never = () => Promise.reject(new Error('only routes are looked at'))

/** What is sent where a route asks for more than a reason, as often as is written here. */
const bodies: Readonly<Record<string, readonly ((known: { now: number }) => object)[]>> = {
  grace: [({ now }) => ({ until: now + 86_400 }), () => ({ until: null })],
  goodwill: [
    () => ({ gift: { kind: 'credits', credits: 5 } }),
    () => ({ gift: { kind: 'money', amount: 500, currency: 'eur' } }),
  ],
  'revoke-sessions': [() => ({ who: { kind: 'everybody' } })],
  notes: [() => ({ about: { kind: 'reason', reason: 'unknown' }, text: 'A note' })],
}

test('whatever is pressed at the desk, Stripe is asked to give or to reckon, and never to charge, refund or touch a card', async () => {
  const stays = [
    await stage.customers.enter(cardDeclined(studio, who)),
    await stage.customers.enter(healthy(studio, who)),
  ]
  calls.length = 0
  const admin: Desk = await stage.desk('admin')
  const walked: string[] = []
  for (const { method, path } of routesOfDesk()) {
    for (const { account, customer } of stays) {
      const known: Record<string, string> = { app: 'app_maps', account, customer }
      const to = path.replaceAll(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => known[name] ?? 'unknown')
      const last = path.split('/').at(-1) ?? ''
      const sent = bodies[last] ?? [() => ({})]
      for (const body of sent) {
        const now = stage.portal.clock.now
        const { status } = method === 'GET' ? await admin.get(to) : await press(admin, to, body({ now }))
        walked.push(`${method} ${path} ${status}`)
      }
    }
  }
  expect(walked.filter((line) => line.endsWith(' 500'))).toEqual([])
  expect(walked.filter((line) => line.includes('/goodwill') && line.endsWith(' 200'))).toHaveLength(4)
  const acts = calls.filter((call) => !call.startsWith('GET '))
  expect(acts.filter((call) => !allowed.some((one) => one.test(call)))).toEqual([])
  expect(acts.filter((call) => call.includes('balance_transactions'))).toHaveLength(2)
  expect(calls.length).toBeGreaterThan(20)
})
