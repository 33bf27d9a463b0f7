import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { AppEventSchema } from '#contract/event.ts'
import { cardDeclined, healthy, inGrace } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from '#server/stripe/test-desk.ts'
import { members, openTestPortal, webhookSecret, type TestPortal } from '#server/test-portal.ts'
import { openReceiver, toldAt, type Receiver } from './test-receiver.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const HOUR = 3_600
const DAY = 24 * HOUR
let bench: Bench
let receiver: Receiver
let portal: TestPortal
let studio: Studio
let desk: Desk

beforeAll(async () => {
  bench = await openBench()
  receiver = await openReceiver()
  portal = await openTestPortal(bench.origin, {
    apps: [toldAt(receiver.url)],
    merchant: {
      plans: { team_monthly: { name: 'Team', limits: { requests: { included: 100 } } } },
      meters: {
        requests: { name: 'Map requests', unit: 'requests', thresholds: [] },
        routes: { name: 'Routing', unit: 'routes', price: { amount: 100, currency: 'eur' }, thresholds: [] },
      },
      spendCap: { initial: { amount: 5_00, currency: 'eur' } },
    },
  })
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await receiver?.close()
  await bench?.close()
})
afterEach(async () => {
  await desk.heal()
  portal.clock.now = studio.now
})

type Answer = { allowed: boolean; problem?: { reason: string; poll: { url: string } } }
const ask = async ({ account }: Pick<Stay, 'account'>, asked: object = {}) =>
  (await portal.asApp('POST', '/v1/checks', { account, ...asked })).body as Answer
const checkIn = ({ problem }: Answer) => problem?.poll.url.split('/').at(-1)
const told = (stay: Pick<Stay, 'account'>) => receiver.of(stay.account)
const types = (stay: Pick<Stay, 'account'>) => told(stay).map(({ type }) => type)

async function post(customer: string): Promise<void> {
  const event = { id: `evt_${randomUUID()}`, object: 'event', type: 'invoice.paid' }
  const payload = JSON.stringify({ ...event, data: { object: { object: 'invoice', customer } } })
  const timestamp = portal.clock.now
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp })
  await portal.ask('POST', '/webhooks/stripe', { body: payload, headers: { 'stripe-signature': signature } })
}

async function pay(stay: Stay): Promise<void> {
  const method = await desk.otherCard(stay.customer)
  const plan = { invoices: [stay.invoice], total: { amount: 49_00, currency: 'eur' } }
  const { outcome } = await stay.browser.deed('pay-invoice', { with: { method }, plan })
  expect(outcome.kind).toBe('done')
}

/** An account that owes money and has just been refused. */
async function refused(): Promise<Stay & { check: string }> {
  const stay = await desk.enter(cardDeclined(studio, who))
  const answer = await ask(stay)
  expect(answer.allowed).toBe(false)
  return { ...stay, check: checkIn(answer) ?? '' }
}

test('after the deed the app is told that access is back, and which refusal is resolved, without being asked', async () => {
  const acme = await refused()
  expect(told(acme)).toEqual([])
  await pay(acme)
  await expect.poll(() => types(acme)).toEqual(['access.restored', 'check.resolved'])
  expect(told(acme)).toEqual([
    {
      type: 'access.restored',
      timestamp: new Date(portal.clock.now * 1_000).toISOString(),
      data: {
        account: acme.account,
        sequence: 1,
        allowed: true,
        reasons: { before: ['card_declined'], after: [] },
      },
    },
    {
      type: 'check.resolved',
      timestamp: new Date(portal.clock.now * 1_000).toISOString(),
      data: {
        account: acme.account,
        sequence: 2,
        check: acme.check,
        allowed: true,
        reasons: { before: ['card_declined'], after: [] },
      },
    },
  ])
})

test('an event holds no names and no sums, and is what the contract says', async () => {
  const acme = await refused()
  await pay(acme)
  await expect.poll(() => types(acme)).toHaveLength(2)
  for (const { body } of receiver.told.filter(({ event }) => event.data.account === acme.account)) {
    expect(AppEventSchema.parse(JSON.parse(body))).toEqual(JSON.parse(body))
    expect(body).not.toMatch(/Acme|4900|eur|in_|cus_|anna/)
  }
})

test('what was paid elsewhere is told when Stripe says so', async () => {
  const acme = await refused()
  await bench.stripe.invoices.pay(acme.invoice, { payment_method: await desk.otherCard(acme.customer) })
  await post(acme.customer)
  await expect.poll(() => types(acme)).toEqual(['access.restored', 'check.resolved'])
})

test('looking again and again tells nothing, because nothing has changed', async () => {
  const acme = await refused()
  await pay(acme)
  await expect.poll(() => types(acme)).toHaveLength(2)
  for (let look = 0; look < 5; look += 1) await ask(acme, { fresh: true })
  await Promise.all(Array.from({ length: 5 }, () => acme.browser.get('/api/visit')))
  const other = await refused()
  await pay(other)
  await expect.poll(() => types(other)).toHaveLength(2)
  expect(types(acme)).toHaveLength(2)
})

