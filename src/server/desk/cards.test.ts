import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { DeskSearchSchema } from '#contract/desk-search.ts'
import { openSeat, openTheatre, type Seat, type Theatre } from './test-theatre.ts'

// Stripe answers and tells in its own time.
vi.setConfig({ testTimeout: 60_000 })
let theatre: Theatre
let seat: Seat

beforeAll(async () => {
  theatre = await openTheatre()
  seat = await openSeat(theatre)
}, 120_000)
afterAll(() => theatre?.close())

/** The accounts that are found by this very card, once Stripe has told everything. */
async function foundBy(method: string): Promise<readonly string[]> {
  await theatre.allDelivered()
  const { card } = await theatre.bench.stripe.paymentMethods.retrieve(method)
  const query = `${card?.last4} ${card?.exp_month}/${card?.exp_year}`
  const { body } = await seat.agent.post('/api/desk/search', { query })
  return DeskSearchSchema.parse(body).matches.map(({ account }) => account.id)
}

test('a saved card that nothing is charged to is found once Stripe told of it, by its new expiry too, and not once it was taken off', async () => {
  const { account, customer } = await seat.enter()
  const spare = await theatre.customers.otherCard(customer, 'pm_card_amex')
  expect(await foundBy(spare)).toContain(account)
  await theatre.bench.stripe.paymentMethods.update(spare, { card: { exp_month: 2, exp_year: 2039 } })
  expect(await foundBy(spare)).toEqual([account])
  await theatre.bench.stripe.paymentMethods.detach(spare)
  expect(await foundBy(spare)).toEqual([])
})

test('what Stripe told before the app named the customer is known as well', async () => {
  const { stripe } = theatre.bench
  const { id: customer } = await stripe.customers.create({})
  const spare = await theatre.customers.otherCard(customer, 'pm_card_discover')
  await theatre.allDelivered()
  await theatre.portal.register('acct_later', { stripe_customer: customer })
  expect(await foundBy(spare)).toContain('acct_later')
  const { id: other } = await stripe.customers.create({})
  await theatre.portal.register('acct_later', { stripe_customer: other })
  expect(await foundBy(spare)).not.toContain('acct_later')
})
