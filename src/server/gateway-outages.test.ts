import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cardDeclined, healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { listen } from './listen.ts'
import {
  freePort,
  gateways,
  send,
  startApp,
  startGuard,
  startSilence,
  type Gateway,
  type Started,
} from './test-gateways.ts'
import { appKey, openTestPortal, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const acme = { 'x-api-key': 'key-of-acme' }
const key = ['fix402_key_of_the_app', appKey] as const
/** Milliseconds, as printed. */
const PATIENCE = 300
let bench: Bench
let portal: TestPortal
let studio: Studio
let app: Awaited<ReturnType<typeof startApp>>
let door: ReturnType<typeof listen>
let gateway: Gateway | undefined
let asked = 0

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  await portal.register('acct_acme', { stripe_customer: (await cardDeclined(studio, who)).customer })
  await portal.register('acct_well', { stripe_customer: (await healthy(studio, who)).customer })
  app = await startApp()
  const fetch = (request: Request) => {
    asked += 1
    return portal.fetch(request)
  }
  door = await new Promise((done) => {
    const opened = listen({ fetch }, 0, () => done(opened))
  })
})
afterAll(async () => {
  await new Promise((done) => door?.close(done))
  await app?.close()
  await portal?.close()
  await bench?.close()
})
beforeEach(() => {
  app.heard.length = 0
  portal.logged.length = 0
  asked = 0
})
afterEach(async () => {
  await gateway?.close()
  gateway = undefined
})

function portalPort(): number {
  return (door.address() as AddressInfo).port
}

