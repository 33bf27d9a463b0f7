import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthy, noCard } from '#sandbox/demo/building.ts'
import { bankToVerify } from '#sandbox/demo/method-building.ts'
import type { Lab } from '#sandbox/demo/lab.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'
import { pageOf, verify, who } from './test-counter.ts'

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

test('a bank account waits for the code that Stripe has sent there; named, it is saved', async () => {
  const acme = await desk.enter(bankToVerify(lab, who))
  const { awaited, methods } = await pageOf(acme.browser)
  expect(methods).toHaveLength(1)
  expect(awaited).toMatchObject([{ proof: 'code', bank: 'STRIPE TEST BANK', method: { last4: '6789' } }])
  expect(awaited[0]?.arrives).toBeGreaterThan(portal.clock.now)
  const id = awaited[0]?.setupIntent
  expect((await verify(acme.browser, id, { code: 'SM99ZZ' })).body).toEqual({ kind: 'wrong' })
  expect((await verify(acme.browser, id, { code: 'hello' })).status).toBe(400)
  expect((await verify(acme.browser, id, { code: 'sm11aa' })).body).toEqual({ kind: 'verified' })
  const after = await pageOf(acme.browser)
  expect([after.awaited, after.methods.map(({ isDefault }) => isDefault)]).toEqual([[], [true, false]])
})

test.each([
  ['where nothing else is charged, a verified bank account is', newcomer, true],
  [
    'a verified bank account is only kept where it cannot pay in the currency of the plan',
    () => noCard(lab, who),
    false,
  ],
] as const)('%s', async (_, build, isDefault) => {
  const acme = await desk.enter(build())
  await bankAccountFor(acme.customer)
  const [awaited] = (await pageOf(acme.browser)).awaited
  await verify(acme.browser, awaited?.setupIntent, { amounts: [32, 45] })
  expect((await pageOf(acme.browser)).methods).toMatchObject([{ isDefault, method: { last4: '6789' } }])
})

async function newcomer() {
  return { customer: (await bench.stripe.customers.create(who)).id, subscriptions: [] }
}

test('after too many wrong tries it has to be added anew, and one that is not wanted any more can be given up', async () => {
  const acme = await desk.enter(bankToVerify(lab, who))
  const [first] = (await pageOf(acme.browser)).awaited
  expect((await verify(acme.browser, first?.setupIntent, { amounts: [10, 11] })).body).toEqual({ kind: 'over' })
  expect((await pageOf(acme.browser)).awaited).toEqual([])
  await bankAccountFor(acme.customer)
  const [second] = (await pageOf(acme.browser)).awaited
  const given = await acme.browser.post('/api/payment-methods/abandon', { setupIntent: second?.setupIntent })
  expect([given.status, (await pageOf(acme.browser)).awaited]).toEqual([204, []])
})

test('another customer’s bank account is neither verified nor given up', async () => {
  const acme = await desk.enter(healthy(lab, who))
  const globex = await desk.enter(bankToVerify(lab, who))
  const [theirs] = (await pageOf(globex.browser)).awaited
  expect((await verify(acme.browser, theirs?.setupIntent, { code: 'SM11AA' })).status).toBe(404)
  const given = await acme.browser.post('/api/payment-methods/abandon', { setupIntent: theirs?.setupIntent })
  expect([given.status, (await pageOf(globex.browser)).awaited.length]).toEqual([404, 1])
})

test('a bank account that waits for days is not taken for a bank’s check that was cut short', async () => {
  const acme = await desk.enter(healthy(lab, who))
  const { body } = await acme.browser.post('/api/fixes/update-card/setup', {}, { 'idempotency-key': randomUUID() })
  const { setupIntent } = body as { setupIntent: string }
  await bench.lever('POST', 'settings', { bank_verification: 'microdeposits' })
  await bench.stripe.setupIntents.confirm(setupIntent, {
    payment_method_data: { type: 'us_bank_account', us_bank_account: { account_number: '000123456789' } },
  })
  await bench.lever('POST', 'settings', { bank_verification: 'instant' })
  expect((await acme.browser.get('/api/visit')).body).not.toHaveProperty('unfinished')
  expect((await pageOf(acme.browser)).awaited).toMatchObject([{ setupIntent, proof: 'code' }])
})

async function bankAccountFor(customer: string): Promise<void> {
  await bench.stripe.setupIntents.create({
    customer,
    payment_method_data: { type: 'us_bank_account', us_bank_account: { account_number: '000123456789' } },
    payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
    confirm: true,
  })
}
