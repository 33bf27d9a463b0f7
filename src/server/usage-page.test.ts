import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { UsagePageSchema } from '#contract/usage-page.ts'
import { healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk } from './stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const DAY = 86_400
let bench: Bench
let portal: TestPortal
let desk: Desk
let studio: Studio

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, {
    merchant: {
      plans: {
        team_monthly: {
          name: 'Team',
          limits: { requests: { included: 1_000 }, exports: { included: 10, hard: false }, tiles: { included: 50 } },
          seats: 5,
          rates: { requests: { limit: 600, seconds: 60 } },
        },
      },
      meters: {
        requests: { name: 'Map requests', unit: 'requests' },
        routes: { name: 'Routing', unit: 'routes', price: { amount: 40, currency: 'eur', per: 100 } },
        lookups: { name: 'Geocoding', unit: 'lookups', credits: 1 },
        unsold: { name: 'Not for sale', unit: 'things' },
      },
      credits: {
        packs: { credits_1000: { name: '1,000 credits', credits: 1_000 } },
        expireDays: 30,
        autoRecharge: true,
      },
      spendCap: { initial: { amount: 50_00, currency: 'eur' } },
    },
  })
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})
afterEach(async () => {
  portal.clock.now = studio.now
  await desk.heal()
})

async function enter() {
  const stay = await desk.enter(healthy(studio, who))
  const { account, customer, browser } = stay
  await portal.register(account, { stripe_customer: customer, seats: 3 })
  /** Signed in anew each time: the clock is moved, and sessions end. */
  const read = async (member = 'anna') => {
    await browser.enter(account, member)
    const { status, body } = await browser.get('/api/usage')
    expect(status).toBe(200)
    return UsagePageSchema.parse(body)
  }
  return {
    ...stay,
    read,
    meter: async (id: string) => (await read()).meters.find((one) => one.id === id),
    report: async (meter: string, quantity: number, more: object = {}) => {
      const events = [{ id: randomUUID(), account, meter, quantity, ...more }]
      expect((await portal.asApp('POST', '/v1/usage', { events })).body).toMatchObject({ accepted: 1 })
    },
    buy: async () => {
      await browser.enter(account)
      const method = await desk.otherCard(customer)
      const plan = { invoices: [], price: 'credits_1000', total: { amount: 10_00, currency: 'eur' } }
      expect((await browser.deed('buy-credits', { with: { method }, plan })).outcome).toEqual({ kind: 'done' })
    },
  }
}

test('every meter says what is used of what, and in words what happens beyond it', async () => {
  const { report, read } = await enter()
  await report('requests', 400)
  await report('exports', 12)
  await report('routes', 250)
  const { meters, plans, source, seats, rates } = await read()
  const shown = meters.map(({ id, used, included, beyond, price, cost }) => ({
    id,
    used,
    included,
    beyond,
    price,
    cost,
  }))
  expect(shown).toEqual([
    { id: 'requests', used: 400, included: 1_000, beyond: 'stops' },
    {
      id: 'routes',
      used: 250,
      beyond: 'priced',
      price: { amount: 40, currency: 'eur', per: 100 },
      cost: { amount: 100, currency: 'eur' },
    },
    { id: 'lookups', beyond: 'credits' },
    { id: 'exports', used: 12, included: 10, beyond: 'free' },
    { id: 'tiles', included: 50, beyond: 'stops' },
  ])
  expect({ plans, source, seats }).toEqual({ plans: ['Team'], source: 'live', seats: { used: 3, seats: 5 } })
  expect(rates).toEqual([{ meter: 'requests', name: 'Map requests', unit: 'requests', limit: 600, seconds: 60 }])
})

test('a meter without any report is unknown, and one with a report of nothing is known to be zero', async () => {
  const { report, meter } = await enter()
  expect(await meter('requests')).not.toHaveProperty('used')
  await report('requests', 0)
  expect(await meter('requests')).toMatchObject({ used: 0, reported: portal.clock.now })
})

