import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OffersSchema } from '#contract/offer.ts'
import { healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'

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
          limits: { routes: { included: 200 } },
        },
      },
      meters: {
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
      const { allowed, problem } = body as Answer
      expect(allowed || !problemSchema || problemSchema(problem)).toBe(true)
      return body as Answer
    },
    raise: (amount: number, more: object = {}, key = randomUUID()) =>
      browser.post('/api/fixes/raise-cap', { limit: { amount, currency: 'eur' }, ...more }, { 'idempotency-key': key }),
    caps: async (query = '') => OffersSchema.parse((await browser.get(`/api/offers${query}`)).body).caps,
  }
}

const schemaFile = resolve(import.meta.dirname, '../../../../shared/facts/problem.schema.json')
const problemSchema = existsSync(schemaFile)
  ? new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse(readFileSync(schemaFile, 'utf8')) as object,
    )
  : undefined

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
  const { use, ask, raise, caps } = await enter()
  await use(1_450)
  const { problem } = await ask({ meter: 'routes', quantity: 1_000, actor: 'anna' })
  const check = String(problem?.['request_id'])
  const key = randomUUID()
  expect((await caps(`?check=${check}`))[0]?.suggested.map(({ amount }) => amount)).toEqual([15_00, 20_00, 50_00])
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

test('what is proposed lets the refused request pass, or goes as far as the merchant allows', async () => {
  const { use, ask, caps } = await enter()
  await use(1_450)
  const proposed = async (quantity: number) => {
    const { problem } = await ask({ meter: 'routes', quantity, actor: 'anna' })
    const [cap] = await caps(`?check=${String(problem?.['request_id'])}`)
    return cap?.suggested.map(({ amount }) => amount)
  }
  expect(await proposed(10_000)).toEqual([75_00, 100_00])
  expect(await proposed(100_000)).toEqual([])
})
