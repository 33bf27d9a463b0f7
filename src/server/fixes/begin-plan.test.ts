import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
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
  acme = await market.newcomer()
})
afterEach(() => market.desk.heal())

const createCall = { method: 'POST', path: '^/v1/subscriptions$' }
const withCard = async (template?: string) => ({ method: await market.desk.otherCard(acme.customer, template) })
const choose = (request: object, key = randomUUID()) => acme.browser.deed('choose-plan', request, key)
const chosen = async (template?: string, plan = 'team_monthly') => ({
  with: await withCard(template),
  plan: planFrom(await offerOf(acme, plan)),
})
const charges = () => market.desk.charges(acme.customer)
const subscriptions = async () =>
  (await bench.stripe.subscriptions.list({ customer: acme.customer, status: 'all' })).data.map(
    ({ status, items }) => `${status} ${items.data[0]?.price.lookup_key}`,
  )

test('who never had a plan chooses one, pays what was quoted, and is served', async () => {
  const check = await acme.browser.enter(acme.account)
  const offer = await offerOf(acme, 'team_monthly', `?check=${check}`)
  expect(offer).toMatchObject({ current: false, helps: true, quote: { due: { amount: 49_00, currency: 'eur' } } })
  expect(offer).not.toHaveProperty('subscription')
  const { outcome, visit } = await choose({ with: await withCard(), plan: planFrom(offer) })
  expect([outcome, visit.diagnosis.verdict, await charges(), await subscriptions()]).toEqual([
    { kind: 'done' },
    'clear',
    [49_00],
    ['active team_monthly'],
  ])
})

test('credit that Stripe keeps for them is counted, to the smallest unit', async () => {
  await bench.stripe.customers.update(acme.customer, { balance: -12_34 })
  const request = await chosen()
  expect(request.plan.total).toEqual({ amount: 36_66, currency: 'eur' })
  await choose(request)
  expect(await charges()).toEqual([36_66])
})

test('a double click and a second tab begin one subscription and charge once', async () => {
  const request = await chosen()
  const key = randomUUID()
  const answers = await Promise.all([choose(request, key), choose(request, key), choose(request)])
  expect(answers.map(({ outcome }) => outcome.kind)).toEqual(['done', 'done', 'done'])
  expect([await charges(), await subscriptions()]).toEqual([[49_00], ['active team_monthly']])
})

test('two tabs with different plans: one begins, the other is told that there is one already', async () => {
  const answers = await Promise.all([choose(await chosen()), choose(await chosen(undefined, 'business_monthly'))])
  expect(answers.map(({ outcome }) => outcome.kind).toSorted()).toEqual(['done', 'stale'])
  expect([(await charges()).length, (await subscriptions()).length]).toEqual([1, 1])
})

test('after a decline the next card pays the same subscription', async () => {
  const { outcome, visit } = await choose(await chosen('pm_card_chargeCustomerFail'))
  expect([outcome.kind, visit.diagnosis.blockers[0]?.fix]).toEqual(['declined', 'finish-subscribing'])
  expect((await choose(await chosen())).outcome).toEqual({ kind: 'done' })
  expect([await charges(), await subscriptions()]).toEqual([[49_00], ['active team_monthly']])
})

test('after a decline another plan begins in its place, and the first is over without a charge', async () => {
  await choose(await chosen('pm_card_chargeCustomerFail'))
  expect((await choose(await chosen(undefined, 'business_monthly'))).outcome).toEqual({ kind: 'done' })
  expect(await charges()).toEqual([149_00])
  const [business, team] = await subscriptions()
  expect([business, team]).toEqual([
    'active business_monthly',
    expect.stringMatching(/^(incomplete_expired|canceled) /),
  ])
  const { data: open } = await bench.stripe.invoices.list({ customer: acme.customer, status: 'open' })
  expect(open).toEqual([])
})

test('a bank that asks is answered by the usual check', async () => {
  const { outcome } = await choose(await chosen('pm_card_authenticationRequired'))
  const { invoice } = outcome as { invoice: string }
  const { payments } = await bench.stripe.invoices.retrieve(invoice, {
    expand: ['payments.data.payment.payment_intent'],
  })
  await answerBank(payments?.data[0]?.payment.payment_intent as Parameters<typeof answerBank>[0], 'complete')
  const finished = await acme.browser.deed('confirm-payment', { invoice, finished: true })
  expect([finished.outcome, finished.visit.diagnosis.verdict, await charges()]).toEqual([
    { kind: 'done' },
    'clear',
    [49_00],
  ])
})