test('a hold is told when it begins and when it ends, although no program and no person asks', async () => {
  const stay = await desk.enter(healthy(studio, who))
  await ask(stay)
  const put = { label: 'Acme', members, stripe_customer: stay.customer }
  await portal.asApp('PUT', `/v1/accounts/${stay.account}`, { ...put, hold: { since: portal.clock.now } })
  await expect.poll(() => types(stay)).toEqual(['access.changed'])
  expect(told(stay)[0]?.data).toMatchObject({ allowed: false, reasons: { before: [], after: ['account_frozen'] } })
  await portal.asApp('PUT', `/v1/accounts/${stay.account}`, put)
  await expect.poll(() => types(stay)).toEqual(['access.changed', 'access.restored'])
})

/** Time passes, and any account that is put makes the portal look around. */
async function passUntil(now: number): Promise<void> {
  portal.clock.now = now
  await portal.register(`acct_${randomUUID()}`)
}

test('an end of grace is told when it comes, by the clock alone', async () => {
  const stay = await desk.enter(inGrace(studio, who))
  expect(await ask(stay)).toMatchObject({ allowed: true })
  await passUntil(portal.clock.now + 6 * DAY)
  await expect.poll(() => types(stay)).toEqual(['access.changed'])
  expect(told(stay)[0]?.data).toMatchObject({ allowed: false, reasons: { before: [], after: ['card_declined'] } })
})

test('a used-up limit is told as resolved when its period begins anew, by the clock alone', async () => {
  const stay = await desk.enter(healthy(studio, who))
  const { data } = await bench.stripe.subscriptions.list({ customer: stay.customer })
  const ends = data[0]?.items.data[0]?.current_period_end ?? 0
  portal.clock.now = ends - HOUR
  const events = [{ id: randomUUID(), account: stay.account, meter: 'requests', quantity: 100 }]
  await portal.asApp('POST', '/v1/usage', { events })
  const answer = await ask(stay, { meter: 'requests' })
  expect(answer.problem?.reason).toBe('usage_limit_exceeded')
  await passUntil(ends - 1)
  await passUntil(ends + 1)
  await expect.poll(() => types(stay)).toEqual(['check.resolved'])
  expect(told(stay)[0]?.data).toMatchObject({ check: checkIn(answer) })
})

test('what the app itself said is wrong is told as resolved when its time is over; a full rate is not told', async () => {
  const stay = await desk.enter(healthy(studio, who))
  const down = await ask(stay, { reason: 'upstream_billing', retry_after: 90 })
  const full = await ask(stay, { reason: 'rate_limited', retry_after: 30 })
  expect([down.problem?.reason, full.problem?.reason]).toEqual(['upstream_billing', 'rate_limited'])
  await passUntil(studio.now + 89)
  await passUntil(studio.now + 3 * HOUR)
  await expect.poll(() => types(stay)).toEqual(['check.resolved'])
  expect(told(stay)[0]?.data).toMatchObject({ check: checkIn(down) })
})

test('a raised cap resolves what it refused; what asks for more than it allows stays open', async () => {
  const stay = await desk.enter(healthy(studio, who))
  const report = [{ id: randomUUID(), account: stay.account, meter: 'routes', quantity: 5 }]
  await portal.asApp('POST', '/v1/usage', { events: report })
  const [small, large] = [await ask(stay, { meter: 'routes' }), await ask(stay, { meter: 'routes', quantity: 90 })]
  expect([small.problem?.reason, large.problem?.reason]).toEqual(['spend_cap_reached', 'spend_cap_reached'])
  await stay.browser.deed('raise-cap', { limit: { amount: 20_00, currency: 'eur' } })
  await expect.poll(() => types(stay)).toEqual(['check.resolved'])
  expect(told(stay)[0]?.data).toMatchObject({ check: checkIn(small) })
})

test('many refusals of the same question are one event, and it names the last of them', async () => {
  const acme = await refused()
  portal.clock.now += 1
  const answers = [await ask(acme), await ask(acme, { feature: 'export' })]
  await pay(acme)
  await expect.poll(() => types(acme)).toEqual(['access.restored', 'check.resolved', 'check.resolved'])
  const checks = told(acme).map(({ data }) => ('check' in data ? data.check : undefined))
  expect(new Set(checks.slice(1))).toEqual(new Set(answers.map(checkIn)))
})

test('while Stripe does not answer nobody is told anything', async () => {
  const acme = await refused()
  await desk.fault({ method: 'GET', path: '^/v1/', kind: 'error', status: 429, times: 1_000 })
  await ask(acme, { fresh: true })
  await desk.heal()
  await pay(acme)
  await expect.poll(() => types(acme)).toEqual(['access.restored', 'check.resolved'])
})

test('an app without an address is told nothing, and nothing is kept for it', async () => {
  const plain = await openTestPortal(bench.origin)
  const { account, customer } = await openDesk(plain, bench).enter(healthy(studio, who))
  await plain.register(account, { stripe_customer: customer, hold: { since: plain.clock.now } })
  await plain.asApp('POST', '/v1/checks', { account, fresh: true })
  await plain.register(account, { stripe_customer: customer })
  await plain.asApp('POST', '/v1/checks', { account, fresh: true })
  expect((await plain.asApp('GET', '/v1/events')).body).toEqual({ events: [], has_more: false })
  await plain.close()
})
