import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { healthy } from '#sandbox/demo/building.ts'
import { linkIn } from '#server/mail/test-mailbox.ts'
import { openGuests } from '#server/test-guests.ts'
import { entriesOf, openSeat, openTheatre, type Seat, type Theatre } from './test-theatre.ts'

// Stripe, mail and the app answer in their own time.
vi.setConfig({ testTimeout: 60_000 })
let theatre: Theatre
let seat: Seat

beforeAll(async () => {
  theatre = await openTheatre()
  seat = await openSeat(theatre)
}, 60_000)
afterAll(() => theatre?.close())

test('from the refusal over the declined card to the app that hears it is over: one list, newest first', async () => {
  await seat.enter()
  const { problem } = await seat.check()
  const session = theatre.portal.browser()
  await session.enter(seat.acme.account, 'anna')
  await session.get(`/api/visit?check=${problem.request_id}`)
  await session.get(`/api/visit?check=${problem.request_id}`)
  theatre.portal.clock.now += 1
  await session.get('/api/invoices')
  const plan = { invoices: [seat.acme.invoice], total: { amount: 49_00, currency: 'eur' } }
  const pay = async (card: string) =>
    session.deed('update-card', {
      check: problem.request_id,
      with: { method: await theatre.customers.otherCard(seat.acme.customer, card) },
      plan,
    })
  expect((await pay('pm_card_chargeCustomerFail')).outcome).toMatchObject({ kind: 'declined' })
  theatre.portal.clock.now += 1
  expect((await pay('pm_card_visa')).outcome).toEqual({ kind: 'done' })
  await seat.until('told', { type: 'check.resolved', state: 'sent' })

  const timeline = await seat.read()
  expect(timeline.entries.map(({ at }) => at)).toEqual(timeline.entries.map(({ at }) => at).toSorted((a, b) => b - a))
  const anna = { id: 'anna', role: 'owner', name: { text: 'Anna' } }
  expect(entriesOf(timeline, 'refused').find(({ refused }) => refused)).toMatchObject({
    check: problem.request_id,
    refused: true,
    reported: 'card_declined',
    actor: anna,
    visitor: false,
  })
  expect(entriesOf(timeline, 'arrived')).toMatchObject([
    { how: 'app', role: 'owner', person: anna },
    { how: 'app', role: 'owner', person: anna },
  ])
  const screens = entriesOf(timeline, 'screen').map(({ screen, check: about }) => [screen, about])
  expect(screens).toEqual([
    ['/invoices', undefined],
    ['/fix/update-card', problem.request_id],
  ])
  expect(entriesOf(timeline, 'fix')).toMatchObject([
    {
      deed: 'update-card',
      outcome: 'done',
      moving: false,
      amount: plan.total,
      card: { brand: 'visa', last4: '4242' },
      person: anna,
    },
    {
      outcome: 'declined',
      decline: 'bank',
      said: { code: 'card_declined', decline_code: 'generic_decline' },
      card: { brand: 'visa', last4: '0341' },
      check: problem.request_id,
    },
  ])
  expect(entriesOf(timeline, 'settled')).toContainEqual(
    expect.objectContaining({ how: 'resolved', check: problem.request_id }),
  )
  const [told] = entriesOf(timeline, 'told').filter(({ type }) => type === 'check.resolved')
  expect(told).toMatchObject({ check: problem.request_id, deliveries: [{ status: 204 }] })
  for (const secret of ['client_secret', '_secret_', 'pm_card']) expect(JSON.stringify(timeline)).not.toContain(secret)
})

