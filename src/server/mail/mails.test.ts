import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { VisitSchema } from '#contract/visit.ts'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { linkIn, openTestMailbox, type TestMailbox } from './test-mailbox.ts'
import { openEmbedded } from '#server/store/embedded.ts'
import { emptyDataFolder } from '#server/store/test-folder.ts'
import { openDesk, type Desk, type Stay } from '#server/stripe/test-desk.ts'
import { members, openTestPortal, type Browser, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
let bench: Bench
let box: TestMailbox
let portal: TestPortal
let studio: Studio
let desk: Desk
let acme: Stay
let sam: Browser
let check: string
let anna: string
/** Refusals of earlier tests. */
let told = 0

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
  acme = await desk.enter(cardDeclined(studio, who))
  // Addresses of this test alone: the mailbox is everybody's.
  anna = `anna+${acme.account}@acme.example`
  told += refusals()
  const people = [{ ...members[0], email: anna }, ...members.slice(1)]
  await portal.register(acme.account, { label: 'Acme GmbH', stripe_customer: acme.customer, members: people })
  sam = portal.browser()
  check = await sam.enter(acme.account, 'sam')
})
afterEach(() => box.fail(undefined))

const ask = () => sam.post('/api/asks', { check, to: 'anna' })
const visitOf = async () => {
  await sam.enter(acme.account, 'sam')
  return VisitSchema.parse((await sam.get(`/api/visit?check=${check}`)).body)
}

const stateOf = async () => (await visitOf()).ask?.state
const refusals = () =>
  portal.logged.filter((line) => JSON.stringify(line).includes('a letter was not taken')).length - told

/** Whatever is due is looked at: any letter of anybody's makes the portal look. */
async function wake(): Promise<void> {
  const other = await desk.enter(cardDeclined(studio, who))
  const to = `other+${other.account}@acme.example`
  const plan = { invoices: [other.invoice], total: { amount: 49_00, currency: 'eur' } }
  await other.browser.post('/api/guest-links', { fix: 'pay-invoice', plan, email: to })
  await box.arrived(to)
}

test('a mail server that is closed for now gets the letter later, once, and under the same id', async () => {
  box.fail('later')
  await ask()
  await expect.poll(refusals, { timeout: 10_000 }).toBe(1)
  expect(await stateOf()).toBe('sending')
  box.fail(undefined)
  portal.clock.now += 15
  await wake()
  const mail = await box.arrived(anna)
  expect(mail.headers['message-id']).toMatch(/^<mail_[\w-]{22}@northwind\.example>$/)
  await expect.poll(stateOf).toBe('sent')
  portal.clock.now += 3_600
  await wake()
  expect(box.count(anna)).toBe(1)
})

test('an address that is refused for good is said to the asker, who can ask at once again', async () => {
  box.fail('refuse')
  await ask()
  await expect.poll(stateOf, { timeout: 10_000 }).toBe('failed')
  box.fail(undefined)
  expect((await ask()).body).toMatchObject({ state: 'sending' })
  await box.arrived(anna)
})

test('a letter that is no longer needed is not sent', async () => {
  box.fail('later')
  await ask()
  await expect.poll(refusals, { timeout: 10_000 }).toBe(1)
  const setupIntent = await desk.newCard(acme.browser)
  const plan = { invoices: [acme.invoice], total: { amount: 49_00, currency: 'eur' } }
  await acme.browser.deed('update-card', { with: { setupIntent }, plan })
  expect((await visitOf()).ask?.state).toBe('lifted')
  box.fail(undefined)
  portal.clock.now += 3_600
  await wake()
  expect(box.count(anna)).toBe(0)
})

test('a day later nobody is written to any more', async () => {
  box.fail('later')
  await ask()
  await expect.poll(refusals, { timeout: 10_000 }).toBe(1)
  box.fail(undefined)
  portal.clock.now += 86_400
  await wake()
  expect(box.count(anna)).toBe(0)
})

test('what was written down before the portal stopped goes out when it starts again', async () => {
  const folder = await emptyDataFolder()
  box.fail('later')
  const first = await openTestPortal(bench.origin, { mail: box.mail, folder, clock: portal.clock })
  await first.register(acme.account, {
    stripe_customer: acme.customer,
    members: [{ ...members[0], email: anna }, members[2]],
  })
  const browser = first.browser()
  await browser.enter(acme.account, 'sam')
  await browser.post('/api/asks', { to: 'anna' })
  await first.close()
  box.fail(undefined)
  portal.clock.now += 3_600
  const second = await openTestPortal(bench.origin, { mail: box.mail, folder, clock: portal.clock })
  expect((await box.arrived(anna)).to).toEqual([anna])
  await second.close()
  rmSync(folder, { recursive: true, force: true })
})

test('letters leave no name, address or word in the log', async () => {
  box.fail('later')
  await ask()
  await expect.poll(refusals, { timeout: 10_000 }).toBe(1)
  const logged = JSON.stringify(portal.logged)
  for (const personal of [anna, 'Anna', 'Acme', 'declined']) expect(logged).not.toContain(personal)
  expect(logged).toContain('451')
})

test('names cannot become headers or further recipients', async () => {
  const evil = 'Acme\r\nBcc: evil@evil.example\r\n\r\n<script>'
  const { name: _, ...rest } = members[2]
  await portal.register(acme.account, {
    label: evil,
    stripe_customer: acme.customer,
    members: [
      { ...members[0], name: `Anna\r\nCc: evil@evil.example`, email: anna },
      { ...rest, name: evil },
    ],
  })
  await ask()
  const mail = await box.arrived(anna)
  expect(mail.to).toEqual([anna])
  expect(Object.keys(mail.headers)).not.toEqual(expect.arrayContaining(['bcc']))
  expect(Object.keys(mail.headers)).not.toEqual(expect.arrayContaining(['cc']))
  expect(mail.subject).toContain('Acme Bcc: evil@evil.example')
  expect(mail.html).not.toContain('<script>')
  expect(box.count('evil@evil.example')).toBe(0)
})

test('the link’s secret is in no log and in no row', async () => {
  const folder = await emptyDataFolder()
  const own = await openTestPortal(bench.origin, { mail: box.mail, folder, clock: portal.clock })
  const told = [{ ...members[0], email: anna }, members[2]]
  await own.register(acme.account, { stripe_customer: acme.customer, members: told })
  const browser = own.browser()
  await browser.enter(acme.account, 'sam')
  await browser.post('/api/asks', { to: 'anna' })
  const secret = linkIn(await box.arrived(anna)).slice('ask_'.length)
  expect(secret).toMatch(/^[\w-]{43}$/)
  await own.close()
  const database = await openEmbedded(folder)
  const rows = await database.query('select to_jsonb(asks) as ask, to_jsonb(mails) as mail from asks, mails')
  await database.close()
  rmSync(folder, { recursive: true, force: true })
  expect(rows).toHaveLength(1)
  expect(JSON.stringify([rows, own.logged])).not.toContain(secret)
})