test.each(['error_after_effect', 'hang'] as const)(
  'when Stripe begins it and the answer is lost (%s): one subscription, one charge',
  async (kind) => {
    const request = await chosen()
    await market.desk.fault({ ...createCall, kind, delay_ms: 1 })
    expect((await choose(request)).outcome).toEqual({ kind: 'done' })
    expect([await charges(), await subscriptions()]).toEqual([[49_00], ['active team_monthly']])
  },
)

test('a trial that ended without a card is followed by a plan that is charged at once, without another trial', async () => {
  acme = await market.enter('team_monthly', {
    trial_period_days: 5,
    trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
  })
  await bench.stripe.subscriptions.cancel(acme.subscriptions[0] ?? '')
  expect((await choose(await chosen())).outcome).toEqual({ kind: 'done' })
  expect([await charges(), await subscriptions()]).toEqual([[49_00], ['active team_monthly', 'canceled team_monthly']])
})

test('whose last plan was taxed is taxed again, and the tax is in the quote', async () => {
  acme = await market.enter('team_monthly', { automatic_tax: { enabled: true } })
  await bench.stripe.subscriptions.cancel(acme.subscriptions[0] ?? '')
  const { quote } = await offerOf(acme, 'business_monthly')
  expect(quote).toEqual({
    due: { amount: 177_31, currency: 'eur' },
    tax: { amount: 28_31, currency: 'eur' },
  })
  await choose(await chosen(undefined, 'business_monthly'))
  expect(await charges()).toEqual([177_31])
})

test('an account that Stripe has never heard of gets a customer with its first purchase, and keeps it', async () => {
  const account = `acct_${randomUUID()}`
  await market.portal.register(account)
  const browser = market.portal.browser()
  await browser.enter(account)
  acme = { account, browser, customer: '', invoice: '', subscriptions: [] }
  const offer = await offerOf(acme, 'team_monthly')
  expect(offer.quote).toEqual({ due: { amount: 49_00, currency: 'eur' } })
  const setups = await Promise.all([market.desk.newCard(browser), market.desk.newCard(browser)])
  const { outcome, visit } = await choose({ with: { setupIntent: setups[0] }, plan: planFrom(offer) })
  expect([outcome, visit.diagnosis.verdict]).toEqual([{ kind: 'done' }, 'clear'])
  // The app puts the account again and still names nobody.
  await market.portal.register(account, { label: 'Acme International' })
  const { body } = await market.portal.asApp('GET', `/v1/accounts/${account}`)
  const { stripe_customer: customer } = body as { stripe_customer: string }
  expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({
    name: 'Acme',
    metadata: { fix402_account: account },
  })
  acme = { ...acme, customer }
  expect([await charges(), await subscriptions()]).toEqual([[49_00], ['active team_monthly']])
  expect((await market.portal.asApp('POST', '/v1/checks', { account, fresh: true })).body).toMatchObject({
    allowed: true,
  })
})

test('billing details may be given before the first purchase', async () => {
  const account = `acct_${randomUUID()}`
  await market.portal.register(account)
  const browser = market.portal.browser()
  await browser.enter(account)
  const address = { line1: 'Torstraße 1', postal_code: '10119', city: 'Berlin', country: 'DE' }
  expect((await browser.deed('billing-details', { address })).outcome).toEqual({ kind: 'done' })
  expect((await browser.get('/api/visit')).body).toMatchObject({ country: 'DE' })
})

test('the customer that the app names comes before the one that was made', async () => {
  const account = `acct_${randomUUID()}`
  await market.portal.register(account)
  const browser = market.portal.browser()
  await browser.enter(account)
  await market.desk.newCard(browser)
  await market.portal.register(account, { stripe_customer: acme.customer })
  const { body } = await market.portal.asApp('GET', `/v1/accounts/${account}`)
  expect(body).toMatchObject({ stripe_customer: acme.customer })
})

test('members who may not pay see no offers and choose nothing', async () => {
  const request = await chosen()
  const sam = market.portal.browser()
  await sam.enter(acme.account, 'sam')
  const { status } = await sam.post('/api/fixes/choose-plan', request, { 'idempotency-key': randomUUID() })
  expect([status, (await sam.get('/api/offers')).status, await subscriptions()]).toEqual([403, 403, []])
  expect((await offersTo(acme)).plans.length).toBeGreaterThan(0)
})
