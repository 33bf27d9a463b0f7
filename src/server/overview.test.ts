import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { OverviewSchema, type Overview } from '#contract/overview.ts'
import { healthy, inGrace, subscriptionEnded } from '#sandbox/demo/building.ts'
import { customerSince, letTimePass, subscribe, type Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Fault } from './stripe/test-desk.ts'
import { openTestPortal, type Browser, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const DAY = 86_400
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

async function look(browser: Browser, query = '?fresh=true'): Promise<Overview> {
  const { status, text, body } = await browser.get(`/api/overview${query}`)
  if (status !== 200) throw new Error(`${status} ${text}`)
  return OverviewSchema.parse(body)
}

/** How many of Stripe's answers a deed took: the fault only counts. */
async function counted(fault: Pick<Fault, 'method' | 'path'>, deed: () => Promise<unknown>): Promise<number> {
  await desk.heal()
  await desk.fault({ ...fault, kind: 'slow', delay_ms: 0, times: 1_000 })
  await deed()
  const { faults } = (await bench.lever('GET', 'faults')) as { faults: { times: number }[] }
  await desk.heal()
  return 1_000 - (faults[0]?.times ?? 0)
}

const reads = { method: 'GET', path: '^/v1/' }
const previews = { method: 'POST', path: '^/v1/invoices/create_preview' }

test('the sum that is foretold, with discount and credit, is the sum that is charged', async () => {
  const { customer, subscriptions, browser } = await desk.enter(healthy(studio, who))
  const [id = ''] = subscriptions
  const { stripe } = bench
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'forever' })
  await stripe.subscriptions.update(id, { discounts: [{ coupon: coupon.id }] })
  await stripe.customers.update(customer, { balance: -10_00 })
  const [plan] = (await look(browser)).subscriptions
  expect(plan).toMatchObject({
    price: { amount: 49_00, currency: 'eur' },
    method: { last4: '4242' },
    upcoming: {
      kind: 'charge',
      at: plan?.periodEnd,
      due: { amount: 14_50, currency: 'eur' },
      discount: { amount: 24_50, currency: 'eur' },
      credit: { amount: 10_00, currency: 'eur' },
    },
  })
  const { test_clock: clock } = await stripe.customers
    .retrieve(customer)
    .then((found) => found as { test_clock: string })
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: (plan?.periodEnd ?? 0) + DAY })
  const { data } = await stripe.invoices.list({ customer, limit: 1 })
  expect(data[0]).toMatchObject({ status: 'paid', amount_paid: 14_50 })
})

test.each(['cancel_at_period_end', 'cancel_at'] as const)(
  'when a plan ends by %s, Stripe itself says that nothing more is charged',
  async (how) => {
    const { subscriptions, browser } = await desk.enter(healthy(studio, who))
    const [id = ''] = subscriptions
    const end = (await look(browser)).subscriptions[0]?.periodEnd ?? 0
    await bench.stripe.subscriptions.update(
      id,
      how === 'cancel_at' ? { cancel_at: end } : { cancel_at_period_end: true },
    )
    expect((await look(browser)).subscriptions).toMatchObject([{ cancelAt: end, upcoming: { kind: 'nothing' } }])
  },
)

test('a sum that Stripe does not name is absent, and everything else stands', async () => {
  const { browser } = await desk.enter(healthy(studio, who))
  await desk.fault({ ...previews, kind: 'reset', times: 10 })
  const { diagnosis, subscriptions } = await look(browser)
  expect(diagnosis.live).toBe(true)
  expect(subscriptions).toMatchObject([{ plan: 'Team', price: { amount: 49_00 } }])
  expect(subscriptions[0]).not.toHaveProperty('upcoming')
})

test('the whole account costs six readings of Stripe and one reckoning a plan, and for ten seconds nothing more', async () => {
  const { account, browser } = await desk.enter(healthy(studio, who))
  portal.clock.now += 11
  expect(await counted(reads, () => look(browser, ''))).toBe(6)
  portal.clock.now += 11
  expect(await counted(previews, () => look(browser, ''))).toBe(1)
  expect(await counted(reads, () => look(browser, ''))).toBe(0)
  expect(await counted(previews, () => look(browser, ''))).toBe(0)
  expect(await counted(reads, () => look(browser))).toBe(6)
  const member = portal.browser()
  await member.enter(account, 'sam')
  expect(await counted(previews, () => look(member))).toBe(0)
})

test('the newest three invoices stand there with state and sum; a member sees no sum', async () => {
  const { account, browser } = await desk.enter(inGrace(studio, who))
  const { invoices = [] } = await look(browser)
  expect(invoices.map(({ state, total }) => [state, total?.amount])).toEqual([
    ['overdue', 49_00],
    ['paid', 49_00],
  ])
  const member = portal.browser()
  await member.enter(account, 'sam')
  const seen = (await look(member)).invoices ?? []
  expect(seen.map(({ state, total }) => [state, total])).toEqual([
    ['overdue', undefined],
    ['paid', undefined],
  ])
})

test('a plan in grace says why, what is owed since when, when it is tried again and when access ends', async () => {
  const { browser } = await desk.enter(inGrace(studio, who))
  const [plan] = (await look(browser)).subscriptions
  expect(plan).toMatchObject({
    status: 'past_due',
    standing: 'grace',
    reason: 'card_declined',
    fix: 'update-card',
    owed: { amount: 49_00, currency: 'eur' },
  })
  expect(plan?.graceEnd).toBe((plan?.dueSince ?? 0) + 7 * DAY)
})

test('a member is told why and when, and of no amount', async () => {
  const { account } = await desk.enter(inGrace(studio, who))
  const member = portal.browser()
  await member.enter(account, 'sam')
  const [plan] = (await look(member)).subscriptions
  expect(plan).toMatchObject({ reason: 'card_declined', fix: 'update-card' })
  for (const hidden of ['price', 'owed', 'upcoming', 'method']) expect(plan).not.toHaveProperty(hidden)
})

test('an ended plan has its way back, unless another one lives', async () => {
  const { browser, customer } = await desk.enter(subscriptionEnded(studio, who))
  expect((await look(browser)).subscriptions).toMatchObject([{ standing: 'ended', fix: 'renew' }])
  await subscribe(studio, { id: customer }, 'addon_monthly')
  const plans = (await look(browser)).subscriptions
  expect(plans.map(({ standing, fix }) => [standing, fix])).toEqual([
    ['full', undefined],
    ['ended', undefined],
  ])
})

test('three plans are reckoned each by itself', async () => {
  const build = async () => {
    const customer = await customerSince(studio, 40, { ...who, card: 'pm_card_visa' })
    const team = await subscribe(studio, customer, 'team_monthly')
    const addon = await subscribe(studio, customer, 'addon_monthly')
    const pro = await subscribe(studio, customer, 'pro_yearly')
    await letTimePass(studio, customer)
    return { customer: customer.id, subscriptions: [team, addon, pro] }
  }
  const { browser } = await desk.enter(build())
  const { subscriptions } = await look(browser)
  expect(subscriptions).toHaveLength(3)
  for (const { price, upcoming } of subscriptions) expect(upcoming).toMatchObject({ kind: 'charge', due: price })
})

test('an account that is not at Stripe yet is empty, and Stripe is not asked', async () => {
  await portal.register('acct_empty')
  const browser = portal.browser()
  await browser.enter('acct_empty')
  expect(await counted({ method: 'GET', path: '^/v1/' }, () => look(browser))).toBe(0)
  expect(await look(browser)).toMatchObject({ subscriptions: [], methods: [], openInvoices: [] })
})
