import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
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
          limits: { requests: { included: 100 } },
          seats: 5,
          rates: { requests: { limit: 10, seconds: 60 } },
        },
        business_monthly: { name: 'Business', features: ['offline'], offered: true },
      },
      meters: {
        requests: { name: 'Map requests', unit: 'requests' },
      },
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
  const { account } = stay
  return {
    ...stay,
    use: async (quantity: number) => {
      const event = { id: randomUUID(), account, meter: 'requests', quantity }
      expect((await portal.asApp('POST', '/v1/usage', { events: [event] })).body).toMatchObject({ accepted: 1 })
    },
    ask: async (asked: object) => {
      const { body } = await portal.asApp('POST', '/v1/checks', { account, ...asked })
      const { allowed, problem } = body as Answer
      expect(allowed || !problemSchema || problemSchema(problem)).toBe(true)
      return body as Answer
    },
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
  await use(94)
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
  await use(6)
  const { problem } = await ask({ meter: 'requests', quantity: 7 })
  expect(problem).toMatchObject({ retry: 'after_fix', blockers: [{ detail: { ...detail, used: 100 } }] })
  expect(problem).not.toHaveProperty('subject.remaining')
})

test('of two limits that refuse, the smaller rest is what would pass; where one refuses for good, nothing is', async () => {
  const { use, ask } = await enter()
  await use(95)
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
  await use(100)
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

test('while Stripe does not answer, what was used still counts', async () => {
  const { use, ask } = await enter()
  expect(await ask({ meter: 'requests' })).toMatchObject({ allowed: true })
  await use(100)
  await desk.fault({ method: 'GET', path: '^/v1/', kind: 'error', status: 429, times: 1_000_000 })
  expect(await ask({ meter: 'requests', fresh: true })).toMatchObject({
    allowed: false,
    problem: { reason: 'usage_limit_exceeded', blockers: [{ detail: { used: 100 } }] },
  })
  await desk.heal()
})
