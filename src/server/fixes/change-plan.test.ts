import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { answerBank, openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import { offerOf, offersTo, openMarket, planFrom, type Market } from '#server/stripe/test-market.ts'

let bench: Bench
let market: Market
let acme: Stay

beforeAll(async () => {
  bench = await openBench()
  market = await openMarket(bench)
})
afterAll(async () => {
  await market?.portal.close()
  await bench?.close()
})
beforeEach(async () => {
  acme = await market.enter('team_monthly')
})
afterEach(() => market.desk.heal())

const withCard = async (template?: string) => ({ method: await market.desk.otherCard(acme.customer, template) })
const choose = (request: object, key = randomUUID()) => acme.browser.deed('choose-plan', request, key)
const upgrade = async (template?: string, plan = 'business_monthly') => ({
  with: await withCard(template),
  plan: planFrom(await offerOf(acme, plan)),
})
const charges = () => market.desk.charges(acme.customer)
const subscription = () => bench.stripe.subscriptions.retrieve(acme.subscriptions[0] ?? '')
const planNow = async () => (await subscription()).items.data.map(({ price }) => price.lookup_key).join()

async function answer(invoice: string, how: 'complete' | 'fail'): Promise<void> {
  const { payments } = await bench.stripe.invoices.retrieve(invoice, {
    expand: ['payments.data.payment.payment_intent'],
  })
  const intent = payments?.data.at(-1)?.payment.payment_intent
  if (typeof intent !== 'object') throw new Error('this invoice has no payment')
  await answerBank(intent, how)
}

test('a declined card changes nothing: the plan stays, nothing is owed, and the card it is charged by is the old one', async () => {
  const before = await subscription()
  const { outcome, visit } = await choose(await upgrade('pm_card_chargeCustomerFail'))
  expect([outcome.kind, visit.diagnosis.verdict]).toEqual(['declined', 'clear'])
  const { default_payment_method, pending_update } = await subscription()
  const { data: open } = await bench.stripe.invoices.list({ customer: acme.customer, status: 'open' })
  expect([await planNow(), await charges(), open, default_payment_method, pending_update]).toEqual([
    'team_monthly',
    [],
    [],
    before.default_payment_method,
    null,
  ])
})

test('after a decline another card pays the same plan at the same price, once', async () => {
  const request = await upgrade('pm_card_chargeCustomerFail')
  await choose(request)
  expect((await choose({ ...request, with: await withCard() })).outcome).toEqual({ kind: 'done' })
  expect([await planNow(), await charges()]).toEqual(['business_monthly', [request.plan.total.amount]])
})

test('a saved card pays the difference, and the next period is charged by the card that was charged before', async () => {
  const before = await subscription()
  await choose(await upgrade('pm_card_mastercard'))
  expect((await subscription()).default_payment_method).toBe(before.default_payment_method)
})

test('a card just saved pays the difference and is charged from then on', async () => {
  const setupIntent = await market.desk.newCard(acme.browser, 'pm_card_mastercard')
  const request = await upgrade()
  expect((await choose({ ...request, with: { setupIntent } })).outcome).toEqual({ kind: 'done' })
  const { payment_method } = await bench.stripe.setupIntents.retrieve(setupIntent)
  const customer = await bench.stripe.customers.retrieve(acme.customer)
  expect([await charges(), customer]).toMatchObject([
    [request.plan.total.amount],
    { invoice_settings: { default_payment_method: payment_method } },
  ])
})

test('a card just saved that is declined takes no other card’s place', async () => {
  const before = await bench.stripe.customers.retrieve(acme.customer)
  const setupIntent = await market.desk.newCard(acme.browser, 'pm_card_chargeCustomerFail')
  const { outcome } = await choose({ ...(await upgrade()), with: { setupIntent } })
  const { invoice_settings } = before as { invoice_settings: object }
  expect([outcome.kind, await planNow()]).toEqual(['declined', 'team_monthly'])
  expect(await bench.stripe.customers.retrieve(acme.customer)).toMatchObject({ invoice_settings })
})

test('a card just saved that the bank asks about is charged from then on, once the bank is satisfied', async () => {
  const setupIntent = await market.desk.newCard(acme.browser, 'pm_card_authenticationRequired')
  await answerBank(await bench.stripe.setupIntents.retrieve(setupIntent), 'complete')
  const { outcome } = await choose({ ...(await upgrade()), with: { setupIntent } })
  const { invoice } = outcome as { invoice: string }
  await answer(invoice, 'complete')
  await acme.browser.deed('confirm-payment', { invoice, finished: true })
  const { payment_method } = await bench.stripe.setupIntents.retrieve(setupIntent)
  expect([await planNow(), await bench.stripe.customers.retrieve(acme.customer)]).toMatchObject([
    'business_monthly',
    { invoice_settings: { default_payment_method: payment_method } },
  ])
})

test('choosing the plan they have gives up the change that waits for the bank', async () => {
  await choose(await upgrade('pm_card_authenticationRequired'))
  const stay = { with: await withCard(), plan: planFrom(await offerOf(acme, 'team_monthly')) }
  expect((await choose(stay)).outcome).toEqual({ kind: 'done' })
  expect((await subscription()).pending_update).toBeNull()
})

test('the bank’s check comes first: until it is passed the plan stays, afterwards it is the new one, paid once', async () => {
  const request = await upgrade('pm_card_authenticationRequired')
  const { outcome } = await choose(request)
  expect([outcome, await planNow()]).toEqual([
    { kind: 'confirm', invoice: expect.stringMatching(/^in_/), clientSecret: expect.stringMatching(/^pi_\w+_secret_/) },
    'team_monthly',
  ])
  const { invoice } = outcome as { invoice: string }
  await answer(invoice, 'complete')
  const finished = await acme.browser.deed('confirm-payment', { invoice, finished: true })
  expect([finished.outcome, finished.visit.diagnosis.verdict, await planNow(), await charges()]).toEqual([
    { kind: 'done' },
    'clear',
    'business_monthly',
    [request.plan.total.amount],
  ])
})

test('the bank’s check not passed: the plan stays, access stays, and another card still gets it', async () => {
  const request = await upgrade('pm_card_authenticationRequired')
  const { outcome } = await choose(request)
  const { invoice } = outcome as { invoice: string }
  await answer(invoice, 'fail')
  const finished = await acme.browser.deed('confirm-payment', { invoice, finished: true })
  expect([finished.outcome.kind, finished.visit.diagnosis.verdict, await planNow()]).toEqual([
    'declined',
    'clear',
    'team_monthly',
  ])
  expect((await choose({ ...request, with: await withCard() })).outcome).toEqual({ kind: 'done' })
  expect([await planNow(), await charges()]).toEqual(['business_monthly', [request.plan.total.amount]])
})

test('a bank debit is on its way: the plan has changed, and nobody says that it is paid', async () => {
  const { outcome, visit } = await choose(await upgrade('pm_sepaDebit_successDelayed_de'))
  expect([outcome, visit.diagnosis.access, await planNow(), await charges()]).toEqual([
    { kind: 'processing' },
    true,
    'business_monthly',
    [],
  ])
})

test('when Stripe is down there are no prices at all, and no deed', async () => {
  const request = await upgrade()
  await market.desk.fault({ method: 'GET', path: '^/v1/', kind: 'error', times: 1_000 })
  const answers = [
    await acme.browser.get('/api/offers'),
    await acme.browser.post('/api/fixes/choose-plan', request, { 'idempotency-key': randomUUID() }),
  ]
  expect(answers.map(({ status, body }) => [status, body])).toEqual([
    [503, expect.objectContaining({ code: 'stripe-unreachable' })],
    [503, expect.objectContaining({ code: 'stripe-unreachable' })],
  ])
  await market.desk.heal()
  expect(await charges()).toEqual([])
})

test.each([
  [
    'whose money is not asked for',
    () => bench.stripe.subscriptions.update(acme.subscriptions[0] ?? '', { pause_collection: { behavior: 'void' } }),
  ],
  [
    'that is billed by hand',
    () =>
      bench.stripe.subscriptions.update(acme.subscriptions[0] ?? '', {
        collection_method: 'send_invoice',
        days_until_due: 14,
      }),
  ],
] as const)('a subscription %s is not changed here', async (_, happens) => {
  const request = await upgrade()
  await happens()
  expect((await offersTo(acme)).plans).toEqual([])
  expect([(await choose(request)).outcome, await planNow()]).toEqual([{ kind: 'stale' }, 'team_monthly'])
})

test('while something is owed no plan is offered: the debt comes first', async () => {
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: market.portal.clock.now }
  acme = await market.desk.enter(cardDeclined(studio, { name: 'Acme GmbH', email: 'anna@acme.example' }))
  expect((await offersTo(acme)).plans).toEqual([])
})

test('one that is to end stays ended: the new plan runs to the day that was chosen', async () => {
  const { cancel_at } = await bench.stripe.subscriptions.update(acme.subscriptions[0] ?? '', {
    cancel_at_period_end: true,
  })
  expect((await choose(await upgrade())).outcome).toEqual({ kind: 'done' })
  expect(await subscription()).toMatchObject({ cancel_at })
})
