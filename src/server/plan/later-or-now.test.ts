import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { OverviewSchema } from '#contract/overview.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { offerOf, offersTo, openMarket, planFrom, type Market } from '#server/stripe/test-market.ts'
import { change, eur, holding, idOf, undo, openLater } from '#server/stripe/test-later.ts'
import { act, holdingIn } from './test-plan.ts'

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
afterEach(async () => {
  await market.desk.heal()
  await bench.stripe.prices.update(market.prices.business_monthly, { active: true })
})

test('a plan that is no longer sold could not come back, so the change from it begins at once', async () => {
  const stay = await market.enter('business_monthly')
  await bench.stripe.prices.update(market.prices.business_monthly, { active: false })
  expect((await offerOf(stay, 'team_monthly')).quote).toMatchObject({ due: eur(0), credit: eur(expect.any(Number)) })
})

test('what can no longer come back is not offered to, and is not lost before its time', async () => {
  const { stay } = await later.planned()
  await bench.stripe.prices.update(market.prices.business_monthly, { active: false })
  expect((await holding(stay)).acts).not.toContain('undo')
  expect((await offersTo(stay)).planned?.mayUndo).toBe(false)
  expect((await undo(stay)).outcome).toEqual({ kind: 'stale' })
  expect(await later.mayHave(stay, { feature: 'offline_maps' })).toBe(true)
})

test('in the last minutes of a period nothing is arranged any more for the next one', async () => {
  const { stay, periodEnd } = await later.planned()
  const other = await market.enter('business_monthly')
  const shown = await change(other, 'team_monthly')
  const end = (await holding(other)).periodEnd
  await market.letTimePass(stay, periodEnd - 200)
  expect((await holding(stay)).acts).not.toContain('undo')
  expect((await undo(stay)).outcome).toEqual({ kind: 'stale' })
  await market.letTimePass(other, end - 200)
  expect((await act(other.browser, shown)).outcome).toEqual({ kind: 'stale' })
  expect((await offerOf(other, 'team_monthly')).quote.later).toBeUndefined()
})

test('once the next period has begun nothing is taken back', async () => {
  const { stay, periodEnd } = await later.planned()
  await later.renewed(stay, periodEnd)
  expect((await undo(stay)).outcome).toEqual({ kind: 'stale' })
  expect([await later.priceAtStripe(stay), await later.charges(stay)]).toEqual(['starter_monthly', [19_00]])
})

test('another day, another sum or another kind of change than was shown is refused', async () => {
  const stay = await market.enter('business_monthly')
  const { plan } = await change(stay, 'team_monthly')
  const shown = plan.later ?? { at: 0, due: eur(0) }
  for (const wrong of [
    { ...plan, later: { ...shown, at: shown.at - 1 } },
    { ...plan, later: { ...shown, due: eur(shown.due.amount + 1) } },
    { ...plan, later: undefined },
    { ...plan, price: 'addon_monthly' },
    { ...planFrom(await offerOf(stay, 'pro_yearly')), later: shown },
  ])
    expect((await act(stay.browser, { act: 'change', plan: wrong })).outcome).toEqual({ kind: 'stale' })
  await bench.stripe.customers.update(stay.customer, { balance: -300 })
  expect((await act(stay.browser, { act: 'change', plan })).outcome).toEqual({ kind: 'stale' })
  expect(await later.priceAtStripe(stay)).toBe('business_monthly')
})

test.each(['error_after_effect', 'reset'] as const)(
  'a lost answer (%s) may be asked for again, and is done once',
  async (kind) => {
    const stay = await market.enter('business_monthly')
    const [request, key] = [await change(stay, 'team_monthly'), randomUUID()]
    await market.desk.fault({ method: 'POST', path: `^/v1/subscriptions/${idOf(stay)}$`, kind, times: 1 })
    await act(stay.browser, request, key)
    expect((await act(stay.browser, request, key)).outcome).toEqual({ kind: 'done' })
    await market.desk.fault({ method: 'POST', path: `^/v1/subscriptions/${idOf(stay)}$`, kind, times: 1 })
    await undo(stay)
    expect((await undo(stay)).outcome).toEqual({ kind: 'done' })
    expect([await later.priceAtStripe(stay), await later.charges(stay), await later.balance(stay)]).toEqual([
      'business_monthly',
      [],
      0,
    ])
  },
)

