import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { AskSchema } from '#contract/ask.ts'
import { VisitSchema } from '#contract/visit.ts'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { linkIn, openTestMailbox, type TestMailbox } from './mail/test-mailbox.ts'
import { openDesk, type Desk, type Stay } from './stripe/test-desk.ts'
import { members, openTestPortal, type Browser, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const merchant = { name: 'Northwind Maps' }
let bench: Bench
let box: TestMailbox
let portal: TestPortal
let studio: Studio
let desk: Desk
let acme: Stay
let sam: Browser
let check: string
let anna: string
let jo: string

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
  jo = `jo+${acme.account}@acme.example`
  await people()
  sam = portal.browser()
  check = await sam.enter(acme.account, 'sam')
})
afterEach(() => box.fail(undefined))

/** The account's members as the app tells them, with addresses. */
async function people(differs: { id: string; [field: string]: unknown }[] = []): Promise<void> {
  const known = [{ ...members[0], email: anna }, { ...members[1], email: jo }, ...members.slice(2)]
  const told = known.map((member) => ({ ...member, ...differs.find(({ id }) => id === member.id) }))
  await portal.register(acme.account, { label: 'Acme GmbH', stripe_customer: acme.customer, members: told })
}

const ask = (to = 'anna', from = sam) => from.post('/api/asks', { check, to })
const visitOf = async (browser: Browser, query = `?check=${check}`) =>
  VisitSchema.parse((await browser.get(`/api/visit${query}`)).body)

test('a member who asks writes to a payer: account, app, cause, consequence and one link', async () => {
  const { status, body } = await ask()
  expect([status, AskSchema.parse(body)]).toMatchObject([200, { to: { id: 'anna', name: 'Anna', role: 'owner' } }])
  const mail = await box.arrived(anna)
  expect(mail.to).toEqual([anna])
  expect(mail.subject).toBe('Maps API is paused for Acme GmbH: the card on file was declined')
  for (const words of ['Hello Anna,', 'Sam cannot go on working in Maps API', 'asks you to', 'Update card'])
    expect(mail.text).toContain(words)
  expect(mail.text.match(/https?:\/\/\S+/g)).toEqual([expect.stringMatching(/^http:\/\/localhost:4020\/fix#t=ask_/)])
  expect(mail.html).toContain('Update card')
  // No sum, in whichever way it is written; times and keys have digits too.
  expect(mail.text + mail.html).not.toMatch(/€|\bEUR\b|49[.,]00/i)
})

test('the link signs the payer in after their word, on the very fix that was asked for', async () => {
  await ask()
  const ticket = linkIn(await box.arrived(anna))
  const browser = portal.browser()
  expect(await browser.exchange(ticket)).toMatchObject({
    kind: 'continue',
    account: { label: 'Acme GmbH' },
    ask: { from: 'Sam', to: 'Anna' },
  })
  expect(browser.cookie).toBeUndefined()
  expect(await browser.exchange(ticket, true)).toEqual({ kind: 'entered', check })
  expect(await visitOf(browser)).toMatchObject({ member: { id: 'anna', role: 'owner' }, mayPay: true })
})

test('the asker sees when it was sent, opened and mended', async () => {
  await ask()
  const mail = await box.arrived(anna)
  const state = async () => (await visitOf(sam)).ask?.state
  await expect.poll(state).toBe('sent')
  const browser = portal.browser()
  await browser.exchange(linkIn(mail), true)
  expect(await state()).toBe('opened')
  const setupIntent = await desk.newCard(browser)
  const plan = { invoices: [acme.invoice], total: { amount: 49_00, currency: 'eur' } }
  await browser.deed('update-card', { check, with: { setupIntent }, plan })
  expect(await visitOf(sam)).toMatchObject({ ask: { state: 'lifted' }, diagnosis: { verdict: 'clear' } })
})

test('a link opens once: again in the browser it opened, nowhere else', async () => {
  await ask()
  const ticket = linkIn(await box.arrived(anna))
  const browser = portal.browser()
  await browser.exchange(ticket, true)
  expect(await browser.exchange(ticket)).toEqual({ kind: 'entered', check })
  expect(await portal.browser().exchange(ticket, true)).toMatchObject({ kind: 'used' })
  expect(await sam.exchange(ticket, true)).toMatchObject({ kind: 'used' })
})

test('of ten clicks at once on one link exactly one gets in', async () => {
  await ask()
  const ticket = linkIn(await box.arrived(anna))
  const answers = await Promise.all(Array.from({ length: 10 }, () => portal.browser().exchange(ticket, true)))
  expect(answers.filter(({ kind }) => kind === 'entered')).toHaveLength(1)
})

test('a link lives for a day to the second, and a forged or altered one is nothing', async () => {
  await ask()
  const ticket = linkIn(await box.arrived(anna))
  const { now } = portal.clock
  expect(await portal.browser().exchange(`${ticket.slice(0, -1)}${ticket.endsWith('A') ? 'B' : 'A'}`)).toEqual({
    kind: 'invalid',
    merchant,
  })
  expect(await portal.browser().exchange('ask_')).toEqual({ kind: 'invalid', merchant })
  portal.clock.now = now + 86_399
  expect(await portal.browser().exchange(ticket)).toMatchObject({ kind: 'continue' })
  portal.clock.now = now + 86_400
  expect(await portal.browser().exchange(ticket, true)).toMatchObject({ kind: 'expired' })
  portal.clock.now = now
})

test('in another account’s browser the link asks before it switches', async () => {
  await ask()
  const other = await desk.enter(cardDeclined(studio, who))
  const ticket = linkIn(await box.arrived(anna))
  expect(await other.browser.exchange(ticket)).toMatchObject({ kind: 'switch', from: { id: other.account } })
})

test('who is no member any more enters by no letter', async () => {
  await ask()
  const ticket = linkIn(await box.arrived(anna))
  await portal.register(acme.account, { stripe_customer: acme.customer, members: members.slice(1) })
  expect(await portal.browser().exchange(ticket, true)).toEqual({ kind: 'invalid', merchant })
})

test('who may not pay any more enters with the role they have now', async () => {
  await ask()
  const ticket = linkIn(await box.arrived(anna))
  await people([{ id: 'anna', role: 'viewer' }])
  const browser = portal.browser()
  await browser.exchange(ticket, true)
  expect(await visitOf(browser)).toMatchObject({ mayPay: false })
})

test('asked twice within ten minutes, one letter goes out and the answer is the same', async () => {
  const first = await ask()
  await box.arrived(anna)
  portal.clock.now += 599
  expect((await ask()).body).toMatchObject({ ...(first.body as object), state: 'sent' })
  portal.clock.now += 2
  await ask()
  await box.arrived(anna, 2)
})

test('ten clicks at once are one letter', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask()))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  await box.arrived(anna)
  await ask('jo')
  await box.arrived(jo)
  expect(box.count(anna)).toBe(1)
})

