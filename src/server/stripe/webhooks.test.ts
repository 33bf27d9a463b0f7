import { serve, type ServerType } from '@hono/node-server'
import Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { cardDeclined, healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'
import { openDesk, type Desk, type Stay } from './test-desk.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const [oldSecret, newSecret] = ['whsec_old', 'whsec_new']
let bench: Bench
let portal: TestPortal
let studio: Studio
let desk: Desk
let server: ServerType

beforeAll(async () => {
  bench = await openBench()
  // Stripe posts to an address that must be known before there is a portal to answer there.
  let opened: TestPortal | undefined
  const port = await new Promise<number>((resolve) => {
    const fetch = (request: Request) => opened?.fetch(request) ?? new Response(null, { status: 503 })
    server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (address) => resolve(address.port))
  })
  const origin = `http://127.0.0.1:${port}`
  const endpoint = await bench.stripe.webhookEndpoints.create({
    url: `${origin}/webhooks/stripe`,
    enabled_events: ['*'],
  })
  opened = await openTestPortal(bench.origin, {
    origin,
    stripe: {
      key: 'sk_test_portal',
      publishableKey: 'pk_test_portal',
      webhookSecrets: [oldSecret, newSecret, endpoint.secret ?? ''],
      apiBase: bench.origin,
      script: `${bench.origin}/endive/stripe.js`,
      sandbox: true,
    },
  })
  portal = opened
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  await bench.lever('POST', 'webhooks', byHand)
})
afterAll(async () => {
  server?.close()
  await portal?.close()
  await bench?.close()
})
afterEach(() => desk.heal())

/** Unless a test is about Stripe's own delivery, that gets lost, and the test posts. */
const byHand = { drop: 1_000_000, hold: false, twice: false, shuffle: false }

type Posted = { id?: string; type?: string; object?: object; secret?: string; at?: number; header?: string }

/** An event as Stripe posts it. What it says of its object beside whose it is must never be believed. */
async function post({
  id = `evt_${crypto.randomUUID()}`,
  type = 'invoice.paid',
  object = {},
  secret = newSecret,
  at = portal.clock.now,
  header,
}: Posted): Promise<number> {
  const payload = JSON.stringify({ id, object: 'event', type, data: { object } })
  const signed = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: at })
  const headers = { 'stripe-signature': header ?? signed }
  return (await portal.ask('POST', '/webhooks/stripe', { body: payload, headers })).status
}

const invoiceOf = ({ customer }: Stay) => ({ object: 'invoice', id: 'in_any', customer })
const isAllowed = async ({ account }: Stay) =>
  ((await portal.asApp('POST', '/v1/checks', { account })).body as { allowed: boolean }).allowed

async function payElsewhere({ invoice, customer }: Stay): Promise<void> {
  await bench.stripe.invoices.pay(invoice, { payment_method: await desk.otherCard(customer) })
}

/** An account that a check has just refused, and whose debt was then paid where we did not see it. */
async function paidElsewhere(): Promise<Stay> {
  const acme = await desk.enter(cardDeclined(studio, who))
  expect(await isAllowed(acme)).toBe(false)
  await payElsewhere(acme)
  expect(await isAllowed(acme)).toBe(false)
  return acme
}

test('when an invoice is paid elsewhere the event lets the next check through without waiting for the cache', async () => {
  const acme = await paidElsewhere()
  expect(await post({ object: invoiceOf(acme) })).toBe(200)
  await expect.poll(() => isAllowed(acme)).toBe(true)
})

test('an event of the customer itself counts as theirs', async () => {
  const acme = await paidElsewhere()
  await post({ type: 'customer.updated', object: { object: 'customer', id: acme.customer } })
  await expect.poll(() => isAllowed(acme)).toBe(true)
})

test('while the signing secret is being changed both are taken', async () => {
  for (const secret of [oldSecret, newSecret]) {
    const acme = await paidElsewhere()
    expect(await post({ secret, object: invoiceOf(acme) })).toBe(200)
    await expect.poll(() => isAllowed(acme)).toBe(true)
  }
})

