import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Overview } from '#contract/overview.ts'
import { cardDeclined, healthy, inGrace, invoiceByEmail } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import type { Desk } from '#server/test-identity.ts'
import {
  act,
  actsOf,
  openActs,
  pathTo,
  press,
  readByCustomer,
  refusedBecause,
  who,
  type ActStage,
} from './test-acts.ts'

const DAY = 86_400
let bench: Bench
let studio: Studio
let stage: ActStage
let operator: Desk

beforeAll(async () => {
  bench = await openBench()
  stage = await openActs(bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: stage.portal.clock.now }
})
afterAll(async () => {
  await stage?.close()
  await bench?.close()
})
afterEach(async () => {
  await stage.customers.heal()
  stage.portal.clock.now = studio.now
})

async function enter(builder: typeof cardDeclined): Promise<Stay> {
  operator = await stage.desk('operator')
  return stage.customers.enter(builder(studio, who))
}
const allowed = async ({ account }: Stay) =>
  ((await stage.portal.asApp('POST', '/v1/checks', { account })).body as { allowed: boolean }).allowed
const planOf = async ({ browser }: Stay) => ((await browser.get('/api/overview')).body as Overview).subscriptions[0]
const inDays = (days: number) => stage.portal.clock.now + days * DAY

test('more time gives access back at once, the app is told, and the customer reads until when', async () => {
  const acme = await enter(cardDeclined)
  expect(await allowed(acme)).toBe(false)
  const until = inDays(5)
  const { done, acts } = await act(operator, acme.account, 'grace', { until, reason: 'They pay on Friday' })
  expect(done).toEqual({ deed: 'extend-grace', until, access: true, live: true })
  expect(acts.grace).toMatchObject({ possible: true, until })
  expect(await allowed(acme)).toBe(true)
  await expect.poll(() => stage.receiver.of(acme.account).map(({ type }) => type)).toContain('access.restored')
  expect(await planOf(acme)).toMatchObject({ standing: 'grace', graceEnd: until })
  const { body } = await acme.browser.get('/api/visit')
  expect(body).toMatchObject({ diagnosis: { access: true, warnings: [{ reason: 'card_declined', at: until }] } })
  expect(await readByCustomer(stage, acme.account)).toMatchObject([
    { deed: 'extend-grace', reason: 'They pay on Friday', staff: 'Robin operator' },
  ])
})

test('the time that was given ends by itself, and the app is told although nobody asks', async () => {
  const acme = await enter(cardDeclined)
  expect(await allowed(acme)).toBe(false)
  await act(operator, acme.account, 'grace', { until: inDays(2) })
  const types = () => stage.receiver.of(acme.account).map(({ type }) => type)
  await expect.poll(types).toContain('access.restored')
  stage.portal.clock.now += 2 * DAY
  // Any account's change lets the process look at what is due.
  await stage.portal.register(`acct_${randomUUID()}`)
  await expect.poll(() => types().at(-1)).toBe('access.changed')
  expect(await allowed(acme)).toBe(false)
})

test('it can be shortened and taken back, and says so each time', async () => {
  const acme = await enter(cardDeclined)
  await act(operator, acme.account, 'grace', { until: inDays(9) })
  const shorter = await act(operator, acme.account, 'grace', { until: inDays(3) })
  expect(shorter.acts.grace.until).toBe(inDays(3))
  const { done, acts } = await act(operator, acme.account, 'grace', { until: null })
  expect(done).toMatchObject({ until: null, access: false })
  expect(acts.grace.until).toBeUndefined()
  expect(await allowed(acme)).toBe(false)
  const again = await press(operator, `${pathTo(acme.account)}/grace`, { until: null })
  expect(refusedBecause(again)).toEqual([400, ['until: not-granted']])
  expect((await readByCustomer(stage, acme.account)).map(({ deed }) => deed)).toEqual(Array(3).fill('extend-grace'))
})

test('what was granted is over when the debt is paid: the next one has the merchant’s own grace', async () => {
  const acme = await enter(cardDeclined)
  await act(operator, acme.account, 'grace', { until: inDays(14) })
  const method = await stage.customers.otherCard(acme.customer)
  const plan = { invoices: [acme.invoice], total: { amount: 49_00, currency: 'eur' } }
  expect((await acme.browser.deed('pay-invoice', { with: { method }, plan })).outcome.kind).toBe('done')
  const { grace } = await actsOf(operator, acme.account)
  expect(grace).toEqual({ possible: false, latest: inDays(14) })
  const late = await press(operator, `${pathTo(acme.account)}/grace`, { until: inDays(14) })
  expect(refusedBecause(late)).toEqual([400, ['until: not-past-due']])
})

test('no further than the merchant lets support go, no sooner than the merchant’s own grace ends', async () => {
  const acme = await enter(inGrace)
  const own = (await planOf(acme))?.graceEnd ?? 0
  expect(own).toBeGreaterThan(stage.portal.clock.now)
  const to = (until: number) => press(operator, `${pathTo(acme.account)}/grace`, { until })
  expect(refusedBecause(await to(inDays(14) + 1))).toEqual([400, ['until: too-late']])
  expect(refusedBecause(await to(own))).toEqual([400, ['until: too-early']])
  expect(refusedBecause(await to(stage.portal.clock.now - DAY))).toEqual([400, ['until: too-early']])
  expect((await to(inDays(14))).status).toBe(200)
  expect((await planOf(acme))?.graceEnd).toBe(inDays(14))
  expect(await readByCustomer(stage, acme.account)).toHaveLength(1)
})

test('an invoice that is paid by hand can wait longer too; where nothing is past due there is nothing to extend', async () => {
  const byHand = await enter(invoiceByEmail)
  expect((await act(operator, byHand.account, 'grace', { until: inDays(7) })).done).toMatchObject({ access: true })
  const well = await enter(healthy)
  expect((await actsOf(operator, well.account)).grace.possible).toBe(false)
  const none = await press(operator, `${pathTo(well.account)}/grace`, { until: inDays(7) })
  expect(refusedBecause(none)).toEqual([400, ['until: not-past-due']])
})

test('while Stripe is silent, time can be given for what was last known to be owed', async () => {
  const acme = await enter(cardDeclined)
  await allowed(acme)
  await stage.customers.fault({ method: 'GET', path: '^/v1/', kind: 'reset', times: 1_000 })
  const { done } = await act(operator, acme.account, 'grace', { until: inDays(3) })
  expect(done).toMatchObject({ access: true, live: false })
})

test('time given while an account is held would give nothing, so it is not given', async () => {
  const acme = await enter(cardDeclined)
  await act(operator, acme.account, 'hold')
  const { grace } = await actsOf(operator, acme.account)
  expect(grace.possible).toBe(false)
})
