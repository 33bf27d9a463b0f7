import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { healthy } from '#sandbox/demo/building.ts'
import { advance, saveCard } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestMailbox, type TestMailbox } from '#server/mail/test-mailbox.ts'
import { emptyDataFolder } from '#server/store/test-folder.ts'
import { postgresBin, startPostgres, withoutPostgres } from '#server/store/test-postgres.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'
import { openCounter, who, type Client, type Counter, type Yard } from './test-counter.ts'

const folder = await emptyDataFolder()
const clock = { now: Math.floor(Date.now() / 1_000) }
const start = clock.now
const soon = { timeout: 10_000 }
let bench: Bench
let box: TestMailbox
let portal: TestPortal
let yard: Yard
let counter: Counter
let acme: Client
let invoice: string
let payCall: { method: string; path: string }

beforeAll(async () => {
  bench = await openBench()
  box = await openTestMailbox(createMailbox())
  portal = await openTestPortal(bench.origin, { folder, clock, mail: box.mail })
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: start }
  yard = {
    build: () => healthy(studio, who),
    saveDefault: (id, template) => saveCard(studio, { id }, template),
    advance: (clock, to) => advance(studio, clock, to),
  }
  counter = openCounter(portal, bench, yard)
})
afterAll(async () => {
  await portal?.close()
  await box?.close()
  await bench?.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  acme = await counter.enter()
  await counter.agree(acme)
  invoice = await counter.fail(acme)
  payCall = { method: 'POST', path: `^/v1/invoices/${invoice}/pay$` }
})
afterEach(async () => {
  clock.now = start
  await counter.desk.heal()
})

const paid = () => expect.poll(() => counter.statusOf(invoice), soon).toBe('paid')
const charges = () => counter.chargesOf(acme, invoice)

/** Everything due is looked at: another account's backup, told of later, is charged. */
async function workedOff(): Promise<void> {
  const { now } = clock
  clock.now = start
  const other = await counter.enter()
  await counter.agree(other)
  const theirs = await counter.fail(other)
  clock.now = now
  await counter.tell(other)
  await expect.poll(() => counter.statusOf(theirs), soon).toBe('paid')
}

/** Waits until Stripe has been asked as often as the arranged faults allow. */
async function faultsAreUsed(): Promise<void> {
  const left = async () => {
    const { faults } = (await bench.lever('GET', 'faults')) as { faults: { times: number }[] }
    return faults.reduce((sum, { times }) => sum + times, 0)
  }
  await expect.poll(left, soon).toBe(0)
}

/** The charges, the letters and the words of the first, when nothing is left to be done. */
async function told() {
  const { text } = await box.arrived(acme.anna)
  await workedOff()
  return [await charges(), box.count(acme.anna), text]
}
const once = [['failed', 'succeeded'], 1, expect.stringContaining('was charged to your backup, Mastercard 4444')]

test.each([
  ['answers 500 after it took the money', 'error_after_effect'],
  ['breaks the connection after it took the money', 'hang'],
] as const)('when Stripe %s, it is charged and told once', async (_, kind) => {
  await counter.desk.fault({ ...payCall, kind, delay_ms: 1 })
  await counter.tell(acme)
  await paid()
  expect(await told()).toEqual(once)
})

test('when Stripe breaks off before it took the money nothing is claimed, and the same charge is asked for again', async () => {
  // The SDK itself asks a second time, with the same key, when a connection breaks.
  await counter.desk.fault({ ...payCall, kind: 'reset', times: 2 })
  await counter.tell(acme)
  await faultsAreUsed()
  await workedOff()
  expect([await counter.statusOf(invoice), box.count(acme.anna)]).toEqual(['open', 0])
  // Nobody is asked to pay meanwhile what may be paid already.
  const { body } = await acme.browser.get('/api/visit')
  expect(JSON.stringify(body)).toContain('payment_processing')
  clock.now += 61
  await workedOff()
  await paid()
  expect(await told()).toEqual(once)
})

test('taken back while nobody knows what came of it: nothing is asked for any more', async () => {
  await counter.desk.fault({ ...payCall, kind: 'reset', times: 2 })
  await counter.tell(acme)
  await faultsAreUsed()
  await workedOff()
  await acme.browser.post('/api/payment-methods/backup/withdraw', {})
  for (const seconds of [61, 3_601, 3_601]) {
    clock.now += seconds
    await workedOff()
  }
  expect([await charges(), box.count(acme.anna)]).toEqual([['failed'], 0])
})

test('when our process dies while Stripe takes the money, the next one tells of it, charged once', async () => {
  await counter.desk.fault({ ...payCall, kind: 'hang', delay_ms: 500 })
  await counter.tell(acme)
  await faultsAreUsed()
  // The database goes first, as in a crash: what came of it cannot be written down.
  await portal.close()
  await paid()
  clock.now += 121
  portal = await openTestPortal(bench.origin, { folder, clock, mail: box.mail })
  counter = openCounter(portal, bench, yard)
  expect(await told()).toEqual(once)
})

test('who pays by hand at the same moment and the backup are one charge', async () => {
  const method = await counter.desk.otherCard(acme.customer)
  const plan = { invoices: [invoice], total: { amount: 49_00, currency: 'eur' } }
  const [{ outcome }] = await Promise.all([
    acme.browser.deed('pay-invoice', { with: { method }, plan }),
    counter.tell(acme),
  ])
  expect(outcome).toEqual({ kind: 'done' })
  await workedOff()
  expect([await counter.desk.paidTwice(acme.customer), await charges()]).toEqual([[], ['failed', 'succeeded']])
})

test('a person who pays first is not told that the backup did it', async () => {
  const plan = { invoices: [invoice], total: { amount: 49_00, currency: 'eur' } }
  await acme.browser.deed('pay-invoice', { with: { method: acme.backup }, plan })
  await counter.tell(acme)
  await workedOff()
  expect([await charges(), box.count(acme.anna)]).toEqual([['failed', 'succeeded'], 0])
})

describe.skipIf(postgresBin === undefined)(`two portals on one PostgreSQL${withoutPostgres}`, () => {
  test('told of it both at once, they charge the backup once', async () => {
    const postgres = await startPostgres()
    const portals = await Promise.all(
      [1, 2].map(() => openTestPortal(bench.origin, { databaseUrl: postgres.url, clock })),
    )
    try {
      const counters = portals.map((one) => openCounter(one, bench, yard))
      const [here] = counters
      const globex = await here!.enter()
      await here!.agree(globex)
      const theirs = await here!.fail(globex)
      await Promise.all(Array.from({ length: 10 }, (_, index) => counters[index % 2]!.tell(globex)))
      await expect.poll(() => counter.statusOf(theirs), soon).toBe('paid')
      await Promise.all(portals.map((one) => one.close()))
      expect(await counter.chargesOf(globex, theirs)).toEqual(['failed', 'succeeded'])
    } finally {
      await Promise.all(portals.map((one) => one.close().catch(() => {})))
      await postgres.stop()
    }
  })
})
