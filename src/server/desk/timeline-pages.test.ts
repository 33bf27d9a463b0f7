import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Timeline } from '#contract/desk-timeline.ts'
import { say } from '#server/outbox/test-receiver.ts'
import { otherAppKey } from '#server/test-portal.ts'
import { entriesOf, openSeat, openTheatre, readTimeline, type Seat, type Theatre } from './test-theatre.ts'

// Stripe, mail and the app answer in their own time.
vi.setConfig({ testTimeout: 60_000 })
let theatre: Theatre
let seat: Seat

beforeAll(async () => {
  theatre = await openTheatre()
  seat = await openSeat(theatre)
}, 60_000)
afterAll(() => theatre?.close())
beforeEach(() => {
  theatre.receiver.answer = say(204)
})

const words = ({ entries }: Timeline) => entries.map(({ what }) => what)

test('a timeline is read page by page without a gap or a repetition, and counts what it could be narrowed down to', async () => {
  await seat.enter()
  for (let times = 0; times < 120; times += 1) await seat.check()
  const pages: Timeline[] = [await seat.read('?kinds=checks')]
  for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next)
    pages.push(await seat.read(`?kinds=checks&before=${next}`))
  const ids = pages.flatMap(({ entries }) => entries.map(({ id }) => id))
  expect([ids.length, new Set(ids).size]).toEqual([121, 121])
  expect(pages.map(({ entries }) => entries.length)).toEqual([50, 50, 21])
  expect(pages.map(({ counts }) => counts?.find(({ kind }) => kind === 'checks'))).toEqual([
    { kind: 'checks', count: 121, more: false },
    undefined,
    undefined,
  ])
})

test('what is new since an instant is told alone, and what was still moving is told anew', async () => {
  await seat.enter()
  theatre.receiver.answer = say(500, 'No database for jo@acme.example')
  theatre.portal.clock.now += 5
  const since = theatre.portal.clock.now
  expect(await seat.read(`?after=${since}&kinds=checks`)).toMatchObject({ entries: [], watched: [] })
  await seat.check()
  const news = await seat.read(`?after=${since}&kinds=checks`)
  expect(words(news)).toEqual(['refused'])
  expect(news.counts).toBeUndefined()
  await seat.payElsewhere()
  const answered = [expect.objectContaining({ status: 500, error: 'status_500' })]
  await seat.until('told', { type: 'access.restored', state: 'queued', deliveries: answered })
  const [waiting] = entriesOf(await seat.read('?kinds=webhooks-out'), 'told').filter(({ moving }) => moving)
  expect(JSON.stringify(await seat.read('?kinds=webhooks-out', seat.agent))).not.toContain('jo@acme.example')
  theatre.receiver.answer = say(204)
  theatre.portal.clock.now += 10
  await expect
    .poll(async () => (await seat.read(`?after=${theatre.portal.clock.now + 60}&watch=${waiting?.id}`)).watched, {
      timeout: 15_000,
    })
    .toMatchObject([{ id: waiting?.id, state: 'sent', moving: false }])
})

test('an operator sends a dead letter once more and sees what comes of it; with a reason, on record, and nobody lesser', async () => {
  await seat.enter()
  await seat.check()
  theatre.receiver.answer = say(410)
  await seat.payElsewhere()
  await seat.until('told', { type: 'access.restored', state: 'dead' })
  const dead = entriesOf(await seat.read('?kinds=webhooks-out'), 'told').find(({ state }) => state === 'dead')
  const path = `/api/desk/accounts/app_maps/${seat.acme.account}/events/${dead?.event}/resend`
  expect((await seat.agent.post(path, { reason: 'The app is back' })).status).toBe(403)
  expect((await seat.operator.post(path, {})).status).toBe(400)
  theatre.receiver.answer = say(200)
  const { status, body } = await seat.operator.post(path, { reason: 'The app is back' })
  expect([status, body]).toMatchObject([200, { entry: { state: 'queued', event: dead?.event } }])
  await seat.until('told', { event: dead?.event, state: 'sent' })
  const acts = entriesOf(await seat.read('?kinds=staff'), 'staff').filter(({ deed }) => deed === 'resend-event')
  expect(acts).toMatchObject([{ subject: dead?.event, reason: 'The app is back', name: 'Robin operator' }])
})

