import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from './stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const DAY = 86_400
let bench: Bench
let portal: TestPortal
let prepaid: TestPortal
let studio: Studio
let desk: Desk
let prepaidDesk: Desk

const meters = {
  lookups: { name: 'Geocoding', unit: 'lookups', credits: 1 },
  tiles: { name: 'Tiles', unit: 'tiles', credits: 0.001 },
}
const credits = { packs: { credits_1000: { name: '1,000 credits', credits: 1_000 } }, expireDays: 30 }

beforeAll(async () => {
  bench = await openBench()
  const plans = {
    team_monthly: { name: 'Team', limits: { lookups: { included: 100 } } },
    business_monthly: { name: 'Business', limits: { lookups: { included: 500 } } },
  }
  portal = await openTestPortal(bench.origin, { merchant: { plans, meters, credits } })
  prepaid = await openTestPortal(bench.origin, { merchant: { meters, credits: { ...credits, prepaid: true } } })
  desk = openDesk(portal, bench)
  prepaidDesk = openDesk(prepaid, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await prepaid?.close()
  await bench?.close()
})
afterEach(() => {
  portal.clock.now = studio.now
  prepaid.clock.now = studio.now
})

/** An account at one of the two portals: it buys packs, its app reports and asks. */
async function enter(at: TestPortal, its: Desk) {
  const stay: Stay = await its.enter(healthy(studio, who))
  const method = await its.otherCard(stay.customer)
  const total = { amount: 10_00, currency: 'eur' }
  const { account } = stay
  return {
    ...stay,
    buy: async () => {
      const request = { with: { method }, plan: { invoices: [], price: 'credits_1000', total } }
      await stay.browser.enter(account)
      expect((await stay.browser.deed('buy-credits', request)).outcome).toEqual({ kind: 'done' })
    },
    use: async (quantity: number, more: object = {}) => {
      const event = { id: randomUUID(), account, meter: 'lookups', quantity, ...more }
      expect((await at.asApp('POST', '/v1/usage', { events: [event] })).body).toMatchObject({ accepted: 1 })
    },
    ask: async (quantity: number, meter = 'lookups') => {
      const { body } = await at.asApp('POST', '/v1/checks', { account, meter, quantity })
      return body as { allowed: boolean; problem?: Record<string, unknown> }
    },
    /** Found by asking for so many that there are not enough. */
    balance: async () => {
      const { body } = await at.asApp('POST', '/v1/checks', { account, meter: 'lookups', quantity: 1_000_000 })
      const { problem } = body as { problem: { blockers: { detail: { balance: number } }[] } }
      return problem.blockers[0]?.detail.balance
    },
  }
}

const member = () => enter(portal, desk)
const payer = () => enter(prepaid, prepaidDesk)

test('before anything was bought the balance is known to be zero', async () => {
  const { ask } = await payer()
  expect(await ask(1)).toMatchObject({ allowed: false, problem: { reason: 'credits_exhausted' } })
})

test('what the plan includes comes first, and only what is beyond it draws credits', async () => {
  const { buy, use, ask, balance } = await member()
  await use(90)
  expect(await ask(10)).toMatchObject({ allowed: true })
  await buy()
  await use(30)
  expect(await balance()).toBe(980)
  expect([await ask(980), await ask(981)]).toMatchObject([{ allowed: true }, { allowed: false }])
})

test('parts of credits are kept to the last digit, and shown rounded down', async () => {
  const { buy, use, balance, ask } = await payer()
  await buy()
  for (const quantity of [1, 1, 1]) await use(quantity, { meter: 'tiles' })
  expect(await balance()).toBe(999)
  await use(996.997)
  // 1,000 less 0.003 and less 996.997 is three exactly, where floating point would have a little less.
  expect(await balance()).toBe(3)
  expect([await ask(3_000, 'tiles'), await ask(3_001, 'tiles')]).toMatchObject([{ allowed: true }, { allowed: false }])
})

test('what was used beyond the balance is paid by the next pack', async () => {
  const { buy, use, balance } = await payer()
  await use(300)
  expect(await balance()).toBe(0)
  await buy()
  expect(await balance()).toBe(700)
})

test('credits expire with their pack, the oldest are used first, and what expired is gone', async () => {
  const { buy, use, balance } = await payer()
  await buy()
  prepaid.clock.now += 10 * DAY
  await buy()
  await use(1_200)
  expect(await balance()).toBe(800)
  // The first pack is over, but it was used up: nothing is lost by it.
  prepaid.clock.now = studio.now + 30 * DAY
  expect(await balance()).toBe(800)
  prepaid.clock.now = studio.now + 40 * DAY - 1
  expect(await balance()).toBe(800)
  prepaid.clock.now += 1
  expect(await balance()).toBe(0)
})

test('what is left of a pack that expires is taken from the balance, and the other pack stays', async () => {
  const { buy, use, balance } = await payer()
  await buy()
  prepaid.clock.now += 10 * DAY
  await buy()
  await use(400)
  prepaid.clock.now = studio.now + 30 * DAY
  expect(await balance()).toBe(1_000)
})

test('a report that comes in the next period is drawn in its own, where the plan still included some', async () => {
  const { account, buy, use, ask, balance } = await member()
  await buy()
  await use(60)
  await ask(1)
  const end = await periodEnd(account)
  portal.clock.now = end + DAY
  await renew(account, end)
  await use(90)
  await use(50, { at: end - 1 })
  // 60 + 50 before the end: ten beyond. 90 after it: none.
  expect(await balance()).toBe(990)
})

/** The end of the period that Stripe has at this moment. */
async function periodEnd(account: string): Promise<number> {
  const { data } = await bench.stripe.subscriptions.list({ customer: await customerOf(account) })
  return data[0]?.items.data[0]?.current_period_end ?? 0
}

async function customerOf(account: string): Promise<string> {
  const { body } = await portal.asApp('GET', `/v1/accounts/${account}`)
  return (body as { stripe_customer: string }).stripe_customer
}

/** Lets the customer's own clock run past the renewal. */
async function renew(account: string, end: number): Promise<void> {
  const customer = await bench.stripe.customers.retrieve(await customerOf(account))
  const clock = customer.deleted ? undefined : customer.test_clock
  const id = typeof clock === 'string' ? clock : clock?.id
  await bench.stripe.testHelpers.testClocks.advance(id ?? '', { frozen_time: end + DAY })
  const status = async () => (await bench.stripe.testHelpers.testClocks.retrieve(id ?? '')).status
  await expect.poll(status).toBe('ready')
  await portal.asApp('POST', '/v1/checks', { account, fresh: true })
}

test('many reports and questions at once draw each credit once', async () => {
  const { buy, use, ask, balance } = await payer()
  await buy()
  await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? use(7.5) : ask(1))))
  expect(await balance()).toBe(850)
})

