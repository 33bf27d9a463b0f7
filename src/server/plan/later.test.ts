import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { offerOf, offersTo, openMarket, planFrom, type Market } from '#server/stripe/test-market.ts'
import { change, eur, holding, idOf, overview, undo, openLater } from '#server/stripe/test-later.ts'
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
afterEach(() => market.desk.heal())

test('a smaller plan begins with the next period: what is paid for is served to its end, and nothing is charged or credited', async () => {
  const { stay, periodEnd } = await later.planned()
  expect([await later.priceAtStripe(stay), await later.charges(stay), await later.balance(stay)]).toEqual([
    'starter_monthly',
    [],
    0,
  ])
  expect(await holding(stay)).toMatchObject({
    plan: 'Business',
    price: eur(149_00),
    terms: { features: ['tiles', 'offline_maps'], seats: 25 },
    planned: { at: periodEnd, plan: 'Starter', quantity: 1, seatsOnly: false, price: eur(19_00), mayUndo: true },
  })
  expect(await overview(stay)).toMatchObject({
    plan: 'Business',
    price: eur(149_00),
    planned: { at: periodEnd, plan: 'Starter' },
    upcoming: { kind: 'charge', at: periodEnd, due: eur(19_00) },
  })
  await market.letTimePass(stay, periodEnd - 1)
  expect(await later.mayHave(stay, { feature: 'offline_maps' })).toBe(true)
  market.portal.clock.now = periodEnd
  expect(await later.mayHave(stay, { feature: 'offline_maps' })).toBe(false)
  await later.renewed(stay, periodEnd)
  expect(await later.charges(stay)).toEqual([19_00])
  const after = await holding(stay)
  expect(after).toMatchObject({ plan: 'Starter', price: eur(19_00), terms: { features: ['tiles'], seats: 2 } })
  expect([after.planned, (await overview(stay))?.planned]).toEqual([undefined, undefined])
})

test.each([
  ['', 'business_monthly', 'team_monthly', {}],
  ['with tax', 'business_monthly', 'team_monthly', { automatic_tax: { enabled: true } }],
  ['in yen', 'business_monthly_jpy', 'team_monthly_jpy', {}],
  ['in dinars', 'business_monthly_kwd', 'team_monthly_kwd', {}],
  ['from seats to a plan', 'studio_monthly', 'starter_monthly', { quantity: 3 }],
] as const)(
  'what the next period was shown to cost is charged then, to the smallest unit %s',
  async (_, from, to, how) => {
    const { quantity, ...differs } = { quantity: 1, ...how }
    const stay = await market.enter(from, { ...differs, items: [{ price: market.prices[from], quantity }] })
    const request = await change(stay, to)
    const shown = request.plan.later
    expect([(await act(stay.browser, request)).outcome, await later.charges(stay)]).toEqual([{ kind: 'done' }, []])
    await later.renewed(stay, shown?.at ?? 0)
    expect([await later.priceAtStripe(stay), await later.charges(stay)]).toEqual([to, [shown?.due.amount]])
  },
)

test('what is taken back is as it was, and the next period costs what it always did', async () => {
  const stay = await market.enter('business_monthly')
  const before = await later.atStripe(stay)
  await act(stay.browser, await change(stay, 'team_monthly'))
  expect((await holding(stay)).acts).toContain('undo')
  expect((await undo(stay)).outcome).toEqual({ kind: 'done' })
  expect((await later.atStripe(stay)).items).toEqual(before.items)
  const { planned: gone, acts, periodEnd } = await holding(stay)
  expect([gone, acts.includes('undo'), await later.charges(stay), await later.balance(stay)]).toEqual([
    undefined,
    false,
    [],
    0,
  ])
  await later.renewed(stay, periodEnd)
  expect(await later.charges(stay)).toEqual([149_00])
})

