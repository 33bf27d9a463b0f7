import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, openInvoice, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
/** Attaches, and is declined with each charge; what the bank says leaves no hope. */
const hopeless = 'pm_card_chargeCustomerFail'
let bench: Bench
let portal: TestPortal
let studio: Studio
let desk: Desk
let acme: Stay
let check: string

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
  check = await acme.browser.enter(acme.account)
})

const pay = (chosen: object, more: object = { check }) =>
  acme.browser.deed('pay-invoice', {
    ...more,
    with: chosen,
    plan: { invoices: [acme.invoice], total: { amount: 49_00, currency: 'eur' } },
  })

/** Every charge of the invoice that was ever tried, declined ones too. */
async function tries(): Promise<number> {
  const { charges } = (await bench.lever('GET', `ledger?customer=${acme.customer}`)) as { charges: unknown[] }
  return charges.length
}

test('a card that was declined for good is not charged a second time for the same refusal', async () => {
  const method = await desk.otherCard(acme.customer, hopeless)
  const { outcome } = await pay({ method })
  expect(outcome).toMatchObject({ kind: 'declined', sameCardCanWork: false })
  const before = await tries()
  expect([(await pay({ method })).outcome, await tries()]).toEqual([outcome, before])
})

test('neither is one that was just saved, however it is named the second time', async () => {
  const setupIntent = await desk.newCard(acme.browser, hopeless)
  const { outcome } = await pay({ setupIntent })
  expect(outcome.kind).toBe('declined')
  const before = await tries()
  const { payment_method: method } = await bench.stripe.setupIntents.retrieve(setupIntent)
  expect((await pay({ setupIntent })).outcome).toEqual(outcome)
  expect([(await pay({ method })).outcome, await tries()]).toEqual([outcome, before])
})

test('another card pays at once', async () => {
  await pay({ method: await desk.otherCard(acme.customer, hopeless) })
  expect((await pay({ method: await desk.otherCard(acme.customer) })).outcome).toEqual({ kind: 'done' })
})

test('a card that can work another time may be tried again', async () => {
  const method = await desk.otherCard(acme.customer, 'pm_card_visa')
  await bench.lever('POST', `payment_methods/${method}`, { behaves_as: '4000000000009995' })
  expect((await pay({ method })).outcome).toMatchObject({ kind: 'declined', sameCardCanWork: true })
  await bench.lever('POST', `payment_methods/${method}`, { behaves_as: '4242424242424242' })
  expect((await pay({ method })).outcome).toEqual({ kind: 'done' })
})

test('after an hour, or for the next refusal, the bank may have been talked to', async () => {
  const method = await desk.otherCard(acme.customer, hopeless)
  await pay({ method })
  await bench.lever('POST', `payment_methods/${method}`, { behaves_as: '4242424242424242' })
  expect((await pay({ method })).outcome.kind).toBe('declined')
  expect((await pay({ method }, { check: await acme.browser.enter(acme.account) })).outcome).toEqual({ kind: 'done' })
})

test('what the same card is to pay beside it is another matter', async () => {
  const method = await desk.otherCard(acme.customer, hopeless)
  await pay({ method })
  await bench.lever('POST', `payment_methods/${method}`, { behaves_as: '4242424242424242' })
  const other = await openInvoice(bench, acme.customer, 15_00)
  const plan = { invoices: [other], total: { amount: 15_00, currency: 'eur' } }
  expect((await acme.browser.deed('pay-invoice', { check, with: { method }, plan })).outcome).toEqual({ kind: 'done' })
})
