import type Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import { openMarket, type Market } from '#server/stripe/test-market.ts'
import { act, holdingIn, tryCode } from './test-plan.ts'

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

const eur = (amount: number) => ({ amount, currency: 'eur' })
const idOf = ({ subscriptions: [id = ''] }: Stay) => id
const discountsOf = async (stay: Stay) => (await holdingIn(stay.browser, idOf(stay))).discounts
const use = (stay: Stay, code: string, next: object) =>
  act(stay.browser, { act: 'code', subscription: idOf(stay), code, next })

let codes = 0

/** A code that nobody has used yet. */
async function codeFor(
  coupon: Stripe.CouponCreateParams,
  differs: Partial<Stripe.PromotionCodeCreateParams> = {},
): Promise<string> {
  const { id } = await bench.stripe.coupons.create({ duration: 'forever', ...coupon })
  const { code } = await bench.stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: id },
    code: `SPRING${(codes += 1)}`,
    ...differs,
  })
  return code
}

test.each([
  ['in percent', { percent_off: 25 }, 36_75],
  ['a sum', { amount_off: 10_00, currency: 'eur' }, 39_00],
  ['the whole', { percent_off: 100 }, 0],
])(
  'a code that takes off %s is shown on the next invoice before it is taken, and is on it afterwards',
  async (_, coupon, after) => {
    const stay = await market.enter('team_monthly')
    const code = await codeFor({ ...coupon, name: 'Spring' })
    const found = await tryCode(stay.browser, idOf(stay), code.toLowerCase())
    const { periodEnd: at } = await holdingIn(stay.browser, idOf(stay))
    expect(found).toMatchObject({
      kind: 'good',
      before: eur(49_00),
      after: eur(after),
      at,
      discount: { name: 'Spring', code },
    })
    expect(await discountsOf(stay)).toEqual([])
    expect((await use(stay, code, eur(after))).outcome).toEqual({ kind: 'done' })
    expect(await discountsOf(stay)).toMatchObject([{ name: 'Spring', code, once: false }])
    const next = await bench.stripe.invoices.createPreview({ subscription: idOf(stay) })
    expect([next.amount_due, await market.desk.charges(stay.customer)]).toEqual([after, []])
  },
)

test.each([
  ['nobody has ever made', () => Promise.resolve('NOPE'), 'unknown'],
  ['has run out', () => codeFor({ percent_off: 5 }, { expires_at: market.portal.clock.now - 86_400 }), 'expired'],
  ['was switched off', () => codeFor({ percent_off: 5 }, { active: false }), 'expired'],
  [
    'is for somebody else',
    async () => codeFor({ percent_off: 5 }, { customer: (await bench.stripe.customers.create({})).id }),
    'not-yours',
  ],
  [
    'is only for the first payment',
    () => codeFor({ percent_off: 5 }, { restrictions: { first_time_transaction: true } }),
    'first-time',
  ],
  [
    'is for another product',
    async () =>
      codeFor({
        percent_off: 5,
        applies_to: { products: [(await bench.stripe.products.create({ name: 'Other' })).id] },
      }),
    'not-applicable',
  ],
] as const)('a code that %s takes nothing off, and says why', async (_, make, why) => {
  const stay = await market.enter('team_monthly')
  const code = await make()
  expect(await tryCode(stay.browser, idOf(stay), code)).toEqual({ kind: 'refused', why })
  expect((await use(stay, code, eur(46_55))).outcome).toEqual({ kind: 'stale' })
  expect(await discountsOf(stay)).toEqual([])
})

test('a code that was used as often as it may be is used up, and one that is held already is not taken twice', async () => {
  const [first, second] = [await market.enter('team_monthly'), await market.enter('team_monthly')]
  const code = await codeFor({ percent_off: 25 }, { max_redemptions: 1 })
  expect((await use(first, code, eur(36_75))).outcome).toEqual({ kind: 'done' })
  expect(await tryCode(second.browser, idOf(second), code)).toEqual({ kind: 'refused', why: 'used-up' })
  const other = await codeFor({ percent_off: 10 })
  await use(second, other, eur(44_10))
  expect(await tryCode(second.browser, idOf(second), other)).toEqual({ kind: 'refused', why: 'held' })
})

test('a sum that is no longer the one that was shown is refused', async () => {
  const stay = await market.enter('team_monthly')
  const code = await codeFor({ percent_off: 25 })
  await bench.stripe.subscriptions.update(idOf(stay), {
    discounts: [{ coupon: (await bench.stripe.coupons.create({ percent_off: 50, duration: 'forever' })).id }],
  })
  expect((await use(stay, code, eur(36_75))).outcome).toEqual({ kind: 'stale' })
  expect(await discountsOf(stay)).toHaveLength(1)
})

test('a discount for some months says for how many before it is taken, and until when afterwards', async () => {
  const stay = await market.enter('team_monthly')
  const code = await codeFor({ percent_off: 25, duration: 'repeating', duration_in_months: 3 })
  const found = await tryCode(stay.browser, idOf(stay), code)
  expect(found).toMatchObject({ discount: { months: 3, once: false } })
  expect(found).not.toHaveProperty('discount.ends')
  await use(stay, code, eur(36_75))
  const [{ ends = 0 } = {}] = await discountsOf(stay)
  expect((ends - market.portal.clock.now) / 86_400).toBeCloseTo(91, -1)
})

test('a second code stands beside the first; each is taken off by itself', async () => {
  const stay = await market.enter('team_monthly')
  const [one, two] = [await codeFor({ percent_off: 50 }), await codeFor({ amount_off: 4_50, currency: 'eur' })]
  await use(stay, one, eur(24_50))
  expect((await use(stay, two, eur(20_00))).outcome).toEqual({ kind: 'done' })
  const [first, second] = await discountsOf(stay)
  expect([first?.code, second?.code]).toEqual([one, two])
  const remove = { act: 'remove-code', subscription: idOf(stay), discount: first?.id }
  expect((await act(stay.browser, remove)).outcome).toEqual({ kind: 'done' })
  expect((await discountsOf(stay)).map(({ code }) => code)).toEqual([two])
  expect((await act(stay.browser, { ...remove, discount: second?.id })).outcome).toEqual({ kind: 'done' })
  expect(await discountsOf(stay)).toEqual([])
})

test('nobody gets to guess many codes', async () => {
  const stay = await market.enter('team_monthly')
  const code = await codeFor({ percent_off: 25 })
  for (let wrong = 0; wrong < 20; wrong += 1) await tryCode(stay.browser, idOf(stay), `WRONG${wrong}`)
  const { status, body } = await stay.browser.post('/api/plan/code', { subscription: idOf(stay), code })
  expect([status, body]).toMatchObject([429, { code: 'too-many' }])
})
