import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import { offerOf, openMarket, planFrom, type Market } from '#server/stripe/test-market.ts'

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
  acme = await market.enter('team_monthly')
})
afterEach(() => market.desk.heal())

const updateCall = { method: 'POST', path: '^/v1/subscriptions/sub_\\w+$' }
const withCard = async (template?: string) => ({ method: await market.desk.otherCard(acme.customer, template) })
/** The one that is charged anyway: nothing has to be set before the change. */
const chargedCard = async () => {
  const customer = await bench.stripe.customers.retrieve(acme.customer)
  return { method: 'deleted' in customer ? undefined : customer.invoice_settings?.default_payment_method }
}
const choose = (request: object, key = randomUUID()) => acme.browser.deed('choose-plan', request, key)
const upgrade = async (template?: string, plan = 'business_monthly') => ({
  with: await withCard(template),
  plan: planFrom(await offerOf(acme, plan)),
})
const charges = () => market.desk.charges(acme.customer)
const subscription = () => bench.stripe.subscriptions.retrieve(acme.subscriptions[0] ?? '')
const planNow = async () => (await subscription()).items.data.map(({ price }) => price.lookup_key).join()

test('a double click and a second tab with the same plan charge once', async () => {
  const request = await upgrade()
  const key = randomUUID()
  const answers = await Promise.all([choose(request, key), choose(request, key), choose(request)])
  expect(answers.map(({ outcome }) => outcome.kind)).toEqual(['done', 'done', 'done'])
  expect([await planNow(), await charges()]).toEqual(['business_monthly', [request.plan.total.amount]])
})

test('of two tabs with different plans one wins, and the other is told the price it has now', async () => {
  const [business, yearly] = [await upgrade(), await upgrade(undefined, 'pro_yearly')]
  const answers = await Promise.all([choose(business), choose(yearly)])
  expect(answers.map(({ outcome }) => outcome.kind).toSorted()).toEqual(['done', 'stale'])
  expect(await charges()).toHaveLength(1)
})

test.each([
  ['a lower sum', ({ total }: Shown) => ({ total: { ...total, amount: total.amount - 1 } })],
  ['a higher sum', ({ total }: Shown) => ({ total: { ...total, amount: total.amount + 1 } })],
  ['another currency', ({ total }: Shown) => ({ total: { ...total, currency: 'usd' } })],
  ['no sum', () => ({ total: undefined })],
  ['a price of more than an hour ago', ({ proratedAt }: Shown) => ({ proratedAt: proratedAt - 3_601 })],
  ['a price of the future', ({ proratedAt }: Shown) => ({ proratedAt: proratedAt + 3_600 })],
  ['a price of no time', () => ({ proratedAt: undefined })],
  ['another subscription', () => ({ subscription: 'sub_other' })],
  ['none to replace', () => ({ subscription: undefined })],
  ['a plan that is not offered', () => ({ price: 'addon_monthly' })],
  ['a plan that nobody sells', () => ({ price: 'never_made' })],
  ['more of it', () => ({ quantity: 2 })],
] as const)('%s than what is true now charges nothing and changes nothing', async (_, differs) => {
  const request = await upgrade()
  const shown = request.plan as Shown
  const { outcome } = await choose({ ...request, plan: { ...shown, ...differs(shown) } })
  expect([outcome, await charges(), await planNow()]).toEqual([{ kind: 'stale' }, [], 'team_monthly'])
})
type Shown = { total: { amount: number; currency: string }; proratedAt: number }

test('after stale the offers have the new price, and that one is charged', async () => {
  const old = await upgrade()
  // The person stays: an idle session would be over.
  for (const seconds of [1_500, 1_500, 601]) {
    market.portal.clock.now += seconds
    await acme.browser.get('/api/visit')
  }
  expect((await choose(old)).outcome).toEqual({ kind: 'stale' })
  const fresh = { ...old, plan: planFrom(await offerOf(acme, 'business_monthly')) }
  expect((await choose(fresh)).outcome).toEqual({ kind: 'done' })
  const { data } = await bench.stripe.invoices.list({ customer: acme.customer, limit: 1 })
  expect(data[0]?.amount_paid).toBe(fresh.plan.total.amount)
})

test.each(['error_after_effect', 'hang'] as const)(
  'when Stripe makes the change and the answer is lost (%s), it is done and charged once',
  async (kind) => {
    const request = { ...(await upgrade()), with: await chargedCard() }
    await market.desk.fault({ ...updateCall, kind, delay_ms: 1 })
    expect((await choose(request)).outcome).toEqual({ kind: 'done' })
    expect([await planNow(), await charges()]).toEqual(['business_monthly', [request.plan.total.amount]])
  },
)

test('when Stripe breaks off before the change nobody claims anything, and the same key makes it once', async () => {
  const request = { ...(await upgrade()), with: await chargedCard() }
  const key = randomUUID()
  await market.desk.fault({ ...updateCall, kind: 'reset', times: 2 })
  expect([(await choose(request, key)).outcome, await charges()]).toEqual([{ kind: 'unknown' }, []])
  expect([(await choose(request, key)).outcome, await charges()]).toEqual([
    { kind: 'done' },
    [request.plan.total.amount],
  ])
})
