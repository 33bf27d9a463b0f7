import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { emptyDataFolder } from '#server/store/test-folder.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'

const DAY = 86_400
const eventName = `map_requests_${randomUUID()}`
const merchant = {
  meters: {
    requests: { name: 'Map requests', unit: 'requests', stripeMeter: eventName },
    lost: { name: 'Lost', unit: 'units', stripeMeter: 'made_later' },
    routes: { name: 'Routing', unit: 'routes' },
  },
}
let bench: Bench
let portal: TestPortal
let folder: string
let meter: string
const start = Math.floor(Date.now() / 1_000)

const open = () => openTestPortal(bench.origin, { merchant, folder, clock: { now: start } })

beforeAll(async () => {
  bench = await openBench()
  folder = await emptyDataFolder()
  meter = await makeMeter(eventName)
  portal = await open()
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
  rmSync(folder, { recursive: true, force: true })
})
afterEach(async () => {
  await bench.lever('DELETE', 'faults')
  portal.clock.now = start
})

async function makeMeter(name: string): Promise<string> {
  const made = await bench.stripe.billing.meters.create({
    display_name: name,
    event_name: name,
    default_aggregation: { formula: 'sum' },
  })
  return made.id
}

async function enter(billed = true) {
  const customer = (await bench.stripe.customers.create({ name: 'Acme' })).id
  const account = `acct_${randomUUID()}`
  await portal.register(account, billed ? { stripe_customer: customer } : {})
  return { account, customer }
}

async function report(account: string, ...events: { id?: string; quantity: number; meter?: string; at?: number }[]) {
  const sent = events.map((event) => ({ id: randomUUID(), account, meter: 'requests', ...event }))
  return (await portal.asApp('POST', '/v1/usage', { events: sent })).body
}

async function billed(customer: string, at = meter): Promise<number | undefined> {
  const start_time = Math.floor(start / DAY) * DAY - 40 * DAY
  const range = { customer, start_time, end_time: start_time + 50 * DAY }
  return (await bench.stripe.billing.meters.listEventSummaries(at, range)).data[0]?.aggregated_value
}

/** The portal passes on what is due whenever something is reported. */
const ring = async () => void (await report((await enter()).account, { quantity: 0 }))
const fault = (kind: string, more: object = {}) =>
  bench.lever('POST', 'faults', { method: 'POST', path: '^/v1/billing/meter_events$', kind, ...more })

/** Whether the arranged fault has been met. */
async function isTried(): Promise<boolean> {
  const { faults } = (await bench.lever('GET', 'faults')) as { faults: { times: number }[] }
  return faults.every(({ times }) => times === 0)
}

async function billedLater(customer: string): Promise<number | undefined> {
  portal.clock.now += 20
  await ring()
  return billed(customer)
}

test('what is reported is billed by Stripe’s meter, exactly, once, and with its own time', async () => {
  const { account, customer } = await enter()
  const twice = { id: randomUUID(), quantity: 2.5 }
  await report(account, twice, { quantity: 0.000_001, at: start - 34 * DAY }, { quantity: 7, meter: 'routes' })
  await report(account, twice, twice)
  await expect.poll(() => billed(customer)).toBe(2.500_001)
  await ring()
  expect(await billed(customer)).toBe(2.500_001)
})

test('many reports at once arrive', async () => {
  const { account, customer } = await enter()
  await report(account, ...Array.from({ length: 200 }, () => ({ quantity: 1 })))
  await expect.poll(() => billed(customer), { timeout: 20_000 }).toBe(200)
}, 30_000)

test.each(['error_after_effect', 'hang', 'reset'])(
  'when Stripe’s answer is lost (%s) it is billed once all the same',
  async (kind) => {
    const { account, customer } = await enter()
    await fault(kind, { status: 500, delay_ms: 0 })
    await report(account, { quantity: 3 })
    await expect.poll(isTried).toBe(true)
    await expect.poll(() => billedLater(customer)).toBe(3)
    portal.clock.now += 600
    await ring()
    expect(await billed(customer)).toBe(3)
  },
)

test('while Stripe has no time it is tried again', async () => {
  const { account, customer } = await enter()
  await fault('error', { status: 429 })
  await report(account, { quantity: 4 })
  await expect.poll(isTried).toBe(true)
  expect(await billed(customer)).toBe(0)
  await expect.poll(() => billedLater(customer)).toBe(4)
})

test('an account without a customer is held until it has one', async () => {
  const { account, customer } = await enter(false)
  await report(account, { quantity: 5 })
  await ring()
  expect(await billed(customer)).toBe(0)
  await portal.register(account, { stripe_customer: customer })
  await ring()
  await expect.poll(() => billed(customer)).toBe(5)
})

test('what Stripe refuses is a dead letter, keeps nothing else waiting, and is tried again when the portal starts', async () => {
  const { account, customer } = await enter()
  await report(account, { quantity: 6, meter: 'lost' }, { quantity: 1 })
  await expect.poll(() => billed(customer)).toBe(1)
  await expect.poll(() => JSON.stringify(portal.logged)).toContain('Stripe refused a report')
  const late = await makeMeter('made_later')
  await ring()
  expect(await billed(customer, late)).toBe(0)
  await portal.close()
  portal = await open()
  await expect.poll(() => billed(customer, late)).toBe(6)
})

test('when nobody can tell any more whether Stripe has it, it is not sent again: rather unbilled than billed twice', async () => {
  const { account, customer } = await enter()
  await fault('error_after_effect', { status: 500 })
  await report(account, { quantity: 8 })
  await expect.poll(() => billed(customer)).toBe(8)
  await bench.lever('POST', 'time', { advance_seconds: 2 * DAY })
  portal.clock.now += 2 * DAY
  await expect
    .poll(async () => {
      await ring()
      return JSON.stringify(portal.logged)
    })
    .toContain('nobody can tell whether Stripe has a report')
  expect(await billed(customer)).toBe(8)
  await bench.lever('POST', 'time', { advance_seconds: -2 * DAY })
})
