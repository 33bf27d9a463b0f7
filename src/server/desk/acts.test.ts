import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Overview } from '#contract/overview.ts'
import { staffRoles } from '#contract/staff.ts'
import { cardDeclined, healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openGuests } from '#server/test-guests.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import type { Desk } from '#server/test-identity.ts'
import { otherAppKey } from '#server/test-portal.ts'
import {
  act,
  actsOf,
  openActs,
  pathTo,
  press,
  readByCustomer,
  refusedBecause,
  who,
  type ActStage,
} from './test-acts.ts'

const DAY = 86_400
let bench: Bench
let studio: Studio
let stage: ActStage
let operator: Desk
let agent: Desk

beforeAll(async () => {
  bench = await openBench()
  stage = await openActs(bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: stage.portal.clock.now }
})
afterAll(async () => {
  await stage?.close()
  await bench?.close()
})
afterEach(async () => {
  await stage.customers.heal()
  stage.portal.clock.now = studio.now
})

async function enter(builder: typeof cardDeclined): Promise<Stay> {
  operator = await stage.desk('operator')
  agent = await stage.desk('agent')
  return stage.customers.enter(builder(studio, who))
}
const allowed = async ({ account }: Stay) =>
  ((await stage.portal.asApp('POST', '/v1/checks', { account })).body as { allowed: boolean }).allowed
const inDays = (days: number) => stage.portal.clock.now + days * DAY

test('support’s hold and the app’s are two: neither overwrites nor lifts the other', async () => {
  const acme = await enter(healthy)
  expect(await allowed(acme)).toBe(true)
  const { done } = await act(operator, acme.account, 'hold', { note: 'We are looking into your last order.' })
  expect(done).toEqual({ deed: 'hold', held: true, access: false, live: true })
  await expect
    .poll(() => stage.receiver.of(acme.account).at(-1))
    .toMatchObject({
      type: 'access.changed',
      data: { allowed: false, reasons: { after: ['account_frozen'] } },
    })
  const { diagnosis } = (await acme.browser.get('/api/visit')).body as Overview
  expect(diagnosis.blockers).toMatchObject([
    { reason: 'account_frozen', fix: 'contact-support', note: 'We are looking into your last order.' },
  ])
  // The app says what it always says.
  await stage.portal.register(acme.account, { stripe_customer: acme.customer })
  expect(await allowed(acme)).toBe(false)
  const answer = (await stage.portal.asApp('GET', `/v1/accounts/${acme.account}`)).body
  expect(answer).not.toHaveProperty('hold')
  await stage.portal.register(acme.account, {
    stripe_customer: acme.customer,
    hold: { since: 1_700_000_000, note: 'Unpaid elsewhere' },
  })
  const lifted = await act(operator, acme.account, 'lift-hold')
  expect(lifted).toMatchObject({
    done: { held: false, access: false },
    acts: { hold: { app: { note: 'Unpaid elsewhere' } } },
  })
  await stage.portal.register(acme.account, { stripe_customer: acme.customer })
  expect(await allowed(acme)).toBe(true)
  const none = await press(operator, `${pathTo(acme.account)}/lift-hold`, {})
  expect(refusedBecause(none)).toEqual([400, ['reason: not-held']])
})

test('reading anew finds what a lost webhook would have told, says what changed, and tells the app', async () => {
  const acme = await enter(cardDeclined)
  expect(await allowed(acme)).toBe(false)
  await bench.stripe.invoices.pay(acme.invoice, { paid_out_of_band: true })
  const { done } = await act(agent, acme.account, 're-read')
  expect(done).toMatchObject({ deed: 're-read', access: true, live: true, since: expect.any(Number) })
  expect('changes' in done && done.changes).toEqual([
    { what: 'access', before: false, after: true },
    { what: 'blockers', before: ['card_declined'], after: [] },
    { what: 'subscription', plan: 'Team', before: 'past_due', after: 'active' },
    { what: 'invoice', invoice: expect.any(String), before: { amount: 49_00, currency: 'eur' } },
  ])
  await expect.poll(() => stage.receiver.of(acme.account).map(({ type }) => type)).toContain('access.restored')
  const { done: second } = await act(agent, acme.account, 're-read')
  expect(second).toMatchObject({ changes: [] })
})