test('accounts and events of others, and ones that nobody knows, answer alike', async () => {
  const first = await seat.enter()
  await seat.check()
  await seat.payElsewhere()
  await seat.until('told', { state: 'sent' })
  const [event] = entriesOf(await seat.read('?kinds=webhooks-out'), 'told')
  await seat.enter()
  const problems = [
    await seat.operator.get(`/api/desk/accounts/app_tiles/${first.account}/timeline`),
    await seat.operator.get('/api/desk/accounts/app_maps/acct_nobody/timeline'),
    await seat.operator.post(`/api/desk/accounts/app_maps/${seat.acme.account}/events/${event?.event}/resend`, {
      reason: 'Try it',
    }),
    await seat.operator.post(`/api/desk/accounts/app_maps/${seat.acme.account}/events/evt_${'x'.repeat(22)}/resend`, {
      reason: 'Try it',
    }),
  ]
  expect(problems.map(({ status, body }) => [status, (body as { code: string }).code])).toEqual(
    problems.map(() => [404, 'not-found']),
  )
  await theatre.portal.register(first.account, {}, otherAppKey)
  expect((await readTimeline(seat.operator, first.account, '', new Map(), 'app_tiles')).entries).toEqual([])
})

test('opening a timeline is one row of the audit for as long as the page stays open', async () => {
  await seat.enter()
  const path = `/api/desk/accounts/app_maps/${seat.acme.account}/timeline`
  const opened = await seat.agent.get(path)
  const look = { 'x-desk-look': opened.headers.get('x-desk-look') ?? '' }
  for (const query of ['?after=1', '?kinds=checks', '?watch=x']) {
    expect((await seat.agent.get(path + query, look)).headers.get('x-desk-look')).toBeNull()
  }
  const file = (await theatre.portal.asApp('GET', `/v1/accounts/${seat.acme.account}/export`)).body as {
    tables: Record<string, { deed: string }[]>
  }
  expect(file.tables['staff_audit']?.filter(({ deed }) => deed === 'read-timeline')).toHaveLength(1)
})

test('what was kept for the timeline is the account’s to take along but for the bank’s words, and goes with it', async () => {
  await seat.enter()
  await seat.until('stripe', { type: 'charge.failed' }, '?kinds=payments')
  await seat.acme.browser.get('/api/invoices')
  const exported = async () => (await theatre.portal.asApp('GET', `/v1/accounts/${seat.acme.account}/export`)).text
  const file = JSON.parse(await exported()) as { tables: Record<string, Record<string, unknown>[]> }
  expect(file.tables['visits']?.map(({ screen }) => screen)).toContain('/invoices')
  expect(file.tables['stripe_news']?.map(({ type }) => type)).toContain('charge.failed')
  expect(JSON.stringify([file.tables['stripe_news'], file.tables['attempts']])).not.toContain('generic_decline')
  // What Stripe tells afterwards is told of whoever has that customer then.
  await theatre.allDelivered()
  await theatre.portal.asApp('DELETE', `/v1/accounts/${seat.acme.account}`)
  await theatre.portal.register(seat.acme.account, { stripe_customer: seat.acme.customer })
  expect(await seat.read()).toMatchObject({ entries: [] })
})

test('what is too old is forgotten: where people were after 90 days, refusals and Stripe’s news after 400', async () => {
  await seat.enter()
  await seat.check()
  await seat.until('stripe', { type: 'charge.failed' }, '?kinds=payments')
  const { now } = theatre.portal.clock
  const whatIsLeft = async (days: number) => {
    theatre.portal.clock.now = now + days * 86_400
    await seat.signInAgain()
    // Whatever an app says of an account has somebody look around.
    await seat.withAddresses()
    return async () => [...new Set(words(await seat.read('?kinds=checks,visits,payments')))].toSorted()
  }
  const soon = { timeout: 20_000 }
  await expect.poll(await whatIsLeft(89), soon).toEqual(['arrived', 'refused', 'stripe'])
  await expect.poll(await whatIsLeft(92), soon).toEqual(['refused', 'stripe'])
  await expect.poll(await whatIsLeft(402), soon).toEqual([])
}, 70_000)
