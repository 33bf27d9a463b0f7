import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { answerBank, openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
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

const cardsOf = async () => (await bench.stripe.customers.listPaymentMethods(acme.customer)).data.map(({ id }) => id)
const status = async (answer: Promise<{ status: number }>) => (await answer).status

/** Stripe, where every open invoice costs what a test says. */
async function openChangingStripe(behind: string) {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
      const { host: _, ...headers } = request.headers
      const answer = await fetch(behind + request.url, {
        method: request.method ?? 'GET',
        headers: headers as Record<string, string>,
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      })
      const body = await answer.text()
      const told =
        state.remaining === undefined ? body : body.replaceAll(/("amount_remaining":\s*)4900/g, `$1${state.remaining}`)
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(told)
    })()
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const state = {
    origin: `http://localhost:${port}`,
    remaining: undefined as number | undefined,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return state
}

test('a guest pays once with their own card, which is charged nowhere else and not kept', async () => {
  const before = await cardsOf()
  const { token } = await guests.make()
  const guest = await guests.enter(token)
  const setupIntent = await desk.newCard(guest)
  const { outcome, visit } = await guest.deed('pay-invoice', { with: { setupIntent }, plan: guests.plan() })
  expect([outcome.kind, visit.guest?.state, await desk.charges(acme.customer)]).toEqual(['done', 'paid', [49_00]])
  expect(await cardsOf()).toEqual(before)
  const customer = await bench.stripe.customers.retrieve(acme.customer)
  expect(customer).toMatchObject({ invoice_settings: { default_payment_method: before[0] } })
  expect((await guests.visitOf(acme.browser)).diagnosis.verdict).toBe('clear')
})

test('a second use says that it was used, and charges nothing', async () => {
  const { token } = await guests.make()
  const [one, other] = [await guests.enter(token), await guests.enter(token)]
  const request = { with: { setupIntent: await desk.newCard(one) }, plan: guests.plan() }
  await one.deed('pay-invoice', request)
  expect(await guests.knock(token, true)).toMatchObject({ kind: 'used', by: 'Anna' })
  expect(await guests.stateOf(other)).toBe('paid')
  expect(await status(other.post('/api/fixes/update-card/setup', {}, { 'idempotency-key': randomUUID() }))).toBe(410)
  expect(await desk.charges(acme.customer)).toEqual([49_00])
})

test('the same click answered twice is the same answer, also after the link is used', async () => {
  const guest = await guests.enter((await guests.make()).token)
  const key = randomUUID()
  const request = { with: { setupIntent: await desk.newCard(guest) }, plan: guests.plan() }
  const answers = [await guest.deed('pay-invoice', request, key), await guest.deed('pay-invoice', request, key)]
  expect(answers.map(({ outcome }) => outcome.kind)).toEqual(['done', 'done'])
  expect(await desk.charges(acme.customer)).toEqual([49_00])
})

test('where the payer wants it the guest’s card is kept, and charged from then on', async () => {
  const guest = await guests.enter((await guests.make({ keeps_card: true })).token)
  const setupIntent = await desk.newCard(guest, 'pm_card_mastercard')
  await guest.deed('pay-invoice', { with: { setupIntent }, plan: guests.plan() })
  const { payment_method: card } = await bench.stripe.setupIntents.retrieve(setupIntent)
  const customer = await bench.stripe.customers.retrieve(acme.customer)
  expect(customer).toMatchObject({ invoice_settings: { default_payment_method: card } })
})