test('an item that the merchant has changed since keeps nothing of before', async () => {
  const { stay } = await later.planned('team_monthly', 'starter_monthly')
  const [item] = (await later.atStripe(stay)).items.data
  await bench.stripe.subscriptions.update(idOf(stay), {
    items: [{ id: item?.id ?? '', price: market.prices.business_monthly }],
    proration_behavior: 'none',
  })
  const { plan, planned: none, terms } = await holding(stay)
  expect([plan, none, terms.seats]).toEqual(['Business', undefined, 25])
})

test('of several items only the one with the plan keeps anything, and the others stay', async () => {
  const items = [{ price: market.prices.addon_monthly }, { price: market.prices.business_monthly }]
  const stay = await market.enter('business_monthly', { items })
  await act(stay.browser, await change(stay, 'team_monthly'))
  const { planned: found, terms, periodEnd, price } = await holding(stay)
  expect([found?.plan, terms.seats, price]).toEqual(['Team', 25, eur(168_00)])
  await later.renewed(stay, periodEnd)
  expect([await later.charges(stay), (await holding(stay)).terms.seats]).toEqual([[19_00 + 49_00], 5])
})

test('a change that waits for the bank is given up by a smaller choice, and nothing was paid', async () => {
  const stay = await market.enter('team_monthly')
  const asks = { method: await market.desk.otherCard(stay.customer, 'pm_card_authenticationRequired') }
  await stay.browser.deed('choose-plan', { with: asks, plan: planFrom(await offerOf(stay, 'business_monthly')) })
  expect((await later.atStripe(stay)).pending_update).not.toBeNull()
  expect((await act(stay.browser, await change(stay, 'starter_monthly'))).outcome).toEqual({ kind: 'done' })
  const { pending_update } = await later.atStripe(stay)
  expect([pending_update, await later.priceAtStripe(stay), await later.charges(stay)]).toEqual([
    null,
    'starter_monthly',
    [],
  ])
  expect(await holding(stay)).toMatchObject({ plan: 'Team', planned: { plan: 'Starter' } })
})

test('what lifts a block is had at once, also where it costs less', async () => {
  const stay = await market.enter('addon_monthly')
  expect((await offerOf(stay, 'studio_monthly')).quote.later).toBeDefined()
  const check = await market.refuse(stay, { feature: 'tiles' })
  const { helps, quote } = await offerOf(stay, 'studio_monthly', `?check=${check}`)
  expect([helps, quote.later, quote.due]).toEqual([true, undefined, eur(0)])
})

test('who may not pay sees what is planned without its price, and cannot take it back', async () => {
  const { stay } = await later.planned()
  const member = market.portal.browser()
  await member.enter(stay.account, 'sam')
  const found = await holdingIn(member, idOf(stay))
  expect(found.planned).toEqual({
    at: found.periodEnd,
    plan: 'Starter',
    quantity: 1,
    seatsOnly: false,
    mayUndo: false,
  })
  const { body } = await member.get('/api/overview')
  expect(OverviewSchema.parse(body).subscriptions[0]?.planned).toEqual(found.planned)
  const headers = { 'idempotency-key': randomUUID() }
  const { status } = await member.post('/api/plan', { act: 'undo', subscription: idOf(stay) }, headers)
  expect([status, await later.priceAtStripe(stay)]).toEqual([403, 'starter_monthly'])
})

test('what is over the smaller plan on that day is told with the choice', async () => {
  const stay = await market.enter('business_monthly')
  await market.portal.register(stay.account, { stripe_customer: stay.customer, seats: 4 })
  const { changes, quote } = await offerOf(stay, 'starter_monthly')
  expect(quote.later?.at).toBe((await holding(stay)).periodEnd)
  expect(changes).toContainEqual({ kind: 'seats', before: 25, after: 2, used: 4 })
})

test('between a price and nothing Stripe bills at once, so a plan that is free begins at once', async () => {
  await bench.stripe.prices.create({
    product_data: { name: 'Free' },
    currency: 'eur',
    unit_amount: 0,
    recurring: { interval: 'month' },
    lookup_key: 'never_made',
  })
  market.portal.clock.now += 61
  const stay = await market.enter('team_monthly')
  const { plans } = await offersTo(stay)
  const quotes = plans.map(({ key, quote }) => [key, quote.later !== undefined])
  expect(quotes).toContainEqual(['never_made', false])
  expect(quotes).toContainEqual(['starter_monthly', true])
})
