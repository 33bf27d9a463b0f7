import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk } from './stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

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

/** Everything that the browser and the app hear about a charge that a card with this number refuses. */
async function heardOf(number: string): Promise<string> {
  const { account, answer } = await refused(number)
  const { text } = await portal.asApp('POST', '/v1/checks', { account, fresh: true })
  return (JSON.stringify(answer) + text)
    .replaceAll(/\b(pm|in|sub|acct|chk|req)_[\w-]+/g, '$1')
    .replaceAll(/"number":"[^"]*"/g, '"number"')
    .replaceAll(/\b[0-9A-Z]{8}-[0-9]{4}\b/g, 'number')
    .replaceAll(/\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/g, 'code')
    .replaceAll(/eyJ[\w.-]+/g, 'ticket')
}

/** A payment that a card with this number refuses. */
async function refused(number: string) {
  const { account, customer, invoice, browser } = await desk.enter(
    cardDeclined(studio, { name: 'Acme GmbH', email: 'anna@acme.example' }),
  )
  const method = await desk.otherCard(customer)
  await bench.lever('POST', `payment_methods/${method}`, { behaves_as: number })
  await bench.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method } })
  const answer = await browser.deed('pay-invoice', {
    with: { method },
    plan: { invoices: [invoice], total: { amount: 49_00, currency: 'eur' } },
  })
  return { account, browser, answer }
}

test('a decline says who can mend it and what to do best', async () => {
  const heard = await heardOf('4000000000009995')
  expect(heard).toContain('"advice":{"act":"same-card-later","who":"you"}')
  expect(heard).not.toContain('insufficient_funds')
})

test.each([
  ['lost', '4000000000009987'],
  ['stolen', '4000000000009979'],
  ['blocked for fraud', '4100000000000019'],
  ['of the highest risk', '4000000000004954'],
  ['stolen, as found at the charge', '4000000000000341S'],
])('a card that is %s reads in every answer, to the letter, like any refusal', async (_, number) => {
  expect(await heardOf(number)).toBe(await heardOf('4000000000000002'))
})

test('what the bank said is in no file that the customer takes along', async () => {
  const { browser } = await refused('4000000000009979')
  const { status, text } = await browser.get('/api/export')
  expect(status).toBe(200)
  const { tables, stripe_objects: objects } = JSON.parse(text) as { tables: object; stripe_objects: string[] }
  expect(JSON.stringify(tables)).toContain('card_declined')
  expect(objects).not.toContain('card_declined')
  expect(text).not.toMatch(/stolen_card|lost_card|"(declineCode|adviceCode|networkAdviceCode)"/)
})