const forged: Record<string, () => Posted> = {
  'without a signature': () => ({ header: '' }),
  'with a signature that is none': () => ({ header: 't=1,v1=00' }),
  'signed with another secret': () => ({ secret: 'whsec_guessed' }),
  'signed for another body': () => ({
    header: Stripe.webhooks.generateTestHeaderString({ payload: '{}', secret: newSecret, timestamp: portal.clock.now }),
  }),
  'older than five minutes': () => ({ at: portal.clock.now - 301 }),
  'from the future': () => ({ at: portal.clock.now + 301 }),
}
test.each(Object.keys(forged))('an event %s is refused and forgotten', async (how) => {
  const acme = await paidElsewhere()
  const other = await paidElsewhere()
  const id = `evt_${crypto.randomUUID()}`
  expect(await post({ id, object: invoiceOf(acme), ...forged[how]?.() })).toBe(400)
  await post({ object: invoiceOf(other) })
  await expect.poll(() => isAllowed(other)).toBe(true)
  expect(await isAllowed(acme)).toBe(false)
  expect(await post({ id, object: invoiceOf(acme) })).toBe(200)
  await expect.poll(() => isAllowed(acme)).toBe(true)
})

test('just within five minutes, either way, an event is taken: our clock decides', async () => {
  const { now } = portal.clock
  portal.clock.now += 86_400
  const answers: number[] = []
  for (const at of [-301, -299, 299, 301]) answers.push(await post({ at: portal.clock.now + at }))
  portal.clock.now = now
  expect(answers).toEqual([400, 200, 200, 400])
})

test('an event that comes twice is worked off once', async () => {
  const acme = await paidElsewhere()
  const event = { id: 'evt_twice', object: invoiceOf(acme) }
  expect([await post(event), await post(event)]).toEqual([200, 200])
  await expect.poll(() => isAllowed(acme)).toBe(true)
  await desk.fault({ method: 'GET', path: `^/v1/customers/${acme.customer}$`, kind: 'slow', delay_ms: 1 })
  expect(await post(event)).toBe(200)
  const other = await paidElsewhere()
  await post({ object: invoiceOf(other) })
  await expect.poll(() => isAllowed(other)).toBe(true)
  const { faults } = (await bench.lever('GET', 'faults')) as { faults: { times: number }[] }
  expect(faults[0]?.times).toBe(1)
})

test('what an event claims is never believed: only Stripe’s own word counts', async () => {
  const acme = await desk.enter(cardDeclined(studio, who))
  expect(await isAllowed(acme)).toBe(false)
  const claim = { ...invoiceOf(acme), id: acme.invoice, status: 'paid', amount_remaining: 0 }
  expect(await post({ object: claim })).toBe(200)
  portal.clock.now += 11
  expect(await isAllowed(acme)).toBe(false)
})

test('kinds of events that nobody knows yet, and ones about nobody, are taken and do no harm', async () => {
  const objects = [
    {},
    { object: 'moon', id: 'moon_1' },
    { object: 'invoice', customer: null },
    { customer: 'cus_nobody' },
  ]
  for (const object of objects) expect(await post({ type: 'moon.landed', object })).toBe(200)
  const acme = await paidElsewhere()
  await post({ object: invoiceOf(acme) })
  await expect.poll(() => isAllowed(acme)).toBe(true)
})

test('Stripe’s own deliveries, twice and in reverse order, leave the truth', async () => {
  await bench.lever('POST', 'webhooks', { drop: 0, twice: true, shuffle: true, delay_ms: [0, 0] })
  const acme = await desk.enter(cardDeclined(studio, who))
  expect(await isAllowed(acme)).toBe(false)
  await payElsewhere(acme)
  await expect.poll(() => isAllowed(acme)).toBe(true)
  await bench.lever('POST', 'webhooks', byHand)
})

test('events that come when all is long over change nothing', async () => {
  await bench.lever('POST', 'webhooks', { drop: 0, hold: true })
  const acme = await desk.enter(healthy(studio, who))
  expect(await isAllowed(acme)).toBe(true)
  const { released } = (await bench.lever('POST', 'webhooks/release')) as { released: number }
  expect(released).toBeGreaterThan(0)
  const waiting = async () => {
    const { deliveries } = (await bench.lever('GET', 'webhooks')) as { deliveries: { status: string }[] }
    return deliveries.filter(({ status }) => status === 'waiting').length
  }
  await expect.poll(waiting, { timeout: 15_000 }).toBe(0)
  await bench.lever('POST', 'webhooks', byHand)
  portal.clock.now += 11
  expect(await isAllowed(acme)).toBe(true)
})
