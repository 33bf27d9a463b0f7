import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestPortal, otherAppKey, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const HOUR = 3_600
const DAY = 24 * HOUR
let bench: Bench
let portal: TestPortal
let studio: Studio

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, {
    merchant: {
      plans: { team_monthly: { name: 'Team', limits: { requests: { included: 100 } } } },
      meters: { requests: { name: 'Map requests', unit: 'requests' }, routes: { name: 'Routing', unit: 'routes' } },
    },
  })
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

type Sent = { id?: string; meter?: string; quantity?: unknown; at?: number; [field: string]: unknown }

/** A new account with a healthy plan, and what its app reports of it. */
async function enter() {
  const { customer } = await healthy(studio, who)
  const account = `acct_${randomUUID()}`
  await portal.register(account, { stripe_customer: customer })
  const report = async (...events: Sent[]) => {
    const complete = events.map((event) => ({ id: randomUUID(), account, meter: 'requests', quantity: 1, ...event }))
    const { status, body } = await portal.asApp('POST', '/v1/usage', { events: complete })
    expect(status).toBe(200)
    return body as { accepted: number; duplicates: number; errors: { id?: string; index: number; code: string }[] }
  }
  const ask = async (quantity?: number, meter = 'requests') => {
    const asked = { account, meter, ...(quantity !== undefined && { quantity }) }
    return (await portal.asApp('POST', '/v1/checks', asked)).body as { allowed: boolean; problem?: { reason: string } }
  }
  return { account, customer, report, ask }
}

test('a limit is reached by what was reported, at once', async () => {
  const { report, ask } = await enter()
  expect(await report({ quantity: 60 }, { quantity: 39 })).toEqual({ accepted: 2, duplicates: 0, errors: [] })
  expect(await ask()).toMatchObject({ allowed: true })
  await report({})
  expect(await ask()).toMatchObject({ allowed: false, problem: { reason: 'usage_limit_exceeded' } })
})

test('every wrong event is named, and the right ones beside it are counted', async () => {
  const { report, ask } = await enter()
  const { now } = portal.clock
  await report({ id: 'kept', quantity: 2 })
  const { accepted, duplicates, errors } = await report(
    { id: 'good', quantity: 50 },
    { id: 'negative', quantity: -1 },
    { id: 'stranger', account: 'acct_nobody' },
    { id: 'meter', meter: 'tiles' },
    { id: 'old', at: now - 35 * DAY - 1 },
    { id: 'not too old', at: now },
    { id: 'early', at: now + 301 },
    { id: 'in-time', at: now + 300 },
    { id: 'text', quantity: '5' },
    { id: 'extra', colour: 'red' },
    { id: 'kept', quantity: 3 },
    { id: 'good', quantity: 50 },
    { id: 'good', quantity: 51 },
  )
  expect([accepted, duplicates]).toEqual([2, 1])
  expect(errors.map(({ index, id, code }) => [index, id, code])).toEqual([
    [1, 'negative', 'negative_quantity'],
    [2, 'stranger', 'unknown_account'],
    [3, 'meter', 'unknown_meter'],
    [4, 'old', 'too_old'],
    [5, 'not too old', 'invalid_event'],
    [6, 'early', 'in_future'],
    [8, 'text', 'invalid_event'],
    [9, 'extra', 'invalid_event'],
    [10, 'kept', 'id_reused'],
    [12, 'good', 'id_reused'],
  ])
  expect(await ask(47)).toMatchObject({ allowed: true })
  expect(await ask(48)).toMatchObject({ allowed: false })
})

test('what is no event at all has an index and no id', async () => {
  const { body } = await portal.asApp('POST', '/v1/usage', { events: [null, 7, {}] })
  expect(body).toMatchObject({ accepted: 0, errors: [{ index: 0 }, { index: 1 }, { index: 2 }] })
})

