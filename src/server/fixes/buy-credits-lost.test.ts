import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { emptyDataFolder } from '#server/store/test-folder.ts'
import { openDesk, type Desk, type Fault, type Stay } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const folder = await emptyDataFolder()
const clock = { now: Math.floor(Date.now() / 1_000) }
const merchant = {
  plans: { team_monthly: { name: 'Team' } },
  meters: { lookups: { name: 'Geocoding', unit: 'lookups', credits: 1 } },
  credits: { packs: { credits_1000: { name: '1,000 credits', credits: 1_000 } } },
}
const calls = {
  'making the invoice': '^/v1/invoices$',
  'writing its line': '^/v1/invoiceitems$',
  'finalizing it': '^/v1/invoices/in_\\w+/finalize$',
  'paying it': '^/v1/invoices/in_\\w+/pay$',
} as const

let bench: Bench
let portal: TestPortal
let studio: Studio
let desk: Desk
let acme: Stay
let request: object

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, { folder, clock, merchant })
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  acme = await desk.enter(healthy(studio, who))
  const method = await desk.otherCard(acme.customer)
  const total = { amount: 10_00, currency: 'eur' }
  request = { with: { method }, plan: { invoices: [], price: 'credits_1000', total } }
})
afterEach(() => desk.heal())

const buy = (key = randomUUID()) => acme.browser.deed('buy-credits', request, key)
const charges = () => desk.charges(acme.customer)

async function balance(): Promise<unknown> {
  const asked = { account: acme.account, meter: 'lookups', quantity: 1_000_000, fresh: true }
  const { body } = await portal.asApp('POST', '/v1/checks', asked)
  return (body as { problem: { blockers: { detail: { balance: number } }[] } }).problem.blockers[0]?.detail.balance
}

const cells = Object.keys(calls).flatMap((call) =>
  (['error_after_effect', 'hang', 'reset', 'error'] as const).map((kind) => [call, kind] as const),
)

test.each(cells)(
  'when Stripe’s answer to %s is lost (%s), another click makes it one charge and one pack',
  async (call, kind) => {
    const fault = {
      method: 'POST',
      path: calls[call as keyof typeof calls],
      kind,
      delay_ms: 1,
      status: 500,
    } satisfies Fault
    await desk.fault({ ...fault, times: kind === 'reset' ? 2 : 1 })
    const { outcome } = await buy()
    const known = outcome.kind === 'unknown' ? (await buy()).outcome : outcome
    expect(known).toEqual({ kind: 'done' })
    expect([await charges(), await balance()]).toEqual([[10_00], 1_000])
  },
)

test.each(Object.entries(calls))('when Stripe breaks off at %s, the same key pays once', async (_, path) => {
  const key = randomUUID()
  await desk.fault({ method: 'POST', path, kind: 'reset', times: 2 })
  expect((await buy(key)).outcome).toEqual({ kind: 'unknown' })
  expect([await charges(), await balance()]).toEqual([[], 0])
  expect((await buy(key)).outcome).toEqual({ kind: 'done' })
  expect([await charges(), await balance()]).toEqual([[10_00], 1_000])
})

test('when Stripe cannot be reached nothing is bought, and the same key buys once when it is back', async () => {
  const key = randomUUID()
  await desk.fault({ method: 'GET', path: '^/v1/', kind: 'reset', times: 1_000 })
  const { status } = await acme.browser.post('/api/fixes/buy-credits', request, { 'idempotency-key': key })
  expect(status).toBe(503)
  await desk.heal()
  expect([(await buy(key)).outcome, await charges(), await balance()]).toEqual([{ kind: 'done' }, [10_00], 1_000])
})

test('when our process dies while Stripe takes the money, the next look books the credits, once', async () => {
  const key = randomUUID()
  await desk.fault({ method: 'POST', path: calls['paying it'], kind: 'hang', delay_ms: 500 })
  void buy(key).catch(() => undefined)
  await expect.poll(faultsLeft).toBe(0)
  // The database goes first, as in a crash: the deed can write down nothing of how it ended.
  await portal.close()
  await expect.poll(charges).toEqual([10_00])
  clock.now += 61
  portal = await openTestPortal(bench.origin, { folder, clock, merchant })
  desk = openDesk(portal, bench)
  acme = { ...acme, browser: Object.assign(portal.browser(), { cookie: acme.browser.cookie }) }
  expect(await balance()).toBe(1_000)
  expect((await buy(key)).outcome).toEqual({ kind: 'done' })
  expect([await charges(), await balance()]).toEqual([[10_00], 1_000])
})

async function faultsLeft(): Promise<number> {
  const { faults } = (await bench.lever('GET', 'faults')) as { faults: { times: number }[] }
  return faults.reduce((sum, { times }) => sum + times, 0)
}
