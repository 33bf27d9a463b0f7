import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import { offersTo, openMarket, type Market } from '#server/stripe/test-market.ts'
import { act, holdingIn, seatsAt } from './test-plan.ts'

let bench: Bench
let market: Market
let acme: Stay
let id: string

beforeAll(async () => {
  bench = await openBench()
  market = await openMarket(bench)
})
afterAll(async () => {
  await market?.portal.close()
  await bench?.close()
})
beforeEach(async () => {
  acme = await market.enter('studio_monthly', { items: [{ price: market.prices.studio_monthly, quantity: 5 }] })
  id = acme.subscriptions[0] ?? ''
})
afterEach(() => market.desk.heal())

const eur = (amount: number) => ({ amount, currency: 'eur' })
const seatsNow = async () => (await bench.stripe.subscriptions.retrieve(id)).items.data[0]?.quantity
const putSeats = (seats: number) => market.portal.register(acme.account, { stripe_customer: acme.customer, seats })
const balance = async () => {
  const customer = await bench.stripe.customers.retrieve(acme.customer)
  return customer.deleted ? 0 : customer.balance
}

async function fewer(quantity: number) {
  const { key, quote } = await seatsAt(acme.browser, id, quantity)
  const { due: total, later } = quote
  const shown = later && { later: { at: later.at, due: later.due } }
  return { act: 'change', plan: { invoices: [], subscription: id, price: key, quantity, total, ...shown } }
}

test('what so many seats cost, and what they change, is told before anything is done', async () => {
  await putSeats(3)
  const more = await seatsAt(acme.browser, id, 7)
  expect(more).toMatchObject({ held: 5, least: 3, quantity: 7, price: { amount: 84_00 }, key: 'studio_monthly' })
  expect(more.quote.due.amount).toBeGreaterThan(0)
  expect(more.changes).toEqual([{ kind: 'seats', before: 5, after: 7, used: 3 }])
  expect(await seatsNow()).toBe(5)
})

test('fewer seats begin with the next period, which then costs what was shown; until then all of them stay', async () => {
  await putSeats(3)
  const { quote, changes } = await seatsAt(acme.browser, id, 3)
  const { periodEnd } = await holdingIn(acme.browser, id)
  expect(quote).toEqual({ due: eur(0), later: { at: periodEnd, due: eur(36_00) } })
  expect(changes).toEqual([{ kind: 'seats', before: 5, after: 3, used: 3 }])
  expect((await act(acme.browser, await fewer(3))).outcome).toEqual({ kind: 'done' })
  expect([await balance(), await market.desk.charges(acme.customer)]).toEqual([0, []])
  const { quantity, price, terms, planned } = await holdingIn(acme.browser, id)
  expect({ quantity, price, terms }).toMatchObject({ quantity: 5, price: eur(60_00), terms: { seats: 5 } })
  expect(planned).toMatchObject({ at: periodEnd, plan: 'Studio', quantity: 3, seatsOnly: true, mayUndo: true })
  await market.letTimePass(acme, periodEnd + 3_660)
  const after = await holdingIn(acme.browser, id)
  expect(after).toMatchObject({ quantity: 3, price: eur(36_00), terms: { seats: 3 } })
  expect([after.planned, await market.desk.charges(acme.customer)]).toEqual([undefined, [36_00]])
})

test('there are never fewer seats than are taken', async () => {
  const two = await fewer(2)
  await putSeats(4)
  expect((await seatsAt(acme.browser, id, 1)).quantity).toBe(4)
  expect((await act(acme.browser, two)).outcome).toEqual({ kind: 'stale' })
  expect([await seatsNow(), await balance()]).toEqual([5, 0])
})

test('the number that is planned can be planned anew, up to as many as there are', async () => {
  await act(acme.browser, await fewer(2))
  expect(await seatsAt(acme.browser, id, 4)).toMatchObject({
    held: 5,
    quantity: 4,
    quote: { later: { due: eur(48_00) } },
  })
  expect((await act(acme.browser, await fewer(4))).outcome).toEqual({ kind: 'done' })
  expect((await holdingIn(acme.browser, id)).planned).toMatchObject({ quantity: 4, price: eur(48_00) })
  const most = await seatsAt(acme.browser, id, 9)
  expect(most).toMatchObject({ quantity: 5, quote: { due: eur(0) }, planned: { quantity: 4 } })
})

test('while fewer are planned no more are sold: taken back first, they cost what they cost before', async () => {
  await putSeats(5)
  const before = await seatsAt(acme.browser, id, 6)
  await putSeats(2)
  await act(acme.browser, await fewer(2))
  await putSeats(5)
  const { seats, planned } = await offersTo(acme)
  expect([seats, planned]).toMatchObject([undefined, { quantity: 2, seatsOnly: true, mayUndo: true }])
  const { key, quote } = before
  const plan = {
    invoices: [],
    subscription: id,
    price: key,
    quantity: 6,
    proratedAt: quote.proratedAt,
    total: quote.due,
  }
  const request = { with: { method: await market.desk.otherCard(acme.customer) }, plan }
  expect((await acme.browser.deed('add-seats', request)).outcome).toEqual({ kind: 'stale' })
  await act(acme.browser, { act: 'undo', subscription: id })
  expect((await seatsAt(acme.browser, id, 6)).quote).toEqual(before.quote)
  expect((await acme.browser.deed('add-seats', request)).outcome).toEqual({ kind: 'done' })
  expect(await market.desk.charges(acme.customer)).toEqual([before.quote.due.amount])
})

test('more seats are not had for nothing', async () => {
  const request = await fewer(3)
  const greedy = { ...request, plan: { ...request.plan, quantity: 9 } }
  expect((await act(acme.browser, greedy)).outcome).toEqual({ kind: 'stale' })
  const now = { ...greedy.plan, later: undefined, proratedAt: market.portal.clock.now }
  expect((await act(acme.browser, { act: 'change', plan: now })).outcome).toEqual({ kind: 'stale' })
  expect(await seatsNow()).toBe(5)
})

test('a plan that is not sold by the seat has no seats to give back', async () => {
  const team = await market.enter('team_monthly')
  const { bySeat, acts } = await holdingIn(team.browser, team.subscriptions[0])
  expect([bySeat, acts.includes('seats')]).toEqual([false, false])
  const { status } = await team.browser.get(`/api/plan/seats?subscription=${team.subscriptions[0]}&quantity=1`)
  expect(status).toBe(404)
})
