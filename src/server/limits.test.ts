import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { OffersSchema } from '#contract/offer.ts'
import { healthy } from '#sandbox/demo/building.ts'
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
      plans: {
        team_monthly: {
          name: 'Team',
          features: ['tiles'],
          limits: { requests: { included: 100 }, routes: { included: 200 } },
          seats: 5,
          rates: { requests: { limit: 10, seconds: 60 } },
        },
        business_monthly: { name: 'Business', features: ['offline'], offered: true },
      },
      meters: {
        requests: { name: 'Map requests', unit: 'requests' },
        routes: { name: 'Routing', unit: 'routes', price: { amount: 40, currency: 'eur', per: 100 } },
      },
      spendCap: { initial: { amount: 5_00, currency: 'eur' }, most: 100_00 },
    },
  })
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})
afterEach(() => {
  portal.clock.now = studio.now
})

type Answer = {
  allowed: boolean
  status?: number
  headers?: Record<string, string>
  problem?: Record<string, unknown> & { blockers: { reason: string; detail?: Record<string, unknown> }[] }
}

async function enter() {
  const stay = await desk.enter(healthy(studio, who))
  const { account, browser } = stay
  return {
    ...stay,
    use: async (quantity: number, more: object = {}) => {
      const event = { id: randomUUID(), account, meter: 'routes', quantity, ...more }
      expect((await portal.asApp('POST', '/v1/usage', { events: [event] })).body).toMatchObject({ accepted: 1 })
    },
    ask: async (asked: object) => {
      const { body } = await portal.asApp('POST', '/v1/checks', { account, ...asked })
      if (problemSchema && !(body as Answer).allowed)
        expect([problemSchema((body as Answer).problem), body]).toEqual([true, body])
      return body as Answer
    },
    raise: (amount: number, more: object = {}, key = randomUUID()) =>
      browser.post('/api/fixes/raise-cap', { limit: { amount, currency: 'eur' }, ...more }, { 'idempotency-key': key }),
    caps: async () => OffersSchema.parse((await browser.get('/api/offers')).body).caps,
  }
}

const schemaFile = resolve(import.meta.dirname, '../../../shared/facts/problem.schema.json')
const problemSchema = existsSync(schemaFile)
  ? new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse(readFileSync(schemaFile, 'utf8')) as object,
    )
  : undefined

test('a used-up limit says how much of what, until when, and what would still pass', async () => {
  const { use, ask, customer } = await enter()
  await use(94, { meter: 'requests' })
  const { data } = await bench.stripe.subscriptions.list({ customer })
  const resets = new Date((data[0]?.items.data[0]?.current_period_end ?? 0) * 1_000).toISOString()
  const detail = { meter: 'requests', unit: 'requests', used: 94, included: 100, resets }
  expect(await ask({ meter: 'requests', quantity: 7 })).toMatchObject({
    status: 402,
    problem: {
      retry: 'smaller_request',
      resets_at: resets,
      subject: { meter: 'requests', requested: 7, remaining: 6 },
      blockers: [{ reason: 'usage_limit_exceeded', detail: { ...detail, requested: 7 } }],
    },
  })
  await use(6, { meter: 'requests' })
  const { problem } = await ask({ meter: 'requests', quantity: 7 })
  expect(problem).toMatchObject({ retry: 'after_fix', blockers: [{ detail: { ...detail, used: 100 } }] })
  expect(problem).not.toHaveProperty('subject.remaining')
})

test('of two limits that refuse, the smaller rest is what would pass; where one refuses for good, nothing is', async () => {
  const { use, ask } = await enter()
  await use(95, { meter: 'requests' })
  expect((await ask({ meter: 'requests', quantity: 8 })).problem).toMatchObject({ subject: { remaining: 5 } })
  expect((await ask({ meter: 'requests', quantity: 8, feature: 'offline' })).problem).toMatchObject({
    retry: 'after_fix',
    blockers: [
      { reason: 'usage_limit_exceeded' },
      { reason: 'plan_lacks_feature', detail: { feature: 'offline', plans: ['business_monthly'] } },
    ],
  })
})