test.each([
  ['no events', []],
  ['more than a thousand', Array.from({ length: 1_001 }, () => ({}))],
])('%s are refused as a whole', async (_, events) => {
  const { status, body } = await portal.asApp('POST', '/v1/usage', { events })
  expect([status, body]).toEqual([400, expect.objectContaining({ code: 'invalid-request' })])
})

test('an app reports for its own accounts only, and nobody without a key', async () => {
  const { account } = await enter()
  const events = [{ id: 'e', account, meter: 'requests', quantity: 100 }]
  const { body } = await portal.asApp('POST', '/v1/usage', { events }, otherAppKey)
  expect(body).toMatchObject({ accepted: 0, errors: [{ code: 'unknown_account' }] })
  expect((await portal.ask('POST', '/v1/usage', { body: { events } })).status).toBe(401)
})

test('an event that is sent again counts once, with its time, without it, and in many batches at once', async () => {
  const { report, ask } = await enter()
  const [dated, plain] = [
    { id: randomUUID(), quantity: 10, at: portal.clock.now - HOUR },
    { id: randomUUID(), quantity: 10 },
  ]
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => report(...(index % 2 === 0 ? [dated, plain] : [plain, dated]))),
  )
  expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(2)
  expect(answers.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(38)
  portal.clock.now += 60
  expect(await report(dated, plain)).toEqual({ accepted: 0, duplicates: 2, errors: [] })
  expect((await report({ ...dated, at: portal.clock.now })).errors).toMatchObject([{ code: 'id_reused' }])
  portal.clock.now -= 60
  expect([await ask(80), await ask(81)]).toMatchObject([{ allowed: true }, { allowed: false }])
})

test('one account’s event id is not another’s', async () => {
  const [one, other] = [await enter(), await enter()]
  const id = randomUUID()
  await one.report({ id, quantity: 5 })
  expect((await other.report({ id, quantity: 5 })).errors).toMatchObject([{ id, code: 'id_reused' }])
})

test('a meter without any report is unknown, which refuses nobody; a report of nothing makes it known', async () => {
  const { report, ask } = await enter()
  expect(await ask(101)).toMatchObject({ allowed: true })
  await report({ quantity: 0 })
  expect(await ask(100)).toMatchObject({ allowed: true })
  expect(await ask(101)).toMatchObject({ allowed: false, problem: { reason: 'usage_limit_exceeded' } })
})

test('a period begins at its very second: what came before it is counted there, however late it comes', async () => {
  const { customer, report, ask } = await enter()
  const { data } = await bench.stripe.subscriptions.list({ customer })
  const since = data[0]?.items.data[0]?.current_period_start ?? 0
  expect(since % DAY).not.toBe(0)
  await report({ quantity: 90, at: since - 1 }, { quantity: 7, at: since }, { quantity: 3, at: since + 3 * DAY })
  expect([await ask(90), await ask(91)]).toMatchObject([{ allowed: true }, { allowed: false }])
  await report({ quantity: 10, at: since - HOUR })
  expect(await ask(90)).toMatchObject({ allowed: true })
})

test('a thousand events are taken in one go, quickly', async () => {
  const { report, ask } = await enter()
  const events = Array.from({ length: 1_000 }, (_, index) => ({ quantity: 0.05, at: portal.clock.now - index * 60 }))
  const began = performance.now()
  expect(await report(...events)).toEqual({ accepted: 1_000, duplicates: 0, errors: [] })
  const took = performance.now() - began
  expect([await ask(50), await ask(51)]).toMatchObject([{ allowed: true }, { allowed: false }])
  // Ten times what is promised: machines that run tests are busy.
  expect(took).toBeLessThan(1_000)
})

test('reports and checks at the same time: no report is lost, and whoever is over the limit is refused', async () => {
  const { report, ask } = await enter()
  await Promise.all(Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? report({ quantity: 4 }) : ask())))
  expect([await ask(0), await ask()]).toMatchObject([{ allowed: true }, { allowed: false }])
})
