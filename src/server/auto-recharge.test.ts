import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { OffersSchema } from '#contract/offer.ts'
import { healthy } from '#sandbox/demo/building.ts'
import { saveCard, type Studio } from '#sandbox/demo/customer.ts'
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
      plans: { team_monthly: { name: 'Team' } },
      meters: { lookups: { name: 'Geocoding', unit: 'lookups', credits: 1 } },
      credits: {
        packs: { credits_1000: { name: '1,000 credits', credits: 1_000 } },
        autoRecharge: true,
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
afterEach(async () => {
  portal.clock.now = studio.now
  await desk.heal()
})

const payCall = '^/v1/invoices/in_\\w+/pay$'
/** The SDK itself takes its time before it asks a second time. */
const soon = { timeout: 10_000 }
const euro = (amount: number) => ({ amount, currency: 'eur' })
const wish = { on: true, pack: 'credits_1000', threshold: 100, monthly: euro(30_00) }

async function enter() {
  const stay = await desk.enter(healthy(studio, who))
  const { account, customer, browser } = stay
  return {
    ...stay,
    set: async (more: object = {}) => {
      await browser.enter(account)
      return put(browser.cookie, { ...wish, ...more })
    },
    use: async (quantity: number) => {
      const event = { id: randomUUID(), account, meter: 'lookups', quantity }
      expect((await portal.asApp('POST', '/v1/usage', { events: [event] })).body).toMatchObject({ accepted: 1 })
    },
    charges: () => desk.charges(customer),
    balance: async () => {
      const { body } = await portal.asApp('POST', '/v1/checks', { account, meter: 'lookups', quantity: 1_000_000 })
      return (body as { problem: { blockers: { detail: { balance: number } }[] } }).problem.blockers[0]?.detail.balance
    },
    offered: async () => OffersSchema.parse((await browser.get('/api/offers')).body).autoRecharge,
    warnings: async () => {
      const { body } = await browser.get('/api/overview')
      return (body as { diagnosis: { warnings: { reason: string }[] } }).diagnosis.warnings.map(({ reason }) => reason)
    },
  }
}

function put(cookie: string | undefined, body: object) {
  const { origin } = portal.config
  const headers = { origin, 'x-portal-csrf': '1', ...(cookie !== undefined && { cookie }) }
  return portal.ask('PUT', '/api/auto-recharge', { body, headers })
}

test('it is off and proposed until the customer switches it on', async () => {
  const { offered, set, charges } = await enter()
  expect(await offered()).toEqual({ on: false, pack: 'credits_1000', threshold: 100, monthly: euro(50_00) })
  expect(await set({ on: false, threshold: 7 })).toMatchObject({ status: 200, body: { on: false, threshold: 7 } })
  expect(await offered()).toMatchObject({ on: false, threshold: 7 })
  expect(await charges()).toEqual([])
})

test('below the threshold a pack is bought with the default card, once however many reports say so', async () => {
  const { set, use, charges, balance } = await enter()
  await set()
  await expect.poll(balance, soon).toBe(1_000)
  await use(900)
  expect(await balance()).toBe(100)
  await Promise.all(Array.from({ length: 20 }, () => use(1)))
  await expect.poll(balance, soon).toBe(1_080)
  expect(await charges()).toEqual([10_00, 10_00])
})

test('a month’s sum is never passed, the stop is told, and the next month buys again', async () => {
  const { set, use, charges, balance, warnings } = await enter()
  await set()
  await use(2_950)
  await expect.poll(async () => (await charges()).length, soon).toBe(3)
  await use(100)
  await expect.poll(warnings, soon).toEqual(['credits_exhausted'])
  expect([(await charges()).length, await balance()]).toEqual([3, 0])
  // From every day of every month this is in another one.
  portal.clock.now += 31 * 86_400
  await use(0)
  await expect.poll(balance, soon).toBe(950)
})

test('a refused card switches it off and says so; nothing is tried again until the customer says so', async () => {
  const { customer, set, use, charges, balance, offered, warnings } = await enter()
  await saveCard(studio, { id: customer }, 'pm_card_chargeCustomerFail')
  await set()
  await expect.poll(warnings, soon).toEqual(['credits_exhausted'])
  expect([await offered(), await charges()]).toMatchObject([{ on: false }, []])
  await use(1)
  const before = await declined(customer)
  await use(1)
  await expect.poll(balance, soon).toBe(0)
  expect([before, await declined(customer)]).toEqual([1, 1])
  await saveCard(studio, { id: customer }, 'pm_card_visa')
  portal.clock.now += 10
  await set()
  await expect.poll(balance, soon).toBe(998)
  expect([await warnings(), await charges()]).toEqual([[], [10_00]])
})

async function declined(customer: string): Promise<number> {
  const { charges } = (await bench.lever('GET', `ledger?customer=${customer}`)) as { charges: { status: string }[] }
  return charges.filter(({ status }) => status === 'failed').length
}

test('a bank account that cannot pay in the currency of the pack is not agreed to, and not asked', async () => {
  const { customer, set, charges, offered } = await enter()
  expect((await set()).status).toBe(200)
  await expect.poll(charges, soon).toEqual([10_00])
  await saveCard(studio, { id: customer }, 'pm_usBankAccount_success')
  const { status, body } = await set()
  expect([status, body]).toMatchObject([400, { errors: [{ path: 'on', message: expect.stringContaining('eur') }] }])
  expect([await offered(), await charges()]).toMatchObject([{ on: true }, [10_00]])
})

test('a bank that wants to see the person is not asked again without them', async () => {
  const { customer, set, charges, warnings } = await enter()
  await saveCard(studio, { id: customer }, 'pm_card_authenticationRequired')
  await set()
  await expect.poll(warnings, soon).toEqual(['credits_exhausted'])
  expect(await charges()).toEqual([])
})

test.each([
  ['answers 500 after it took the money', 'error_after_effect'],
  ['hangs', 'hang'],
  ['breaks off', 'reset'],
] as const)('when Stripe %s, what became of it is looked at before anything else is bought', async (_, kind) => {
  const { set, use, charges, balance } = await enter()
  const fault = { method: 'POST', path: payCall, kind, delay_ms: 100 } as const
  await desk.fault({ ...fault, times: kind === 'reset' ? 2 : 1 })
  await set()
  await use(1)
  portal.clock.now += 5
  await use(1)
  await expect.poll(balance, soon).toBe(998)
  expect(await charges()).toEqual([10_00])
})

test('when neither the answer nor the look afterwards comes, nothing is bought until it is known what became of it', async () => {
  const { customer, set, use, charges, balance } = await enter()
  await desk.fault({ method: 'POST', path: payCall, kind: 'hang', delay_ms: 300 })
  await set()
  await expect.poll(faultsLeft, soon).toBe(0)
  await desk.fault({ method: 'GET', path: '^/v1/(invoices|prices|customers/cus_)', kind: 'reset', times: 1_000 })
  await expect.poll(charges, soon).toEqual([10_00])
  await use(1)
  await use(1)
  expect(await charges()).toEqual([10_00])
  await desk.heal()
  portal.clock.now += 1
  await use(1)
  await expect.poll(balance, soon).toBe(997)
  const { data } = await bench.stripe.invoices.list({ customer, limit: 100 })
  expect(data.filter(({ metadata }) => metadata?.['fix402_credits'])).toHaveLength(1)
})

async function faultsLeft(): Promise<number> {
  const { faults } = (await bench.lever('GET', 'faults')) as { faults: { times: number }[] }
  return faults.reduce((sum, { times }) => sum + times, 0)
}

test.each([
  ['pack', 'that is not sold', { pack: 'credits_5' }],
  ['monthly', 'below the price of a pack', { monthly: euro(9_99) }],
  ['monthly', 'in another currency', { monthly: { amount: 30_00, currency: 'usd' } }],
])('a %s %s is refused at its field', async (path, _, more) => {
  const { set, charges } = await enter()
  const { status, body } = await set(more)
  expect([status, body]).toEqual([400, expect.objectContaining({ errors: [{ path, message: expect.any(String) }] })])
  expect(await charges()).toEqual([])
})

test('without a card on file it cannot be switched on', async () => {
  const account = `acct_${randomUUID()}`
  await portal.register(account, { stripe_customer: (await bench.stripe.customers.create()).id })
  const browser = portal.browser()
  await browser.enter(account)
  expect(await put(browser.cookie, wish)).toMatchObject({ status: 400, body: { errors: [{ path: 'on' }] } })
})

test.each(['sam', 'vic'])('%s, who may not pay, sets nothing', async (member) => {
  const { account, charges } = await enter()
  const person = portal.browser()
  await person.enter(account, member)
  expect([(await put(person.cookie, wish)).status, await charges()]).toEqual([403, []])
})

test('where the merchant does not allow it, it is neither offered nor set', async () => {
  const merchant = {
    plans: { team_monthly: { name: 'Team' } },
    credits: { packs: { credits_1000: { name: '1,000 credits', credits: 1_000 } } },
  }
  const strict = await openTestPortal(bench.origin, { merchant })
  const { browser } = await openDesk(strict, bench).enter(healthy(studio, who))
  const { body } = await browser.get('/api/offers')
  expect(OffersSchema.parse(body)).not.toHaveProperty('autoRecharge')
  const headers = { origin: strict.config.origin, 'x-portal-csrf': '1', cookie: browser.cookie ?? '' }
  expect((await strict.ask('PUT', '/api/auto-recharge', { body: wish, headers })).status).toBe(404)
  await strict.close()
})