test('seats say how many are taken of how many', async () => {
  const { account, customer, ask } = await enter()
  await portal.register(account, { stripe_customer: customer, seats: 4 })
  expect((await ask({ meter: 'seats', quantity: 2, fresh: true })).problem).toMatchObject({
    retry: 'smaller_request',
    subject: { remaining: 1 },
    blockers: [{ reason: 'seat_limit', detail: { used: 4, seats: 5 } }],
  })
})

test('so many requests in a window are served and not one more; the refusal says when it begins anew', async () => {
  const { ask } = await enter()
  portal.clock.now = Math.ceil(studio.now / 60) * 60 + 20
  const answers = await Promise.all(Array.from({ length: 30 }, () => ask({ meter: 'requests' })))
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(10)
  const until = new Date((portal.clock.now + 40) * 1_000).toISOString()
  expect(await ask({ meter: 'requests' })).toMatchObject({
    status: 429,
    headers: { 'Retry-After': '40', RateLimit: '"requests";r=0;t=40', 'RateLimit-Policy': '"requests";q=10;w=60' },
    problem: {
      reason: 'rate_limited',
      retry: 'after_reset',
      resets_at: until,
      blockers: [{ detail: { limit: 10, seconds: 60, until } }],
    },
  })
  portal.clock.now += 40
  expect(await ask({ meter: 'requests' })).toMatchObject({ allowed: true, cache: { max_age: 0 } })
})

test('a request of more than is left of a window is told how much is', async () => {
  const { ask } = await enter()
  portal.clock.now = Math.ceil(studio.now / 60) * 60
  expect(await ask({ meter: 'requests', quantity: 7 })).toMatchObject({ allowed: true })
  expect(await ask({ meter: 'requests', quantity: 4 })).toMatchObject({
    headers: { RateLimit: '"requests";r=3;t=60' },
    problem: { retry: 'smaller_request', subject: { remaining: 3 } },
  })
  expect(await ask({ meter: 'requests', quantity: 3 })).toMatchObject({ allowed: true })
  expect(await ask({ meter: 'requests', quantity: 11 })).toMatchObject({
    allowed: false,
    problem: { retry: 'after_reset' },
  })
})

test('what is refused for another reason does not count into the window', async () => {
  const { use, ask } = await enter()
  portal.clock.now = Math.ceil(studio.now / 60) * 60
  await use(100, { meter: 'requests' })
  for (const _ of Array.from({ length: 12 })) expect((await ask({ meter: 'requests' })).status).toBe(402)
  expect(await ask({ meter: 'requests', quantity: 0 })).toMatchObject({ allowed: true })
})

test('what the app itself knows to pass says when, as the app told it', async () => {
  const { ask } = await enter()
  const told = await ask({ reason: 'rate_limited', retry_after: 90 })
  expect(told).toMatchObject({ status: 429, headers: { 'Retry-After': '90' }, problem: { reason: 'rate_limited' } })
  expect(told.headers).not.toHaveProperty('RateLimit')
  expect(await ask({ reason: 'upstream_billing', retry_after: 600 })).toMatchObject({
    status: 503,
    headers: { 'Retry-After': '600' },
    problem: { retry: 'poll', blockers: [{ detail: { until: new Date((studio.now + 600) * 1_000).toISOString() } }] },
  })
  expect(await ask({ reason: 'upstream_billing' })).toMatchObject({ status: 503, headers: { 'Retry-After': '5' } })
})

test('money spent beyond the plan counts towards the cap, rounded up, and the refusal says how far', async () => {
  const { use, ask, caps } = await enter()
  expect(await caps()).toMatchObject([{ limit: { amount: 5_00 }, spent: { amount: 0 } }])
  await use(200)
  expect(await caps()).toMatchObject([{ spent: { amount: 0 } }])
  await use(1_001)
  expect(await caps()).toMatchObject([{ spent: { amount: 4_01 } }])
  expect(await ask({ meter: 'routes', quantity: 247 })).toMatchObject({ allowed: true })
  expect(await ask({ meter: 'routes', quantity: 300 })).toMatchObject({
    status: 402,
    problem: {
      reason: 'spend_cap_reached',
      retry: 'smaller_request',
      subject: { remaining: 247 },
      blockers: [{ detail: { limit: 5_00, spent: 4_01, currency: 'eur' } }],
    },
  })
})

