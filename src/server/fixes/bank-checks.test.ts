import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bankAsks } from '#sandbox/demo/building.ts'
import { customerSince, letTimePass, saveCard, subscribe, type Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { answerBank, openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const asks = 'pm_card_authenticationRequired'
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
afterEach(() => desk.heal())

/** Two plans, 49 and 19 euros, whose renewals both met a card that no longer pays. */
async function twoInvoices(): Promise<
  Stay & { plan: { invoices: string[]; total: { amount: number; currency: string } } }
> {
  const customer = await customerSince(studio, 40, { ...who, card: 'pm_card_visa' })
  const subscriptions = [
    await subscribe(studio, customer, 'team_monthly'),
    await subscribe(studio, customer, 'addon_monthly'),
  ]
  await saveCard(studio, customer, 'pm_card_chargeCustomerFail')
  await letTimePass(studio, customer)
  const { data } = await bench.stripe.invoices.list({ customer: customer.id, status: 'open' })
  const invoices = data.toSorted((a, b) => b.amount_remaining - a.amount_remaining).map(({ id }) => id)
  const stay = await desk.enter(Promise.resolve({ customer: customer.id, subscriptions }))
  return { ...stay, plan: { invoices, total: { amount: 68_00, currency: 'eur' } } }
}

/** The person passes, or fails, the bank's check of an invoice. */
async function answer(invoice: string, how: 'complete' | 'fail'): Promise<void> {
  const { payments } = await bench.stripe.invoices.retrieve(invoice, {
    expand: ['payments.data.payment.payment_intent'],
  })
  const intent = payments?.data.at(-1)?.payment.payment_intent
  if (typeof intent !== 'object') throw new Error('this invoice has no payment')
  await answerBank(intent, how)
}

async function paidAmounts({ customer }: Stay): Promise<number[]> {
  return (await desk.charges(customer)).toSorted((a, b) => a - b)
}

async function cardThatAsks({ browser }: Stay): Promise<string> {
  const setupIntent = await desk.newCard(browser, asks)
  await answerBank(await bench.stripe.setupIntents.retrieve(setupIntent), 'complete')
  return setupIntent
}

/** From now on the bank lets this customer's newest card through without a question. */
async function bankIsSatisfied({ customer }: Stay): Promise<void> {
  const { data } = await bench.stripe.customers.listPaymentMethods(customer, { limit: 1 })
  await bench.lever('POST', `payment_methods/${data[0]?.id}`, { behaves_as: '4242424242424242' })
}

test('a payment that waits for the bank is confirmed, read, and over', async () => {
  const acme = await desk.enter(bankAsks(studio, who))
  const { invoice } = acme
  const begun = await acme.browser.deed('confirm-payment', { invoice, finished: false })
  expect(begun.outcome).toEqual({ kind: 'confirm', invoice, clientSecret: expect.stringMatching(/^pi_\w+_secret_/) })
  await answer(invoice, 'complete')
  const { outcome, visit } = await acme.browser.deed('confirm-payment', { invoice, finished: true })
  expect([outcome, visit.diagnosis.verdict, await desk.charges(acme.customer)]).toEqual([
    { kind: 'done' },
    'clear',
    [49_00],
  ])
})

test('coming back without having passed the bank’s check is not taken for a payment', async () => {
  const acme = await desk.enter(bankAsks(studio, who))
  const { invoice } = acme
  const finish = async () => (await acme.browser.deed('confirm-payment', { invoice, finished: true })).outcome
  expect(await finish()).toMatchObject({ kind: 'confirm', invoice })
  await answer(invoice, 'fail')
  expect(await finish()).toEqual({ kind: 'declined', decline: 'confirm', sameCardCanWork: true })
  const begun = await acme.browser.deed('confirm-payment', { invoice, finished: false })
  expect(begun.outcome).toMatchObject({ kind: 'confirm', invoice })
  await answer(invoice, 'complete')
  expect([await finish(), await desk.charges(acme.customer)]).toEqual([{ kind: 'done' }, [49_00]])
})

test('after the bank’s check of the first invoice the rest of the plan is paid, once', async () => {
  const acme = await twoInvoices()
  const { plan, browser } = acme
  const [first = ''] = plan.invoices
  const paid = await browser.deed('update-card', { with: { setupIntent: await cardThatAsks(acme) }, plan })
  expect(paid.outcome).toMatchObject({ kind: 'confirm', invoice: first })
  await answer(first, 'complete')
  await bankIsSatisfied(acme)
  const finishes = await Promise.all(
    [1, 2, 3].map(() => browser.deed('confirm-payment', { invoice: first, finished: true })),
  )
  expect(finishes.map(({ outcome }) => outcome)).toEqual([{ kind: 'done' }, { kind: 'done' }, { kind: 'done' }])
  expect(await paidAmounts(acme)).toEqual([19_00, 49_00])
  expect(finishes[0]?.visit.diagnosis.verdict).toBe('clear')
})

test('a reload in the middle of the bank’s check loses nothing of the plan', async () => {
  const acme = await twoInvoices()
  const { plan, browser } = acme
  const [first = ''] = plan.invoices
  await browser.deed('update-card', { with: { setupIntent: await cardThatAsks(acme) }, plan })
  const again = await browser.deed('confirm-payment', { invoice: first, finished: false })
  expect(again.outcome).toMatchObject({ kind: 'confirm', invoice: first })
  await answer(first, 'complete')
  await bankIsSatisfied(acme)
  const { outcome, visit } = await browser.deed('confirm-payment', { invoice: first, finished: true })
  expect([outcome, visit.diagnosis.verdict]).toEqual([{ kind: 'done' }, 'clear'])
  expect(await paidAmounts(acme)).toEqual([19_00, 49_00])
})

test('when the bank asks for every invoice of a plan, one check follows the other', async () => {
  const acme = await twoInvoices()
  const { plan, browser } = acme
  const [first = '', second = ''] = plan.invoices
  const key = randomUUID()
  await browser.deed('update-card', { with: { setupIntent: await cardThatAsks(acme) }, plan }, key)
  await answer(first, 'complete')
  const next = await browser.deed('confirm-payment', { invoice: first, finished: true })
  expect(next.outcome).toMatchObject({ kind: 'confirm', invoice: second })
  await answer(second, 'complete')
  const last = await browser.deed('confirm-payment', { invoice: second, finished: true })
  expect([last.outcome, last.visit.diagnosis.verdict]).toEqual([{ kind: 'done' }, 'clear'])
  expect(await paidAmounts(acme)).toEqual([19_00, 49_00])
})

test('a first payment confirmed at the bank leaves the new card, not the pinned old one, in charge', async () => {
  const customer = await bench.stripe.customers.create(who)
  const old = await saveCard(studio, customer, 'pm_card_visa')
  const subscription = await subscribe(studio, customer, 'team_monthly', {
    payment_behavior: 'default_incomplete',
    default_payment_method: old,
  })
  const { data } = await bench.stripe.invoices.list({ customer: customer.id, status: 'open' })
  const invoice = data[0]?.id ?? ''
  const acme = await desk.enter(Promise.resolve({ customer: customer.id, subscriptions: [subscription] }))
  const setupIntent = await cardThatAsks(acme)
  const plan = { invoices: [invoice], total: { amount: 49_00, currency: 'eur' } }
  const paid = await acme.browser.deed('finish-subscribing', { with: { setupIntent }, plan })
  expect(paid.outcome).toMatchObject({ kind: 'confirm', invoice })
  await answer(invoice, 'complete')
  const { outcome, visit } = await acme.browser.deed('confirm-payment', { invoice, finished: true })
  expect([outcome, visit.diagnosis.verdict]).toEqual([{ kind: 'done' }, 'clear'])
  const { payment_method: card } = await bench.stripe.setupIntents.retrieve(setupIntent)
  const { status, default_payment_method } = await bench.stripe.subscriptions.retrieve(subscription)
  expect([status, default_payment_method]).toEqual(['active', card])
})
