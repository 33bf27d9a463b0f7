import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { InvoiceDetailsSchema } from '#contract/invoice.ts'
import { OverviewSchema } from '#contract/overview.ts'
import { healthy } from '#sandbox/demo/building.ts'
import { advance, saveCard } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { idOf } from '#server/stripe/client.ts'
import { openTestMailbox, type TestMailbox } from '#server/mail/test-mailbox.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'
import { openCounter, who, type Client, type Counter, type Yard } from './test-counter.ts'

let bench: Bench
let box: TestMailbox
let portal: TestPortal
let yard: Yard
let counter: Counter
let start: number
const soon = { timeout: 10_000 }

beforeAll(async () => {
  bench = await openBench()
  box = await openTestMailbox(createMailbox())
  portal = await openTestPortal(bench.origin, { mail: box.mail })
  start = portal.clock.now
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  yard = {
    build: () => healthy(studio, who),
    saveDefault: (id, template) => saveCard(studio, { id }, template),
    advance: (clock, to) => advance(studio, clock, to),
  }
  counter = openCounter(portal, bench, yard)
})
afterAll(async () => {
  await portal?.close()
  await box?.close()
  await bench?.close()
})
afterEach(() => void (portal.clock.now = start))

const detailsOf = async ({ browser }: Client, invoice: string) =>
  InvoiceDetailsSchema.parse((await browser.get(`/api/invoices/${invoice}`)).body)
const overviewOf = async ({ browser }: Client) =>
  OverviewSchema.parse((await browser.get('/api/overview?fresh=true')).body)

/** Everything that Stripe has told is worked off: another account's failed charge, told later, is paid by its backup. */
async function workedOff(): Promise<void> {
  const other = await counter.enter()
  await counter.agree(other)
  const invoice = await counter.fail(other)
  await counter.tell(other)
  await expect.poll(() => counter.statusOf(invoice), soon).toBe('paid')
}

/** Agrees after the renewal, which comes by Stripe's clock: that is ahead of ours. */
async function agreeLater(acme: Client): Promise<void> {
  portal.clock.now += 40 * 86_400
  await acme.browser.enter(acme.account)
  expect(await counter.agree(acme)).toEqual({ kind: 'agreed' })
  portal.clock.now = start
  await acme.browser.enter(acme.account)
}

test('what is declined on the default is paid with the backup, once however often Stripe tells, and who pays is told', async () => {
  const acme = await counter.enter()
  expect(await counter.agree(acme)).toEqual({ kind: 'agreed' })
  expect((await counter.pageOf(acme)).backup).toEqual({ method: acme.backup, given: portal.clock.now, by: 'Anna' })
  const invoice = await counter.fail(acme)
  const again = `evt_${randomUUID()}`
  await Promise.all([again, again, undefined, undefined].map((id) => counter.tell(acme, undefined, id)))
  await expect.poll(() => counter.statusOf(invoice), soon).toBe('paid')

  const letter = await box.arrived(acme.anna)
  expect(letter.subject).toBe('Acme GmbH: €49.00 was charged to your backup, Mastercard 4444')
  expect(letter.text).toMatch(new RegExp(`because Visa 0341 was declined[^]*/invoices/${invoice}`))
  await workedOff()
  expect([await counter.chargesOf(acme, invoice), box.count(acme.anna)]).toEqual([['failed', 'succeeded'], 1])

  const told = {
    invoice,
    amount: { amount: 49_00, currency: 'eur' },
    failed: { last4: '0341' },
    backup: { last4: '4444' },
    state: 'paid',
  }
  expect((await detailsOf(acme, invoice)).backup).toMatchObject(told)
  expect(await overviewOf(acme)).toMatchObject({ backup: told, diagnosis: { verdict: 'clear' } })
  const member = portal.browser()
  await member.enter(acme.account, 'sam')
  expect((await overviewOf({ ...acme, browser: member })).backup).toBeUndefined()
})

test('the charge is an attempt like any other, and both tables leave with the export', async () => {
  const acme = await counter.enter()
  await counter.agree(acme)
  const invoice = await counter.fail(acme)
  await counter.tell(acme)
  await expect.poll(() => counter.statusOf(invoice), soon).toBe('paid')
  await box.arrived(acme.anna)
  const { tables } = (await acme.browser.get('/api/export')).body as { tables: Record<string, object[]> }
  expect(tables['attempts']).toMatchObject([
    { deed: 'charge-backup', phase: 'known', outcome: { kind: 'done' }, request: { plan: { invoices: [invoice] } } },
  ])
  expect([tables['backup_methods'], tables['backup_charges']]).toMatchObject([
    [{ method: acme.backup, member: 'anna' }],
    [{ invoice, state: 'paid', amount: 49_00 }],
  ])
})

test.each([
  ['nobody agreed', async () => {}],
  [
    'it was taken back',
    async (acme: Client) => {
      await counter.agree(acme)
      await acme.browser.post('/api/payment-methods/backup/withdraw', {})
    },
  ],
  [
    'the method was made the default, and no longer is',
    async (acme: Client) => {
      await counter.agree(acme)
      const assign = { with: { method: acme.backup }, isDefault: true, plans: [] }
      await acme.browser.post('/api/payment-methods/assign', assign, { 'idempotency-key': randomUUID() })
    },
  ],
  [
    'the method was removed',
    async (acme: Client) => {
      await counter.agree(acme)
      const wish = { method: acme.backup, plans: [] }
      await acme.browser.post('/api/payment-methods/remove', wish, { 'idempotency-key': randomUUID() })
    },
  ],
  [
    'the method went away at Stripe',
    async (acme: Client) => {
      await counter.agree(acme)
      await bench.stripe.paymentMethods.detach(acme.backup)
    },
  ],
  [
    'the merchant holds the account',
    async (acme: Client) => {
      await counter.agree(acme)
      await portal.register(acme.account, { stripe_customer: acme.customer, hold: { since: portal.clock.now } })
    },
  ],
] as const)('nothing is charged where %s', async (why, arrange) => {
  const acme = await counter.enter()
  await arrange(acme)
  expect((await counter.pageOf(acme)).backup !== undefined).toBe(why.includes('holds'))
  const invoice = await counter.fail(acme)
  await counter.tell(acme)
  await workedOff()
  expect([await counter.statusOf(invoice), await counter.chargesOf(acme, invoice)]).toEqual(['open', ['failed']])
})

