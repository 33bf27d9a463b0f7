import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { GuestLinksSchema } from '#contract/guest-link.ts'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { linkIn, openTestMailbox, type TestMailbox } from './mail/test-mailbox.ts'
import { openDesk, type Desk, type Stay } from './stripe/test-desk.ts'
import { openGuests, type Guests } from './test-guests.ts'
import { members, openTestPortal, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
let bench: Bench
let box: TestMailbox
let portal: TestPortal
let studio: Studio
let desk: Desk
let guests: Guests
let acme: Stay

beforeAll(async () => {
  bench = await openBench()
  box = await openTestMailbox(createMailbox())
  portal = await openTestPortal(bench.origin, { mail: box.mail })
  desk = openDesk(portal, bench)
  guests = openGuests(portal, () => acme)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await box?.close()
  await bench?.close()
})
beforeEach(async () => {
  acme = await desk.enter(cardDeclined(studio, who))
})

const DAY = 86_400
const status = async (answer: Promise<{ status: number }>) => (await answer).status

test('a link shows one payment and nothing else of the account, and waits for the guest’s word', async () => {
  const { url, token, expires_at } = await guests.make({ note: 'For October' })
  expect(url).toMatch(/^http:\/\/localhost:4020\/pay#g=[\w-]{43}$/)
  expect(Date.parse(expires_at) / 1_000).toBe(portal.clock.now + 7 * DAY)
  const door = { kind: 'continue', merchant: { name: 'Northwind Maps' }, account: 'Acme', replaces: false, by: 'Anna' }
  expect(await guests.knock(token)).toEqual(door)
  const guest = await guests.enter(token)
  const seen = await guests.visitOf(guest)
  expect(seen).toMatchObject({
    account: { label: 'Acme' },
    member: { role: 'guest' },
    guest: { state: 'open', by: 'Anna', note: 'For October', keepsCard: false, debt: { total: guests.plan().total } },
    payers: [],
    methods: [],
  })
  expect(seen.check).toBeUndefined()
  expect(seen.country).toBeUndefined()
  const { text } = await guest.get('/api/visit')
  for (const secret of [acme.account, acme.customer, 'Jo', 'Sam', '0341', 'card_declined', 'pm_'])
    expect(text).not.toContain(secret)
})

test('a revoked link opens nothing any more, whoever is inside', async () => {
  const { id, token } = await guests.make()
  const guest = await guests.enter(token)
  const setupIntent = await desk.newCard(guest)
  expect((await guests.revoke(id)).status).toBe(204)
  expect(await guests.knock(token, true)).toMatchObject({ kind: 'revoked', by: 'Anna' })
  expect(await guests.stateOf(guest)).toBe('revoked')
  const paying = guest.post(
    '/api/fixes/pay-invoice',
    { with: { setupIntent }, plan: guests.plan() },
    { 'idempotency-key': randomUUID() },
  )
  expect(await status(paying)).toBe(410)
  expect(await desk.charges(acme.customer)).toEqual([])
})

test('a link ends with its maker’s right to pay', async () => {
  const { token } = await guests.make()
  const guest = await guests.enter(token)
  const told = [{ ...members[0], role: 'viewer' }, ...members.slice(1)]
  await portal.register(acme.account, { stripe_customer: acme.customer, members: told })
  expect(await guests.stateOf(guest)).toBe('revoked')
  expect(await guests.knock(token, true)).toMatchObject({ kind: 'revoked' })
})

test('a link lives for seven days to the second', async () => {
  const { token } = await guests.make()
  const { now } = portal.clock
  portal.clock.now = now + 7 * DAY - 1
  expect(await guests.knock(token)).toMatchObject({ kind: 'continue' })
  portal.clock.now = now + 7 * DAY
  expect(await guests.knock(token, true)).toMatchObject({ kind: 'expired', by: 'Anna' })
  portal.clock.now = now
})

test('a link is made only for what is open, at the sum that it has', async () => {
  for (const wrong of [
    guests.plan(48_99),
    guests.plan(49_00, ['in_unknown']),
    { invoices: [acme.invoice] },
    { invoices: [] },
  ]) {
    expect(await status(acme.browser.post('/api/guest-links', guests.wish({ plan: wrong })))).toBe(400)
  }
})

test('open links are listed until they are paid or taken back', async () => {
  const [one, two] = [await guests.make({ email: 'finance@acme.example' }), await guests.make()]
  await guests.enter(two.token)
  const list = async () => GuestLinksSchema.parse((await acme.browser.get('/api/guest-links')).body).links
  expect(await list()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: one.id, email: 'finance@acme.example', opened: false, by: 'Anna' }),
      expect.objectContaining({ id: two.id, opened: true, total: guests.plan().total }),
    ]),
  )
  expect(JSON.stringify(await list())).not.toContain(one.token)
  await guests.revoke(one.id)
  expect((await list()).map(({ id }) => id)).toEqual([two.id])
})

test('a letter brings the link: who asks, what, how much, and the note', async () => {
  const to = `finance+${acme.account}@acme.example`
  const { url } = await guests.make({ email: to, note: 'Cost centre 4711\nBcc: evil@evil.example' })
  const mail = await box.arrived(to)
  expect(mail.subject).toBe('Acme asks you to pay €49.00 to Northwind Maps')
  expect(mail.text).toContain('Anna writes: “Cost centre 4711 Bcc: evil@evil.example”')
  expect(mail.text).toContain(url)
  expect(linkIn(mail)).toBe(url.split('#g=')[1])
  expect(mail.to).toEqual([to])
})

test('ten links an hour, then no more', async () => {
  for (let made = 0; made < 10; made += 1) await guests.make()
  expect(await status(acme.browser.post('/api/guest-links', guests.wish()))).toBe(429)
})

test('who is signed in is told that the guest’s link signs them out, and it does', async () => {
  const { token } = await guests.make()
  const jo = portal.browser()
  await jo.enter(acme.account, 'jo')
  expect(await guests.knock(token, false, jo)).toMatchObject({ kind: 'continue', replaces: true })
  await guests.knock(token, true, jo)
  expect((await guests.visitOf(jo)).member.role).toBe('guest')
  await jo.enter(acme.account, 'jo')
  expect((await guests.visitOf(jo)).member).toMatchObject({ id: 'jo', role: 'billing_admin' })
})

test.each(['', 'x', 'A'.repeat(43)])('a made-up token %j is nothing', async (token) => {
  expect(await guests.knock(token, true)).toMatchObject({ kind: 'invalid' })
})
