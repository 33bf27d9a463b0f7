import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { OffersSchema } from '#contract/offer.ts'
import { healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { answerBank, openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from '#server/stripe/test-desk.ts'
import { openTestPortal, webhookSecret, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const packs = {
  credits_1000: { name: '1,000 credits', credits: 1_000 },
}
let bench: Bench
let portal: TestPortal
let studio: Studio
let desk: Desk
let acme: Stay
let method: string

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, {
    merchant: {
      plans: { team_monthly: { name: 'Team' } },
      meters: { lookups: { name: 'Geocoding', unit: 'lookups', credits: 1 } },
      credits: { packs },
    },
  })
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})
beforeEach(async () => {
  acme = await desk.enter(healthy(studio, who))
  method = await desk.otherCard(acme.customer)
})
afterEach(async () => {
  portal.clock.now = studio.now
  await desk.heal()
})

const charges = () => desk.charges(acme.customer)
const euro = (amount: number) => ({ amount, currency: 'eur' })
const plan = (more: object = {}) => ({ invoices: [], price: 'credits_1000', total: euro(10_00), ...more })
const buy = (key = randomUUID(), more: object = {}) =>
  acme.browser.deed('buy-credits', { with: { method }, plan: plan(more) }, key)

/** How many credits there are, found by asking for so many that there are not enough. */
async function balance(account = acme.account): Promise<unknown> {
  const asked = { account, meter: 'lookups', quantity: 1_000_000 }
  const { body } = await portal.asApp('POST', '/v1/checks', asked)
  const { problem } = body as { problem: { blockers: { reason: string; detail: { balance: number } }[] } }
  return problem.blockers.find(({ reason }) => reason === 'credits_exhausted')?.detail.balance
}

const orders = async () => {
  const { data } = await bench.stripe.invoices.list({ customer: acme.customer, limit: 100 })
  return data.filter(({ metadata }) => metadata?.['fix402_credits']).map(({ id, status }) => ({ id, status }))
}

async function decline(more: object = {}): Promise<void> {
  const good = method
  method = await desk.otherCard(acme.customer, 'pm_card_chargeCustomerFail')
  expect((await buy(undefined, more)).outcome.kind).toBe('declined')
  method = good
}

test('the bank’s check is passed in the browser, and then the credits are there, once', async () => {
  method = await desk.otherCard(acme.customer, 'pm_card_authenticationRequired')
  const { outcome } = await buy()
  expect(outcome.kind).toBe('confirm')
  expect((await buy()).outcome).toEqual(outcome)
  const invoice = outcome.kind === 'confirm' ? outcome.invoice : ''
  await answerCheck(invoice)
  const finished = await acme.browser.deed('confirm-payment', { invoice, finished: true })
  expect([finished.outcome, await charges(), await balance()]).toEqual([{ kind: 'done' }, [10_00], 1_000])
})

test('who passes the bank’s check and closes the page has the credits all the same', async () => {
  method = await desk.otherCard(acme.customer, 'pm_card_authenticationRequired')
  const { outcome } = await buy()
  await answerCheck(outcome.kind === 'confirm' ? outcome.invoice : '')
  expect(await freshBalance()).toBe(1_000)
  expect(await freshBalance()).toBe(1_000)
})

async function answerCheck(invoice: string): Promise<void> {
  const { payments } = await bench.stripe.invoices.retrieve(invoice, {
    expand: ['payments.data.payment.payment_intent'],
  })
  const intent = payments?.data.at(-1)?.payment.payment_intent
  if (typeof intent !== 'object') throw new Error('this invoice has no payment')
  await answerBank(intent, 'complete')
}

async function freshBalance(): Promise<unknown> {
  await portal.asApp('POST', '/v1/checks', { account: acme.account, fresh: true })
  return balance()
}

test('an invoice that is paid elsewhere is booked when Stripe tells, once however often it tells', async () => {
  await decline()
  const [order] = await orders()
  await bench.stripe.invoices.pay(order?.id ?? '', { payment_method: method })
  const again = `evt_${randomUUID()}`
  for (const id of [again, again, `evt_${randomUUID()}`]) await tell(id)
  await expect.poll(() => balance()).toBe(1_000)
  await buy()
  expect([await charges(), await balance()]).toEqual([[10_00, 10_00], 2_000])
})

async function tell(id: string): Promise<void> {
  const object = { object: 'invoice', customer: acme.customer }
  const payload = JSON.stringify({ id, object: 'event', type: 'invoice.paid', data: { object } })
  const signed = { payload, secret: webhookSecret, timestamp: portal.clock.now }
  const headers = { 'stripe-signature': Stripe.webhooks.generateTestHeaderString(signed) }
  expect((await portal.ask('POST', '/webhooks/stripe', { body: payload, headers })).status).toBe(200)
}

test('money that is on its way is neither paid twice nor counted yet', async () => {
  method = await desk.otherCard(acme.customer, 'pm_sepaDebit_success_de')
  expect((await buy()).outcome).toEqual({ kind: 'processing' })
  method = await desk.otherCard(acme.customer)
  expect((await buy()).outcome).toEqual({ kind: 'processing' })
  expect([await charges(), await balance(), (await orders()).length]).toEqual([[], 0, 1])
})

test.each(['sam', 'vic'])('%s, who may not pay, buys nothing', async (member) => {
  const person = portal.browser()
  await person.enter(acme.account, member)
  const request = { with: { method }, plan: plan() }
  const { status } = await person.post('/api/fixes/buy-credits', request, { 'idempotency-key': randomUUID() })
  expect([status, (await person.get('/api/offers')).status, await charges()]).toEqual([403, 403, []])
})

test('of two accounts with one customer only the one that paid has the credits', async () => {
  const other = `acct_${randomUUID()}`
  await portal.register(other, { stripe_customer: acme.customer })
  await buy()
  expect([await balance(), await balance(other)]).toEqual([1_000, 0])
})

test('what Stripe holds to the customer’s credit is taken off, as the offer says', async () => {
  await bench.stripe.customers.update(acme.customer, { balance: -4_00 })
  const { body } = await acme.browser.get('/api/offers')
  expect(OffersSchema.parse(body).packs[0]?.quote.due).toEqual(euro(6_00))
  expect((await buy()).outcome).toEqual({ kind: 'stale' })
  await buy(undefined, { total: euro(6_00) })
  expect([await charges(), await balance()]).toEqual([[6_00], 1_000])
})
