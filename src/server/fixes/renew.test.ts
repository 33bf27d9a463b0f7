import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Visit } from '#contract/visit.ts'
import { cardDeclined, healthy, subscriptionEnded } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const price = { amount: 49_00, currency: 'eur' }
const createCall = { method: 'POST', path: '^/v1/subscriptions$' }

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
  acme = await desk.enter(subscriptionEnded(studio, who))
})
afterEach(() => desk.heal())

const requestWith = (chosen: object, stay = acme) => ({
  with: chosen,
  plan: { invoices: [], subscription: stay.subscriptions[0], total: price },
})
const withCard = async (template?: string) => requestWith({ method: await desk.otherCard(acme.customer, template) })
const renew = (request: object, key = randomUUID()) => acme.browser.deed('renew', request, key)
const charges = () => desk.charges(acme.customer)
const statuses = async () =>
  (await bench.stripe.subscriptions.list({ customer: acme.customer, status: 'all' })).data.map(({ status }) => status)

test('the refused person is told what ended, when, and what it costs to start again', async () => {
  const { body } = await acme.browser.get('/api/visit')
  expect(body).toMatchObject({
    diagnosis: {
      blockers: [
        {
          reason: 'subscription_canceled',
          fix: 'renew',
          plan: 'Team',
          price,
          interval: { unit: 'month', count: 1 },
          began: true,
          ended: expect.any(Number),
        },
      ],
    },
  })
})

const goOn = async () => ((await acme.browser.get('/api/visit')).body as Visit).goOn

test('what it costs to go on is what is charged, with its tax, and the new one is taxed as well', async () => {
  acme = await desk.enter(healthy(studio, who))
  const id = acme.subscriptions[0] ?? ''
  await bench.stripe.subscriptions.update(id, { automatic_tax: { enabled: true } })
  await bench.stripe.subscriptions.cancel(id)
  const going = await goOn()
  expect(going).toEqual({
    subscription: id,
    quote: { due: { amount: 58_31, currency: 'eur' }, tax: { amount: 9_31, currency: 'eur' } },
  })
  const request = await withCard()
  // The list price is not what is charged.
  expect((await renew(request)).outcome).toEqual({ kind: 'stale' })
  const plan = { ...request.plan, total: going?.quote.due }
  expect((await renew({ ...request, plan })).outcome).toEqual({ kind: 'done' })
  const [begun] = (await bench.stripe.subscriptions.list({ customer: acme.customer })).data
  expect([await charges(), begun?.automatic_tax.enabled]).toEqual([[58_31], true])
})

test('credit that Stripe keeps is counted before it goes on', async () => {
  await bench.stripe.customers.update(acme.customer, { balance: -60_00 })
  const going = await goOn()
  expect(going?.quote).toEqual({ due: { amount: 0, currency: 'eur' }, credit: { amount: 11_00, currency: 'eur' } })
  const request = await withCard()
  const plan = { ...request.plan, total: going?.quote.due }
  expect((await renew({ ...request, plan })).outcome).toEqual({ kind: 'done' })
  expect([await charges(), await statuses()]).toEqual([[], ['active', 'canceled']])
})

test('who may not pay is not told what going on costs', async () => {
  const sam = portal.browser()
  await sam.enter(acme.account, 'sam')
  expect((await sam.get('/api/visit')).body).not.toHaveProperty('goOn')
})

test('with a saved card one subscription begins, is paid once, and goes on with that card', async () => {
  const request = await withCard('pm_card_mastercard')
  const { outcome, visit } = await renew(request)
  expect([outcome, visit.diagnosis.verdict, await charges()]).toEqual([{ kind: 'done' }, 'clear', [49_00]])
  const [begun] = (await bench.stripe.subscriptions.list({ customer: acme.customer })).data
  expect(begun?.default_payment_method).toBe((request.with as { method: string }).method)
})

test('with a card just saved the same, and the card is the default', async () => {
  const setupIntent = await desk.newCard(acme.browser, 'pm_card_mastercard')
  expect((await renew(requestWith({ setupIntent }))).outcome).toEqual({ kind: 'done' })
  expect([await charges(), await statuses()]).toEqual([[49_00], ['active', 'canceled']])
})

test('a double click and a second tab at the same moment: one subscription, one charge', async () => {
  const request = await withCard()
  const key = randomUUID()
  const answers = await Promise.all([renew(request, key), renew(request, key), renew(request)])
  expect(answers.map(({ outcome }) => outcome.kind)).toEqual(['done', 'done', 'done'])
  expect([await charges(), await statuses()]).toEqual([[49_00], ['active', 'canceled']])
})

