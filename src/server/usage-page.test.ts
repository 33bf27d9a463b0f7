import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { healthy } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openUsageStage, type UsageStage } from './test-usage.ts'

const DAY = 86_400
let bench: Bench
let stage: UsageStage

async function build() {
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: Math.floor(Date.now() / 1_000) }
  return healthy(studio, { name: 'Acme GmbH', email: 'anna@acme.example' })
}

beforeAll(async () => {
  bench = await openBench()
  stage = await openUsageStage(bench, build)
})
afterAll(async () => {
  await stage?.close()
  await bench?.close()
})
afterEach(() => stage.reset())

test('every meter says what is used of what, and in words what happens beyond it', async () => {
  const { report, read } = await stage.enter()
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
  const { report, meter } = await stage.enter()
  expect(await meter('requests')).not.toHaveProperty('used')
  await report('requests', 0)
  expect(await meter('requests')).toMatchObject({ used: 0, reported: stage.portal.clock.now })
})

test('the purse says what is left, in which order it is drawn, when it expires and what drew it', async () => {
  const { buy, report, read } = await stage.enter()
  await buy()
  const first = stage.portal.clock.now
  stage.portal.clock.now += DAY
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
  const { report, read } = await stage.enter()
  await report('routes', 250)
  const shown = await read('sam')
  expect(shown.meters.find(({ id }) => id === 'routes')).toMatchObject({ used: 250, beyond: 'priced' })
  expect(JSON.stringify(shown)).not.toMatch(/eur|amount/)
  expect((await read()).caps).toHaveLength(1)
})

test('nothing is foretold in the first tenth of a period, nor with reports of fewer than three days', async () => {
  const { report, meter } = await stage.enter()
  const { since } = await meter('requests')
  stage.portal.clock.now = since + 2 * DAY
  await report('requests', 10, { at: since })
  expect((await meter('requests')).outlook).toEqual({ kind: 'early' })
  stage.portal.clock.now = since + 9 * DAY
  await report('requests', 10)
  expect((await meter('requests')).outlook).toEqual({ kind: 'early' })
  await report('requests', 10, { at: since + 4 * DAY })
  expect((await meter('requests')).outlook?.kind).toBe('known')
})

const paces = [
  ['even use well below the limit lasts', 10, 'lasts'],
  ['even use far above it ends before the period does', 80, 'ends'],
  ['what is used up already is over', 150, 'over'],
] as const
test.each(paces)('%s', async (_, daily, pace) => {
  const { report, meter } = await stage.enter()
  const { since, resets } = await meter('requests')
  stage.portal.clock.now = since + 10 * DAY
  for (let day = 0; day < 10; day += 1) await report('requests', daily, { at: since + day * DAY })
  const { outlook } = await meter('requests')
  expect(outlook).toMatchObject({ kind: 'known', pace })
  if (outlook?.kind !== 'known') return
  expect(outlook.low).toBeLessThanOrEqual(outlook.likely)
  expect(outlook.likely).toBeLessThanOrEqual(outlook.high)
  if (pace !== 'ends') return
  expect(outlook.ends).toBeGreaterThan(stage.portal.clock.now)
  expect(outlook.ends).toBeLessThan(resets)
})

test('use that changes from day to day is foretold less sharply than even use', async () => {
  const spread = async (quantities: readonly number[]) => {
    const { report, meter } = await stage.enter()
    const { since } = await meter('requests')
    stage.portal.clock.now = since + quantities.length * DAY
    for (const [day, quantity] of quantities.entries()) await report('requests', quantity, { at: since + day * DAY })
    const { outlook } = await meter('requests')
    stage.portal.clock.now = stage.start
    return outlook?.kind === 'known' ? outlook.high - outlook.low : 0
  }
  const even = await spread([20, 20, 20, 20, 20, 20])
  expect(await spread([0, 60, 0, 60, 0, 0])).toBeGreaterThan(even + 100)
})

test('while Stripe does not answer the figures are there, by the period that was last read', async () => {
  const { report, read } = await stage.enter()
  await report('requests', 5)
  const before = await read()
  stage.portal.clock.now += 60
  await report('requests', 5)
  await stage.desk.fault({ method: 'GET', path: '^/v1/', kind: 'error', status: 429, times: 1_000 })
  const after = await read()
  expect(after).toMatchObject({ source: 'mirror', asOf: before.asOf })
  const [then, now] = [before, after].map(({ meters }) => meters.find(({ id }) => id === 'requests'))
  expect(now).toMatchObject({ used: 10, since: then?.since, resets: then?.resets })
})

test('guests and strangers see no usage', async () => {
  expect((await stage.portal.browser().get('/api/usage')).status).toBe(401)
})
