import { afterAll, beforeAll, expect, test } from 'vitest'
import { VisitSchema } from '#contract/visit.ts'
import { cardDeclined } from '#sandbox/demo/building.ts'
import { saveCard, type Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestPortal, ticketOf, type TestPortal } from './test-portal.ts'

let bench: Bench
let portal: TestPortal
let studio: Studio

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, { merchant: { requiredDetails: ['tax_id'] } })
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

test('what blocked when the app refused is remembered from step to step', async () => {
  const { customer, invoice } = await cardDeclined(studio, { name: 'Acme GmbH', email: 'anna@acme.example' })
  const method = await saveCard(studio, { id: customer }, 'pm_card_mastercard')
  await portal.register('acct_steps', { stripe_customer: customer })
  const browser = portal.browser()
  const { body } = await portal.asApp('POST', '/v1/checks', { account: 'acct_steps', actor: 'anna', client: 'browser' })
  const answer = await browser.exchange(ticketOf(body))
  const check = String(answer['check'])
  const visit = async () => VisitSchema.parse((await browser.get(`/api/visit?check=${check}`)).body)
  const at = portal.clock.now

  const before = await visit()
  expect(before.diagnosis.blockers.map(({ reason }) => reason)).toEqual(before.check?.reasons)
  portal.clock.now += 60

  const plan = { invoices: [invoice], total: { amount: 49_00, currency: 'eur' } }
  const paid = await browser.deed('pay-invoice', { check, with: { method }, plan })
  expect(paid.visit.diagnosis.blockers.map(({ reason }) => reason)).toEqual(['billing_details_missing'])
  expect(paid.visit.check).toMatchObject({ at, reasons: before.check?.reasons })
  expect(paid.visit.check?.reasons).toHaveLength(2)

  const taxId = { type: 'eu_vat', value: 'DE123456789' }
  const completed = await browser.deed('billing-details', { check, taxId })
  expect(completed.visit.diagnosis.verdict).toBe('clear')
  expect(completed.visit.check?.reasons).toEqual(before.check?.reasons)
})
