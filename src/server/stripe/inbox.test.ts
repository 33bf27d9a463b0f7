import Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestPortal, webhookSecret, type TestPortal } from '#server/test-portal.ts'
import { openDesk, type Desk, type Stay } from './test-desk.ts'

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

async function post(customer: string): Promise<void> {
  const id = `evt_${crypto.randomUUID()}`
  const object = { object: 'invoice', customer }
  const payload = JSON.stringify({ id, object: 'event', type: 'invoice.paid', data: { object } })
  const signature = Stripe.webhooks.generateTestHeaderString({
    payload,
    secret: webhookSecret,
    timestamp: portal.clock.now,
  })
  const sent = { body: payload, headers: { 'stripe-signature': signature } }
  expect((await portal.ask('POST', '/webhooks/stripe', sent)).status).toBe(200)
}

const stripeIsDown = () => desk.fault({ method: 'GET', path: '^/v1/', kind: 'error', status: 429, times: 1_000_000 })
const isAllowed = async ({ account }: Stay, fresh = false) =>
  ((await portal.asApp('POST', '/v1/checks', { account, fresh })).body as { allowed: boolean }).allowed

/** What the last reading says, and nothing newer. */
async function isAllowedByLastReading(stay: Stay): Promise<boolean> {
  await stripeIsDown()
  const allowed = await isAllowed(stay, true)
  await desk.heal()
  return allowed
}

async function debtor(): Promise<Stay> {
  const stay = await desk.enter(cardDeclined(studio, who))
  expect(await isAllowed(stay)).toBe(false)
  return stay
}

async function payElsewhere({ invoice, customer }: Stay): Promise<void> {
  await bench.stripe.invoices.pay(invoice, { payment_method: await desk.otherCard(customer) })
}

test('events that come while Stripe does not answer are worked off when it does, however many and however often tried', async () => {
  const [busy, quiet, last] = [await debtor(), await debtor(), await debtor()]
  await payElsewhere(quiet)
  await stripeIsDown()
  for (let event = 0; event < 60; event += 1) await post(busy.customer)
  await post(quiet.customer)
  // Every further event wakes the inbox; that must not use up the tries of the ones that wait.
  for (let event = 0; event < 30; event += 1) await post('cus_nobody')
  await desk.heal()
  portal.clock.now += 60
  expect(await isAllowed(last)).toBe(false)
  await payElsewhere(last)
  await post(last.customer)
  await expect.poll(() => isAllowed(last)).toBe(true)
  expect(await isAllowedByLastReading(quiet)).toBe(true)
})

test('a reading that began before a payment and ended after it does not overwrite what was read since', async () => {
  const acme = await debtor()
  portal.clock.now += 11
  await desk.fault({ method: 'GET', path: '^/v1/payment_intents$', kind: 'slow', delay_ms: 800 })
  const slow = isAllowed(acme)
  const faultIsUsed = async () => {
    const { faults } = (await bench.lever('GET', 'faults')) as { faults: { times: number }[] }
    return faults[0]?.times
  }
  await expect.poll(faultIsUsed).toBe(0)
  await payElsewhere(acme)
  await post(acme.customer)
  await expect.poll(() => isAllowed(acme, true)).toBe(true)
  expect(await slow).toBe(false)
  expect(await isAllowed(acme)).toBe(true)
  expect(await isAllowedByLastReading(acme)).toBe(true)
})
