import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { offerOf, offersTo, openMarket, planFrom, type Market } from './stripe/test-market.ts'
import type { Stay } from './stripe/test-desk.ts'

let bench: Bench
let market: Market

beforeAll(async () => {
  bench = await openBench()
  market = await openMarket(bench)
})
afterAll(async () => {
  await market?.portal.close()
  await bench?.close()
})
afterEach(() => market.desk.heal())

const keysOf = async (stay: Stay, query = '') => (await offersTo(stay, query)).plans.map(({ key }) => key)
const helpful = async (stay: Stay, query: string) =>
  (await offersTo(stay, query)).plans.flatMap(({ key, helps }) => (helps ? [key] : []))

test('a plan is offered with all that it gives, what it costs, and which one it replaces', async () => {
  const acme = await market.enter('team_monthly')
  expect(await offerOf(acme, 'business_monthly')).toEqual({
    key: 'business_monthly',
    name: 'Business',
    price: { amount: 149_00, currency: 'eur' },
    interval: { unit: 'month', count: 1 },
    quantity: 1,
    features: ['tiles', 'offline_maps'],
    limits: [{ meter: 'requests', name: 'Map requests', unit: 'requests', included: 1_000_000 }],
    seats: 25,
    current: false,
    helps: false,
    subscription: acme.subscriptions[0],
    quote: { due: { amount: expect.any(Number), currency: 'eur' }, proratedAt: market.portal.clock.now },
    changes: [
      { kind: 'feature', feature: 'offline_maps', gained: true },
      {
        kind: 'limit',
        meter: { id: 'requests', name: 'Map requests', unit: 'requests' },
        before: { included: 100_000, hard: true },
        after: { included: 1_000_000, hard: true },
      },
      { kind: 'seats', before: 5, after: 25 },
    ],
  })
})

test('only what the merchant offers and Stripe sells is offered, in the merchant’s order and the account’s currency', async () => {
  const euro = ['starter_monthly', 'team_monthly', 'business_monthly', 'studio_monthly', 'pro_yearly']
  expect(await keysOf(await market.enter('team_monthly'))).toEqual(euro)
  expect(await keysOf(await market.newcomer())).toEqual(euro)
  expect(await keysOf(await market.enter('team_monthly_jpy'))).toEqual(['team_monthly_jpy', 'business_monthly_jpy'])
  expect(await keysOf(await market.enter('team_monthly_kwd'))).toEqual(['team_monthly_kwd', 'business_monthly_kwd'])
})

test('a price that is no longer sold is gone within a minute', async () => {
  const acme = await market.enter('team_monthly')
  await keysOf(acme)
  await bench.stripe.prices.update(market.prices.starter_monthly, { active: false })
  market.portal.clock.now += 61
  expect(await keysOf(acme)).not.toContain('starter_monthly')
  await bench.stripe.prices.update(market.prices.starter_monthly, { active: true })
  market.portal.clock.now += 61
})

test('the plan they have is there to be compared, and costs nothing', async () => {
  const acme = await market.enter('team_monthly')
  const current = (await offersTo(acme)).plans.filter((plan) => plan.current)
  expect(current).toMatchObject([{ key: 'team_monthly', quote: { due: { amount: 0, currency: 'eur' } } }])
  const request = {
    with: { method: await market.desk.otherCard(acme.customer) },
    plan: planFrom(await offerOf(acme, 'team_monthly')),
  }
  expect((await acme.browser.deed('choose-plan', request)).outcome).toEqual({ kind: 'done' })
  expect(await market.desk.charges(acme.customer)).toEqual([])
})

test('a plan by the seat is offered with as many seats as are taken, or wished for', async () => {
  const acme = await market.enter('team_monthly')
  expect((await offerOf(acme, 'studio_monthly')).quantity).toBe(1)
  await market.portal.register(acme.account, { stripe_customer: acme.customer, seats: 4 })
  const check = await market.refuse(acme, { meter: 'seats', quantity: 2 })
  expect(await offerOf(acme, 'studio_monthly', `?check=${check}`)).toMatchObject({
    quantity: 6,
    seats: 6,
    price: { amount: 72_00, currency: 'eur' },
  })
  expect((await offerOf(acme, 'studio_monthly', '?seats=9')).quantity).toBe(9)
})

