import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { InsightSchema, type Insight } from '#contract/desk-insight.ts'
import { bankAsks, inGrace } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { answerBank, openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk as openStaff, openTestIdentity, type Desk, type TestIdentity } from '#server/test-identity.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'
import { openDesk } from '#server/stripe/test-desk.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
let bench: Bench
let identity: TestIdentity
let portal: TestPortal
let studio: Studio

beforeAll(async () => {
  bench = await openBench()
  identity = await openTestIdentity()
  portal = await openTestPortal(bench.origin, { desk: identity.desk, merchant: { graceDays: 0 } })
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await identity?.close()
  await bench?.close()
})

async function read(desk: Desk, query = ''): Promise<Insight> {
  const { status, text, body } = await desk.get(`/api/desk/insight${query}`)
  if (status !== 200) throw new Error(`${status} ${text}`)
  return InsightSchema.parse(body)
}

/** An account that owes 49 euros, refused so many times for the same. */
async function refused(times = 1) {
  const stay = await openDesk(portal, bench).enter(inGrace(studio, who))
  const checks: string[] = []
  for (let time = 0; time < times; time += 1) {
    const { body } = await portal.asApp('POST', '/v1/checks', { account: stay.account, actor: 'anna', fresh: true })
    checks.push((body as { problem: { request_id: string } }).problem.request_id)
    portal.clock.now += 60
  }
  return { ...stay, check: checks[0] ?? '' }
}

test('how far people get is counted from refusal to being served, by reason, with what it brought', async () => {
  const desk = await openStaff(portal, identity, 'viewer')
  expect(await read(desk)).toMatchObject({ total: { stops: 0, fixed: 0 }, byReason: [], recovered: [], left: [] })

  // Nobody opens it; two open it and leave, one of them after a declined card; one pays.
  await refused(3)
  const reader = await refused()
  await reader.browser.get(`/api/visit?check=${reader.check}`)
  const declined = await refused()
  await declined.browser.get(`/api/visit?check=${declined.check}`)
  const payer = await refused()
  await payer.browser.get(`/api/visit?check=${payer.check}`)
  const lab = openDesk(portal, bench)
  const pay = async (stay: typeof payer, template: string) => {
    const setupIntent = await lab.newCard(stay.browser, template)
    const plan = { invoices: [stay.invoice], total: { amount: 49_00, currency: 'eur' } }
    return stay.browser.deed('update-card', { check: stay.check, with: { setupIntent }, plan }, randomUUID())
  }
  expect((await pay(declined, 'pm_card_chargeCustomerFail')).outcome.kind).toBe('declined')
  expect((await pay(payer, 'pm_card_visa')).outcome.kind).toBe('done')

  portal.clock.now += 14 * 60
  await desk.get('/api/desk/session')
  portal.clock.now += 14 * 60
  await desk.get('/api/desk/session')
  portal.clock.now += 14 * 60
  const told = await read(await openStaff(portal, identity, 'viewer'))
  expect(told.total).toMatchObject({ stops: 4, opened: 3, tried: 2, fixed: 1, byItself: 0, returned: 0 })
  expect(told.byReason).toHaveLength(1)
  expect(told.byApp).toMatchObject([{ app: 'app_maps', name: 'Maps API', stops: 4, fixed: 1 }])
  expect(told.declines).toMatchObject([{ tries: 1, stops: 1, fixed: 0 }])
  expect(told.recovered).toEqual([{ amount: 49_00, currency: 'eur' }])
  expect(told.bought).toEqual([])
  expect(told.total.seconds?.median).toBeGreaterThan(0)
  // Whoever left less than an hour ago may come back.
  expect(told.left).toEqual([])
  portal.clock.now += 3_600
  const later = await read(await openStaff(portal, identity, 'viewer'))
  expect(later.left.map(({ at, stops }) => `${at} ${stops}`).toSorted()).toEqual(['declined 1', 'reading 1'])
})

test('a bank’s check that was passed here, of which no webhook told the sum, is said not to be counted', async () => {
  const lab = openDesk(portal, bench)
  const { browser, invoice } = await lab.enter(bankAsks(studio, who))
  await browser.deed('confirm-payment', { invoice, finished: false }, randomUUID())
  const { payments } = await bench.stripe.invoices.retrieve(invoice, {
    expand: ['payments.data.payment.payment_intent'],
  })
  const intent = payments?.data.at(-1)?.payment.payment_intent
  if (typeof intent !== 'object') throw new Error('this invoice has no payment')
  await answerBank(intent, 'complete')
  const { outcome } = await browser.deed('confirm-payment', { invoice, finished: true }, randomUUID())
  expect(outcome.kind).toBe('done')
  const told = await read(await openStaff(portal, identity, 'viewer'))
  expect(told).toMatchObject({ recovered: [{ amount: 49_00, currency: 'eur' }], unsummed: 1 })
})

test('another app’s customers are counted apart, and other days not at all', async () => {
  const desk = await openStaff(portal, identity, 'agent')
  expect((await read(desk, '?app=app_tiles')).total.stops).toBe(0)
  expect((await read(desk, '?app=app_maps&days=7')).total.stops).toBe(4)
  portal.clock.now += 8 * 86_400
  expect((await read(await openStaff(portal, identity, 'agent'), '?days=7')).total.stops).toBe(0)
  expect((await desk.get('/api/desk/insight?days=5000')).status).toBe(401)
  const again = await openStaff(portal, identity, 'agent')
  expect((await again.get('/api/desk/insight?days=5000')).status).toBe(400)
})