test('a bank’s check of a guest survives a reload, and is shown to nobody else', async () => {
  const guest = await guests.enter((await guests.make()).token)
  const setupIntent = await desk.newCard(guest, 'pm_card_authenticationRequired')
  const setup = await bench.stripe.setupIntents.retrieve(setupIntent)
  expect(setup.status).toBe('requires_action')
  expect((await guests.visitOf(guest)).unfinished).toMatchObject({ setupIntent })
  expect((await guests.visitOf(acme.browser)).unfinished).toBeUndefined()
  await answerBank(setup, 'complete')
  const first = await guest.deed('pay-invoice', { with: { setupIntent }, plan: guests.plan() })
  expect(first.outcome.kind).toBe('confirm')
  // The page is loaded again: what waits is offered, and opened with its own secret.
  expect((await guests.visitOf(guest)).diagnosis.blockers).toMatchObject([{ reason: 'authentication_required' }])
  const begun = await guest.deed('confirm-payment', { invoice: acme.invoice, finished: false })
  expect(begun.outcome).toEqual(first.outcome)
  const { data } = await bench.stripe.paymentIntents.list({ customer: acme.customer })
  const waiting = data.find(({ status }) => status === 'requires_action')
  if (waiting) await answerBank(waiting, 'complete')
  const { outcome, visit } = await guest.deed('confirm-payment', { invoice: acme.invoice, finished: true })
  expect([outcome.kind, visit.guest?.state]).toEqual(['done', 'paid'])
  expect(await desk.charges(acme.customer)).toEqual([49_00])
})

test('a guest’s waiting check is not finished with a member’s plan, nor a member’s by a guest', async () => {
  const guest = await guests.enter((await guests.make()).token)
  const method = await desk.otherCard(acme.customer, 'pm_card_authenticationRequired')
  const mine = await acme.browser.deed('pay-invoice', { with: { method }, plan: guests.plan() })
  expect(mine.outcome.kind).toBe('confirm')
  expect((await guests.visitOf(guest)).diagnosis.blockers).toMatchObject([{ reason: 'invoice_overdue' }])
  for (const finished of [false, true]) {
    const { outcome } = await guest.deed('confirm-payment', { invoice: acme.invoice, finished })
    expect(outcome).toEqual({ kind: 'stale' })
  }
})

test('a refused card is forgotten at once, and another one can pay', async () => {
  const before = await cardsOf()
  const guest = await guests.enter((await guests.make()).token)
  const refused = await desk.newCard(guest, 'pm_card_chargeCustomerFail')
  const { outcome } = await guest.deed('pay-invoice', { with: { setupIntent: refused }, plan: guests.plan() })
  expect([outcome.kind, await cardsOf()]).toEqual(['declined', before])
  const setupIntent = await desk.newCard(guest)
  expect((await guest.deed('pay-invoice', { with: { setupIntent }, plan: guests.plan() })).outcome.kind).toBe('done')
})

test('a sum that changed is said, with who to ask, and nothing is charged', async () => {
  const changing = await openChangingStripe(bench.origin)
  const own = await openTestPortal(changing.origin, { clock: portal.clock })
  acme = await openDesk(own, bench).enter(cardDeclined(studio, who))
  const { token } = await guests.make()
  const guest = own.browser()
  await guests.knock(token, true, guest)
  const setupIntent = await desk.newCard(guest)
  changing.remaining = 59_00
  expect(await guests.visitOf(guest)).toMatchObject({ mayPay: false, guest: { state: 'changed', by: 'Anna' } })
  const { outcome } = await guest.deed('pay-invoice', { with: { setupIntent }, plan: guests.plan() })
  expect([outcome.kind, await desk.charges(acme.customer)]).toEqual(['stale', []])
  await own.close()
  await changing.close()
})

test('what somebody else has paid is said to be paid', async () => {
  const guest = await guests.enter((await guests.make()).token)
  const setupIntent = await desk.newCard(acme.browser)
  await acme.browser.deed('update-card', { with: { setupIntent }, plan: guests.plan() })
  expect(await guests.stateOf(guest)).toBe('settled')
})

test('a card that a guest left lying is forgotten with the next look', async () => {
  const before = await cardsOf()
  const guest = await guests.enter((await guests.make()).token)
  await desk.newCard(guest)
  expect(await cardsOf()).toHaveLength(before.length + 1)
  portal.clock.now += 3_601
  const other = await desk.enter(cardDeclined(studio, who))
  await guests.make({ plan: guests.plan(49_00, [other.invoice]) }, other.browser)
  await expect.poll(cardsOf, { timeout: 10_000 }).toEqual(before)
})
