import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Overview } from '#contract/overview.ts'
import type { UsagePage } from '#contract/usage-page.ts'
import { healthy, neverSubscribed, yen } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { emptyDataFolder } from '#server/store/test-folder.ts'
import type { Fault, Stay } from '#server/stripe/test-desk.ts'
import type { Desk } from '#server/test-identity.ts'
import {
  act,
  actsOf,
  openActs,
  pathTo,
  press,
  readByCustomer,
  refusedBecause,
  who,
  type ActStage,
} from './test-acts.ts'

const DAY = 86_400
const giveCall: Pick<Fault, 'method' | 'path'> = { method: 'POST', path: '^/v1/customers/\\w+/balance_transactions$' }
const folder = await emptyDataFolder()
const clock = { now: Math.floor(Date.now() / 1_000) }
let bench: Bench
let studio: Studio
let stage: ActStage
let operator: Desk

beforeAll(async () => {
  bench = await openBench()
  stage = await openActs(bench, { folder, clock })
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: clock.now }
})
afterAll(async () => {
  await stage?.close()
  await bench?.close()
  rmSync(folder, { recursive: true, force: true })
})
afterEach(async () => {
  await stage.customers.heal()
  clock.now = studio.now
})

async function enter(builder = healthy): Promise<Stay> {
  operator = await stage.desk('operator')
  return stage.customers.enter(builder(studio, who))
}
const money = (amount: number, currency = 'eur') => ({ gift: { kind: 'money', amount, currency } })
const credits = (amount: number) => ({ gift: { kind: 'credits', credits: amount } })
const give = ({ account }: Stay, body: object, key?: string) => act(operator, account, 'goodwill', body, key)
const tryTo = ({ account }: Stay, body: object) => press(operator, `${pathTo(account)}/goodwill`, body)
/** What Stripe has really given. */
const given = async ({ customer }: Stay) =>
  (await bench.stripe.customers.listBalanceTransactions(customer)).data.map(({ amount }) => amount)
const usage = async ({ browser }: Stay) => (await browser.get('/api/usage')).body as UsagePage

test('credits are there at once, expire as bought ones do, and their owner sees them and why', async () => {
  const acme = await enter()
  const { done, acts } = await give(acme, { ...credits(250), reason: 'For the outage of Monday' })
  expect(done).toEqual({ deed: 'goodwill', state: 'given' })
  expect(acts.goodwill).toMatchObject({
    credits: { most: 1_000, left: 750 },
    given: [{ credits: 250, state: 'given' }],
  })
  expect((await usage(acme)).credits).toMatchObject({
    balance: 250,
    lots: [{ remaining: 250, given: true, bought: clock.now, expires: clock.now + 365 * DAY }],
  })
  expect(await readByCustomer(stage, acme.account)).toMatchObject([
    { deed: 'goodwill', reason: 'For the outage of Monday' },
  ])
})

test('money comes off the next charge, where the customer reads it', async () => {
  const acme = await enter()
  const { done, acts } = await give(acme, money(20_00))
  expect(done).toEqual({ deed: 'goodwill', state: 'given' })
  expect(acts.goodwill.money).toEqual({
    most: { amount: 50_00, currency: 'eur' },
    left: { amount: 30_00, currency: 'eur' },
  })
  expect(await given(acme)).toEqual([-20_00])
  const { subscriptions } = (await acme.browser.get('/api/overview')).body as Overview
  expect(subscriptions[0]?.upcoming).toMatchObject({
    due: { amount: 29_00, currency: 'eur' },
    credit: { amount: 20_00, currency: 'eur' },
  })
})

test.each([
  ['credits', credits(400), 1_000, 400, 'gift.credits'],
  ['money', money(20_00), 50_00, 20_00, 'gift.amount'],
] as const)('%s that many give at the same time stay within the cap', async (_, gift, most, each, path) => {
  const acme = await enter()
  const answers = await Promise.all(Array.from({ length: 5 }, () => tryTo(acme, gift)))
  const done = answers.filter(({ status }) => status === 200).length
  expect(done).toBe(Math.floor(most / each))
  const refused = answers.filter(({ status }) => status !== 200).map(refusedBecause)
  expect(refused).toEqual(Array(5 - done).fill([400, [`${path}: over-cap`]]))
  expect(await readByCustomer(stage, acme.account)).toHaveLength(done)
  const credit = (await usage(acme)).credits?.balance ?? 0
  const off = (await given(acme)).reduce((sum, amount) => sum - amount, 0)
  expect(credit + off).toBe(done * each)
})

test('thirty days later there is room again', async () => {
  const acme = await enter()
  await give(acme, credits(1_000))
  expect((await tryTo(acme, credits(1))).status).toBe(400)
  clock.now += 30 * DAY
  operator = await stage.desk('operator')
  expect((await give(acme, credits(1_000))).done).toMatchObject({ state: 'given' })
})

test('a double click gives once', async () => {
  const acme = await enter()
  const key = randomUUID()
  const answers = await Promise.all([give(acme, money(10_00), key), give(acme, money(10_00), key)])
  expect(answers.map(({ done }) => 'state' in done && done.state)).toEqual(['given', 'given'])
  expect([await given(acme), (await readByCustomer(stage, acme.account)).length]).toEqual([[-10_00], 1])
})

