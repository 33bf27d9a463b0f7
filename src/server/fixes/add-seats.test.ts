import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SeatOffer } from '#contract/offer.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import { offersTo, openMarket, type Market } from '#server/stripe/test-market.ts'

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
  acme = await market.enter('studio_monthly', { items: [{ price: market.prices.studio_monthly, quantity: 3 }] })
})
afterEach(() => market.desk.heal())

const updateCall = { method: 'POST', path: '^/v1/subscriptions/sub_\\w+$' }
const add = (request: object, key = randomUUID(), { browser } = acme) => browser.deed('add-seats', request, key)
const charges = () => market.desk.charges(acme.customer)
const seatsNow = async () =>
  (await bench.stripe.subscriptions.retrieve(acme.subscriptions[0] ?? '')).items.data[0]?.quantity

async function seatOffer(query = ''): Promise<SeatOffer> {
  const { seats } = await offersTo(acme, query)
  if (!seats) throw new Error('no seats are offered')
  return seats
}
async function moreSeats(query = '') {
  const { subscription, key, quantity, quote } = await seatOffer(query)
  const setupIntent = await market.desk.newCard(acme.browser)
  const { due: total, proratedAt } = quote
  return { with: { setupIntent }, plan: { invoices: [], subscription, price: key, quantity, proratedAt, total } }
}
const putSeats = (seats: number) => market.portal.register(acme.account, { stripe_customer: acme.customer, seats })

test('whoever was refused a seat is offered as many as are needed in all, with the price of the rest of the period', async () => {
  await putSeats(3)
  const check = await market.refuse(acme, { meter: 'seats', quantity: 2 })
  const offer = await seatOffer(`?check=${check}`)
  expect(offer).toMatchObject({
    subscription: acme.subscriptions[0],
    key: 'studio_monthly',
    quantity: 5,
    price: { amount: 60_00, currency: 'eur' },
    interval: { unit: 'month', count: 1 },
  })
  expect(offer.quote.due.amount).toBeLessThan(24_00)
})

test('as many as are wished for are offered, but never fewer than one more', async () => {
  const quantities = [
    (await seatOffer()).quantity,
    (await seatOffer('?seats=9')).quantity,
    (await seatOffer('?seats=2')).quantity,
  ]
  expect(quantities).toEqual([4, 9, 4])
})

test('what was quoted is charged to the smallest unit, and the seats are there', async () => {
  await putSeats(3)
  const check = await market.refuse(acme, { meter: 'seats' })
  const request = await moreSeats(`?check=${check}`)
  const { outcome, visit } = await add({ ...request, check })
  expect([outcome, visit.diagnosis.verdict, await charges(), await seatsNow()]).toEqual([
    { kind: 'done' },
    'clear',
    [request.plan.total.amount],
    4,
  ])
})

test('seats that somebody else bought meanwhile are not bought again', async () => {
  const request = await moreSeats()
  const other = await moreSeats()
  expect((await add(other)).outcome).toEqual({ kind: 'done' })
  expect((await add(request)).outcome).toEqual({ kind: 'stale' })
  expect([(await charges()).length, await seatsNow()]).toEqual([1, 4])
})

test('a double click charges once; a second tab in the same moment charges nothing', async () => {
  const request = await moreSeats()
  const key = randomUUID()
  const answers = await Promise.all([add(request, key), add(request, key)])
  expect(answers.map(({ outcome }) => outcome.kind)).toEqual(['done', 'done'])
  expect((await add(request)).outcome.kind).toBe('stale')
  expect([(await charges()).length, await seatsNow()]).toEqual([1, 4])
})

test('when the answers were lost, the same key tells that the seats are there, charged once', async () => {
  const { data } = await bench.stripe.customers.listPaymentMethods(acme.customer)
  const request = { ...(await moreSeats()), with: { method: data[0]?.id } }
  const key = randomUUID()
  await market.desk.fault({ ...updateCall, kind: 'hang', delay_ms: 300 })
  const adding = add(request, key)
  await expect.poll(seatsNow).toBe(4)
  await market.desk.fault({ method: 'GET', path: '^/v1/subscriptions\\?|^/v1/subscriptions$', kind: 'reset', times: 2 })
  expect((await adding).outcome).toEqual({ kind: 'unknown' })
  await market.desk.heal()
  expect([(await add(request, key)).outcome, (await charges()).length]).toEqual([{ kind: 'done' }, 1])
})

test('a declined card buys no seats', async () => {
  const request = await moreSeats()
  const method = await market.desk.otherCard(acme.customer, 'pm_card_chargeCustomerFail')
  const { outcome } = await add({ ...request, with: { method } })
  expect([outcome.kind, await seatsNow(), await charges()]).toEqual(['declined', 3, []])
})

test('fewer seats, and seats of a plan that is not sold by the seat, are not bought', async () => {
  const request = await moreSeats()
  expect((await add({ ...request, plan: { ...request.plan, quantity: 2 } })).outcome).toEqual({ kind: 'stale' })
  acme = await market.enter('team_monthly')
  expect(await offersTo(acme)).not.toHaveProperty('seats')
  const plan = { ...request.plan, subscription: acme.subscriptions[0], price: 'team_monthly' }
  const method = await market.desk.otherCard(acme.customer)
  expect((await add({ with: { method }, plan })).outcome).toEqual({ kind: 'stale' })
})