test('what was declined before somebody agreed is not charged, whenever Stripe tells of it', async () => {
  const acme = await counter.enter()
  const invoice = await counter.fail(acme)
  await agreeLater(acme)
  await counter.tell(acme)
  await workedOff()
  expect(await counter.chargesOf(acme, invoice)).toEqual(['failed'])
})

test('where the bank wants to see the person the backup is left alone', async () => {
  const acme = await counter.enter()
  await counter.agree(acme)
  const invoice = await counter.fail(acme, 'pm_card_authenticationRequired')
  await counter.tell(acme)
  await workedOff()
  const { invoice: shown, backup } = await detailsOf(acme, invoice)
  expect([shown.state, backup, await counter.chargesOf(acme, invoice)]).toEqual(['confirm', undefined, []])
})

test('a backup that is declined too is charged once for the invoice; that is told, and the invoice can be paid', async () => {
  const acme = await counter.enter('pm_card_threeDSecureRequiredProcessingError')
  await counter.agree(acme)
  const invoice = await counter.fail(acme)
  await counter.tell(acme)
  const letter = await box.arrived(acme.anna)
  expect(letter.text).toContain('could not be charged either')
  await counter.tell(acme)
  await workedOff()
  expect([await counter.chargesOf(acme, invoice), box.count(acme.anna)]).toEqual([['failed', 'failed'], 1])
  expect((await detailsOf(acme, invoice)).backup).toMatchObject({ state: 'declined' })
  const method = await counter.desk.otherCard(acme.customer)
  const plan = { invoices: [invoice], total: { amount: 49_00, currency: 'eur' } }
  expect((await acme.browser.deed('pay-invoice', { with: { method }, plan })).outcome).toEqual({ kind: 'done' })
})

test('what a person tries with another card, and is declined, is not an automatic charge', async () => {
  const acme = await counter.enter()
  const invoice = await counter.fail(acme)
  await agreeLater(acme)
  const method = await counter.desk.otherCard(acme.customer, 'pm_card_threeDSecureRequiredProcessingError')
  const plan = { invoices: [invoice], total: { amount: 49_00, currency: 'eur' } }
  expect((await acme.browser.deed('pay-invoice', { with: { method }, plan })).outcome).toMatchObject({
    kind: 'declined',
  })
  await counter.tell(acme)
  await workedOff()
  expect(await counter.chargesOf(acme, invoice)).toEqual(['failed', 'failed'])
})

test('only who pays agrees, to a card that is theirs and stands by, and to what was shown', async () => {
  const acme = await counter.enter()
  const other = await counter.enter()
  const { methods } = await counter.pageOf(acme)
  const visa = methods.find(({ isDefault }) => isDefault)?.method.id ?? ''
  const debit = await counter.desk.otherCard(acme.customer, 'pm_sepaDebit_success_de')
  const agree = async (browser: Client['browser'], body: object) => browser.post('/api/payment-methods/backup', body)
  for (const method of [other.backup, visa, debit]) {
    expect((await agree(acme.browser, { method, covers: [visa] })).body).toEqual({ kind: 'unfit' })
  }
  expect((await agree(acme.browser, { method: acme.backup, covers: [] })).body).toEqual({ kind: 'stale' })
  const member = portal.browser()
  await member.enter(acme.account, 'sam')
  expect((await agree(member, { method: acme.backup, covers: [visa] })).status).toBe(403)
  expect((await member.post('/api/payment-methods/backup/withdraw', {})).status).toBe(403)
  expect((await counter.pageOf(acme)).backup).toBeUndefined()
})

test('while other money of the account is on its way the backup waits, and is charged once that is through', async () => {
  const { stripe } = bench
  const acme = await counter.enter()
  await counter.agree(acme)
  const debit = await counter.desk.otherCard(acme.customer, 'pm_sepaDebit_processing_de')
  await stripe.invoiceItems.create({ customer: acme.customer, amount: 5_00, currency: 'eur' })
  const { id: moving } = await stripe.invoices.create({
    customer: acme.customer,
    auto_advance: false,
    pending_invoice_items_behavior: 'include',
  })
  await stripe.invoices.pay(moving, { payment_method: debit })
  const invoice = await counter.fail(acme)
  await counter.tell(acme)
  await workedOff()
  expect(await counter.chargesOf(acme, invoice)).toEqual(['failed'])
  const { payments } = await stripe.invoices.retrieve(moving, { expand: ['payments'] })
  const intent = payments?.data[0]?.payment.payment_intent
  await bench.lever('POST', `payment_intents/${idOf(intent)}/settle`, { outcome: 'succeeded' })
  portal.clock.now += 3_600
  await workedOff()
  await expect.poll(() => counter.chargesOf(acme, invoice), soon).toEqual(['failed', 'succeeded'])
})
