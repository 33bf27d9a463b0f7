import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import { offerOf, openMarket, planFrom, type Market } from '#server/stripe/test-market.ts'

let bench: Bench
let market: Market

beforeAll(async () => {
  bench = await openBench()
  market = await openMarket(bench)
})
afterAll(async () => {
  await market?.portal.close()
  await bench?.close()
})
afterEach(() => market.desk.heal())

const withCard = async (stay: Stay, template?: string) => ({
  method: await market.desk.otherCard(stay.customer, template),
})
const choose = (stay: Stay, request: object, key = randomUUID()) => stay.browser.deed('choose-plan', request, key)
const charges = ({ customer }: Stay) => market.desk.charges(customer)
const subscriptionOf = ({ subscriptions: [id = ''] }: Stay) => bench.stripe.subscriptions.retrieve(id)
const plansOf = async (stay: Stay) =>
  (await subscriptionOf(stay)).items.data.map(({ price, quantity }) => `${quantity} ${price.lookup_key}`)

const taxed = { automatic_tax: { enabled: true } }
const trial = { trial_period_days: 30 }

test.each([
  ['up', 'team_monthly', 'business_monthly', {}],
  ['up from the smallest', 'starter_monthly', 'team_monthly', {}],
  ['to a year', 'team_monthly', 'pro_yearly', {}],
  ['in yen', 'team_monthly_jpy', 'business_monthly_jpy', {}],
  ['in dinars', 'team_monthly_kwd', 'business_monthly_kwd', {}],
  ['up with tax', 'team_monthly', 'business_monthly', taxed],
  ['to a year with tax', 'team_monthly', 'pro_yearly', taxed],
] as const)(
  '%s: what was quoted is charged to the smallest unit, and the plan is the new one',
  async (_, from, to, how) => {
    const stay = await market.enter(from, how)
    const offer = await offerOf(stay, to)
    expect(offer.quote.due.amount).toBeGreaterThan(0)
    expect((offer.quote.tax?.amount ?? 0) > 0).toBe('automatic_tax' in how)
    const { outcome } = await choose(stay, { with: await withCard(stay), plan: planFrom(offer) })
    expect([outcome, await charges(stay), await plansOf(stay)]).toEqual([
      { kind: 'done' },
      [offer.quote.due.amount],
      [`1 ${to}`],
    ])
  },
)

test('from a year to a month nothing is charged, and what is left over is the credit that was shown', async () => {
  const stay = await market.enter('pro_yearly')
  const offer = await offerOf(stay, 'team_monthly')
  expect(offer.quote).toMatchObject({ due: { amount: 0 }, credit: { amount: expect.any(Number) } })
  const { outcome } = await choose(stay, { with: await withCard(stay), plan: planFrom(offer) })
  const customer = await bench.stripe.customers.retrieve(stay.customer)
  expect([outcome, await charges(stay), await plansOf(stay)]).toEqual([{ kind: 'done' }, [], ['1 team_monthly']])
  expect(customer).toMatchObject({ balance: -(offer.quote.credit?.amount ?? 0) })
})

test('in a trial another plan costs nothing now, and the trial goes on to its day', async () => {
  const stay = await market.enter('team_monthly', trial)
  const { trial_end } = await subscriptionOf(stay)
  const offer = await offerOf(stay, 'pro_yearly')
  expect(offer.quote).toEqual({
    due: { amount: 0, currency: 'eur' },
    proratedAt: expect.any(Number),
    trialEnd: trial_end,
  })
  const { outcome } = await choose(stay, { with: await withCard(stay), plan: planFrom(offer) })
  expect([outcome, await charges(stay), await plansOf(stay)]).toEqual([{ kind: 'done' }, [], ['1 pro_yearly']])
  expect(await subscriptionOf(stay)).toMatchObject({ status: 'trialing', trial_end })
})
