import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cardDeclined, healthy, inGrace } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { listen } from './listen.ts'
import { gateways, send, startApp, type Gateway, type Started } from './test-gateways.ts'
import { appKey, openTestPortal, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const page = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
const acme = { 'x-api-key': 'key-of-acme' }
const socket = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAA',
}
let bench: Bench
let portal: TestPortal
let studio: Studio
let app: Awaited<ReturnType<typeof startApp>>
let door: ReturnType<typeof listen>
/** Questions that reached the portal. */
const asked: { headers: Headers; bytes: number }[] = []

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, {
    merchant: {
      plans: {
        team_monthly: { name: 'Team', features: ['maps'], rates: { tiles: { limit: 1, seconds: 60 } } },
        business_monthly: { name: 'Business', features: ['export'], offered: true },
      },
      meters: { tiles: { name: 'Map tiles', unit: 'tile' } },
    },
  })
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  app = await startApp()
  const fetch = async (request: Request) => {
    asked.push({ headers: request.headers, bytes: (await request.clone().arrayBuffer()).byteLength })
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
  asked.length = 0
})

/** The account behind key-of-acme is this one from now on. */
let serial = 0
const accounts = { declined: cardDeclined, well: healthy, grace: inGrace }

describe.each(Object.entries(gateways))('%s', (name, { program, start }) => {
  let gateway: Gateway | undefined

  /** The printed configuration, in front of an account in this state. */
  async function inFrontOf(state: keyof typeof accounts, changed: Started['changed'] = [], differs: object = {}) {
    await gateway?.close()
    const account = `acct_${(serial += 1)}`
    const { customer } = await accounts[state](studio, who)
    await portal.register(account, { stripe_customer: customer, ...differs })
    const own = [['acct_acme', account], ['fix402_key_of_the_app', appKey], ...changed] as const
    gateway = await start({ portal: (door.address() as AddressInfo).port, app: app.port, changed: own })
    return {
      account,
      ask: (path: string, sent?: Parameters<typeof send>[2]) => send(gateway?.origin ?? '', path, sent),
    }
  }

  beforeEach(({ skip }) => {
    if (program === undefined) skip(`${name} is not installed`)
  })
  afterAll(() => gateway?.close())

  test('who may be served reaches the app with body and credentials, and the app never sees its key', async () => {
    const { account, ask } = await inFrontOf('well')
    const headers = { ...acme, authorization: 'Bearer mine', cookie: 'session=1' }
    const { status, text } = await ask('/projects/4?tab=files', { method: 'POST', headers, body: 'hello' })
    expect([status, text]).toEqual([200, 'the app'])
    expect(app.heard).toMatchObject([{ method: 'POST', url: '/projects/4?tab=files', bytes: 5 }])
    expect(app.heard[0]?.headers).toMatchObject({ ...headers, 'x-fix402-account': account })
    expect(JSON.stringify(app.heard)).not.toContain(appKey)
    expect(asked.map(({ headers: said }) => [said.get('cookie'), said.get('authorization')])).toEqual([
      [null, `Bearer ${appKey}`],
    ])
  })

  test('a program is refused with the portal’s status, headers and problem document', async () => {
    const { account, ask } = await inFrontOf('declined')
    const { status, headers, text } = await ask('/', { headers: acme })
    const problem = JSON.parse(text) as { fix: { url: string }; request_id: string }
    expect([status, problem]).toMatchObject([402, { status: 402, reason: 'card_declined', account: { id: account } }])
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'content-language': 'en',
      link: `<${problem.fix.url}>; rel="payment"; title="Update card"`,
      vary: 'Accept, Origin, Sec-Fetch-Mode',
      'x-fix402-check': problem.request_id,
      'access-control-expose-headers': expect.stringContaining('Link'),
    })
    expect(app.heard).toEqual([])
  })

  test.each(['GET', 'POST'])('a person’s %s of a page is sent to the portal with 303', async (method) => {
    const { ask } = await inFrontOf('declined')
    const { status, headers } = await ask('/', { method, headers: { ...acme, ...page } })
    expect([status, headers.location]).toEqual([303, expect.stringContaining(`${portal.config.origin}/`)])
    expect([headers['cache-control'], headers['referrer-policy']]).toEqual(['no-store', 'no-referrer'])
    expect(app.heard).toEqual([])
  })

  test('what a client says under our names is not believed', async () => {
    await portal.register('acct_rich', { stripe_customer: (await healthy(studio, who)).customer })
    const { ask } = await inFrontOf('declined')
    const forged = {
      ...acme,
      'x-fix402-account': 'acct_rich',
      'x-fix402-feature': 'maps',
      'x-forwarded-method': 'OPTIONS',
    }
    const query = '/?account=acct_rich&actor=anna&for=nginx'
    expect((await ask(query, { headers: forged })).status).toBe(402)
    const actor = { ...acme, ...page, 'x-fix402-actor': 'anna' }
    const { headers } = await ask(query, { headers: actor })
    expect(headers.location).not.toContain('#t=')
    expect(app.heard).toEqual([])
    await ask('/', {
      headers: { 'x-fix402-account': 'acct_rich', 'x-fix402-warning': 'forged', 'x-fix402-error': 'forged' },
    })
    expect(app.heard[0]?.headers['x-fix402-account'] ?? '').toBe('')
    expect(JSON.stringify(app.heard)).not.toContain('forged')
  })

  test('headers too long for anybody are no way past a refusal', async () => {
    const { ask } = await inFrontOf('declined')
    const long = (bytes: number) => ({
      accept: 'a'.repeat(bytes),
      'sec-fetch-mode': 'b'.repeat(bytes),
      origin: 'c'.repeat(bytes),
    })
    for (const bytes of [7_000, 30_000]) {
      const { status } = await ask(`/${'d'.repeat(7_000)}`, { headers: { ...acme, ...long(bytes) } })
      expect([bytes, status]).toEqual([bytes, expect.toSatisfy((said: number) => said >= 400)])
    }
    expect(app.heard).toEqual([])
  })

  test('a preflight passes; HEAD is refused without a body, but with the link', async () => {
    const { ask } = await inFrontOf('declined')
    expect((await ask('/', { method: 'OPTIONS', headers: { ...acme, origin: 'https://maps.example' } })).status).toBe(
      200,
    )
    const { status, text, headers } = await ask('/', { method: 'HEAD', headers: acme })
    expect([status, text, headers.link]).toEqual([402, '', expect.stringContaining('rel="payment"')])
  })

  test('a script on an origin of the app may read its refusal', async () => {
    const { ask } = await inFrontOf('declined')
    const { headers } = await ask('/', { headers: { ...acme, origin: 'https://maps.example' } })
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://maps.example',
      'access-control-allow-credentials': 'true',
    })
  })

  test('a WebSocket opens for who may be served, and is a plain 402 for who may not', async () => {
    const { ask } = await inFrontOf('well')
    expect((await ask('/live', { headers: { ...acme, ...socket } })).status).toBe(101)
    const declined = await inFrontOf('declined')
    expect((await declined.ask('/live', { headers: { ...acme, ...socket } })).status).toBe(402)
    expect(app.heard.length).toBe(1)
  })

  test('an upload reaches the app whole, its length known or not, and the portal not at all', async () => {
    const { ask } = await inFrontOf('well')
    const body = Buffer.alloc(5_000_000, 'x')
    expect((await ask('/upload', { method: 'PUT', headers: acme, body })).status).toBe(200)
    expect(
      (await ask('/stream', { method: 'PUT', headers: { ...acme, 'transfer-encoding': 'chunked' }, body })).status,
    ).toBe(200)
    expect(app.heard.map(({ bytes }) => bytes)).toEqual([5_000_000, 5_000_000])
    expect(asked.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(0)
  })

  test('a feature that the plan lacks is refused where it is, and nowhere else', async () => {
    const { ask } = await inFrontOf('well')
    expect((await ask('/', { headers: acme })).status).toBe(200)
    const { status, text } = await ask('/export/all', { headers: { ...acme, 'x-fix402-feature': 'maps' } })
    expect([status, JSON.parse(text)]).toMatchObject([
      402,
      { reason: 'plan_lacks_feature', subject: { feature: 'export' } },
    ])
  })

  test('an account on hold is 403 with its document, and the app’s own 403 stays its own', async () => {
    const held = await inFrontOf('well', [], { hold: { since: portal.clock.now } })
    const { status, text } = await held.ask('/', { headers: acme })
    expect([status, JSON.parse(text)]).toMatchObject([403, { reason: 'account_frozen', status: 403 }])
    const well = await inFrontOf('well')
    expect(await well.ask('/own-403', { headers: acme })).toMatchObject({ status: 403, text: 'the app' })
  })

  test('what is counted by asking is 429 when it is full, with the time to wait', async () => {
    const feature = {
      nginx: ['X-Fix402-Feature $fix402_feature', 'X-Fix402-Meter tiles'],
      Caddy: ['@export X-Fix402-Feature export', 'X-Fix402-Meter tiles'],
    } as const
    const { ask } = await inFrontOf('well', [feature[name as keyof typeof gateways]])
    expect((await ask('/', { headers: acme })).status).toBe(200)
    const { status, headers, text } = await ask('/', { headers: acme })
    expect([status, JSON.parse(text)]).toMatchObject([429, { reason: 'rate_limited', retry: 'after_reset' }])
    expect(headers).toMatchObject({
      'retry-after': expect.stringMatching(/^\d+$/),
      ratelimit: expect.stringContaining('"tiles";r=0;t='),
      'ratelimit-policy': '"tiles";q=1;w=60',
    })
  })

  test('a warning reaches the app', async () => {
    const { ask } = await inFrontOf('grace')
    expect((await ask('/', { headers: acme })).status).toBe(200)
    expect(app.heard[0]?.headers['x-fix402-warning']).toMatch(/^card_declined;at="/)
  })
})
