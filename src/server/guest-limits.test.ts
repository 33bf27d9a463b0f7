import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, openInvoice, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from './stripe/test-desk.ts'
import { openGuests, type Guests } from './test-guests.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
let bench: Bench

let portal: TestPortal
let studio: Studio
let desk: Desk
let guests: Guests
let acme: Stay

beforeAll(async () => {
  bench = await openBench()

  portal = await openTestPortal(bench.origin)
  desk = openDesk(portal, bench)
  guests = openGuests(portal, () => acme)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()

  await bench?.close()
})
beforeEach(async () => {
  acme = await desk.enter(cardDeclined(studio, who))
})

const status = async (answer: Promise<{ status: number }>) => (await answer).status

test.each([
  ['GET', '/api/overview'],
  ['POST', '/api/return'],
  ['POST', '/api/asks'],
  ['GET', '/api/guest-links'],
  ['POST', '/api/guest-links'],
  ['DELETE', '/api/guest-links/gl_0123456789abcdefghijkl'],
  ...['update-card', 'finish-subscribing', 'renew', 'resume', 'choose-plan', 'add-seats', 'buy-credits'].map(
    (fix) => ['POST', `/api/fixes/${fix}`] as const,
  ),
] as const)('a guest is refused at %s %s', async (method, path) => {
  const { id, token } = await guests.make()
  const guest = await guests.enter(token)
  const answer = await guest.send(method, path, method === 'GET' ? undefined : {})
  expect([answer.status, answer.body]).toMatchObject([403, { code: 'not-allowed' }])
  expect(await guests.stateOf(guest)).toBe('open')
  expect(id).toMatch(/^gl_/)
})

test('a guest reads no check, not even the one that it is about', async () => {
  const check = await acme.browser.enter(acme.account)
  const guest = await guests.enter((await guests.make({ check })).token)
  expect((await guest.get(`/api/visit?check=${check}`)).status).toBe(404)
})

test('a guest pays with no saved card, no other’s set-up, no other invoice and no other sum', async () => {
  const guest = await guests.enter((await guests.make()).token)
  const setupIntent = await desk.newCard(guest)
  const foreign = await desk.newCard(acme.browser)
  const other = await openInvoice(bench, acme.customer)
  const saved = await desk.otherCard(acme.customer)
  const requests = [
    { with: { method: saved }, plan: guests.plan() },
    { with: { setupIntent: foreign }, plan: guests.plan() },
    { with: { setupIntent }, plan: guests.plan(15_00, [other]) },
    { with: { setupIntent }, plan: guests.plan(64_00, [acme.invoice, other]) },
    { with: { setupIntent }, plan: guests.plan(49_01) },
    { with: { setupIntent }, plan: { invoices: [] } },
    { with: { setupIntent }, plan: { ...guests.plan(), subscription: acme.subscriptions[0] } },
  ]
  for (const request of requests) {
    const answer = await guest.post('/api/fixes/pay-invoice', request, { 'idempotency-key': randomUUID() })
    expect([request, answer.status]).toEqual([request, 403])
  }
  const check = guest.post(
    '/api/fixes/confirm-payment',
    { invoice: other, finished: false },
    { 'idempotency-key': randomUUID() },
  )
  expect(await status(check)).toBe(403)
  expect(await desk.charges(acme.customer)).toEqual([])
})

test.each(['sam', 'vic'])('%s, who may not pay, makes, sees and revokes no links', async (member) => {
  const { id } = await guests.make()
  const person = portal.browser()
  await person.enter(acme.account, member)
  expect(await status(person.post('/api/guest-links', guests.wish()))).toBe(403)
  expect(await status(person.get('/api/guest-links'))).toBe(403)
  expect(await status(guests.revoke(id, person))).toBe(403)
})

test('another account’s link is not found, and stays as it is', async () => {
  const { id, token } = await guests.make()
  const other = await desk.enter(cardDeclined(studio, who))
  expect((await guests.revoke(id, other.browser)).status).toBe(404)
  expect(await guests.knock(token)).toMatchObject({ kind: 'continue' })
})
