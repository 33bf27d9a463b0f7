import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardDeclined, healthy, paymentProcessing } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk } from './stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
let bench: Bench
let portal: TestPortal
let studio: Studio
let desk: Desk

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, {
    merchant: {
      plans: { team_monthly: { name: 'Team', rates: { requests: { limit: 10, seconds: 60 } } } },
      meters: { requests: { name: 'Requests', unit: 'requests' } },
    },
  })
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  const { customer } = await cardDeclined(studio, who)
  await portal.register('acct_declined', { stripe_customer: customer, label: 'Acme GmbH' })
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

/** The path under which a refusal of this account is polled. */
async function refusedAt(question: object = {}): Promise<string> {
  const { body } = await portal.asApp('POST', '/v1/checks', { account: 'acct_declined', ...question })
  return new URL((body as { problem: { poll: { url: string } } }).problem.poll.url).pathname
}

const statusOf = async (path: string) => (await portal.ask('GET', path)).status

test('who polls too often is slowed down by five seconds each time, and is answered once the time has passed', async () => {
  const path = await refusedAt()
  expect(await statusOf(path)).toBe(200)
  portal.clock.now += 3
  const early = await portal.ask('GET', path)
  expect([early.status, early.headers.get('retry-after'), early.body]).toEqual([
    429,
    '10',
    expect.objectContaining({ code: 'too-many', interval: 10 }),
  ])
  expect((await portal.ask('GET', path)).body).toMatchObject({ interval: 15 })
  portal.clock.now += 2
  const answer = await portal.ask('GET', path)
  expect([answer.status, answer.headers.get('retry-after'), answer.body]).toEqual([
    200,
    '15',
    { state: 'open', allowed: false, reasons: ['card_declined'], interval: 15 },
  ])
  portal.clock.now += 10
  expect(await statusOf(path)).toBe(429)
})

test('of many who poll at once one is answered, and nobody waits longer than a minute in the end', async () => {
  const path = await refusedAt()
  const answers = await Promise.all(Array.from({ length: 20 }, () => portal.ask('GET', path)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const intervals = answers
    .filter(({ status }) => status === 429)
    .map(({ body }) => (body as { interval: number }).interval)
  expect(Math.max(...intervals)).toBe(60)
  portal.clock.now += 60
  expect(await statusOf(path)).toBe(200)
})

test('one who keeps to the interval is never slowed down', async () => {
  const path = await refusedAt()
  for (const _ of Array.from({ length: 10 })) {
    expect((await portal.ask('GET', path)).body).toMatchObject({ interval: 5 })
    portal.clock.now += 5
  }
})

test('however many poll, an account is read from Stripe at most every ten seconds', async () => {
  const paths = await Promise.all(Array.from({ length: 10 }, () => refusedAt()))
  portal.clock.now += 11
  const pollAll = () => Promise.all(paths.map(statusOf))
  const readings = () => portal.logged.filter((line) => JSON.stringify(line).includes('Stripe does not answer')).length
  expect(await pollAll()).toEqual(paths.map(() => 200))
  await desk.fault({ method: 'GET', path: '^/v1/', kind: 'reset', times: 1_000 })
  portal.clock.now += 5
  expect([await pollAll(), readings()]).toEqual([paths.map(() => 200), 0])
  portal.clock.now += 6
  expect([await pollAll(), readings()]).toEqual([paths.map(() => 200), 1])
  await desk.heal()
})

test('a payment on its way is pending', async () => {
  const { customer } = await paymentProcessing(studio, who)
  await portal.register('acct_pending', { stripe_customer: customer })
  const path = await refusedAt({ account: 'acct_pending' })
  expect((await portal.ask('GET', path)).body).toMatchObject({ state: 'pending', reasons: ['payment_processing'] })
})

test('resolved means that this very request would be served: another limit’s room is not its own', async () => {
  await portal.register('acct_rate', { stripe_customer: (await healthy(studio, who)).customer })
  portal.clock.now = Math.ceil(portal.clock.now / 60) * 60
  const ask = { account: 'acct_rate', meter: 'requests' }
  await portal.asApp('POST', '/v1/checks', { ...ask, quantity: 8 })
  const path = await refusedAt({ ...ask, quantity: 5 })
  expect(await portal.asApp('POST', '/v1/checks', { ...ask, quantity: 1 })).toMatchObject({ body: { allowed: true } })
  expect((await portal.ask('GET', path)).body).toMatchObject({ allowed: false, reasons: ['rate_limited'] })
  portal.clock.now += 60
  expect((await portal.ask('GET', path)).body).toMatchObject({ state: 'resolved', allowed: true, reasons: [] })
})

test('what the app alone knows is resolved when its word has run out', async () => {
  await portal.register('acct_well', { stripe_customer: (await healthy(studio, who)).customer })
  const path = await refusedAt({ account: 'acct_well', reason: 'upstream_billing', retry_after: 60 })
  expect((await portal.ask('GET', path)).body).toMatchObject({ state: 'open', reasons: ['upstream_billing'] })
  portal.clock.now += 60
  expect((await portal.ask('GET', path)).body).toMatchObject({ state: 'resolved' })
})

const cors = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
}

test('a page of any origin may poll, without cookies, and may read when to ask again', async () => {
  const path = await refusedAt()
  const headers = { origin: 'https://maps.example' }
  const served = await portal.ask('GET', path, { headers })
  const early = await portal.ask('GET', path, { headers })
  portal.clock.now += 86_400
  const over = await portal.ask('GET', path, { headers })
  const unknown = await portal.ask('GET', '/v1/checks/chk_AAAAAAAAAAAAAAAAAAAAAA', { headers })
  expect([served, early, over, unknown].map(({ status }) => status)).toEqual([200, 429, 410, 404])
  for (const answer of [served, early, over, unknown]) {
    const said = Object.fromEntries(answer.headers)
    expect(said).toMatchObject({ ...cors, 'access-control-expose-headers': 'Retry-After' })
    expect(said).not.toHaveProperty('access-control-allow-credentials')
  }
  expect(over.body).toMatchObject({ code: 'stale-link', status: 410 })
})

test('its preflight is answered; no other route of an app’s opens to pages', async () => {
  const path = await refusedAt()
  const headers = { origin: 'https://maps.example', 'access-control-request-method': 'GET' }
  const preflight = await portal.ask('OPTIONS', path, { headers })
  expect([preflight.status, Object.fromEntries(preflight.headers)]).toEqual([
    204,
    expect.objectContaining({ ...cors, 'access-control-allow-methods': 'GET, HEAD' }),
  ])
  const deleted = await portal.asApp('DELETE', path)
  const closed = [
    deleted,
    await portal.asApp('GET', '/v1/accounts/acct_declined'),
    await portal.ask('GET', '/openapi.json'),
  ]
  for (const answer of closed) {
    expect(answer.headers.get('access-control-allow-origin')).toBe(null)
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  }
})

test('a visitor’s refusal tells whoever polls it nothing but whether it is over', async () => {
  const path = await refusedAt({ audience: 'visitor' })
  expect((await portal.ask('GET', path)).body).toEqual({
    state: 'open',
    allowed: false,
    reasons: ['unknown'],
    interval: 5,
  })
})
