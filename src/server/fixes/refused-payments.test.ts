import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { cardDeclined, yen } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Fault, type Stay } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const payCall: Pick<Fault, 'method' | 'path'> = { method: 'POST', path: '^/v1/invoices/in_\\w+/pay$' }

let bench: Bench
let portal: TestPortal
let studio: Studio
let desk: Desk
let acme: Stay

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
beforeEach(async () => {
  acme = await desk.enter(cardDeclined(studio, who))
})
afterEach(() => desk.heal())

/** Pays the open invoice with a further method. */
async function pay(template = 'pm_card_visa', total = { amount: 49_00, currency: 'eur' }, key = randomUUID()) {
  const method = await desk.otherCard(acme.customer, template)
  const { outcome } = await acme.browser.deed(
    'pay-invoice',
    { with: { method }, plan: { invoices: [acme.invoice], total } },
    key,
  )
  return outcome
}
const charges = () => desk.charges(acme.customer)

test('a bank account that cannot pay in the invoice’s currency is refused, not unknown, whatever an older card was told', async () => {
  acme = await desk.enter(yen(studio, who))
  const total = { amount: 7_000, currency: 'jpy' }
  expect(await pay('pm_sepaDebit_success_de', total)).toEqual({ kind: 'refused', because: 'currency' })
  expect(await charges()).toEqual([])
  expect([await pay('pm_card_visa', total), await charges()]).toEqual([{ kind: 'done' }, [7_000]])
})

test('what Stripe calls an invalid request has charged nothing, and another click may pay', async () => {
  await desk.fault({ ...payCall, kind: 'error', status: 400 })
  expect(await pay()).toEqual({ kind: 'refused', because: 'other' })
  expect(await charges()).toEqual([])
  expect([await pay(), await charges()]).toEqual([{ kind: 'done' }, [49_00]])
})

test('a method that went away between the look and the payment is named as what is wrong', async () => {
  const method = await desk.otherCard(acme.customer)
  await desk.fault({ ...payCall, kind: 'slow', delay_ms: 200 })
  const paying = acme.browser.deed('pay-invoice', {
    with: { method },
    plan: { invoices: [acme.invoice], total: { amount: 49_00, currency: 'eur' } },
  })
  await expect.poll(faultsLeft).toBe(0)
  await bench.stripe.paymentMethods.detach(method)
  expect([(await paying).outcome, await charges()]).toEqual([{ kind: 'refused', because: 'method' }, []])
})

async function faultsLeft(): Promise<number> {
  const { faults } = (await bench.lever('GET', 'faults')) as { faults: { times: number }[] }
  return faults.reduce((sum, { times }) => sum + times, 0)
}

test.each([409, 429, 401, 403, 500])('an answer %s says nothing about the money: it stays unknown', async (status) => {
  await desk.fault({ ...payCall, kind: 'error', status })
  expect(await pay()).toEqual({ kind: 'unknown' })
})

test('an invoice that was voided a moment ago is refused, and nobody is asked to wait', async () => {
  const method = await desk.otherCard(acme.customer)
  await desk.fault({ ...payCall, kind: 'slow', delay_ms: 200 })
  const paying = acme.browser.deed('pay-invoice', {
    with: { method },
    plan: { invoices: [acme.invoice], total: { amount: 49_00, currency: 'eur' } },
  })
  await expect.poll(faultsLeft).toBe(0)
  await bench.stripe.invoices.voidInvoice(acme.invoice)
  expect([(await paying).outcome, await charges()]).toEqual([{ kind: 'stale' }, []])
})