test('without a subscription a meter is drawn by the calendar month, each unit once', async () => {
  const { buy, use, balance } = await payer()
  await buy()
  const today = new Date(studio.now * 1_000)
  const nextMonth = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1) / 1_000
  prepaid.clock.now = nextMonth - 1
  await use(100)
  expect(await balance()).toBe(900)
  prepaid.clock.now = nextMonth
  await use(10)
  expect(await balance()).toBe(890)
})

test('a smaller request that would pass is said to the program', async () => {
  const { buy, ask } = await payer()
  await buy()
  expect(await ask(1_500)).toMatchObject({
    problem: {
      retry: 'smaller_request',
      subject: { requested: 1_500, remaining: 1_000 },
      blockers: [{ reason: 'credits_exhausted', detail: { meter: 'lookups', balance: 1_000, needed: 1_500 } }],
    },
  })
  expect(await ask(1_000)).toMatchObject({ allowed: true })
})

test('a larger plan in the middle of a period includes more, and gives nothing back that was drawn', async () => {
  const { buy, use, balance, subscriptions } = await member()
  await buy()
  await use(150)
  expect(await balance()).toBe(950)
  const [id = ''] = subscriptions
  const { items } = await bench.stripe.subscriptions.retrieve(id)
  await bench.stripe.subscriptions.update(id, {
    items: [{ id: items.data[0]?.id ?? '', price: studio.prices.business_monthly }],
    proration_behavior: 'none',
  })
  portal.clock.now += 11
  await use(150)
  expect(await balance()).toBe(950)
  await use(300)
  expect(await balance()).toBe(900)
})
