import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { inGrace } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import { openMarket, type Market } from '#server/stripe/test-market.ts'
import { act, holdingIn, pageOf } from './test-plan.ts'

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

const idOf = ({ subscriptions: [id = ''] }: Stay) => id
const atStripe = (stay: Stay) => bench.stripe.subscriptions.retrieve(idOf(stay))
const holding = (stay: Stay) => holdingIn(stay.browser, idOf(stay))
const cancel = (stay: Stay, more: object = {}) => ({
  act: 'cancel',
  subscription: idOf(stay),
  when: 'end',
  ...more,
})

/** The renewal of a few days ago was declined: €49.00 are owed. */
async function enterPastDue(): Promise<Stay> {
  const { stripe } = bench
  const studio = { stripe, prices: await ensurePrices(stripe), now: market.portal.clock.now }
  return market.desk.enter(inGrace(studio, { name: 'Acme GmbH', email: 'anna@acme.example' }))
}

test('the page tells what was bought, what it contains, what is used of it and what can be done', async () => {
  const stay = await market.enter('team_monthly')
  await market.portal.register(stay.account, { stripe_customer: stay.customer, seats: 3 })
  const page = await pageOf(stay.browser)
  expect(page).toMatchObject({ source: 'live', seatsUsed: 3, mayPay: true, mayBegin: false, payers: ['Jo'] })
  expect(page.holdings).toMatchObject([
    {
      id: idOf(stay),
      plan: 'Team',
      status: 'active',
      standing: 'full',
      price: { amount: 49_00, currency: 'eur' },
      interval: { unit: 'month', count: 1 },
      method: { last4: '4242' },
      terms: {
        features: ['tiles'],
        limits: [{ name: 'Map requests', unit: 'requests', included: 100_000, hard: true }],
        seats: 5,
      },
      discounts: [],
      acts: ['change', 'code', 'pause', 'cancel'],
    },
  ])
})

test('cancelling ends it with the period that is paid for, keeps the reason, and access stays until then', async () => {
  const stay = await market.enter('team_monthly')
  const { outcome, visit } = await act(stay.browser, cancel(stay, { feedback: 'too_expensive', comment: 'Next year.' }))
  expect([outcome, visit.diagnosis.verdict]).toEqual([{ kind: 'done' }, 'clear'])
  const { status, cancel_at_period_end, cancellation_details } = await atStripe(stay)
  expect([status, cancel_at_period_end]).toEqual(['active', true])
  expect(cancellation_details).toMatchObject({ feedback: 'too_expensive', comment: 'Next year.' })
  const { cancelAt, periodEnd, acts } = await holding(stay)
  expect(cancelAt).toBe(periodEnd)
  expect(acts).toEqual(['keep', 'change'])
})

test('no reason has to be given', async () => {
  const stay = await market.enter('team_monthly')
  expect((await act(stay.browser, cancel(stay))).outcome).toEqual({ kind: 'done' })
  expect((await atStripe(stay)).cancellation_details).toMatchObject({ feedback: null, comment: null })
})

test.each([
  ['with the period', { cancel_at_period_end: true }],
  ['at a moment of the merchant’s', { cancel_at: 'later' }],
])('what was to end %s goes on when its owner says so, and costs nothing', async (_, how) => {
  const stay = await market.enter('team_monthly')
  const set = 'cancel_at' in how ? { cancel_at: market.portal.clock.now + 5 * 86_400 } : how
  await bench.stripe.subscriptions.update(idOf(stay), set)
  expect((await holding(stay)).acts).toContain('keep')
  expect((await act(stay.browser, { act: 'keep', subscription: idOf(stay) })).outcome).toEqual({ kind: 'done' })
  const { cancel_at, cancel_at_period_end } = await atStripe(stay)
  expect([cancel_at, cancel_at_period_end, await market.desk.charges(stay.customer)]).toEqual([null, false, []])
})

test('a trial may end at once; what is paid for may not', async () => {
  const trial = await market.enter('team_monthly', { trial_period_days: 30 })
  const paid = await market.enter('team_monthly')
  expect((await holding(trial)).acts).toContain('cancel-now')
  expect((await act(trial.browser, cancel(trial, { when: 'now' }))).outcome).toEqual({ kind: 'done' })
  expect((await act(paid.browser, cancel(paid, { when: 'now' }))).outcome).toEqual({ kind: 'stale' })
  expect([(await atStripe(trial)).status, (await atStripe(paid)).status]).toEqual(['canceled', 'active'])
  expect(await pageOf(trial.browser)).toMatchObject({ mayBegin: true, holdings: [{ standing: 'ended', acts: [] }] })
})

test('a pause stops access and invoices at once, and the fix resume takes it up again', async () => {
  const stay = await market.enter('team_monthly')
  const { outcome, visit } = await act(stay.browser, { act: 'pause', subscription: idOf(stay) })
  expect(outcome).toEqual({ kind: 'done' })
  expect(visit.diagnosis.blockers).toMatchObject([{ reason: 'subscription_paused', fix: 'resume' }])
  expect(visit.goOn?.quote.due).toEqual({ amount: 0, currency: 'eur' })
  expect((await holding(stay)).acts).toEqual(['resume', 'cancel-now'])
  const plan = { invoices: [], subscription: idOf(stay), total: { amount: 0, currency: 'eur' } }
  const method = await market.desk.otherCard(stay.customer)
  expect((await stay.browser.deed('resume', { with: { method }, plan })).outcome).toEqual({ kind: 'done' })
  expect([(await atStripe(stay)).status, await market.desk.charges(stay.customer)]).toEqual(['active', []])
})

