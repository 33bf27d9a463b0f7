import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cardDeclined, onePinned, paymentProcessing } from '#sandbox/demo/building.ts'
import { saveCard, type Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
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

const charges = () => desk.charges(acme.customer)
const plan = (invoices = [acme.invoice], amount = 49_00) => ({ invoices, total: { amount, currency: 'eur' } })
const defaultOf = async (id: string) => (await bench.stripe.subscriptions.retrieve(id)).default_payment_method

test('a new card is charged once for what was shown, and becomes the default everywhere the old one was', async () => {
  acme = await desk.enter(onePinned(studio, who))
  const setupIntent = await desk.newCard(acme.browser)
  const { outcome, visit } = await acme.browser.deed('update-card', {
    with: { setupIntent },
    plan: plan([acme.invoice], 19_00),
  })
  expect([outcome, visit.diagnosis.verdict]).toEqual([{ kind: 'done' }, 'clear'])
  expect(await charges()).toEqual([19_00])
  const { payment_method: card } = await bench.stripe.setupIntents.retrieve(setupIntent)
  const customer = await bench.stripe.customers.retrieve(acme.customer)
  expect(customer).toMatchObject({ invoice_settings: { default_payment_method: card } })
  const [team = '', addon = ''] = acme.subscriptions
  expect([await defaultOf(team), await defaultOf(addon)]).toEqual([null, card])
})

test('an empty plan saves and pins the card and charges nothing', async () => {
  acme = await desk.enter(onePinned(studio, who))
  const { outcome } = await acme.browser.deed('update-card', {
    with: { setupIntent: await desk.newCard(acme.browser) },
    plan: { invoices: [] },
  })
  expect([outcome.kind, await charges()]).toEqual(['done', []])
  expect(await defaultOf(acme.subscriptions[1] ?? '')).toMatch(/^pm_/)
})

test('a saved card pays without becoming the default', async () => {
  const method = await desk.otherCard(acme.customer, 'pm_card_mastercard')
  const other = await saveCard(studio, { id: acme.customer }, 'pm_card_visa')
  const { outcome, visit } = await acme.browser.deed('pay-invoice', { with: { method }, plan: plan() })
  expect([outcome.kind, visit.diagnosis.verdict, await charges()]).toEqual(['done', 'clear', [49_00]])
  const customer = await bench.stripe.customers.retrieve(acme.customer)
  expect(customer).toMatchObject({ invoice_settings: { default_payment_method: other } })
})

test('twenty clicks with one intention are one charge and twenty times the same answer', async () => {
  const request = { with: { setupIntent: await desk.newCard(acme.browser) }, plan: plan() }
  const key = randomUUID()
  const answers = await Promise.all(Array.from({ length: 20 }, () => acme.browser.deed('update-card', request, key)))
  expect(await charges()).toEqual([49_00])
  expect(answers.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 20 }, () => ({ kind: 'done' })))
})

test('twenty intentions at once for the same invoice are one charge', async () => {
  const request = { with: { setupIntent: await desk.newCard(acme.browser) }, plan: plan() }
  const answers = await Promise.all(Array.from({ length: 20 }, () => acme.browser.deed('update-card', request)))
  expect(await charges()).toEqual([49_00])
  expect(new Set(answers.map(({ outcome }) => outcome.kind))).toEqual(new Set(['done']))
})

test('two people at two screens with two cards pay once', async () => {
  const jo = portal.browser()
  await jo.enter(acme.account, 'jo')
  const methods = [await desk.otherCard(acme.customer), await desk.otherCard(acme.customer, 'pm_card_mastercard')]
  const deeds = [acme.browser, jo].map((one, index) =>
    one.deed('pay-invoice', { with: { method: methods[index] }, plan: plan() }),
  )
  expect((await Promise.all(deeds)).map(({ outcome }) => outcome.kind)).toEqual(['done', 'done'])
  expect(await charges()).toEqual([49_00])
})

test('a key that belongs to another request is refused, and nothing more is charged', async () => {
  const method = await desk.otherCard(acme.customer)
  const key = randomUUID()
  await acme.browser.deed('pay-invoice', { with: { method }, plan: plan() }, key)
  const others: [fix: string, request: object][] = [
    ['pay-invoice', { with: { method }, plan: plan([acme.invoice], 50_00) }],
    ['update-card', { with: { method }, plan: plan() }],
  ]
  for (const [fix, request] of others) {
    const { status, body } = await acme.browser.post(`/api/fixes/${fix}`, request, { 'idempotency-key': key })
    expect([status, body]).toEqual([409, expect.objectContaining({ code: 'key-reused' })])
  }
  expect(await charges()).toEqual([49_00])
})

