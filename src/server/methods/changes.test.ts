import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthy } from '#sandbox/demo/building.ts'
import { debitOnItsWay, manyMethods, ownCards } from '#sandbox/demo/method-building.ts'
import type { Lab } from '#sandbox/demo/lab.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'
import { chargedAt, deed, idOf, pageOf, removalOf, who } from './test-counter.ts'

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

test('another default is charged for the plans that follow it, and those with their own stay where they are', async () => {
  const acme = await desk.enter(ownCards(lab, who))
  const page = await pageOf(acme.browser)
  const other = idOf(page, '4444')
  expect(await deed(acme.browser, 'assign', { with: { method: other }, isDefault: true, plans: [] })).toEqual({
    kind: 'done',
  })
  expect(await chargedAt(bench.stripe, acme)).toEqual([other, null, other])
  const { methods } = await pageOf(acme.browser)
  expect(methods[0]).toMatchObject({ isDefault: true, plans: [{ own: true }, { own: false }] })
  expect(methods[1]).toMatchObject({ removal: 'free', plans: [] })
  expect(await desk.charges(acme.customer)).toEqual([])
})

test('a plan with a card of its own is moved where the person wishes it', async () => {
  const acme = await desk.enter(ownCards(lab, who))
  const visa = idOf(await pageOf(acme.browser), '4242')
  const [, addon = ''] = acme.subscriptions
  await deed(acme.browser, 'assign', { with: { method: visa }, isDefault: false, plans: [addon] })
  expect(await chargedAt(bench.stripe, acme)).toEqual([visa, null, visa])
})

test('a new card is kept as a spare, or takes the place that was shown, and nothing is charged', async () => {
  const acme = await desk.enter(ownCards(lab, who))
  const before = await chargedAt(bench.stripe, acme)
  const spare = await desk.newCard(acme.browser, 'pm_card_amex')
  await deed(acme.browser, 'assign', { with: { setupIntent: spare }, isDefault: false, plans: [] })
  expect(await chargedAt(bench.stripe, acme)).toEqual(before)
  const [, addon = ''] = acme.subscriptions
  const heir = await desk.newCard(acme.browser, 'pm_card_discover')
  await deed(acme.browser, 'assign', { with: { setupIntent: heir }, isDefault: false, plans: [addon] })
  const { payment_method: pinned } = await bench.stripe.setupIntents.retrieve(heir)
  expect(await chargedAt(bench.stripe, acme)).toEqual([before[0], null, pinned])
  expect((await pageOf(acme.browser)).methods).toHaveLength(4)
  expect(await desk.charges(acme.customer)).toEqual([])
})

test('what is charged is taken away only once another one is charged in its place', async () => {
  const acme = await desk.enter(ownCards(lab, who))
  const page = await pageOf(acme.browser)
  const wish = removalOf(page, '4242')
  const refused = await acme.browser.post('/api/payment-methods/remove', wish, { 'idempotency-key': randomUUID() })
  expect([refused.status, refused.body]).toMatchObject([409, { code: 'method-needed' }])
  const heir = idOf(page, '4444')
  expect(await deed(acme.browser, 'remove', { ...wish, instead: heir })).toEqual({ kind: 'done' })
  expect(await chargedAt(bench.stripe, acme)).toEqual([heir, null, heir])
  expect((await bench.stripe.paymentMethods.retrieve(wish.method)).customer).toBeNull()
  const { methods } = await pageOf(acme.browser)
  expect(methods).toMatchObject([{ method: { last4: '4444' }, isDefault: true, removal: 'add-first' }])
})

test('the last one that is needed cannot be taken away', async () => {
  const acme = await desk.enter(healthy(lab, who))
  const page = await pageOf(acme.browser)
  expect(page.methods).toMatchObject([{ removal: 'add-first' }])
  const wish = removalOf(page, '4242')
  for (const body of [wish, { ...wish, instead: wish.method }]) {
    const { status } = await acme.browser.post('/api/payment-methods/remove', body, { 'idempotency-key': randomUUID() })
    expect(status).toBe(409)
  }
  expect(await chargedAt(bench.stripe, acme)).toEqual([wish.method, null])
})

test('the last one goes where nothing more is charged', async () => {
  const acme = await desk.enter(healthy(lab, who))
  await bench.stripe.subscriptions.update(acme.subscriptions[0] ?? '', { cancel_at_period_end: true })
  const page = await pageOf(acme.browser)
  expect(page.methods).toMatchObject([{ removal: 'free', plans: [{ plan: 'Team' }] }])
  expect(await deed(acme.browser, 'remove', removalOf(page, '4242'))).toEqual({ kind: 'done' })
  expect((await pageOf(acme.browser)).methods).toEqual([])
})

test('a removal that names other plans than are charged by now is stale and takes nothing away', async () => {
  const acme = await desk.enter(ownCards(lab, who))
  const page = await pageOf(acme.browser)
  const [team = ''] = acme.subscriptions
  await bench.stripe.subscriptions.update(team, { default_payment_method: idOf(page, '4444') })
  const outcome = await deed(acme.browser, 'remove', { ...removalOf(page, '4444'), instead: idOf(page, '4242') })
  expect(outcome).toEqual({ kind: 'stale' })
  expect((await pageOf(acme.browser)).methods).toHaveLength(2)
})

test('twenty clicks on one removal are one, with the same answer', async () => {
  const acme = await desk.enter(ownCards(lab, who))
  const page = await pageOf(acme.browser)
  const wish = { ...removalOf(page, '4444'), instead: idOf(page, '4242') }
  const key = randomUUID()
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => deed(acme.browser, 'remove', wish, key)))
  expect(outcomes).toEqual(Array.from({ length: 20 }, () => ({ kind: 'done' })))
  expect(await deed(acme.browser, 'remove', wish)).toEqual({ kind: 'stale' })
})