test('a larger plan is sold only once the change is taken back, for exactly what it cost before, whatever was shown', async () => {
  const stay = await market.enter('team_monthly')
  const before = await offerOf(stay, 'business_monthly')
  await act(stay.browser, await change(stay, 'starter_monthly'))
  const { plans, planned: found } = await offersTo(stay)
  expect(found).toMatchObject({ subscription: idOf(stay), key: 'starter_monthly', plan: 'Starter', mayUndo: true })
  expect(plans.map(({ key, current }) => [key, current])).toEqual([
    ['starter_monthly', false],
    ['team_monthly', true],
    ['studio_monthly', false],
  ])
  // From the price at Stripe the difference would be far more: Team is paid for already.
  const [item] = (await later.atStripe(stay)).items.data
  const wrong = await bench.stripe.invoices.createPreview({
    subscription: idOf(stay),
    subscription_details: {
      items: [{ id: item?.id ?? '', price: market.prices.business_monthly }],
      proration_behavior: 'always_invoice',
      proration_date: market.portal.clock.now,
    },
  })
  expect(wrong.amount_due).toBeGreaterThan(before.quote.due.amount)
  for (const total of [before.quote.due, eur(wrong.amount_due)])
    expect(await later.upgrade(stay, { ...planFrom(before), total })).toEqual({ kind: 'stale' })
  expect(await later.charges(stay)).toEqual([])
  await undo(stay)
  const after = await offerOf(stay, 'business_monthly')
  expect(after.quote).toEqual(before.quote)
  expect(await later.upgrade(stay, planFrom(after))).toEqual({ kind: 'done' })
  expect([await later.priceAtStripe(stay), await later.charges(stay)]).toEqual([
    'business_monthly',
    [before.quote.due.amount],
  ])
})

test('after an upgrade in the middle of a period the larger plan is what is kept', async () => {
  const stay = await market.enter('team_monthly')
  await later.upgrade(stay, planFrom(await offerOf(stay, 'business_monthly')))
  const [paid] = await later.charges(stay)
  await act(stay.browser, await change(stay, 'starter_monthly'))
  const { plan, periodEnd, planned: found } = await holding(stay)
  expect([plan, found?.plan]).toEqual(['Business', 'Starter'])
  await undo(stay)
  expect([await later.priceAtStripe(stay), await later.charges(stay)]).toEqual(['business_monthly', [paid]])
  await act(stay.browser, await change(stay, 'starter_monthly'))
  await later.renewed(stay, periodEnd)
  expect(await later.charges(stay)).toEqual([19_00])
})

test('a second choice takes the place of the first: what was paid for is still kept, and is what comes back', async () => {
  const { stay, periodEnd } = await later.planned('business_monthly', 'starter_monthly')
  expect((await act(stay.browser, await change(stay, 'team_monthly'))).outcome).toEqual({ kind: 'done' })
  expect(await holding(stay)).toMatchObject({ plan: 'Business', planned: { plan: 'Team', at: periodEnd } })
  await undo(stay)
  expect([await later.priceAtStripe(stay), await later.charges(stay), await later.balance(stay)]).toEqual([
    'business_monthly',
    [],
    0,
  ])
  await act(stay.browser, await change(stay, 'team_monthly'))
  await act(stay.browser, await change(stay, 'starter_monthly'))
  await later.renewed(stay, periodEnd)
  expect(await later.charges(stay)).toEqual([19_00])
})

test('what is cancelled in the meantime ends as it was paid for; kept on, it changes as planned', async () => {
  const { stay, periodEnd } = await later.planned()
  const subscription = idOf(stay)
  await act(stay.browser, { act: 'cancel', subscription, when: 'end' })
  expect(await holding(stay)).toMatchObject({ plan: 'Business', cancelAt: periodEnd })
  await act(stay.browser, { act: 'keep', subscription })
  expect(await holding(stay)).toMatchObject({ plan: 'Business', planned: { plan: 'Starter' } })
  await act(stay.browser, { act: 'cancel', subscription, when: 'end' })
  await market.letTimePass(stay, periodEnd - 1)
  expect(await later.mayHave(stay, { feature: 'offline_maps' })).toBe(true)
  await later.renewed(stay, periodEnd)
  expect([(await later.atStripe(stay)).status, await later.charges(stay)]).toEqual(['canceled', []])
})

