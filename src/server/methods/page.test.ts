import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MethodsPageSchema } from '#contract/methods.ts'
import { cardEndsSoon, manyMethods, ownCards, trialWithoutCard } from '#sandbox/demo/method-building.ts'
import type { Lab } from '#sandbox/demo/lab.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'
import { idOf, pageOf, removalOf, verify, who } from './test-counter.ts'

let bench: Bench
let portal: TestPortal
let lab: Lab
let desk: Desk

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin)
  desk = openDesk(portal, bench)
  const { stripe, lever } = bench
  lab = { stripe, lever, prices: await ensurePrices(stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

test('each method says which plans are charged to it, when, and how much', async () => {
  const acme = await desk.enter(ownCards(lab, who))
  const { methods, source } = await pageOf(acme.browser)
  expect(source).toBe('live')
  expect(methods).toMatchObject([
    {
      method: { last4: '4242' },
      isDefault: true,
      removal: 'hand-over',
      plans: [{ plan: 'Team', own: false, next: { amount: { amount: 49_00, currency: 'eur' } } }],
    },
    {
      method: { last4: '4444' },
      isDefault: false,
      removal: 'hand-over',
      plans: [{ plan: 'Traffic add-on', own: true, next: { amount: { amount: 19_00, currency: 'eur' } } }],
    },
  ])
  expect(methods[0]?.plans[0]?.next?.at).toBeGreaterThan(portal.clock.now)
})

test('twenty of every kind: wallets, banks, Link, what is over and what the bank has closed', async () => {
  const { methods } = await pageOf((await desk.enter(manyMethods(lab, who))).browser)
  expect(methods).toHaveLength(20)
  expect(methods.filter(({ usable }) => !usable).map(({ method, expiry }) => [method.kind, expiry])).toEqual([
    ['us_bank_account', 'good'],
    ['card', 'over'],
  ])
  expect(methods.find(({ wallet }) => wallet !== undefined)).toMatchObject({ wallet: 'apple_pay' })
  expect(methods.find(({ method }) => method.kind === 'link')).toMatchObject({ email: who.email })
  expect(methods.find(({ bank }) => bank !== undefined)).toMatchObject({ bank: 'STRIPE TEST BANK' })
})

test('a card that ends within sixty days says so, with its last moment', async () => {
  const { methods } = await pageOf((await desk.enter(cardEndsSoon(lab, who))).browser)
  expect(methods).toMatchObject([{ expiry: 'soon', usable: true }])
  const left = (methods[0]?.expires ?? 0) - portal.clock.now
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThanOrEqual(31 * 86_400)
})

test('a plan without anything to charge is told of', async () => {
  const { methods, uncovered } = await pageOf((await desk.enter(trialWithoutCard(lab, who))).browser)
  expect([methods, uncovered]).toMatchObject([[], [{ plan: 'Team', next: { amount: { amount: 49_00 } } }]])
})

test('a member sees who can, no card and no amount, and can do nothing', async () => {
  const acme = await desk.enter(ownCards(lab, who))
  const page = await pageOf(acme.browser)
  const member = portal.browser()
  await member.enter(acme.account, 'sam')
  const seen = await member.get('/api/payment-methods')
  expect(seen.text).not.toMatch(/"amount|last4|pm_|seti_/)
  const { shown, mayPay, payers } = MethodsPageSchema.parse(seen.body)
  expect([shown, mayPay, payers.map(({ id }) => id)]).toEqual([false, false, ['anna', 'jo']])
  const refused = await Promise.all([
    member.post('/api/payment-methods/remove', removalOf(page, '4444'), { 'idempotency-key': randomUUID() }),
    member.post(
      '/api/payment-methods/assign',
      { with: { method: idOf(page, '4444') }, isDefault: true, plans: [] },
      { 'idempotency-key': randomUUID() },
    ),
    verify(member, 'seti_1', { code: 'SM11AA' }),
    member.post('/api/payment-methods/abandon', { setupIntent: 'seti_1' }),
  ])
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403])
})

test('while Stripe is silent, what was charged is shown as of then, and nothing is called empty', async () => {
  const acme = await desk.enter(ownCards(lab, who))
  await pageOf(acme.browser)
  await desk.fault({ method: 'GET', path: '/v1/', kind: 'error', times: 1_000 })
  const page = await pageOf(acme.browser)
  await desk.heal()
  expect(page.source).toBe('mirror')
  expect(page.methods.map(({ method }) => method.last4)).toEqual(['4242', '4444'])
})