test('seats are quoted as they are charged', async () => {
  const acme = await market.enter('starter_monthly')
  const offer = await offerOf(acme, 'studio_monthly', '?seats=4')
  expect(offer.quote.due.amount).toBeGreaterThan(0)
  const request = { with: { method: await market.desk.otherCard(acme.customer) }, plan: planFrom(offer) }
  expect((await acme.browser.deed('choose-plan', request)).outcome).toEqual({ kind: 'done' })
  expect(await market.desk.charges(acme.customer)).toEqual([offer.quote.due.amount])
})

test('who lacks a feature is shown which plans have it', async () => {
  const acme = await market.enter('team_monthly')
  const check = await market.refuse(acme, { feature: 'offline_maps' })
  expect(await helpful(acme, `?check=${check}`)).toEqual(['business_monthly'])
})

test('who wants for seats is shown which plans have enough of them', async () => {
  const acme = await market.enter('team_monthly')
  await market.portal.register(acme.account, { stripe_customer: acme.customer, seats: 5 })
  const check = await market.refuse(acme, { meter: 'seats' })
  expect(await helpful(acme, `?check=${check}`)).toEqual(['business_monthly', 'studio_monthly'])
})

test('where only the app knows the limit, the plans that include more of it help', async () => {
  const acme = await market.enter('team_monthly')
  const check = await acme.browser.enter(acme.account, 'anna', { reason: 'usage_limit_exceeded' })
  expect(await helpful(acme, `?check=${check}`)).toEqual(['business_monthly'])
})

test('whose plan ended is helped by every plan, and by none who is not blocked', async () => {
  const acme = await market.enter('team_monthly')
  expect(await helpful(acme, '')).toEqual([])
  await bench.stripe.subscriptions.cancel(acme.subscriptions[0] ?? '')
  expect(await helpful(acme, '')).toEqual(await keysOf(acme))
})

test('of several subscriptions the one with a plan to choose from is replaced, the other is left alone', async () => {
  const acme = await market.enter('addon_monthly')
  const { id } = await bench.stripe.subscriptions.create({
    customer: acme.customer,
    items: [{ price: market.prices.team_monthly }],
  })
  expect((await offerOf(acme, 'business_monthly')).subscription).toBe(id)
})

test('only the plan among several items is replaced, by one that is billed together with the rest', async () => {
  const items = [{ price: market.prices.addon_monthly }, { price: market.prices.team_monthly }]
  const acme = await market.enter('team_monthly', { items })
  expect(await keysOf(acme)).not.toContain('pro_yearly')
  const offer = await offerOf(acme, 'business_monthly')
  const request = { with: { method: await market.desk.otherCard(acme.customer) }, plan: planFrom(offer) }
  expect((await acme.browser.deed('choose-plan', request)).outcome).toEqual({ kind: 'done' })
  const { items: now } = await bench.stripe.subscriptions.retrieve(acme.subscriptions[0] ?? '')
  expect(now.data.map(({ price }) => price.lookup_key)).toEqual(
    expect.arrayContaining(['addon_monthly', 'business_monthly']),
  )
  expect(await market.desk.charges(acme.customer)).toEqual([offer.quote.due.amount])
})

test('another account’s check is not found', async () => {
  const [acme, other] = [await market.enter('team_monthly'), await market.enter('team_monthly')]
  const check = await other.browser.enter(other.account)
  expect((await acme.browser.get(`/api/offers?check=${check}`)).status).toBe(404)
  expect((await acme.browser.get('/api/offers?seats=none')).status).toBe(400)
  expect((await market.portal.browser().get('/api/offers')).status).toBe(401)
})

test('asking for offers changes nothing at Stripe', async () => {
  const acme = await market.enter('team_monthly')
  const before = await bench.stripe.events.list({ limit: 1 })
  await offersTo(acme)
  expect((await bench.stripe.events.list({ limit: 1 })).data[0]?.id).toBe(before.data[0]?.id)
  expect(await market.desk.charges(acme.customer)).toEqual([])
})
