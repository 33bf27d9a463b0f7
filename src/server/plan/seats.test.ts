import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import { openMarket, type Market } from '#server/stripe/test-market.ts'
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

const seatsNow = async () => (await bench.stripe.subscriptions.retrieve(id)).items.data[0]?.quantity
const putSeats = (seats: number) => market.portal.register(acme.account, { stripe_customer: acme.customer, seats })
const balance = async () => {
  const customer = await bench.stripe.customers.retrieve(acme.customer)
  return customer.deleted ? 0 : customer.balance
}

async function fewer(quantity: number) {
  const { key, quote } = await seatsAt(acme.browser, id, quantity)
  const { due: total, proratedAt } = quote
  return { act: 'fewer-seats', plan: { invoices: [], subscription: id, price: key, quantity, proratedAt, total } }
}

test('what so many seats cost, and what they change, is told before anything is done', async () => {
  await putSeats(3)
  const more = await seatsAt(acme.browser, id, 7)
  expect(more).toMatchObject({ held: 5, least: 3, quantity: 7, price: { amount: 84_00 }, key: 'studio_monthly' })
  expect(more.quote.due.amount).toBeGreaterThan(0)
  expect(more.changes).toEqual([{ kind: 'seats', before: 5, after: 7, used: 3 }])
  expect(await seatsNow()).toBe(5)
})

test('fewer seats charge nothing, and what is left of them is credited to the smallest unit as it was shown', async () => {
  await putSeats(3)
  const { quote } = await seatsAt(acme.browser, id, 3)
  expect(quote.due.amount).toBe(0)
  expect((await act(acme.browser, await fewer(3))).outcome).toEqual({ kind: 'done' })
  expect([await seatsNow(), await balance(), await market.desk.charges(acme.customer)]).toEqual([
    3,
    -(quote.credit?.amount ?? 0),
    [],
  ])
})

test('there are never fewer seats than are taken', async () => {
  const two = await fewer(2)
  await putSeats(4)
  expect((await seatsAt(acme.browser, id, 1)).quantity).toBe(4)
  expect((await act(acme.browser, two)).outcome).toEqual({ kind: 'stale' })
  expect([await seatsNow(), await balance()]).toEqual([5, 0])
})

test('a price that is an hour old, or that somebody overtook, changes nothing', async () => {
  const request = await fewer(3)
  const old = { ...request, plan: { ...request.plan, proratedAt: market.portal.clock.now - 3_601 } }
  expect((await act(acme.browser, old)).outcome).toEqual({ kind: 'stale' })
  const mine = await fewer(3)
  expect((await act(acme.browser, await fewer(2))).outcome).toEqual({ kind: 'done' })
  expect((await act(acme.browser, mine)).outcome).toEqual({ kind: 'stale' })
  expect(await seatsNow()).toBe(2)
})

test('more seats are not had for nothing', async () => {
  const request = await fewer(3)
  const greedy = { ...request, plan: { ...request.plan, quantity: 9 } }
  expect((await act(acme.browser, greedy)).outcome).toEqual({ kind: 'stale' })
  expect(await seatsNow()).toBe(5)
})

test('a plan that is not sold by the seat has no seats to give back', async () => {
  const team = await market.enter('team_monthly')
  const { bySeat, acts } = await holdingIn(team.browser, team.subscriptions[0])
  expect([bySeat, acts.includes('seats')]).toEqual([false, false])
  const { status } = await team.browser.get(`/api/plan/seats?subscription=${team.subscriptions[0]}&quantity=1`)
  expect(status).toBe(404)
})
