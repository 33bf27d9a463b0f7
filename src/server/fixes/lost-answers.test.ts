import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { emptyDataFolder } from '#server/store/test-folder.ts'
import { openDesk, type Desk, type Fault, type Stay } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const folder = await emptyDataFolder()
const clock = { now: Math.floor(Date.now() / 1_000) }
const payCall: Pick<Fault, 'method' | 'path'> = { method: 'POST', path: '^/v1/invoices/in_\\w+/pay$' }
const readCall: Pick<Fault, 'method' | 'path'> = { method: 'GET', path: '^/v1/invoices/in_\\w+$' }

let bench: Bench
let portal: TestPortal
let studio: Studio
let desk: Desk
let acme: Stay
let request: object

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, { folder, clock })
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  acme = await desk.enter(cardDeclined(studio, who))
  const method = await desk.otherCard(acme.customer)
  request = { with: { method }, plan: { invoices: [acme.invoice], total: { amount: 49_00, currency: 'eur' } } }
})
afterEach(() => desk.heal())

const pay = (key = randomUUID()) => acme.browser.deed('pay-invoice', request, key)
const charges = () => desk.charges(acme.customer)

/** Waits until Stripe has been asked as often as the arranged faults allow. */
async function faultsAreUsed(): Promise<void> {
  const left = async () => {
    const { faults } = (await bench.lever('GET', 'faults')) as { faults: { times: number }[] }
    return faults.reduce((sum, { times }) => sum + times, 0)
  }
  await expect.poll(left).toBe(0)
}

test.each([
  ['answers 500 after it took the money', 'error_after_effect'],
  ['breaks the connection after it took the money', 'hang'],
] as const)('when Stripe %s, the deed is done and charged once', async (_, kind) => {
  await desk.fault({ ...payCall, kind, delay_ms: 1 })
  const { outcome, visit } = await pay()
  expect([outcome, visit.diagnosis.verdict, await charges()]).toEqual([{ kind: 'done' }, 'clear', [49_00]])
})

test('when Stripe breaks off before it took the money nobody claims anything, and the same key pays once', async () => {
  const key = randomUUID()
  // The SDK itself asks a second time, with the same key, when a connection breaks.
  await desk.fault({ ...payCall, kind: 'reset', times: 2 })
  expect((await pay(key)).outcome).toEqual({ kind: 'unknown' })
  expect(await charges()).toEqual([])
  expect([(await pay(key)).outcome, await charges()]).toEqual([{ kind: 'done' }, [49_00]])
})

test('when neither the payment’s answer nor the look afterwards comes, it is unknown; the same key tells the truth', async () => {
  const key = randomUUID()
  await desk.fault({ ...payCall, kind: 'hang', delay_ms: 300 })
  const paying = pay(key)
  await faultsAreUsed()
  await desk.fault({ ...readCall, kind: 'reset', times: 2 })
  expect((await paying).outcome).toEqual({ kind: 'unknown' })
  expect([(await pay(key)).outcome, await charges()]).toEqual([{ kind: 'done' }, [49_00]])
})

test('after an unknown end another click, with a key of its own, does not charge again', async () => {
  await desk.fault({ ...payCall, kind: 'hang', delay_ms: 300 })
  const paying = pay()
  await faultsAreUsed()
  await desk.fault({ ...readCall, kind: 'reset', times: 2 })
  await paying
  expect([(await pay()).outcome, await charges()]).toEqual([{ kind: 'done' }, [49_00]])
})

test('when Stripe cannot be reached at all nothing is charged, and the same key pays once when it is back', async () => {
  const key = randomUUID()
  await desk.fault({ method: 'GET', path: '^/v1/', kind: 'reset', times: 1_000 })
  const { status, body, headers } = await acme.browser.post('/api/fixes/pay-invoice', request, {
    'idempotency-key': key,
  })
  expect([status, body]).toEqual([503, expect.objectContaining({ code: 'stripe-unreachable' })])
  expect(headers.get('retry-after')).toBe('5')
  await desk.heal()
  expect([(await pay(key)).outcome, await charges()]).toEqual([{ kind: 'done' }, [49_00]])
})

test('what came of a key is remembered: a lost answer can be asked for again, without Stripe', async () => {
  const key = randomUUID()
  await pay(key)
  await desk.fault({ method: 'POST', path: '^/v1/', kind: 'error', times: 1_000 })
  expect((await pay(key)).outcome).toEqual({ kind: 'done' })
})

test('when our process dies while Stripe takes the money, the next one finishes with the same key, charged once', async () => {
  const key = randomUUID()
  await desk.fault({ ...payCall, kind: 'hang', delay_ms: 500 })
  void pay(key).catch(() => undefined)
  await faultsAreUsed()
  // The database goes first, as in a crash: the deed can write down neither its end nor that it let go of the account.
  await portal.close()
  await expect.poll(charges).toEqual([49_00])
  clock.now += 61
  portal = await openTestPortal(bench.origin, { folder, clock })
  desk = openDesk(portal, bench)
  const { cookie } = acme.browser
  acme = { ...acme, browser: Object.assign(portal.browser(), { cookie }) }
  expect([(await pay(key)).outcome, await charges()]).toEqual([{ kind: 'done' }, [49_00]])
})