test('a double click, a second tab and a repeated key do it once', async () => {
  const stay = await market.enter('team_monthly')
  const key = randomUUID()
  const answers = await Promise.all([
    act(stay.browser, cancel(stay), key),
    act(stay.browser, cancel(stay), key),
    act(stay.browser, cancel(stay)),
  ])
  expect(answers.map(({ outcome }) => outcome.kind)).toEqual(['done', 'done', 'done'])
  await act(stay.browser, { act: 'keep', subscription: idOf(stay) })
  expect((await act(stay.browser, cancel(stay), key)).outcome).toEqual({ kind: 'done' })
  expect((await atStripe(stay)).cancel_at_period_end).toBe(false)
})

test('an answer that was lost is unknown, and the same key tells what came of it', async () => {
  const stay = await market.enter('team_monthly')
  const key = randomUUID()
  await market.desk.fault({
    method: 'POST',
    path: `^/v1/subscriptions/${idOf(stay)}$`,
    kind: 'error_after_effect',
    status: 500,
  })
  await expect.poll(async () => (await act(stay.browser, cancel(stay), key)).outcome).toEqual({ kind: 'done' })
  expect((await atStripe(stay)).cancel_at_period_end).toBe(true)
})

test('who may not pay reads the page without amounts, sees who can, and can do nothing', async () => {
  const stay = await market.enter('team_monthly')
  const sam = market.portal.browser()
  await sam.enter(stay.account, 'sam')
  const page = await pageOf(sam)
  expect(page).toMatchObject({ mayPay: false, mayBegin: false, payers: ['Anna', 'Jo'] })
  expect(page.holdings[0]).toMatchObject({ plan: 'Team', acts: [], discounts: [] })
  expect(JSON.stringify(page)).not.toMatch(/"amount"|4242/)
  const refused = await sam.post('/api/plan', cancel(stay), { 'idempotency-key': randomUUID() })
  const code = await sam.post('/api/plan/code', { subscription: idOf(stay), code: 'X' })
  expect([refused.status, code.status]).toEqual([403, 403])
  expect((await atStripe(stay)).cancel_at_period_end).toBe(false)
})

test('nobody ends what belongs to another account', async () => {
  const stay = await market.enter('team_monthly')
  const other = await market.enter('team_monthly')
  expect((await act(stay.browser, cancel(other))).outcome).toEqual({ kind: 'stale' })
  expect((await atStripe(other)).cancel_at_period_end).toBe(false)
})

test('while Stripe is silent the page shows the last reading and offers nothing', async () => {
  const stay = await market.enter('team_monthly')
  await pageOf(stay.browser)
  await market.desk.fault({ method: 'GET', path: '^/v1/', kind: 'reset', times: 100 })
  const page = await pageOf(stay.browser)
  expect(page).toMatchObject({ source: 'mirror', holdings: [{ plan: 'Team', acts: [] }] })
})

test('what is owed is told before anybody ends it, and ending it does not pay it', async () => {
  const stay = await enterPastDue()
  const owing = await holding(stay)
  expect(owing).toMatchObject({ standing: 'grace', owed: { amount: 49_00, currency: 'eur' } })
  expect(owing.acts).toEqual(['code', 'cancel', 'cancel-now'])
  expect((await act(stay.browser, cancel(stay, { when: 'now' }))).outcome).toEqual({ kind: 'done' })
  const { status, auto_advance, amount_remaining } = await bench.stripe.invoices.retrieve(stay.invoice)
  expect([status, auto_advance, amount_remaining]).toEqual(['open', false, 49_00])
  expect(await holding(stay)).toMatchObject({ standing: 'ended', owed: { amount: 49_00 } })
})

test('a subscription that ended is begun again by the fix renew', async () => {
  const stay = await market.enter('team_monthly')
  await bench.stripe.subscriptions.cancel(idOf(stay))
  expect((await holding(stay)).acts).toEqual(['renew'])
})

test('of two subscriptions each is told and ended by itself', async () => {
  const stay = await market.enter('team_monthly')
  const addon = await bench.stripe.subscriptions.create({
    customer: stay.customer,
    items: [{ price: market.prices.addon_monthly }],
  })
  const page = await pageOf(stay.browser)
  expect(page.holdings.map(({ plan, acts }) => [plan, acts.includes('change')])).toEqual([
    ['Traffic add-on', false],
    ['Team', true],
  ])
  expect((await act(stay.browser, { ...cancel(stay), subscription: addon.id })).outcome).toEqual({ kind: 'done' })
  expect([(await atStripe(stay)).cancel_at, (await holdingIn(stay.browser, addon.id)).acts]).toEqual([null, ['keep']])
})
