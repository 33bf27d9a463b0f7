import { randomUUID } from 'node:crypto'
import type Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { BillingDetailsSchema } from '#contract/billing-details.ts'
import { healthy } from '#sandbox/demo/building.ts'
import { berlin, type Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestMailbox, type TestMailbox } from './mail/test-mailbox.ts'
import { openDesk, type Desk, type Stay } from './stripe/test-desk.ts'
import { openTestPortal, type Browser, type TestPortal } from './test-portal.ts'

let bench: Bench
let box: TestMailbox
let portal: TestPortal
let studio: Studio
let desk: Desk
let acme: Stay
let invoices: string

beforeAll(async () => {
  bench = await openBench()
  box = await openTestMailbox(createMailbox())
  portal = await openTestPortal(bench.origin, { mail: box.mail })
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await box?.close()
  await bench?.close()
})
beforeEach(async () => {
  invoices = `invoices+${randomUUID()}@acme.example`
  acme = await desk.enter(healthy(studio, { name: 'Acme GmbH', email: invoices }))
})
afterEach(() => bench.lever('DELETE', 'faults'))

const show = async (browser: Browser = acme.browser) =>
  BillingDetailsSchema.parse((await browser.get('/api/billing-details')).body)
const save = (wish: object, browser: Browser = acme.browser) => browser.deed('billing-details', wish)
const refused = async (wish: object) => {
  const { status, body } = await acme.browser.post('/api/fixes/billing-details', wish, {
    'idempotency-key': randomUUID(),
  })
  return { status, paths: ((body as { errors?: { path: string }[] }).errors ?? []).map(({ path }) => path) }
}
const customer = async () => (await bench.stripe.customers.retrieve(acme.customer)) as Stripe.Customer

test('what stands on invoices and where they go is shown as Stripe has it', async () => {
  expect((await show()).details).toEqual({
    name: 'Acme GmbH',
    address: berlin,
    email: invoices,
    taxIds: [],
    recipients: [],
  })
})

test('only what was changed is written: what another tab has saved meanwhile stays', async () => {
  await save({ name: 'Acme Holding GmbH' })
  await save({ language: 'de' })
  const address = { line1: 'Hauptstraße 1', postal_code: '10115', city: 'Berlin', country: 'DE' }
  await save({ address })
  const { details } = await show()
  expect(details).toMatchObject({ name: 'Acme Holding GmbH', language: 'de', address, email: invoices })
  expect((await customer()).preferred_locales).toEqual(['de'])
})

test('an address is replaced whole: nothing of the old one is left in the new one', async () => {
  await save({ address: { line1: '1 Main Street', line2: 'Floor 3', city: 'Dublin', country: 'IE' } })
  await save({ address: { line1: '2 Main Street', city: 'Cork', country: 'IE' } })
  expect((await show()).details?.address).toEqual({ line1: '2 Main Street', city: 'Cork', country: 'IE' })
})

test('tax numbers are added, judged by the office and removed; one that stands there is not added twice', async () => {
  for (const value of ['DE000000000', 'DE111111111', 'DE222222222', 'DE 000 000 000']) {
    await save({ taxId: { type: 'eu_vat', value } })
  }
  const before = (await show()).details?.taxIds ?? []
  expect(before.map(({ value, status }) => `${value} ${status}`).toSorted()).toEqual([
    'DE000000000 pending',
    'DE111111111 pending',
    'DE222222222 pending',
  ])
  const { test_clock: clock } = await customer()
  if (typeof clock !== 'string') throw new Error('they live by no clock')
  const { frozen_time } = await bench.stripe.testHelpers.testClocks.retrieve(clock)
  await bench.stripe.testHelpers.testClocks.advance(clock, { frozen_time: frozen_time + 120 })
  const statuses = async () => ((await show()).details?.taxIds ?? []).map(({ status }) => status).toSorted()
  await expect.poll(statuses).toEqual(['pending', 'unverified', 'verified'])
  const gone = before[0]?.id
  await save({ removeTaxId: gone })
  expect(await statuses()).toHaveLength(2)
  // Removed in another tab already.
  expect((await save({ removeTaxId: gone })).outcome).toEqual({ kind: 'done' })
})