test('what Stripe’s webhooks told: payments with the bank’s codes, invoices, subscriptions, and how far they were worked off', async () => {
  await seat.enter()
  await seat.until('stripe', { type: 'charge.failed' }, '?kinds=payments')
  await seat.until('stripe', { type: 'invoice.payment_failed' }, '?kinds=invoices')
  await seat.until('stripe', { type: 'customer.subscription.updated' }, '?kinds=subscriptions')
  await seat.until('stripe', { type: 'customer.created' }, '?kinds=webhooks-in')
  const charges = entriesOf(await seat.read('?kinds=payments'), 'stripe')
  expect(charges.find(({ type }) => type === 'charge.failed')).toMatchObject({
    object: 'charge',
    status: 'failed',
    amount: { amount: 49_00, currency: 'eur' },
    said: { code: 'card_declined', decline_code: 'generic_decline' },
    card: { brand: 'visa', last4: '0341' },
  })
  const invoices = entriesOf(await seat.read('?kinds=invoices'), 'stripe')
  expect(invoices.find(({ type }) => type === 'invoice.payment_failed')).toMatchObject({
    object_id: seat.acme.invoice,
    status: 'open',
    amount: { amount: 49_00, currency: 'eur' },
  })
  const changes = entriesOf(await seat.read('?kinds=subscriptions'), 'stripe')
  expect(changes).toContainEqual(expect.objectContaining({ status: 'past_due', before: { status: 'active' } }))
  await expect
    .poll(async () => entriesOf(await seat.read('?kinds=webhooks-in'), 'stripe').every(({ done }) => done))
    .toBe(true)
  const all = JSON.stringify(await seat.read('?kinds=webhooks-in'))
  for (const hidden of ['Acme GmbH', 'anna@acme.example', 'fingerprint', 'address']) expect(all).not.toContain(hidden)
})

test('letters, asks and guest links, each with who, to whom and what became of it', async () => {
  await seat.enter()
  await seat.withAddresses()
  const { problem } = await seat.check({ actor: 'sam' })
  const sam = theatre.portal.browser()
  await sam.enter(seat.acme.account, 'sam')
  expect((await sam.post('/api/asks', { check: problem.request_id, to: 'anna' })).status).toBe(200)
  const letter = await theatre.box.arrived(`anna+${seat.acme.account}@acme.example`)
  await seat.until('letter', { purpose: 'ask', state: 'sent' })
  await theatre.portal.browser().exchange(linkIn(letter), true)
  const guests = openGuests(theatre.portal, () => seat.acme)
  const { id, token } = await guests.make({ email: `finance+${seat.acme.account}@acme.example` })
  await guests.enter(token)
  await guests.revoke(id)
  const timeline = await seat.read('?kinds=letters,links')
  expect(entriesOf(timeline, 'ask').map(({ how, asker, asked }) => [how, asker.id, asked.id])).toEqual([
    ['opened', 'sam', 'anna'],
    ['asked', 'sam', 'anna'],
  ])
  expect(entriesOf(timeline, 'guest-link').map(({ how, total }) => [how, total.amount])).toEqual([
    ['revoked', 49_00],
    ['opened', 49_00],
    ['made', 49_00],
  ])
  const asked = entriesOf(timeline, 'letter').find(({ purpose }) => purpose === 'ask')
  expect(asked).toMatchObject({
    opened: theatre.portal.clock.now,
    to: { text: `anna+${seat.acme.account}@acme.example` },
  })
  const arrivals = entriesOf(await seat.read('?kinds=visits'), 'arrived')
  expect(arrivals).toContainEqual(expect.objectContaining({ role: 'guest', guest: id, how: 'link' }))
})

test('whoever may not see people’s names and addresses reads them masked, everywhere', async () => {
  await seat.enter()
  await seat.withAddresses()
  const { problem } = await seat.check({ actor: 'sam' })
  const sam = theatre.portal.browser()
  await sam.enter(seat.acme.account, 'sam')
  await sam.post('/api/asks', { check: problem.request_id, to: 'anna' })
  const guests = openGuests(theatre.portal, () => seat.acme)
  await guests.make({ email: `finance+${seat.acme.account}@elsewhere.example` })
  const timeline = await seat.read('', seat.agent)
  const text = JSON.stringify(timeline)
  for (const hidden of ['Sam"', 'Anna"', 'finance+', 'elsewhere', `anna+${seat.acme.account}`])
    expect(text).not.toContain(hidden)
  const asked = entriesOf(timeline, 'letter').find(({ purpose }) => purpose === 'ask')
  expect(asked?.to).toEqual({ text: 'a•••@a•••.example', field: 'member:anna:email' })
  expect(entriesOf(timeline, 'guest-link')[0]?.to).toEqual({ text: 'f•••@e•••.example' })
})