test('a Stripe that does not answer is said to be silent, not to have said nothing new', async () => {
  const acme = await enter(healthy)
  await stage.customers.fault({ method: 'GET', path: '^/v1/', kind: 'reset', times: 1_000 })
  const answer = await press(agent, `${pathTo(acme.account)}/re-read`, {})
  expect(refusedBecause(answer)).toEqual([503, 'stripe-unreachable'])
})

test('one person, all guests or everybody is signed out at once, and links of guests open no more', async () => {
  const acme = await enter(cardDeclined)
  const sam = stage.portal.browser()
  await sam.enter(acme.account, 'sam')
  const guests = openGuests(stage.portal, () => acme)
  const { token } = await guests.make()
  const guest = await guests.enter(token)
  const { signedIn } = await actsOf(operator, acme.account)
  expect(signedIn).toEqual({
    people: expect.arrayContaining([
      { member: 'anna', name: 'Anna', sessions: 1 },
      { member: 'sam', name: 'Sam', sessions: 1 },
    ]),
    guests: 1,
    links: 1,
  })
  expect((await actsOf(agent, acme.account)).signedIn).toBeUndefined()
  const revoke = (who: object) => act(operator, acme.account, 'revoke-sessions', { who })
  expect((await revoke({ kind: 'member', member: 'sam' })).done).toMatchObject({ sessions: 1, links: 0 })
  expect([(await sam.get('/api/visit')).status, (await acme.browser.get('/api/visit')).status]).toEqual([401, 200])
  expect((await revoke({ kind: 'guests' })).done).toMatchObject({ sessions: 1, links: 1 })
  expect((await guest.get('/api/visit')).status).toBe(401)
  expect(await guests.knock(token, true)).not.toMatchObject({ kind: 'entered' })
  expect((await revoke({ kind: 'everybody' })).done).toMatchObject({ sessions: 1, links: 0 })
  expect((await acme.browser.get('/api/visit')).status).toBe(401)
})

test('a note stays as it was written, is closed or gives way to a new one, and is nothing the customer reads', async () => {
  const acme = await enter(cardDeclined)
  const about = { kind: 'reason', reason: 'card_declined' }
  const { done } = await act(agent, acme.account, 'notes', { about, text: 'Their bank is looking into it.' })
  const id = 'id' in done ? done.id : ''
  const rewritten = await act(agent, acme.account, 'notes', { about, text: 'The bank says Monday.', replaces: id })
  const newer = 'id' in rewritten.done ? rewritten.done.id : ''
  expect(rewritten.acts.notes).toMatchObject([
    { id: newer, text: 'The bank says Monday.', staff: 'Robin agent', about },
    { id, text: 'Their bank is looking into it.', closed: { staff: 'Robin agent' }, replacedBy: newer },
  ])
  const late = await press(agent, `${pathTo(acme.account)}/notes`, { about, text: 'No.', replaces: id })
  expect(refusedBecause(late)).toEqual([400, ['replaces: closed-already']])
  const onInvoice = { about: { kind: 'invoice', invoice: acme.invoice }, text: 'Sent twice.' }
  await act(agent, acme.account, 'notes', onInvoice)
  const foreign = await press(agent, `${pathTo(acme.account)}/notes`, {
    ...onInvoice,
    about: { kind: 'invoice', invoice: 'in_ofSomebodyElse' },
  })
  expect(refusedBecause(foreign)).toEqual([400, ['about: unknown-invoice']])
  expect((await act(agent, acme.account, `notes/${newer}/close`)).acts.notes[0]).toMatchObject({ text: 'Sent twice.' })

  const { text } = await stage.portal.asApp('GET', `/v1/accounts/${acme.account}/export`)
  expect(text).toContain(newer)
  const seen = [text, JSON.stringify(await readByCustomer(stage, acme.account))].join()
  for (const words of ['The bank says Monday', 'Their bank is', 'Sent twice']) expect(seen).not.toContain(words)
})