test('members who may not pay do not see the cap’s sums', async () => {
  const { use, ask } = await enter()
  await use(1_500)
  const { problem } = await ask({ meter: 'routes', actor: 'sam' })
  expect(problem?.blockers[0]).toMatchObject({ reason: 'spend_cap_reached' })
  expect(problem?.blockers[0]?.detail).not.toHaveProperty('limit')
  expect(problem?.blockers[0]?.detail).not.toHaveProperty('spent')
})

test('a raised cap serves at once; the same click twice raises once', async () => {
  const { use, ask, raise, caps } = await enter()
  await use(1_450)
  const refused = await ask({ meter: 'routes', actor: 'anna' })
  const check = String(refused.problem?.['request_id'])
  const offered = (await caps())[0]?.suggested.map(({ amount }) => amount) ?? []
  expect(offered).toEqual([15_00, 20_00, 50_00])
  const key = randomUUID()
  for (const _ of [1, 2]) {
    const { status, body } = await raise(15_00, { check }, key)
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        outcome: { kind: 'done' },
        visit: expect.objectContaining({ diagnosis: expect.objectContaining({ verdict: 'clear' }) }),
      }),
    ])
  }
  expect(await ask({ meter: 'routes' })).toMatchObject({ allowed: true })
})

test.each([
  ['more than the merchant allows', 100_01, {}],
  ['less than what is spent', 4_00, {}],
  ['no more than what is spent', 5_00, {}],
  ['another currency', 0, { limit: { amount: 50_00, currency: 'usd' } }],
])('a cap of %s is refused, and it is said at the field', async (_, amount, more) => {
  const { use, raise, caps } = await enter()
  await use(1_450)
  const { status, body } = await raise(amount, more)
  expect([status, body]).toEqual([
    400,
    expect.objectContaining({ code: 'invalid-request', errors: [{ path: 'limit', message: expect.any(String) }] }),
  ])
  expect(await caps()).toMatchObject([{ limit: { amount: 5_00 } }])
})

test('a cap that would still refuse what the person came for is refused; the corrected one is taken', async () => {
  const { use, ask, raise } = await enter()
  await use(1_450)
  const { problem } = await ask({ meter: 'routes', quantity: 1_000, actor: 'anna' })
  const check = String(problem?.['request_id'])
  const key = randomUUID()
  expect((await raise(8_99, { check }, key)).status).toBe(400)
  expect((await raise(9_00, { check }, key)).status).toBe(200)
})

test('a key has a cap of its own, reached by what was used with it', async () => {
  const { use, ask, raise, caps } = await enter()
  await use(100, { api_key: 'key_1' })
  expect((await raise(1_00, { apiKey: 'key_unheard_of' })).status).toBe(404)
  expect((await raise(1_00, { apiKey: 'key_1' })).status).toBe(200)
  expect(await caps()).toMatchObject([{ spent: { amount: 0 } }, { apiKey: 'key_1', spent: { amount: 40 } }])
  await use(150, { api_key: 'key_1' })
  expect(await ask({ meter: 'routes', api_key: 'key_1' })).toMatchObject({
    problem: { blockers: [{ reason: 'spend_cap_reached', detail: { api_key: 'key_1', limit: 1_00, spent: 1_00 } }] },
  })
  expect(await ask({ meter: 'routes', api_key: 'key_2' })).toMatchObject({ allowed: true })
})

test('a cap needs no Stripe customer, and members who may not pay cannot raise it', async () => {
  const account = `acct_${randomUUID()}`
  await portal.register(account)
  const browser = portal.browser()
  await browser.enter(account)
  const request = { limit: { amount: 20_00, currency: 'eur' } }
  const { status } = await browser.post('/api/fixes/raise-cap', request, { 'idempotency-key': randomUUID() })
  expect(status).toBe(200)
  const sam = portal.browser()
  await sam.enter(account, 'sam')
  const refused = await sam.post('/api/fixes/raise-cap', request, { 'idempotency-key': randomUUID() })
  expect(refused.status).toBe(403)
})
