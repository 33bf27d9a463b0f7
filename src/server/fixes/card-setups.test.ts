import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from '#server/stripe/test-desk.ts'
import { openTestPortal, type Browser, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
let bench: Bench
let portal: TestPortal
let studio: Studio
let desk: Desk
let acme: Stay

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
beforeEach(async () => {
  acme = await desk.enter(cardDeclined(studio, who))
})

const begin = (browser: Browser = acme.browser) =>
  browser.post('/api/fixes/update-card/setup', {}, { 'idempotency-key': randomUUID() })
const setUps = async () => (await bench.stripe.setupIntents.list({ customer: acme.customer, limit: 100 })).data
const decline = (setupIntent: string) =>
  bench.stripe.setupIntents
    .confirm(setupIntent, { payment_method: 'pm_card_visa_chargeDeclined', return_url: 'http://localhost:4020/fix' })
    .catch(() => undefined)

test('an account has one card set-up open at a time, over tabs and people', async () => {
  const jo = portal.browser()
  await jo.enter(acme.account, 'jo')
  const first = await begin()
  expect(first.body).toEqual({
    setupIntent: expect.stringMatching(/^seti_/),
    clientSecret: expect.stringMatching(/^seti_\w+_secret_/),
  })
  for (const browser of [acme.browser, jo, acme.browser]) expect((await begin(browser)).body).toEqual(first.body)
  expect(await setUps()).toHaveLength(1)
})

test('ten set-ups begun in the same moment are one', async () => {
  await desk.fault({ method: 'POST', path: '^/v1/setup_intents$', kind: 'slow', delay_ms: 200, times: 10 })
  const answers = await Promise.all(Array.from({ length: 10 }, () => begin()))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(await setUps()).toHaveLength(1)
  await desk.heal()
})

test('a declined card leaves the set-up open for the next one', async () => {
  const { body } = await begin()
  const { setupIntent } = body as { setupIntent: string }
  await decline(setupIntent)
  const answer = await acme.browser.deed('update-card', { with: { setupIntent }, plan: { invoices: [] } })
  expect(answer.outcome).toEqual({ kind: 'declined', decline: 'bank', sameCardCanWork: false })
  expect((await begin()).body).toEqual(body)
})

test('after ten cards in an hour the eleventh waits, for this account alone, until the hour is over', async () => {
  for (let card = 0; card < 10; card += 1) await desk.newCard(acme.browser)
  const refused = await begin()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3600'])
  expect(refused.body).toMatchObject({ code: 'too-many' })
  expect(await setUps()).toHaveLength(10)
  const neighbour = await desk.enter(cardDeclined(studio, who))
  expect((await begin(neighbour.browser)).status).toBe(200)
  portal.clock.now += 3_601
  await acme.browser.enter(acme.account)
  expect((await begin()).status).toBe(200)
})

test('a bank’s check that was left halfway is offered again, to those who may pay, for an hour', async () => {
  const setupIntent = await desk.newCard(acme.browser, 'pm_card_authenticationRequired')
  const seen = async (browser: Browser) => (await browser.get('/api/visit')).body
  expect(await seen(acme.browser)).toMatchObject({
    unfinished: { setupIntent, saved: false, method: { last4: '3184' } },
  })
  const sam = portal.browser()
  await sam.enter(acme.account, 'sam')
  expect(await seen(sam)).not.toHaveProperty('unfinished')
  portal.clock.now += 3_601
  await acme.browser.enter(acme.account)
  expect(await seen(acme.browser)).not.toHaveProperty('unfinished')
})

test('a card that was saved while the page was away is taken up as it is, once', async () => {
  const setupIntent = await desk.newCard(acme.browser)
  const seen = async () => (await acme.browser.get('/api/visit')).body
  expect(await seen()).toMatchObject({ unfinished: { setupIntent, saved: true, method: { last4: '4242' } } })
  await acme.browser.deed('update-card', { with: { setupIntent }, plan: { invoices: [] } })
  expect(await seen()).not.toHaveProperty('unfinished')
})

test('without a key that says which intention this is, no deed begins', async () => {
  for (const key of ['', 'short', 'has spaces in it here', 'x'.repeat(65)]) {
    const { status } = await acme.browser.post('/api/fixes/update-card/setup', {}, { 'idempotency-key': key })
    expect(status).toBe(400)
  }
  expect(await setUps()).toEqual([])
})