test('the purse says what is left, in which order it is drawn, when it expires and what drew it', async () => {
  const { buy, report, read } = await enter()
  await buy()
  const first = portal.clock.now
  portal.clock.now += DAY
  await buy()
  await report('lookups', 300)
  const { credits } = await read()
  expect(credits).toEqual({
    balance: 1_700,
    lots: [
      { remaining: 700, bought: first, expires: first + 30 * DAY, name: '1,000 credits' },
      { remaining: 1_000, bought: first + DAY, expires: first + 31 * DAY, name: '1,000 credits' },
    ],
    drawn: [{ meter: 'lookups', name: 'Geocoding', credits: 300 }],
    recharge: { state: 'off' },
  })
})

test('members see the usage without any money, the spending limits neither', async () => {
  const { report, read } = await enter()
  await report('routes', 250)
  const shown = await read('sam')
  expect(shown.meters.find(({ id }) => id === 'routes')).toMatchObject({ used: 250, beyond: 'priced' })
  expect(JSON.stringify(shown)).not.toMatch(/eur|amount/)
  expect((await read()).caps).toHaveLength(1)
})

test('nothing is foretold in the first tenth of a period, nor with reports of fewer than three days', async () => {
  const { report, meter } = await enter()
  const { since } = (await meter('requests')) ?? { since: 0 }
  portal.clock.now = since + 2 * DAY
  await report('requests', 10, { at: since })
  expect((await meter('requests'))?.outlook).toEqual({ kind: 'early' })
  portal.clock.now = since + 9 * DAY
  await report('requests', 10)
  expect((await meter('requests'))?.outlook).toEqual({ kind: 'early' })
  await report('requests', 10, { at: since + 4 * DAY })
  expect((await meter('requests'))?.outlook?.kind).toBe('known')
})

const paces = [
  ['even use well below the limit lasts', 10, 'lasts'],
  ['even use far above it ends before the period does', 80, 'ends'],
  ['what is used up already is over', 150, 'over'],
] as const
test.each(paces)('%s', async (_, daily, pace) => {
  const { report, meter } = await enter()
  const { since = 0, resets = 0 } = (await meter('requests')) ?? {}
  portal.clock.now = since + 10 * DAY
  for (let day = 0; day < 10; day += 1) await report('requests', daily, { at: since + day * DAY })
  const { outlook } = (await meter('requests')) ?? {}
  expect(outlook).toMatchObject({ kind: 'known', pace })
  if (outlook?.kind !== 'known') return
  expect(outlook.low).toBeLessThanOrEqual(outlook.likely)
  expect(outlook.likely).toBeLessThanOrEqual(outlook.high)
  if (pace !== 'ends') return
  expect(outlook.ends).toBeGreaterThan(portal.clock.now)
  expect(outlook.ends).toBeLessThan(resets)
})

test('use that changes from day to day is foretold less sharply than even use', async () => {
  const spread = async (quantities: readonly number[]) => {
    const { report, meter } = await enter()
    const { since = 0 } = (await meter('requests')) ?? {}
    portal.clock.now = since + quantities.length * DAY
    for (const [day, quantity] of quantities.entries()) await report('requests', quantity, { at: since + day * DAY })
    const { outlook } = (await meter('requests')) ?? {}
    portal.clock.now = studio.now
    return outlook?.kind === 'known' ? outlook.high - outlook.low : 0
  }
  const even = await spread([20, 20, 20, 20, 20, 20])
  expect(await spread([0, 60, 0, 60, 0, 0])).toBeGreaterThan(even + 100)
})

test('while Stripe does not answer the figures are there, by the period that was last read', async () => {
  const { report, read } = await enter()
  await report('requests', 5)
  const before = await read()
  portal.clock.now += 60
  await report('requests', 5)
  await desk.fault({ method: 'GET', path: '^/v1/', kind: 'error', status: 429, times: 1_000 })
  const after = await read()
  expect(after).toMatchObject({ source: 'mirror', asOf: before.asOf })
  const [then, now] = [before, after].map(({ meters }) => meters.find(({ id }) => id === 'requests'))
  expect(now).toMatchObject({ used: 10, since: then?.since, resets: then?.resets })
})

test('guests and strangers see no usage', async () => {
  expect((await portal.browser().get('/api/usage')).status).toBe(401)
})