test('money is given in the customer’s own currency only, and to nobody who never bought anything', async () => {
  const inYen = await enter(yen)
  expect(refusedBecause(await tryTo(inYen, money(1_000)))).toEqual([400, ['gift.amount: other-currency']])
  expect(refusedBecause(await tryTo(inYen, money(1_000, 'jpy')))).toEqual([400, ['gift.amount: other-currency']])
  expect(refusedBecause(await tryTo(await enter(neverSubscribed), money(10_00)))).toEqual([
    400,
    ['gift.kind: no-customer'],
  ])
  const account = `acct_${randomUUID()}`
  await stage.portal.register(account)
  expect(refusedBecause(await tryTo({ ...inYen, account }, money(10_00)))).toEqual([400, ['gift.kind: no-customer']])
  expect(await readByCustomer(stage, inYen.account)).toEqual([])
})

test('when Stripe’s answer is lost it is unknown, counts, and is found out with the same key: given once', async () => {
  const acme = await enter()
  const key = randomUUID()
  await stage.customers.fault({ ...giveCall, kind: 'error_after_effect' })
  const { done, acts } = await give(acme, money(30_00), key)
  expect(done).toEqual({ deed: 'goodwill', state: 'unknown' })
  expect(acts.goodwill).toMatchObject({ money: { left: { amount: 20_00 } }, given: [{ state: 'unknown' }] })
  expect(refusedBecause(await tryTo(acme, money(30_00)))).toEqual([400, ['gift.amount: over-cap']])
  await expect
    .poll(async () => {
      const { done: again } = await give(acme, money(30_00), key)
      return 'state' in again && again.state
    })
    .toBe('given')
  expect([await given(acme), (await readByCustomer(stage, acme.account)).length]).toEqual([[-30_00], 1])
})

test('what Stripe would not give counts for nothing', async () => {
  const acme = await enter()
  await stage.customers.fault({ ...giveCall, kind: 'error', status: 400 })
  expect((await give(acme, money(50_00))).done).toEqual({ deed: 'goodwill', state: 'refused' })
  expect((await give(acme, money(50_00))).done).toEqual({ deed: 'goodwill', state: 'given' })
  expect(await given(acme)).toEqual([-50_00])
})

test('while Stripe is silent nothing is promised and nothing is written', async () => {
  const acme = await enter()
  await stage.customers.fault({ method: 'GET', path: '^/v1/customers', kind: 'reset', times: 1_000 })
  expect(refusedBecause(await tryTo(acme, money(10_00)))).toEqual([503, 'stripe-unreachable'])
  await stage.customers.heal()
  expect(await readByCustomer(stage, acme.account)).toEqual([])
})

test.each([
  ['before Stripe heard of it', 'reset'],
  ['while Stripe was doing it', 'hang'],
] as const)(
  'a process that dies %s leaves a gift that the next one finishes, once',
  async (_, kind) => {
    const acme = await enter()
    await stage.customers.fault({ ...giveCall, kind, delay_ms: 400 })
    const left = async () => {
      const { faults } = (await bench.lever('GET', 'faults')) as { faults: { times: number }[] }
      return faults.reduce((sum, { times }) => sum + times, 0)
    }
    void tryTo(acme, money(15_00)).catch(() => undefined)
    await expect.poll(left).toBe(0)
    // The database goes first, as in a crash.
    await stage.close()
    clock.now += 61
    stage = await openActs(bench, { folder, clock })
    operator = await stage.desk('operator')
    const states = async () => (await actsOf(operator, acme.account)).goodwill.given.map(({ state }) => state)
    await expect.poll(states).toEqual(['given'])
    expect(await given(acme)).toEqual([-15_00])
  },
  60_000,
)

test.each([
  ['is found there', 'error_after_effect', 'given', [-15_00]],
  ['was never given', 'error', 'refused', []],
] as const)(
  'once Stripe may have forgotten the key, a gift is only looked for: one that %s',
  async (_, kind, state, entries) => {
    const acme = await enter()
    await stage.customers.fault({ ...giveCall, kind, status: 500 })
    expect((await give(acme, money(15_00))).done).toMatchObject({ state: 'unknown' })
    await stage.customers.heal()
    clock.now += DAY
    await stage.portal.close()
    stage = await openActs(bench, { folder, clock })
    operator = await stage.desk('operator')
    const states = async () => (await actsOf(operator, acme.account)).goodwill.given.map((gift) => gift.state)
    await expect.poll(states).toEqual([state])
    expect(await given(acme)).toEqual(entries)
  },
  60_000,
)

test('where the merchant lets nothing be given, nothing is offered and nothing given', async () => {
  const frugal = await openActs(bench, {}, { goodwill: undefined })
  const acme = await frugal.customers.enter(healthy(studio, who))
  const robin = await frugal.desk('admin')
  expect((await actsOf(robin, acme.account)).goodwill).toEqual({ given: [] })
  const refused = await press(robin, `${pathTo(acme.account)}/goodwill`, credits(1))
  expect(refusedBecause(refused)).toEqual([400, ['gift.kind: not-offered']])
  await frugal.close()
})
