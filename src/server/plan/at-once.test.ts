import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import { offerOf, openMarket, planFrom, type Market, type PlanKey } from '#server/stripe/test-market.ts'
import { change, eur, holding, idOf, openLater } from '#server/stripe/test-later.ts'
import { act } from './test-plan.ts'

let bench: Bench
let market: Market
let later: ReturnType<typeof openLater>

beforeAll(async () => {
  bench = await openBench()
  market = await openMarket(bench)
  later = openLater(bench, market)
})
afterAll(async () => {
  await market?.portal.close()
  await bench?.close()
})

test.each<[string, PlanKey, PlanKey, (stay: Stay) => Promise<unknown>]>([
  [
    'in a trial',
    'team_monthly',
    'starter_monthly',
    ({ subscriptions: [id = ''] }) =>
      bench.stripe.subscriptions.update(id, {
        trial_end: market.portal.clock.now + 5 * 86_400,
        proration_behavior: 'none',
      }),
  ],
  ['from a year to a month', 'pro_yearly', 'team_monthly', () => Promise.resolve()],
])('%s a smaller plan begins at once, without asking for a card', async (_, from, to, happens) => {
  const stay = await market.enter(from)
  await happens(stay)
  const request = await change(stay, to)
  expect(request.plan).toMatchObject({ total: eur(0), proratedAt: expect.any(Number) })
  expect(request.plan).not.toHaveProperty('later')
  const { credit } = (await offerOf(stay, to)).quote
  expect((await act(stay.browser, request)).outcome).toEqual({ kind: 'done' })
  const { plan, planned: none } = await holding(stay)
  expect([await later.priceAtStripe(stay), plan, none]).toEqual([
    to,
    to === 'team_monthly' ? 'Team' : 'Starter',
    undefined,
  ])
  expect([await later.charges(stay), await later.balance(stay)]).toEqual([[], -(credit?.amount ?? 0) + 0])
})

test('from a year to a month what is left of the year is credited and pays the months that follow, to the last cent', async () => {
  const stay = await market.enter('pro_yearly')
  const { credit, newPeriod } = (await offerOf(stay, 'team_monthly')).quote
  expect(newPeriod).toBe(true)
  await act(stay.browser, await change(stay, 'team_monthly'))
  let left = credit?.amount ?? 0
  expect(left).toBeGreaterThan(400_00)
  while (left > 49_00) {
    await later.renewed(stay, (await holding(stay)).periodEnd)
    left -= 49_00
    expect([await later.balance(stay), await later.charges(stay)]).toEqual([-left, []])
  }
  await later.renewed(stay, (await holding(stay)).periodEnd)
  expect([await later.balance(stay), await later.charges(stay)]).toEqual([0, [49_00 - left]])
})

test('in a trial another plan begins at once, and costs nothing until the trial ends and then what was said', async () => {
  const stay = await market.enter('team_monthly')
  const trialEnd = market.portal.clock.now + 5 * 86_400
  await bench.stripe.subscriptions.update(idOf(stay), { trial_end: trialEnd, proration_behavior: 'none' })
  expect((await offerOf(stay, 'starter_monthly')).quote).toMatchObject({ due: eur(0), trialEnd })
  await act(stay.browser, await change(stay, 'starter_monthly'))
  expect([(await holding(stay)).plan, await later.charges(stay)]).toEqual(['Starter', []])
  await later.renewed(stay, trialEnd)
  expect(await later.charges(stay)).toEqual([19_00])
})

test('what begins at once in a plan that is set to end says that it still ends, and so it does', async () => {
  const stay = await market.enter('team_monthly')
  await act(stay.browser, { act: 'cancel', subscription: idOf(stay), when: 'end' })
  const offer = await offerOf(stay, 'business_monthly')
  expect(offer.quote).toMatchObject({ stillEnds: true, due: eur(expect.any(Number)) })
  expect(await later.upgrade(stay, planFrom(offer))).toEqual({ kind: 'done' })
  const { plan, cancelAt, periodEnd } = await holding(stay)
  expect([plan, cancelAt, await later.charges(stay)]).toEqual(['Business', periodEnd, [offer.quote.due.amount]])
  await later.renewed(stay, periodEnd)
  expect([(await later.atStripe(stay)).status, await later.charges(stay)]).toEqual(['canceled', []])
})
