import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { OffersSchema } from '#contract/offer.ts'
import { healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const packs = {
  credits_1000: { name: '1,000 credits', credits: 1_000 },
  credits_10000: { name: '10,000 credits', credits: 10_000 },
}
let bench: Bench
let portal: TestPortal
let studio: Studio
let desk: Desk
let acme: Stay
let method: string

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, {
    merchant: {
      plans: { team_monthly: { name: 'Team' } },
      meters: { lookups: { name: 'Geocoding', unit: 'lookups', credits: 1 } },
      credits: { packs },
    },
  })
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})
beforeEach(async () => {
  acme = await desk.enter(healthy(studio, who))
  method = await desk.otherCard(acme.customer)
})
afterEach(async () => {
  portal.clock.now = studio.now
  await desk.heal()
})

const charges = () => desk.charges(acme.customer)
const euro = (amount: number) => ({ amount, currency: 'eur' })
const plan = (more: object = {}) => ({ invoices: [], price: 'credits_1000', total: euro(10_00), ...more })
const buy = (key = randomUUID(), more: object = {}) =>
  acme.browser.deed('buy-credits', { with: { method }, plan: plan(more) }, key)

/** How many credits there are, found by asking for so many that there are not enough. */
async function balance(account = acme.account): Promise<unknown> {
  const asked = { account, meter: 'lookups', quantity: 1_000_000 }
  const { body } = await portal.asApp('POST', '/v1/checks', asked)
  const { problem } = body as { problem: { blockers: { reason: string; detail: { balance: number } }[] } }
  return problem.blockers.find(({ reason }) => reason === 'credits_exhausted')?.detail.balance
}

async function use(quantity: number): Promise<void> {
  const event = { id: randomUUID(), account: acme.account, meter: 'lookups', quantity }
  const { body } = await portal.asApp('POST', '/v1/usage', { events: [event] })
  expect(body).toEqual({ accepted: 1, duplicates: 0, errors: [] })
}

test('a pack is charged once for what was shown, and its credits are there', async () => {
  const check = await refusedCheck()
  const { outcome, visit } = await acme.browser.deed('buy-credits', { check, with: { method }, plan: plan() })
  expect([outcome, visit.diagnosis.verdict, await charges(), await balance()]).toEqual([
    { kind: 'done' },
    'clear',
    [10_00],
    1_000,
  ])
})

/** A check that was refused for want of credits. */
async function refusedCheck(): Promise<string> {
  const { body } = await portal.asApp('POST', '/v1/checks', { account: acme.account, actor: 'anna', meter: 'lookups' })
  return (body as { problem: { request_id: string } }).problem.request_id
}

test('the offer is what the deed charges, and says which pack is enough', async () => {
  await use(2_500)
  const check = await refusedCheck()
  const { body } = await acme.browser.get(`/api/offers?check=${check}`)
  expect(
    OffersSchema.parse(body).packs.map(({ key, credits, quote, helps }) => [key, credits, quote.due, helps]),
  ).toEqual([
    ['credits_1000', 1_000, euro(10_00), false],
    ['credits_10000', 10_000, euro(80_00), true],
  ])
  await buy(undefined, { price: 'credits_10000', total: euro(80_00) })
  expect([await charges(), await balance()]).toEqual([[80_00], 7_500])
})

test('twenty clicks with one intention, and twenty intentions at once, are one pack', async () => {
  const key = randomUUID()
  const same = await Promise.all(Array.from({ length: 20 }, () => buy(key)))
  expect([await charges(), await balance()]).toEqual([[10_00], 1_000])
  expect(new Set(same.map(({ outcome }) => outcome.kind))).toEqual(new Set(['done']))
  acme = await desk.enter(healthy(studio, who))
  method = await desk.otherCard(acme.customer)
  const many = await Promise.all(Array.from({ length: 20 }, () => buy()))
  expect([await charges(), await balance()]).toEqual([[10_00], 1_000])
  expect(new Set(many.map(({ outcome }) => outcome.kind))).toEqual(new Set(['done']))
})

test('who buys a second pack afterwards gets a second pack', async () => {
  await buy()
  await buy()
  expect([await charges(), await balance()]).toEqual([[10_00, 10_00], 2_000])
})

test('a second tab with an offer from before the purchase buys nothing', async () => {
  const { body } = await acme.browser.get('/api/offers')
  const proratedAt = OffersSchema.parse(body).packs[0]?.quote.proratedAt
  portal.clock.now += 5
  await buy(undefined, { proratedAt })
  expect((await buy(undefined, { proratedAt })).outcome).toEqual({ kind: 'stale' })
  expect([await charges(), await balance()]).toEqual([[10_00], 1_000])
})

test.each([
  ['another amount', { total: euro(9_99) }],
  ['more than it costs', { total: euro(10_01) }],
  ['another currency', { total: { amount: 10_00, currency: 'usd' } }],
  ['no sum', { total: undefined }],
  ['a pack that is not sold', { price: 'credits_5' }],
  ['a plan instead of a pack', { price: 'team_monthly', total: euro(49_00) }],
  ['two of it', { quantity: 2 }],
])('a plan that shows %s is stale and charges nothing', async (_, more) => {
  expect((await buy(undefined, more)).outcome).toEqual({ kind: 'stale' })
  expect([await charges(), await balance()]).toEqual([[], 0])
})

test('a declined pack is owed by nobody, and the next try pays the same invoice', async () => {
  const good = method
  method = await desk.otherCard(acme.customer, 'pm_card_chargeCustomerFail')
  const { outcome, visit } = await buy()
  expect([outcome.kind, visit.diagnosis.warnings, await balance()]).toEqual(['declined', [], 0])
  const { body } = await acme.browser.get('/api/overview')
  expect(body).toMatchObject({ openInvoices: [] })
  method = good
  expect((await buy()).outcome).toEqual({ kind: 'done' })
  const { data } = await bench.stripe.invoices.list({ customer: acme.customer, limit: 100 })
  expect(data.filter(({ amount_due: due }) => due === 10_00)).toHaveLength(1)
  expect([await charges(), await balance()]).toEqual([[10_00], 1_000])
})

const orders = async () => {
  const { data } = await bench.stripe.invoices.list({ customer: acme.customer, limit: 100 })
  return data.filter(({ metadata }) => metadata?.['fix402_credits']).map(({ id, status }) => ({ id, status }))
}

async function decline(more: object = {}): Promise<void> {
  const good = method
  method = await desk.otherCard(acme.customer, 'pm_card_chargeCustomerFail')
  expect((await buy(undefined, more)).outcome.kind).toBe('declined')
  method = good
}

test('who then buys another pack pays for that one only: the unpaid one is void', async () => {
  await decline()
  await buy(undefined, { price: 'credits_10000', total: euro(80_00) })
  expect(new Set((await orders()).map(({ status }) => status))).toEqual(new Set(['paid', 'void']))
  expect([await charges(), await balance()]).toEqual([[80_00], 10_000])
})

test('what was left unpaid for a day is taken away', async () => {
  await decline()
  portal.clock.now += 86_401
  await use(1)
  await expect.poll(async () => (await orders()).map(({ status }) => status)).toEqual(['void'])
  expect(await charges()).toEqual([])
})