const endings = {
  'by its flag': () => ({ cancel_at_period_end: true }),
  'at a moment': (periodEnd: number) => ({ cancel_at: periodEnd }),
} as const

test.each(Object.keys(endings) as (keyof typeof endings)[])(
  'a smaller plan instead of the end that was set %s: it goes on with the next period; undone, it ends as before',
  async (how) => {
    const stay = await market.enter('business_monthly')
    const { periodEnd } = await holding(stay)
    await bench.stripe.subscriptions.update(idOf(stay), endings[how](periodEnd))
    const request = await change(stay, 'team_monthly')
    expect(request.plan).toMatchObject({ total: eur(0), later: { at: periodEnd, due: eur(49_00), goesOn: true } })
    expect((await act(stay.browser, request)).outcome).toEqual({ kind: 'done' })
    const waiting = await holding(stay)
    expect(waiting).toMatchObject({ plan: 'Business', planned: { plan: 'Team', at: periodEnd, endsAgain: true } })
    expect(waiting).not.toHaveProperty('cancelAt')
    expect((await overview(stay))?.upcoming).toMatchObject({ kind: 'charge', at: periodEnd, due: eur(49_00) })

    expect((await undo(stay)).outcome).toEqual({ kind: 'done' })
    const undone = await holding(stay)
    expect([undone.plan, undone.planned, undone.cancelAt]).toEqual(['Business', undefined, periodEnd])

    await act(stay.browser, await change(stay, 'starter_monthly'))
    await act(stay.browser, await change(stay, 'team_monthly'))
    expect((await holding(stay)).planned).toMatchObject({ plan: 'Team', endsAgain: true })
    await later.renewed(stay, periodEnd)
    expect([(await holding(stay)).plan, await later.charges(stay), await later.balance(stay)]).toEqual([
      'Team',
      [49_00],
      0,
    ])
  },
)

test('whoever was not told that the plan goes on has not agreed to it, and the other way round', async () => {
  const stay = await market.enter('business_monthly')
  const shown = await change(stay, 'team_monthly')
  await act(stay.browser, { act: 'cancel', subscription: idOf(stay), when: 'end' })
  expect((await act(stay.browser, shown)).outcome).toEqual({ kind: 'stale' })
  const ending = await change(stay, 'team_monthly')
  await act(stay.browser, { act: 'keep', subscription: idOf(stay) })
  expect((await act(stay.browser, ending)).outcome).toEqual({ kind: 'stale' })
  expect(await later.priceAtStripe(stay)).toBe('business_monthly')
})

test('a pause in between and its end leave the change as it was planned', async () => {
  const { stay, periodEnd } = await later.planned()
  await act(stay.browser, { act: 'pause', subscription: idOf(stay) })
  expect((await holding(stay)).acts).not.toContain('undo')
  const { visit } = await act(stay.browser, { act: 'pause', subscription: idOf(stay) })
  const total = visit.goOn?.quote.due
  const request = {
    with: { method: await market.desk.otherCard(stay.customer) },
    plan: { invoices: [], subscription: idOf(stay), total },
  }
  expect((await stay.browser.deed('resume', request)).outcome).toEqual({ kind: 'done' })
  expect([total, await later.charges(stay)]).toEqual([eur(0), []])
  expect(await holding(stay)).toMatchObject({ plan: 'Business', planned: { plan: 'Starter', at: periodEnd } })
})

test('when the renewal is not paid, it is the smaller plan that is owed for, in grace', async () => {
  const { stay, periodEnd } = await later.planned()
  const { data } = await bench.stripe.customers.listPaymentMethods(stay.customer)
  await bench.lever('POST', `payment_methods/${data[0]?.id}`, { behaves_as: '4000000000009995' })
  await later.renewed(stay, periodEnd)
  const after = await holding(stay)
  expect(after).toMatchObject({ plan: 'Starter', standing: 'grace', owed: eur(19_00), terms: { seats: 2 } })
  expect([after.planned, after.acts.includes('undo'), await later.charges(stay)]).toEqual([undefined, false, []])
})
