import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { cardDeclined, healthy } from '#sandbox/demo/building.ts'
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
  portal = await openTestPortal(bench.origin)
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})
afterEach(() => desk.heal())

const outages = {
  'breaks every connection': { kind: 'reset' },
  'answers 500': { kind: 'error' },
  'answers 429': { kind: 'error', status: 429 },
  'no longer takes our key': { kind: 'error', status: 401 },
} as const
const stripeGoesDown = (outage: keyof typeof outages) =>
  desk.fault({ method: 'GET', path: '^/v1/', times: 1_000, ...outages[outage] })

async function check(account: string, fresh = false): Promise<unknown> {
  const { status, body } = await portal.asApp('POST', '/v1/checks', { account, fresh })
  expect(status).toBe(200)
  return body
}

test.each(Object.keys(outages) as (keyof typeof outages)[])(
  'when Stripe %s, a check goes by the last reading, and the visit says that it is one',
  async (outage) => {
    const good = await desk.enter(healthy(studio, who))
    const owing = await desk.enter(cardDeclined(studio, who))
    await check(good.account)
    await check(owing.account)
    const { now } = portal.clock
    portal.clock.now += 11
    await stripeGoesDown(outage)
    for (const fresh of [false, true]) {
      expect(await check(good.account, fresh)).toMatchObject({ allowed: true })
      expect(await check(owing.account, fresh)).toMatchObject({ allowed: false, problem: { reason: 'card_declined' } })
    }
    expect((await good.browser.get('/api/visit')).body).toMatchObject({
      diagnosis: { access: true, live: false, asOf: now },
      methods: [],
    })
    expect((await good.browser.get('/api/overview')).body).toMatchObject({ diagnosis: { live: false, asOf: now } })
  },
)

test.each(Object.keys(outages) as (keyof typeof outages)[])(
  'when Stripe %s and nothing was ever read, the app is told yes and the person that nobody could look',
  async (outage) => {
    const { customer } = await cardDeclined(studio, who)
    await stripeGoesDown(outage)
    const account = `acct_${customer}`
    await portal.register(account, { stripe_customer: customer })
    expect(await check(account)).toMatchObject({ allowed: true })
    const browser = portal.browser()
    const id = await browser.enter(account)
    expect((await browser.get('/api/visit')).body).toMatchObject({
      diagnosis: { verdict: 'unchecked', access: true, live: false, blockers: [] },
    })
    expect((await browser.post('/api/return', { check: id })).body).toEqual({ kind: 'still_blocked' })
  },
)

test('when Stripe is back the next look is a live one', async () => {
  const { account, invoice, customer, browser } = await desk.enter(cardDeclined(studio, who))
  await check(account)
  portal.clock.now += 11
  await stripeGoesDown('answers 429')
  expect(await check(account)).toMatchObject({ allowed: false })
  await desk.heal()
  await bench.stripe.invoices.pay(invoice, { payment_method: await desk.otherCard(customer) })
  expect(await check(account)).toMatchObject({ allowed: true })
  expect((await browser.get('/api/visit')).body).toMatchObject({ diagnosis: { verdict: 'clear', live: true } })
})

test('an account without a Stripe customer needs no Stripe to be judged', async () => {
  await stripeGoesDown('breaks every connection')
  await portal.register('acct_new')
  expect(await check('acct_new')).toMatchObject({ allowed: false, problem: { reason: 'unknown' } })
})

test('an account whose customer was deleted at Stripe is refused, not waved through', async () => {
  const { account, customer } = await desk.enter(healthy(studio, who))
  await bench.stripe.customers.del(customer)
  expect(await check(account, true)).toMatchObject({ allowed: false, problem: { reason: 'unknown' } })
})

test('twenty questions about one account in the same moment are one reading', async () => {
  const { account } = await desk.enter(healthy(studio, who))
  portal.clock.now += 11
  await desk.fault({ method: 'GET', path: '^/v1/customers/', kind: 'slow', times: 1_000, delay_ms: 50 })
  await Promise.all(Array.from({ length: 20 }, () => check(account)))
  const { faults } = (await bench.lever('GET', 'faults')) as { faults: { times: number }[] }
  expect(faults[0]?.times).toBe(999)
})
