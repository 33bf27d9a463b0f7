import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { serve } from '@hono/node-server'
import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createSandbox } from '#sandbox/stripe/sandbox.ts'
import { createDemo, type Demo } from './demo.ts'
import { scenarioNames, scenarioOf, type ScenarioName } from './scenarios.ts'

/** The portal as the demo sees it: it takes accounts and answers checks as it is told. */
const portal = { origin: '', accounts: new Map<string, Record<string, unknown>>(), answer: {} as object }
const portalServer = createServer((incoming, response) => {
  void text(incoming).then((body) => {
    const account = /^\/v1\/accounts\/(\S+)$/.exec(incoming.url ?? '')?.[1]
    if (account !== undefined) portal.accounts.set(account, JSON.parse(body))
    response.writeHead(incoming.headers.authorization === 'Bearer fix402_test_demo' ? 200 : 401)
    response.end(JSON.stringify(account === undefined ? portal.answer : {}))
  })
})

let demo: Demo
let stripe: Stripe
let origin = ''
const closing: (() => unknown)[] = []

async function listen(fetch: (request: Request) => Response | Promise<Response>): Promise<string> {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(`http://127.0.0.1:${port}`))
    closing.push(() => server.close())
  })
}

beforeAll(async () => {
  await new Promise<void>((resolve) => portalServer.listen(0, '127.0.0.1', resolve))
  portal.origin = `http://127.0.0.1:${(portalServer.address() as AddressInfo).port}`
  closing.push(() => portalServer.close())
  const sandbox = await createSandbox()
  closing.push(() => sandbox.close())
  const api = await sandbox.listen(0)
  const { hostname, port } = new URL(api)
  stripe = new Stripe('sk_test_demo', { host: hostname, port, protocol: 'http' })
  // Links name the demo's own origin, which is only known once it listens.
  let inner: Demo | undefined
  origin = await listen((request) => inner?.fetch(request) ?? new Response(null, { status: 503 }))
  inner = createDemo({ origin, portal: portal.origin, stripe: api, appId: 'app_demo', key: 'fix402_test_demo' })
  demo = inner
})
afterAll(() => Promise.all(closing.map((close) => close())))
beforeEach(() => {
  portal.answer = refusal
})

const check = 'chk_0123456789abcdefABCDEF'
const refusal = {
  allowed: false,
  status: 402,
  headers: { 'content-type': 'application/problem+json' },
  problem: {
    title: 'The last payment was declined',
    reason: 'card_declined',
    account: { id: 'acct', label: 'Acme GmbH' },
    fix: { url: 'http://portal.example/fix', label: 'Update card' },
    poll: { url: `http://portal.example/v1/checks/${check}`, interval: 5 },
  },
  browser: { location: 'http://portal.example/fix#t=ticket' },
  cache: { max_age: 0 },
}
const yes = { allowed: true, cache: { max_age: 0 } }

/** A browser without script: says what it does (which `fetch` cannot), follows nothing by itself, keeps its cookies. */
function browser() {
  const cookies = new Map<string, string>()
  return async (path: string, { method = 'GET', accept = 'text/html' } = {}): Promise<Response> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const headers = { accept, cookie, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    const [message] = await once(request(new URL(path, origin), { method, headers }).end(), 'response')
    const received = new Headers()
    for (const [name, value] of Object.entries(message.headers)) received.set(name, String(value))
    for (const given of message.headers['set-cookie'] ?? []) {
      const [name, value] = given.split(';')[0].split('=')
      cookies.set(name, value)
    }
    return new Response(await text(message), { status: message.statusCode, headers: received })
  }
}

type Answer = {
  account: string
  customer: string
  subscriptions: string[]
  invoice?: string
  actor: string
  wall: string
  door: string
  api_token: string
}

async function start(name: ScenarioName, visit = browser()): Promise<Answer> {
  const response = await visit(`/scenarios/${name}`, { method: 'POST', accept: 'application/json' })
  expect(response.status).toBe(200)
  return (await response.json()) as Answer
}

/** What Stripe says now, in the words in which a scenario promises it. */
async function stateOf({ customer, subscriptions, invoice }: Answer) {
  const statuses = await Promise.all(subscriptions.map(async (id) => (await stripe.subscriptions.retrieve(id)).status))
  const owner = await stripe.customers.retrieve(customer, { expand: ['invoice_settings.default_payment_method'] })
  const method = owner.deleted ? null : owner.invoice_settings.default_payment_method
  const card = typeof method === 'object' ? (method?.card?.last4 ?? null) : method
  if (invoice === undefined) return { subscriptions: statuses, card }
  const found = await stripe.invoices.retrieve(invoice, { expand: ['payments.data.payment.payment_intent'] })
  expect(found.status).toBe('open')
  const payment = found.payments?.data.at(-1)?.payment.payment_intent
  const intent = typeof payment === 'object' ? payment : undefined
  const error = intent?.last_payment_error?.code
  return {
    subscriptions: statuses,
    card,
    invoice: {
      remaining: found.amount_remaining,
      currency: found.currency,
      intent: intent?.status ?? 'none',
      ...(error && { error }),
    },
  }
}