test('the same attempt is one act and one row, however often and at once it is sent; another one under its key is refused', async () => {
  const acme = await enter(cardDeclined)
  const key = randomUUID()
  const text = 'Once.'
  const about = { kind: 'reason', reason: 'card_declined' }
  const send = () => act(agent, acme.account, 'notes', { about, text }, key)
  const answers = await Promise.all([send(), send(), send()])
  expect(new Set(answers.map(({ done }) => ('id' in done ? done.id : ''))).size).toBe(1)
  expect((await send()).acts.notes).toHaveLength(1)
  expect(await readByCustomer(stage, acme.account)).toHaveLength(1)
  const other = await press(agent, `${pathTo(acme.account)}/notes`, { about, text: 'Twice.' }, key)
  expect(refusedBecause(other)).toEqual([409, 'key-reused'])
  const colleague = await press(operator, `${pathTo(acme.account)}/notes`, { about, text }, key)
  expect(refusedBecause(colleague)).toEqual([409, 'key-reused'])
})

const everyAct = (until: number) =>
  ({
    grace: { until },
    goodwill: { gift: { kind: 'credits', credits: 1 } },
    're-read': {},
    'revoke-sessions': { who: { kind: 'guests' } },
    notes: { about: { kind: 'reason', reason: 'unknown' }, text: 'x' },
    hold: {},
    'lift-hold': {},
  }) as const
const least: Record<keyof ReturnType<typeof everyAct>, (typeof staffRoles)[number]> = {
  grace: 'operator',
  goodwill: 'operator',
  're-read': 'agent',
  'revoke-sessions': 'operator',
  notes: 'agent',
  hold: 'operator',
  'lift-hold': 'operator',
}

test.each(staffRoles)('a %s acts as far as the role goes; the rest is no act and leaves no row', async (role) => {
  const acme = await enter(cardDeclined)
  const desk = await stage.desk(role)
  const may = (path: keyof typeof least) => staffRoles.indexOf(role) >= staffRoles.indexOf(least[path])
  const acts = Object.entries(everyAct(inDays(3))) as [keyof typeof least, object][]
  for (const [path, body] of acts) {
    const { status } = await press(desk, `${pathTo(acme.account)}/${path}`, body)
    expect([path, status]).toEqual([path, may(path) ? 200 : 403])
    const malformed = await desk.post(`${pathTo(acme.account)}/${path}`, { nonsense: true })
    expect([path, malformed.status]).toEqual([path, may(path) ? 400 : 403])
  }
  const rows = await readByCustomer(stage, acme.account)
  expect(rows).toHaveLength(acts.filter(([path]) => may(path)).length)
})

test('an account of another app, one that is unknown and one without staff’s session answer alike, and nothing is done', async () => {
  const acme = await enter(cardDeclined)
  await stage.portal.register('acct_foreign', {}, otherAppKey).catch(() => undefined)
  for (const [path, body] of Object.entries(everyAct(inDays(3)))) {
    const answers = await Promise.all(
      [pathTo('acct_nobody'), pathTo(acme.account, 'app_unknown'), pathTo(acme.account, 'app_tiles')].map((base) =>
        press(operator, `${base}/${path}`, body),
      ),
    )
    expect(new Set(answers.map(({ status, body }) => `${status} ${(body as { code: string }).code}`))).toEqual(
      new Set(['404 not-found']),
    )
    const nobody = await stage.portal.ask('POST', `${pathTo(acme.account)}/${path}`, {
      body,
      headers: {
        host: new URL(stage.identity.desk.origin).host,
        origin: stage.identity.desk.origin,
        'x-portal-csrf': '1',
      },
    })
    expect(nobody.status).toBe(401)
  }
  expect(await readByCustomer(stage, acme.account)).toEqual([])
})

test('without a reason nothing is done', async () => {
  const acme = await enter(cardDeclined)
  const answer = await press(operator, `${pathTo(acme.account)}/hold`, { reason: '  ' })
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'reason' }] } })
})