test.each([
  ['a number that cannot be', { taxId: { type: 'eu_vat', value: 'DE12' } }, 'taxId.value'],
  ['an address that Stripe cannot write to', { email: 'anna@acme.invalid-' }, 'email'],
  ['a country that is none', { address: { line1: 'Street 1', country: 'Germany' } }, 'address.country'],
  ['a name that is too long', { name: 'x'.repeat(151) }, 'name'],
])('%s is refused at its field, and nothing is written', async (_, wish, path) => {
  const before = await show()
  expect(await refused(wish)).toEqual({ status: 400, paths: [path] })
  expect((await show()).details).toEqual(before.details)
})

test('the old address and the further recipients learn that invoices go elsewhere, and not where', async () => {
  const [finance, after] = [`finance+${randomUUID()}@acme.example`, `new+${randomUUID()}@acme.example`]
  await save({ recipient: { add: finance } })
  await save({ recipient: { add: finance.toUpperCase() } })
  await save({ email: after })
  const letter = await box.arrived(invoices)
  expect(letter.subject).toBe('Invoices of Northwind Maps for Acme go to another address')
  expect(letter.text).toContain('Anna of Acme has changed the address')
  expect(letter.text).not.toContain(after)
  await box.arrived(finance)
  expect(box.count(after)).toBe(0)
  expect((await show()).details).toMatchObject({ email: after, recipients: [finance] })
  await save({ recipient: { remove: finance } })
  expect((await show()).details?.recipients).toEqual([])
  expect((await customer()).email).toBe(after)
})

test('another address for invoices is taken only from somebody who has just proved who they are', async () => {
  portal.clock.now += 600
  const wish = { email: `new+${randomUUID()}@acme.example` }
  const { status, body } = await acme.browser.post('/api/fixes/billing-details', wish, {
    'idempotency-key': randomUUID(),
  })
  expect([status, body]).toEqual([403, expect.objectContaining({ code: 'step-up-needed' })])
  expect((await customer()).email).toBe(invoices)
  expect((await save({ name: 'Acme Holding GmbH' })).outcome).toEqual({ kind: 'done' })
})

test('of a lost answer the second try writes no second letter', async () => {
  const after = `new+${randomUUID()}@acme.example`
  const key = randomUUID()
  await acme.browser.deed('billing-details', { email: after }, key)
  await box.arrived(invoices)
  await acme.browser.deed('billing-details', { email: after }, key)
  await save({ email: after })
  expect(box.count(invoices)).toBe(1)
})

test('who may not pay sees the details without addresses of people, and changes nothing', async () => {
  const sam = portal.browser()
  await sam.enter(acme.account, 'sam')
  const seen = await show(sam)
  expect(seen.mayPay).toBe(false)
  expect(seen.details).toEqual({ name: 'Acme GmbH', address: berlin, taxIds: [], recipients: [] })
  expect(seen.payers.map(({ name }) => name)).toEqual(['Anna', 'Jo'])
  const { status } = await sam.post('/api/fixes/billing-details', { name: 'Sam' }, { 'idempotency-key': randomUUID() })
  expect(status).toBe(403)
})

test('while Stripe does not answer, nothing is called empty', async () => {
  await show()
  await bench.lever('POST', 'faults', {
    method: 'GET',
    path: `/v1/customers/${acme.customer}`,
    kind: 'error',
    times: 9,
  })
  expect((await show()).details).toBeUndefined()
})

test('an account without a customer has no details yet, and gets a customer with the first ones', async () => {
  await portal.register('acct_new', {})
  const anna = portal.browser()
  await anna.enter('acct_new')
  expect((await show(anna)).details).toEqual({ taxIds: [], recipients: [] })
  await save({ name: 'New GmbH' }, anna)
  expect((await show(anna)).details?.name).toBe('New GmbH')
})