test.each(scenarioNames)(
  '%s leaves at Stripe exactly what it promises, and the portal knows the account',
  async (name) => {
    const answer = await start(name)
    const { promised, label, actor } = scenarioOf(name)
    expect(await stateOf(answer)).toEqual(promised)
    expect(portal.accounts.get(answer.account)).toMatchObject({ stripe_customer: answer.customer, label })
    expect(answer.actor).toBe(actor)
    const open = await stripe.invoices.list({ customer: answer.customer, status: 'open' })
    expect(open.data.map(({ id }) => id)).toEqual(answer.invoice === undefined ? [] : [answer.invoice])
  },
)

test('a scenario leads through the wall into the portal without another click', async () => {
  const visit = browser()
  const started = await visit('/scenarios/card-declined', { method: 'POST' })
  expect([started.status, started.headers.get('location')]).toEqual([303, '/maps/berlin'])
  const wall = await visit('/maps/berlin')
  expect([wall.status, wall.headers.get('location')]).toEqual([303, 'http://portal.example/fix#t=ticket'])
})

test('the start page offers every scenario and allows its form to end at the portal', async () => {
  const response = await browser()('/')
  const html = await response.text()
  for (const name of scenarioNames) expect(html).toContain(`action="/scenarios/${name}"`)
  expect(response.headers.get('content-security-policy')).toContain(`form-action 'self' ${portal.origin}`)
  expect(html).not.toMatch(/<script|<style|style=/)
})

test('paid, the map is served to the account by its name', async () => {
  const visit = browser()
  const { account } = await start('card-declined', visit)
  portal.answer = yes
  const html = await (await visit('/maps/berlin')).text()
  expect(html).toContain('Acme GmbH')
  expect(html).toContain(account)
})

test('in grace the map is served with a warning that names the day', async () => {
  const visit = browser()
  await start('in-grace', visit)
  portal.answer = { ...yes, warnings: [{ reason: 'card_declined', at: '2026-12-01T10:00:00Z' }] }
  expect(await (await visit('/maps/berlin')).text()).toContain('Tuesday, 1 December')
})

test('a program with the account’s token gets the refusal as JSON, and the tile when it is paid', async () => {
  const { api_token } = await start('card-declined')
  const call = (headers: Record<string, string>) => fetch(`${origin}/api/tiles/1/2/3`, { headers })
  expect((await call({})).status).toBe(401)
  const refused = await call({ authorization: `Bearer ${api_token}` })
  expect([refused.status, refused.headers.get('content-type')]).toEqual([402, 'application/problem+json'])
  expect(await refused.json()).toMatchObject({ fix: { app_url: `${origin}/_billing/fix/${check}` } })
  portal.answer = yes
  expect(await (await call({ authorization: `Bearer ${api_token}` })).json()).toMatchObject({ tile: '1/2/3' })
})

test('the mistaken app sends its person to the portal although all is paid, and believes it when they come back', async () => {
  const visit = browser()
  await start('app-mistaken', visit)
  portal.answer = yes
  const link = (await visit('/maps/berlin')).headers.get('location') ?? ''
  const claims = JSON.parse(Buffer.from(link.split('#t=')[1]?.split('.')[1] ?? '', 'base64url').toString())
  expect(claims).toMatchObject({ rsn: 'card_declined', ret: `${origin}/maps/berlin`, act: 'anna' })
  const back = `/maps/berlin?billing_check=${check}&billing_result=no_blocker&state=${claims.st}`
  const clean = await visit(back)
  expect([clean.status, clean.headers.get('location')]).toEqual([303, `${origin}/maps/berlin`])
  expect(await (await visit('/maps/berlin')).text()).toContain('Nothing was wrong')
})

test('a return with a state that is not this browser’s changes nothing the app believes', async () => {
  const visit = browser()
  await start('app-mistaken', visit)
  portal.answer = yes
  await visit(`/maps/berlin?billing_check=${check}&billing_result=no_blocker&state=guessed`)
  expect((await visit('/maps/berlin')).status).toBe(303)
})

test('back from the portal and still refused, a page looks again instead of another round, under its own policy', async () => {
  const visit = browser()
  await start('card-declined', visit)
  await visit('/maps/berlin')
  await visit(`/maps/berlin?billing_check=${check}&billing_result=fixed`)
  const again = await visit('/maps/berlin')
  expect([again.status, again.headers.get('content-security-policy')]).toEqual([
    402,
    expect.stringContaining('sha256-'),
  ])
  expect(await again.text()).toContain(`content="2;url=${origin}/maps/berlin"`)
})

test('a door opens the same sign-in in another browser; signing out closes it', async () => {
  const { door, account } = await start('card-declined')
  portal.answer = yes
  const other = browser()
  await other(door)
  expect(await (await other('/maps/berlin')).text()).toContain(account)
  await other('/sign-out', { method: 'POST' })
  expect((await other('/maps/berlin')).headers.get('location')).toBe('/')
})

test('seeding twice leaves one of everything', async () => {
  await demo.seed()
  await demo.seed()
  const prices = await stripe.prices.list({ limit: 100 })
  const keys = prices.data.map(({ lookup_key }) => lookup_key)
  expect(keys).toContain('team_monthly')
  expect(new Set(keys).size).toBe(keys.length)
  expect((await stripe.customers.list({ email: 'healthy@acme.example' })).data).toHaveLength(1)
  expect(portal.accounts.get('acct_demo')).toMatchObject({ label: 'Acme GmbH' })
})