test.each(['error_after_effect', 'hang'] as const)(
  'when Stripe begins it and the answer is lost (%s): one subscription, one charge',
  async (kind) => {
    await desk.fault({ ...createCall, kind, delay_ms: 1 })
    expect((await renew(await withCard())).outcome).toEqual({ kind: 'done' })
    expect([await charges(), await statuses()]).toEqual([[49_00], ['active', 'canceled']])
  },
)

test('when Stripe breaks off before it begins nobody claims anything, and the same key begins one', async () => {
  const request = await withCard()
  const key = randomUUID()
  await desk.fault({ ...createCall, kind: 'reset', times: 2 })
  expect((await renew(request, key)).outcome).toEqual({ kind: 'unknown' })
  expect([(await renew(request, key)).outcome, await charges()]).toEqual([{ kind: 'done' }, [49_00]])
  expect(await statuses()).toEqual(['active', 'canceled'])
})

test('a declined first payment leaves one unfinished subscription, which the next card pays', async () => {
  const { outcome, visit } = await renew(await withCard('pm_card_chargeCustomerFail'))
  expect(outcome.kind).toBe('declined')
  expect(visit.diagnosis.blockers[0]?.fix).toBe('finish-subscribing')
  // A tab that still shows the ended one pays what was begun, and begins nothing.
  expect((await renew(await withCard())).outcome).toEqual({ kind: 'done' })
  expect([await charges(), await statuses()]).toEqual([[49_00], ['active', 'canceled']])
})

test('a bank that asks is answered by the usual check, on the one subscription', async () => {
  const { outcome, visit } = await renew(await withCard('pm_card_authenticationRequired'))
  expect([outcome.kind, visit.diagnosis.blockers[0]?.fix]).toEqual(['confirm', 'confirm-payment'])
  expect([await charges(), await statuses()]).toEqual([[], ['incomplete', 'canceled']])
})

test('beside a living subscription nothing is begun', async () => {
  const request = await withCard()
  await bench.stripe.subscriptions.create({
    customer: acme.customer,
    items: [{ price: studio.prices.pro_yearly }],
  })
  expect((await renew(request)).outcome).toEqual({ kind: 'stale' })
  expect((await statuses()).toSorted()).toEqual(['active', 'canceled'])
})

test.each([
  ['another price', { total: { amount: 39_00, currency: 'eur' } }],
  ['another currency', { total: { amount: 49_00, currency: 'usd' } }],
  ['another subscription', { subscription: 'sub_other' }],
] as const)('%s than the one that ended begins nothing', async (_, differs) => {
  const request = await withCard()
  const { outcome } = await renew({ ...request, plan: { ...request.plan, ...differs } })
  expect([outcome, await charges(), await statuses()]).toEqual([{ kind: 'stale' }, [], ['canceled']])
})

test('a price that is no longer sold is not offered', async () => {
  const sold = await bench.stripe.prices.create({
    product_data: { name: 'Old team' },
    currency: 'eur',
    unit_amount: 39_00,
    recurring: { interval: 'month' },
  })
  const { id } = await bench.stripe.subscriptions.create({ customer: acme.customer, items: [{ price: sold.id }] })
  await bench.stripe.subscriptions.cancel(id)
  await bench.stripe.prices.update(sold.id, { active: false })
  const { body } = await acme.browser.get('/api/visit')
  const [blocker] = (body as { diagnosis: { blockers: object[] } }).diagnosis.blockers
  expect(blocker).toMatchObject({ reason: 'subscription_canceled', subscription: id })
  expect(blocker).not.toHaveProperty('price')
})

test('what the ended subscription still owes is not charged by renewing', async () => {
  acme = await desk.enter(cardDeclined(studio, who))
  await bench.stripe.subscriptions.cancel(acme.subscriptions[0] ?? '')
  expect((await renew(await withCard())).outcome).toEqual({ kind: 'done' })
  const { status } = await bench.stripe.invoices.retrieve(acme.invoice)
  expect([await charges(), status]).toEqual([[49_00], 'open'])
})

test('a member who may not pay cannot renew', async () => {
  const sam = portal.browser()
  await sam.enter(acme.account, 'sam')
  const { status } = await sam.post('/api/fixes/renew', await withCard(), { 'idempotency-key': randomUUID() })
  expect([status, await statuses()]).toEqual([403, ['canceled']])
})