test('a bank account from which a payment is on its way stays until it is through', async () => {
  const acme = await desk.enter(debitOnItsWay(lab, who))
  const { methods } = await pageOf(acme.browser)
  const [debit, card] = methods
  expect(debit).toMatchObject({
    method: { kind: 'sepa_debit' },
    paying: { amount: 49_00, currency: 'eur' },
    removal: 'in-flight',
  })
  const outcome = await deed(acme.browser, 'remove', {
    method: debit?.method.id,
    plans: acme.subscriptions,
    instead: card?.method.id,
  })
  expect(outcome).toEqual({ kind: 'processing' })
  expect((await pageOf(acme.browser)).methods).toHaveLength(2)
})

test('another customer’s method is neither charged nor taken away', async () => {
  const acme = await desk.enter(ownCards(lab, who))
  const globex = await desk.enter(healthy(lab, who))
  const page = await pageOf(acme.browser)
  const theirs = idOf(await pageOf(globex.browser), '4242')
  const assign = { with: { method: theirs }, isDefault: true, plans: [] }
  const answer = await acme.browser.post('/api/payment-methods/assign', assign, { 'idempotency-key': randomUUID() })
  expect(answer.status).toBe(404)
  expect(await deed(acme.browser, 'remove', { method: theirs, plans: [] })).toEqual({ kind: 'stale' })
  const instead = { ...removalOf(page, '4444'), instead: theirs }
  expect(await deed(acme.browser, 'remove', instead)).toEqual({ kind: 'stale' })
  expect((await pageOf(globex.browser)).methods).toHaveLength(1)
  expect((await pageOf(acme.browser)).methods).toHaveLength(2)
})

test('another customer’s subscription is not moved', async () => {
  const acme = await desk.enter(healthy(lab, who))
  const globex = await desk.enter(healthy(lab, who))
  const visa = idOf(await pageOf(acme.browser), '4242')
  const wish = { with: { method: visa }, isDefault: false, plans: globex.subscriptions }
  expect(await deed(acme.browser, 'assign', wish)).toEqual({ kind: 'stale' })
  expect(await chargedAt(bench.stripe, globex)).toHaveLength(2)
})

test('an expired or closed one is not made the default', async () => {
  const acme = await desk.enter(manyMethods(lab, who))
  const before = await chargedAt(bench.stripe, acme)
  for (const { method } of (await pageOf(acme.browser)).methods.filter(({ usable }) => !usable)) {
    const outcome = await deed(acme.browser, 'assign', { with: { method: method.id }, isDefault: true, plans: [] })
    expect(outcome).toEqual({ kind: 'stale' })
  }
  expect(await chargedAt(bench.stripe, acme)).toEqual(before)
})

test('taking away needs a proof of the last ten minutes; without one nothing is done', async () => {
  const acme = await desk.enter(ownCards(lab, who))
  const page = await pageOf(acme.browser)
  portal.clock.now += 600
  const wish = { ...removalOf(page, '4444'), instead: idOf(page, '4242') }
  const refused = await acme.browser.post('/api/payment-methods/remove', wish, { 'idempotency-key': randomUUID() })
  expect([refused.status, refused.body]).toMatchObject([403, { code: 'step-up-needed' }])
  expect((await pageOf(acme.browser)).methods).toHaveLength(2)
  expect(
    await deed(acme.browser, 'assign', { with: { method: idOf(page, '4444') }, isDefault: true, plans: [] }),
  ).toEqual({ kind: 'done' })
})

test('one that its bank has closed is not offered where something is paid', async () => {
  const acme = await desk.enter(manyMethods(lab, who))
  const closed = (await pageOf(acme.browser)).methods.find(({ method }) => method.kind === 'us_bank_account')
  const { body } = await acme.browser.get('/api/visit')
  const { methods } = body as { methods: { id: string }[] }
  expect([methods.length, methods.some(({ id }) => id === closed?.method.id)]).toEqual([19, false])
})

test('a bank account is not charged for what it cannot pay: neither as the default, nor for one plan, nor in another’s place', async () => {
  const acme = await desk.enter(ownCards(lab, who))
  const { id: dollars } = await bench.stripe.paymentMethods.attach('pm_usBankAccount_success', {
    customer: acme.customer,
  })
  const before = await chargedAt(bench.stripe, acme)
  const [, addon = ''] = acme.subscriptions
  for (const place of [
    { isDefault: true, plans: [] },
    { isDefault: false, plans: [addon] },
  ]) {
    const outcome = await deed(acme.browser, 'assign', { with: { method: dollars }, ...place })
    expect(outcome).toEqual({ kind: 'refused', because: 'currency' })
  }
  const wish = removalOf(await pageOf(acme.browser), '4444')
  expect(await deed(acme.browser, 'remove', { ...wish, instead: dollars })).toEqual({
    kind: 'refused',
    because: 'currency',
  })
  expect(await chargedAt(bench.stripe, acme)).toEqual(before)
})

test('the last one that can pay stays, though a bank account in another currency is saved beside it', async () => {
  const acme = await desk.enter(healthy(lab, who))
  await bench.stripe.paymentMethods.attach('pm_usBankAccount_success', { customer: acme.customer })
  const { methods } = await pageOf(acme.browser)
  expect(methods.find(({ isDefault }) => isDefault)).toMatchObject({ removal: 'add-first' })
})