test.each([
  ['less than what is owed', () => plan([acme.invoice], 48_99)],
  ['another currency', () => ({ invoices: [acme.invoice], total: { amount: 49_00, currency: 'usd' } })],
  ['no sum at all', () => ({ invoices: [acme.invoice] })],
])('a plan that showed %s is stale and charges nothing', async (_, shown) => {
  const method = await desk.otherCard(acme.customer)
  const { outcome, visit } = await acme.browser.deed('pay-invoice', { with: { method }, plan: shown() })
  expect([outcome, visit.diagnosis.verdict, await charges()]).toEqual([{ kind: 'stale' }, 'blocked', []])
})

test('who owes less than what was shown pays less', async () => {
  const method = await desk.otherCard(acme.customer)
  const { outcome } = await acme.browser.deed('pay-invoice', { with: { method }, plan: plan([acme.invoice], 60_00) })
  expect([outcome.kind, await charges()]).toEqual(['done', [49_00]])
})

test('another customer’s invoice, card, set-up or check is not found, and nobody is charged', async () => {
  const theirs = acme
  const theirMethod = await desk.otherCard(theirs.customer)
  const theirSetup = await desk.newCard(acme.browser)
  const theirCheck = await portal.browser().enter(theirs.account)
  acme = await desk.enter(cardDeclined(studio, who))
  const method = await desk.otherCard(acme.customer)
  const attempts: [fix: string, request: object][] = [
    ['pay-invoice', { with: { method }, plan: plan([theirs.invoice]) }],
    ['pay-invoice', { with: { method }, plan: plan([acme.invoice, theirs.invoice], 98_00) }],
    ['pay-invoice', { with: { method: theirMethod }, plan: plan() }],
    ['update-card', { with: { setupIntent: theirSetup }, plan: plan() }],
    ['update-card', { with: { setupIntent: 'seti_none' }, plan: plan() }],
    ['confirm-payment', { invoice: theirs.invoice, finished: false }],
    ['pay-invoice', { check: theirCheck, with: { method }, plan: plan() }],
  ]
  for (const [fix, request] of attempts) {
    const { status } = await acme.browser.post(`/api/fixes/${fix}`, request, { 'idempotency-key': randomUUID() })
    expect([fix, status]).toEqual([fix, 404])
  }
  expect([await charges(), await desk.charges(theirs.customer)]).toEqual([[], []])
})

test.each(['sam', 'vic'])('%s, who may not pay, can begin and charge nothing', async (member) => {
  const method = await desk.otherCard(acme.customer)
  const person = portal.browser()
  await person.enter(acme.account, member)
  const attempts: [fix: string, request: object][] = [
    ['update-card/setup', {}],
    ['pay-invoice', { with: { method }, plan: plan() }],
    ['confirm-payment', { invoice: acme.invoice, finished: false }],
  ]
  for (const [fix, request] of attempts) {
    const { status, body } = await person.post(`/api/fixes/${fix}`, request, { 'idempotency-key': randomUUID() })
    expect([fix, status, body]).toEqual([fix, 403, expect.objectContaining({ code: 'not-allowed' })])
  }
  expect((await person.get('/api/visit')).body).toMatchObject({ mayPay: false, methods: [] })
  expect(await charges()).toEqual([])
})

test('while a payment is on its way nobody can pay a second time', async () => {
  acme = await desk.enter(paymentProcessing(studio, who))
  const method = await desk.otherCard(acme.customer)
  for (const request of [
    { with: { method }, plan: plan() },
    { with: { setupIntent: await desk.newCard(acme.browser) }, plan: plan() },
  ]) {
    const { outcome } = await acme.browser.deed('pay-invoice', request)
    expect(outcome).toEqual({ kind: 'processing' })
  }
  expect(await charges()).toEqual([])
})

test('why a bank declined is said in one of our words; the bank’s own code never leaves the server', async () => {
  const method = await desk.otherCard(acme.customer, 'tok_visa_chargeCustomerFailLostCard')
  const answer = await acme.browser.post(
    '/api/fixes/pay-invoice',
    { with: { method }, plan: plan() },
    {
      'idempotency-key': randomUUID(),
    },
  )
  expect(answer.body).toMatchObject({ outcome: { kind: 'declined', decline: 'bank', sameCardCanWork: false } })
  const check = await portal.asApp('POST', '/v1/checks', { account: acme.account, fresh: true })
  const bodies = [answer, check, await acme.browser.get('/api/visit'), await acme.browser.get('/api/overview')]
  for (const { text } of bodies) expect(text).not.toMatch(/lost_card|do_not_try_again|decline_code/)
  expect(JSON.stringify(portal.logged)).not.toContain('lost_card')
})
