import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestMailbox, type TestMailbox } from './mail/test-mailbox.ts'
import { openDesk, type Desk } from './stripe/test-desk.ts'
import { follow, maps, merchant, plain, refuse, who, type Member } from './test-hints.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

let bench: Bench
let box: TestMailbox
let portal: TestPortal
let studio: Studio
let desk: Desk

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

const refused = (members?: Member[]) => refuse(portal, desk.enter(cardDeclined(studio, who)), members)

test('a plain address becomes a check of the signed-in account: its way back and state are kept, its reason is only repeated', async () => {
  const { account, browser } = await refused()
  await browser.enter(account)
  const hint = plain({
    reason: 'rate_limited',
    feature: 'export',
    return_to: 'https://maps.example/projects/4',
    state: 'opaque',
  })
  const { kind, check } = (await follow(browser, hint)) as { kind: string; check: string }
  expect(kind).toBe('entered')
  expect((await browser.get(`/api/visit?check=${check}`)).body).toMatchObject({
    check: { reported: 'rate_limited', feature: 'export' },
    diagnosis: { blockers: [{ reason: 'card_declined' }] },
  })
})

test('a plain address tells a stranger what it claims itself, and its app', async () => {
  expect(await follow(portal.browser(), plain({ reason: 'invoice_overdue' }))).toEqual({
    kind: 'sign_in',
    merchant,
    app: maps,
    mail: true,
    reported: 'invoice_overdue',
  })
})

test.each([
  ['another system’s word', { reason: 'insufficient_credits' }, 'credits_exhausted'],
  [
    'another system’s whole answer',
    { body: '{"error":{"code":402,"message":"Insufficient credits"}}' },
    'credits_exhausted',
  ],
  ['our own word before any other', { reason: 'seat_limit', body: 'Insufficient credits' }, 'seat_limit'],
  ['what can mean several', { reason: 'insufficient_quota' }, undefined],
  ['what nobody knows', { reason: '<script>alert(1)</script>' }, undefined],
])('a plain address with %s is read as our reason, or as none', async (_, said, reason) => {
  const answer = (await follow(portal.browser(), plain(said))) as { kind: string; reported?: string }
  expect([answer.kind, answer.reported]).toEqual(['sign_in', reason])
})

test('a plain address of another account never says whether that account exists', async () => {
  const { account, browser } = await refused([{ id: 'zoe', role: 'owner' }])
  const own = await refused()
  await browser.enter(account, 'zoe')
  const answers = await Promise.all([own.account, 'acct_none'].map((id) => follow(browser, plain({ account: id }))))
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]).toMatchObject({ kind: 'elsewhere' })
})

test('an app that is not connected is said, and so is a way on', async () => {
  expect(await follow(portal.browser(), plain({ app: 'app_none' }))).toEqual({
    kind: 'unknown_app',
    merchant,
    mail: true,
  })
  expect(await follow(portal.browser(), { kind: 'none' })).toEqual({ kind: 'sign_in', merchant, mail: true })
})

test('what is too long for its purpose is left out, not refused', async () => {
  const { account, browser } = await refused()
  await browser.enter(account)
  const long = 'x'.repeat(3_000)
  const answer = await follow(
    browser,
    plain({ reason: long, feature: long, state: long, return_to: `https://maps.example/${long}` }),
  )
  expect(answer).toMatchObject({ kind: 'entered' })
})

test('a person may open thirty plain addresses a minute', async () => {
  const { account, browser } = await refused()
  await browser.enter(account)
  const statuses = []
  for (let round = 0; round < 31; round++)
    statuses.push((await browser.post('/api/session/hint', { hint: plain() })).status)
  expect(statuses.filter((status) => status === 429)).toHaveLength(1)
})

test.each(['\0', 'a\0b', '\ud800', '\udfff\ud800'])(
  'what no database can keep (%j) is left out, not refused',
  async (text) => {
    const { account, browser } = await refused()
    await browser.enter(account)
    const said = { reason: text, body: text, feature: text, meter: text, state: text, return_to: text }
    const answer = (await follow(browser, plain(said))) as { kind: string; check: string }
    expect(answer).toMatchObject({ kind: 'entered', check: expect.any(String) })
    expect((await browser.get(`/api/visit?check=${answer.check}`)).status).toBe(200)
    expect(await follow(browser, plain({ account: text }))).toMatchObject({ kind: 'entered' })
    expect(await follow(browser, plain({ app: text }))).toMatchObject({ kind: 'unknown_app' })
    expect(await follow(browser, { kind: 'code', code: text })).toMatchObject({ kind: 'unknown_code' })
  },
)
