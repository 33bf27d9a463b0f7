import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connectFix402 } from './express.ts'
import type { TakenBack } from './fix402.ts'
import type { GateOptions } from './gate.ts'
import { connectFix402 as connectNext } from './next.ts'
import { check, openTestPortal, type TestPortal } from './test-portal.ts'
import { webhookSecret } from './webhooks.ts'

let portal: TestPortal
beforeAll(async () => void (portal = await openTestPortal()))
afterAll(() => portal.close())
beforeEach(() => {
  Object.assign(portal, { blocked: 'card_declined', warnings: [], maxAge: 0, asked: [] })
})

const key = 'fix402_test_maps'
const person = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' }

function connect(differs: Partial<GateOptions<Request>> = {}) {
  return connectNext({
    portal: portal.url,
    appId: 'app_maps',
    key,
    timeout: 5_000,
    account: () => 'acct_1',
    actor: () => 'anna',
    ...differs,
  })
}

function visit(path: string, init: RequestInit = {}) {
  return new Request(`https://maps.example${path}`, { headers: person, ...init })
}

test('paths of the app’s own choice are never refused, and stand for the usual ones', async () => {
  const proxy = connect({ exempt: ['/goodbye', /^\/public\//] }).proxy()
  for (const path of ['/goodbye', '/goodbye/for-ever', '/public/a.css']) {
    expect(await proxy(visit(path))).toBeUndefined()
  }
  for (const path of ['/goodbyes', '/logout', '/maps?next=/goodbye']) {
    expect((await proxy(visit(path)))?.status).toBe(303)
  }
})

test('the app hears who comes back, and whether it is from where this browser was sent', async () => {
  const told: TakenBack[] = []
  const proxy = connect({ onReturn: (taken) => void told.push(taken) }).proxy()
  portal.blocked = undefined
  for (const cookie of ['fix402_state=mine', 'fix402_state=other', '']) {
    const back = `/maps?billing_check=${check}&billing_result=fixed&state=mine`
    await proxy(visit(back, { headers: { ...person, cookie } }))
  }
  expect(told.map(({ result, allowed, stateMatches }) => [result, allowed, stateMatches])).toEqual([
    ['fixed', true, true],
    ['fixed', true, false],
    ['fixed', true, undefined],
  ])
})

test('two tabs that are refused have one state, so either may come back last', async () => {
  const proxy = connect().proxy()
  const first = await proxy(visit('/maps/berlin'))
  const cookie = first?.headers.getSetCookie().find((one) => one.startsWith('fix402_state')) ?? ''
  await proxy(visit('/maps/rome', { headers: { ...person, cookie: cookie.split(';')[0] ?? '' } }))
  expect(portal.asked[0]?.['state']).toBe(portal.asked[1]?.['state'])
  expect(cookie).toContain('; Secure')
})

test('a role that the app vouches for goes into the ticket', async () => {
  const sent = await connect({ role: () => 'billing_admin' }).proxy()(visit('/_billing/fix'))
  const claims = sent?.headers.get('location')?.split('#t=')[1]?.split('.')[1] ?? ''
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ rol: 'billing_admin' })
})

test('what is asked for may be read from each request', async () => {
  const proxy = connect().proxy({
    meter: 'tiles',
    quantity: async (request) => Number(new URL(request.url).searchParams.get('n')),
    apiKey: ({ headers }) => headers.get('x-api-key') ?? undefined,
    audience: 'visitor',
  })
  await proxy(visit('/tiles?n=3', { headers: { 'x-api-key': 'key_2' } }))
  await proxy(visit('/tiles?n=4'))
  expect(portal.asked).toMatchObject([
    { meter: 'tiles', quantity: 3, api_key: 'key_2', audience: 'visitor' },
    { meter: 'tiles', quantity: 4 },
  ])
  expect(portal.asked[1]).not.toHaveProperty('api_key')
})

test('behind a proxy all addresses are those of the public origin', async () => {
  const proxy = connect({ origin: 'https://public.example' }).proxy()
  await proxy(visit('/maps?zoom=3'))
  const refused = await proxy(visit('/tiles', { headers: { 'sec-fetch-mode': 'cors' } }))
  expect(portal.asked[0]).toMatchObject({ return_to: 'https://public.example/maps?zoom=3' })
  expect(await refused?.json()).toMatchObject({ fix: { app_url: `https://public.example/_billing/fix/${check}` } })
  const news = await (await proxy(visit('/_billing/warnings')))?.json()
  expect(news).toMatchObject({
    warnings: [],
    problem: { reason: 'card_declined', fix: { app_url: `https://public.example/_billing/fix/${check}` } },
  })
})

test('a portal that is down has no warnings, and stops nobody', async () => {
  const proxy = connect({ portal: 'http://127.0.0.1:1', onError: () => undefined }).proxy()
  expect(await (await proxy(visit('/_billing/warnings')))?.json()).toEqual({ warnings: [] })
  expect(await proxy(visit('/maps'))).toBeUndefined()
})

test('an event that is not one, or too large, is not taken', async () => {
  const { routes } = connect()
  const body = 'x'.repeat(70_000)
  expect((await routes(visit('/_billing/webhook', { method: 'POST', body })))?.status).toBe(413)
  expect((await routes(visit('/_billing/webhook', { method: 'POST', body: '{}' })))?.status).toBe(401)
})

test('an event is verified even where Express has parsed its body first', async () => {
  const told: string[] = []
  const app = express()
  app.use(express.json())
  const options = { portal: portal.url, appId: 'app_maps', key, account: () => undefined }
  app.use(connectFix402({ ...options, onEvent: ({ id }) => void told.push(id) }).routes)
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const body = '{"type":"access.restored","timestamp":"2026-11-29T12:00:00Z","data":{"account":"acct_1"}}'
  const at = new Date()
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/_billing/webhook`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(await webhookSecret(key)).sign('evt_1', at, body),
    },
    body,
  })
  server.close()
  expect([answer.status, told]).toEqual([204, ['evt_1']])
})