/** A server that answers everything with this status and these headers. */
async function startTrouble(status: number, headers = {}): Promise<{ port: number; close: () => void }> {
  const server = createServer((_, response) => response.writeHead(status, headers).end('trouble'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

describe.each(Object.entries(gateways))('%s', (name, { program, start }) => {
  async function open(
    how: Partial<Started>,
  ): Promise<(path: string, sent?: Parameters<typeof send>[2]) => ReturnType<typeof send>> {
    gateway = await start({ portal: portalPort(), app: app.port, changed: [key], ...how })
    const { origin } = gateway
    return (path, sent) => send(origin, path, sent)
  }

  beforeEach(({ skip }) => {
    if (program === undefined) skip(`${name} is not installed`)
  })

  test('a portal that is down stops nobody, and loses no body', async () => {
    const ask = await open({ portal: await freePort() })
    expect(await ask('/', { method: 'POST', headers: acme, body: 'hello' })).toMatchObject({
      status: 200,
      text: 'the app',
    })
    expect(app.heard).toMatchObject([{ method: 'POST', bytes: 5 }])
  })

  test('a portal that hangs is waited for as long as printed, and stops nobody', async () => {
    const silence = await startSilence()
    const ask = await open({ portal: silence.port, patience: PATIENCE })
    const began = performance.now()
    const { status } = await ask('/', { method: 'PUT', headers: acme, body: Buffer.alloc(2_000_000, 'x') })
    const waited = performance.now() - began
    expect([status, app.heard[0]?.bytes]).toEqual([200, 2_000_000])
    expect(waited).toBeGreaterThan(PATIENCE - 50)
    expect(waited).toBeLessThan(5_000)
    await silence.close()
  })

  test.each([404, 421, 500, 502, 503])(
    'a portal that answers %s without having decided stops nobody',
    async (status) => {
      const trouble = await startTrouble(status)
      const ask = await open({ portal: trouble.port })
      expect(await ask('/', { headers: acme })).toMatchObject({ status: 200, text: 'the app' })
      trouble.close()
    },
  )

  test('an app that is down is 502, not a free pass', async () => {
    const ask = await open({ app: await freePort(), changed: [key, ['acct_acme', 'acct_well']] })
    expect((await ask('/', { headers: acme })).status).toBe(502)
  })

  test('a request that breaks the app is not sent to it again', async () => {
    const ask = await open({ changed: [key, ['acct_acme', 'acct_well']] })
    expect((await ask('/breaks', { method: 'POST', headers: acme })).status).toBe(502)
    expect(app.heard.length).toBe(1)
  })

  test('a wrong key stops nobody; the app is told, and the log says it', async () => {
    const ask = await open({ changed: [['fix402_key_of_the_app', 'fix402_wrong']] })
    expect((await ask('/', { headers: acme })).status).toBe(200)
    expect(app.heard[0]?.headers['x-fix402-error']).toBe('not-authenticated')
    expect(JSON.stringify(portal.logged)).toContain('without the key of an app')
  })

  test('an account that nobody registered stops nobody, and the app is told', async () => {
    const ask = await open({ changed: [key, ['acct_acme', 'acct_nobody']] })
    expect((await ask('/', { headers: acme })).status).toBe(200)
    expect(app.heard[0]?.headers['x-fix402-error']).toBe('unknown-account')
  })

  test('a visitor without an account reaches the app, which knows what to do with them', async () => {
    const ask = await open({})
    expect((await ask('/')).status).toBe(200)
    expect(app.heard[0]?.headers['x-fix402-error']).toBe('no-account')
  })
})

describe('nginx', () => {
  beforeEach(({ skip }) => {
    if (gateways.nginx.program === undefined) skip('nginx is not installed')
  })

  test('what came of each question is in its log', async () => {
    const changed = [['fix402_key_of_the_app', 'fix402_wrong']] as const
    gateway = await gateways.nginx.start({ portal: portalPort(), app: app.port, changed })
    await send(gateway.origin, '/', { headers: acme })
    expect(gateway.log()).toContain('200 portal=200 check= error=not-authenticated')
    await gateway.close()
    gateway = await gateways.nginx.start({ portal: await freePort(), app: app.port })
    await send(gateway.origin, '/', { headers: acme })
    expect(gateway.log()).toContain('200 portal=502 check= error=')
  })

  test.each([402, 403, 429, 503])('a refusal that is truly %s leaves as what it is', async (status) => {
    const problem = '{"reason":"any","detail":"$host \\u00e9"}'
    const refusal = { 'x-fix402-check': 'chk_1', 'x-fix402-status': status, 'x-fix402-problem': problem }
    const trouble = await startTrouble(403, refusal)
    gateway = await gateways.nginx.start({ portal: trouble.port, app: app.port })
    expect(await send(gateway.origin, '/', { headers: acme })).toMatchObject({ status, text: problem })
    trouble.close()
  })

  test('an allowed answer is kept for its account, a refusal is not', async () => {
    const two = '"key-of-acme" acct_acme;\n    "key-of-well" acct_well;'
    const changed = [key, ['"key-of-acme" acct_acme;', two]] as const
    gateway = await gateways.nginx.start({ portal: portalPort(), app: app.port, changed })
    const { origin } = gateway
    const well = { 'x-api-key': 'key-of-well' }
    for (const path of ['/a', '/b', '/c']) expect((await send(origin, path, { headers: well })).status).toBe(200)
    expect(asked).toBe(1)
    for (const path of ['/a', '/b', '/c']) expect((await send(origin, path, { headers: acme })).status).toBe(402)
    expect(asked).toBe(4)
  })
})

describe('the guard beside Traefik', () => {
  const page = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  /** What Traefik sends of a request that it holds. */
  const held = {
    'x-forwarded-method': 'GET',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'maps.example',
    'x-forwarded-uri': '/projects/4',
  }

  beforeEach(({ skip }) => {
    if (gateways.Caddy.program === undefined) skip('Caddy is not installed')
  })

  async function ask(headers: Record<string, string>, how: Partial<Started> = {}) {
    gateway = await startGuard({ portal: portalPort(), app: 0, changed: [key], ...how })
    return send(gateway.origin, '/?account=acct_well', { headers: { ...held, ...headers } })
  }

  test('hands on what the portal says', async () => {
    expect(await ask({ 'x-fix402-account': 'acct_well' })).toMatchObject({ status: 200, text: '' })
    const origin = gateway?.origin ?? ''
    const declined = { ...held, 'x-fix402-account': 'acct_acme' }
    const refused = await send(origin, '/', { headers: declined })
    expect([refused.status, JSON.parse(refused.text)]).toMatchObject([402, { reason: 'card_declined' }])
    const sent = await send(origin, '/', { headers: { ...declined, ...page, 'x-fix402-actor': 'anna' } })
    expect([sent.status, sent.headers.location]).toEqual([303, expect.stringContaining('#t=')])
    const preflight = await send(origin, '/', { headers: { ...declined, 'x-forwarded-method': 'OPTIONS' } })
    expect(preflight.status).toBe(200)
    const unknown = await send(origin, '/', { headers: { ...held, 'x-fix402-account': 'acct_nobody' } })
    expect([unknown.status, unknown.headers['x-fix402-error']]).toEqual([200, 'unknown-account'])
  })

  test('says yes when nobody answers', async () => {
    expect((await ask({ 'x-fix402-account': 'acct_acme' }, { portal: await freePort() })).status).toBe(200)
    await gateway?.close()
    const silence = await startSilence()
    expect((await ask({ 'x-fix402-account': 'acct_acme' }, { portal: silence.port, patience: PATIENCE })).status).toBe(
      200,
    )
    await silence.close()
    await gateway?.close()
    const trouble = await startTrouble(500)
    expect((await ask({ 'x-fix402-account': 'acct_acme' }, { portal: trouble.port })).status).toBe(200)
    trouble.close()
  })
})