test('five an hour, then a wait is named', async () => {
  for (const to of ['anna', 'jo', 'anna', 'jo', 'anna']) {
    expect((await ask(to)).status).toBe(200)
    portal.clock.now += 601
  }
  const { status, headers, body } = await ask('jo')
  expect([status, body]).toMatchObject([429, { code: 'too-many' }])
  expect(Number(headers.get('retry-after'))).toBe(3_600 - 5 * 601)
  portal.clock.now += 3_600 - 5 * 601
  expect((await ask('jo')).status).toBe(200)
})

test.each(['vic', 'sam', 'nobody', 'anna@acme.example', 'stranger@evil.example'])(
  '%s cannot be written to: neither who may not pay, nor oneself, nor an address',
  async (to) => {
    expect(await ask(to)).toMatchObject({ status: 404, body: { code: 'not-found' } })
    expect(box.count(to)).toBe(0)
  },
)

test('a payer may pass it on to another payer', async () => {
  const { status } = await acme.browser.post('/api/asks', { to: 'jo' })
  expect(status).toBe(200)
  await box.arrived(jo)
  const { payers } = await visitOf(acme.browser, '')
  expect(payers).toEqual([{ id: 'jo', name: 'Jo', role: 'billing_admin', reachable: true }])
})

test('who has no address is said to be out of reach, and is not written to', async () => {
  await people([{ id: 'anna', email: undefined }])
  expect((await visitOf(sam)).payers.map(({ id, reachable }) => [id, reachable])).toEqual([
    ['anna', false],
    ['jo', true],
  ])
  expect(await ask()).toMatchObject({ status: 400 })
})

test('addresses of colleagues are on no wire', async () => {
  const answers = [await ask(), await sam.get(`/api/visit?check=${check}`), await sam.get('/api/overview')]
  for (const { text } of answers) expect(text).not.toContain('@acme.example')
})

test('when nothing is wrong there is nothing to ask for', async () => {
  const setupIntent = await desk.newCard(acme.browser)
  const plan = { invoices: [acme.invoice], total: { amount: 49_00, currency: 'eur' } }
  await acme.browser.deed('update-card', { with: { setupIntent }, plan })
  expect(await ask()).toMatchObject({ status: 410 })
})