test('thresholds that usage has crossed, and staff’s looks and acts but for looks at the timeline itself', async () => {
  await seat.enter(healthy(theatre.studio, { name: 'Acme GmbH', email: 'anna@acme.example' }))
  const events = [{ id: randomUUID(), account: seat.acme.account, meter: 'requests', quantity: 85 }]
  await theatre.portal.asApp('POST', '/v1/usage', { events })
  await seat.until('threshold', { meter: 'requests', threshold: 80 }, '?kinds=usage')
  await seat.agent.get(`/api/desk/accounts/app_maps/${seat.acme.account}`)
  const staff = entriesOf(await seat.read('?kinds=staff'), 'staff')
  expect(staff).toMatchObject([{ deed: 'read-account', name: 'Robin agent', role: 'agent' }])
})

test('credits that were bought, and a fix that bought them', async () => {
  await seat.enter(healthy(theatre.studio, { name: 'Acme GmbH', email: 'anna@acme.example' }))
  const method = await theatre.customers.otherCard(seat.acme.customer)
  const plan = { invoices: [], price: 'credits_1000', total: { amount: 10_00, currency: 'eur' } }
  const { outcome } = await seat.acme.browser.deed('buy-credits', { with: { method }, plan })
  expect(outcome).toEqual({ kind: 'done' })
  const timeline = await seat.read('?kinds=usage,fixes')
  expect(entriesOf(timeline, 'credits')).toMatchObject([{ how: 'purchase', amount: '1000', pack: 'credits_1000' }])
  expect(entriesOf(timeline, 'fix')).toMatchObject([{ deed: 'buy-credits', price: 'credits_1000', amount: plan.total }])
})

test('how a refusal, an ask and a payment link end: taken back, gone back, no longer needed, paid', async () => {
  await seat.enter()
  await seat.withAddresses()
  const { problem: gone } = await seat.check()
  await theatre.portal.asApp('DELETE', `/v1/checks/${gone.request_id}`)
  const { problem } = await seat.check({ actor: 'sam' })
  const sam = theatre.portal.browser()
  await sam.enter(seat.acme.account, 'sam')
  await sam.post('/api/asks', { check: problem.request_id, to: 'anna' })
  const guests = openGuests(theatre.portal, () => seat.acme)
  const guest = await guests.enter((await guests.make()).token)
  const setupIntent = await theatre.customers.newCard(guest)
  expect((await guest.deed('pay-invoice', { with: { setupIntent }, plan: guests.plan() })).outcome).toEqual({
    kind: 'done',
  })
  await sam.get(`/api/visit?check=${problem.request_id}`)
  await sam.post('/api/return', { check: problem.request_id })
  const timeline = await seat.read('?kinds=checks,links,fixes')
  const ends = entriesOf(timeline, 'settled').map(({ how, check }) => [how, check])
  expect(ends).toContainEqual(['cancelled', gone.request_id])
  expect(ends).toContainEqual(['returned', problem.request_id])
  expect(entriesOf(timeline, 'ask').map(({ how }) => how)).toContain('lifted')
  expect(entriesOf(timeline, 'guest-link').map(({ how }) => how)).toContain('used')
  const [paid] = entriesOf(timeline, 'fix')
  expect(paid).toMatchObject({ outcome: 'done', guest: expect.stringMatching(/^gl_/), card: { last4: '4242' } })
})
