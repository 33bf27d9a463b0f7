import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { codeIn, openTestMailbox, type TestMailbox } from './mail/test-mailbox.ts'
import { openDesk, type Desk } from './stripe/test-desk.ts'
import { follow, maps, merchant, refuse, who, byCode, type Member } from './test-hints.ts'
import { openTestPortal, otherAppKey, type TestPortal } from './test-portal.ts'

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

test('a short code tells a stranger the app and the merchant, and nothing of the account', async () => {
  const { code, account } = await refused()
  const answer = await follow(portal.browser(), byCode(code))
  expect(answer).toEqual({ kind: 'sign_in', merchant, app: maps, mail: true })
  expect(JSON.stringify(answer)).not.toContain(account)
})

test('from the short code of a terminal by the code of a letter to the exact refusal', async () => {
  const { code, check, email, account } = await refused()
  const browser = portal.browser()
  await browser.post('/api/session/sign-in', { email, hint: byCode(code) })
  const digits = codeIn(await box.arrived(email))
  expect((await browser.post('/api/session/sign-in/code', { code: digits })).body).toEqual({ kind: 'entered' })
  expect(await follow(browser, byCode(code))).toEqual({ kind: 'entered', check })
  expect((await browser.get(`/api/visit?check=${check}`)).body).toMatchObject({
    account: { id: account },
    check: { id: check },
    diagnosis: { verdict: 'blocked', blockers: [{ reason: 'card_declined' }] },
  })
})

test('of several accounts of one address, the code leads to the one that was refused, without a choice', async () => {
  const first = await refused()
  await portal.register('acct_second', { members: [{ id: 'anna', role: 'owner', email: first.email }] })
  const browser = portal.browser()
  await browser.post('/api/session/sign-in', { email: first.email, hint: byCode(first.code) })
  const digits = codeIn(await box.arrived(first.email))
  expect((await browser.post('/api/session/sign-in/code', { code: digits })).body).toEqual({ kind: 'entered' })
  expect((await browser.get('/api/visit')).body).toMatchObject({ account: { id: first.account } })
})

test('who has an address of another account only is told so, hears nothing of the refused one, and may go to their own', async () => {
  const { code, account } = await refused()
  const email = 'globex-only@globex.example'
  await portal.register('acct_own', { label: 'Globex', members: [{ id: 'g', role: 'owner', email }] })
  const browser = portal.browser()
  await browser.post('/api/session/sign-in', { email, hint: byCode(code) })
  const answer = (await browser.post('/api/session/sign-in/code', { code: codeIn(await box.arrived(email)) })).body
  expect(answer).toEqual({
    kind: 'choose',
    elsewhere: true,
    accounts: [{ app: maps, account: { id: 'acct_own', label: 'Globex' } }],
  })
  expect(JSON.stringify(answer)).not.toContain(account)
  await browser.post('/api/session/sign-in/account', { app: 'app_maps', account: 'acct_own' })
  expect(await follow(browser, byCode(code))).toEqual({
    kind: 'elsewhere',
    merchant,
    from: { id: 'acct_own', label: 'Globex' },
    app: maps,
    mail: true,
  })
})

test('the same person’s other account is named, waits for their click, and opens in the role they have there', async () => {
  const here = await refused()
  const there = await refused([{ id: 'anna', role: 'viewer' }])
  const { browser } = here
  await browser.enter(here.account)
  expect(await follow(browser, byCode(there.code))).toEqual({
    kind: 'switch',
    merchant,
    from: { id: here.account, label: `Acme ${here.account}` },
    account: { id: there.account, label: `Acme ${there.account}` },
    app: maps,
  })
  expect((await browser.get('/api/visit')).body).toMatchObject({ account: { id: here.account } })
  expect(await follow(browser, byCode(there.code), true)).toEqual({ kind: 'entered', check: there.check })
  expect((await browser.get('/api/visit')).body).toMatchObject({
    account: { id: there.account },
    member: { role: 'viewer' },
  })
})

test('an address that another app gave its member opens no account of this one', async () => {
  const { code, email } = await refused()
  await portal.register('acct_liar', { label: 'Liar', members: [{ id: 'anna', role: 'owner', email }] }, otherAppKey)
  const browser = portal.browser()
  const { url } = (await portal.asApp('POST', '/v1/sessions', { account: 'acct_liar', actor: 'anna' }, otherAppKey))
    .body as { url: string }
  await browser.exchange(url.split('#t=')[1] ?? '')
  expect(await follow(browser, byCode(code), true)).toMatchObject({ kind: 'elsewhere', from: { label: 'Liar' } })
})

test('wrong, old and taken-back codes are one answer, and the eleventh in a minute is refused', async () => {
  const taken = await refused()
  const old = await refused()
  expect((await portal.asApp('DELETE', `/v1/checks/${taken.check}`)).status).toBeLessThan(300)
  portal.clock.now += 86_400
  const living = await refused()
  const browser = portal.browser()
  const wrong = [
    '7KQ2-M4XD',
    taken.code,
    old.code,
    '',
    'x',
    '????-????',
    'AAAAAAAAAAAAAAAAAAAA',
    '0000-0000',
    '1111-1111',
    'ZZZZ-ZZZZ',
  ]
  expect(await follow(browser, byCode(living.code))).toMatchObject({ kind: 'sign_in' })
  for (const code of wrong) expect(await follow(browser, byCode(code))).toEqual({ kind: 'unknown_code', merchant })
  const refusal = await browser.post('/api/session/hint', { hint: byCode(living.code) })
  expect([refusal.status, Number(refusal.headers.get('retry-after'))]).toEqual([429, 60])
  const neighbour = portal.browser()
  expect(await follow(neighbour, byCode(living.code))).toMatchObject({ kind: 'sign_in' })
  portal.clock.now += 60
  expect(await follow(browser, byCode(living.code))).toMatchObject({ kind: 'sign_in' })
})

test('right codes never use the tries up, and many wrong ones at once are counted like any', async () => {
  const { code } = await refused()
  const browser = portal.browser()
  for (let round = 0; round < 15; round++)
    expect(await follow(browser, byCode(code))).toMatchObject({ kind: 'sign_in' })
  const answers = await Promise.all(
    Array.from({ length: 25 }, () => browser.post('/api/session/hint', { hint: byCode('7KQ2-M4XD') })),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
})

test('asking for a code by mail is no way around the count of wrong short codes', async () => {
  const browser = portal.browser()
  for (let round = 0; round < 10; round++) await follow(browser, byCode('7KQ2-M4XD'))
  expect(
    (await browser.post('/api/session/sign-in', { email: 'a@acme.example', hint: byCode('7KQ2-M4XD') })).status,
  ).toBe(429)
})

test('links that open nothing are counted; those that open are not', async () => {
  const browser = portal.browser()
  const invalid = { kind: 'invalid', merchant: { name: 'Northwind Maps' } }
  for (let round = 0; round < 10; round++) expect(await browser.exchange('x')).toEqual(invalid)
  expect((await browser.post('/api/session/exchange', { ticket: 'x' })).status).toBe(429)
  expect((await browser.post('/api/session/guest', { token: 'x' })).status).toBe(429)
  const busy = portal.browser()
  const { account } = await refused()
  for (let round = 0; round < 12; round++) await busy.enter(account)
})

test('no GET uses a short code or shows what is behind it', async () => {
  const { code } = await refused()
  for (const path of [`/r/${code}`, `/api/session/hint?code=${code}`]) {
    expect([200, 404]).toContain((await portal.ask('GET', path)).status)
  }
  expect(await follow(portal.browser(), byCode(code))).toMatchObject({ kind: 'sign_in' })
})

test('a guest’s session does not count as somebody: they are asked who they are', async () => {
  const { code, account, browser } = await refused()
  await browser.enter(account)
  const { body } = await browser.get('/api/visit')
  const { diagnosis } = body as { diagnosis: { blockers: [{ debt: { invoices: { id: string }[]; total: object } }] } }
  const { invoices, total } = diagnosis.blockers[0].debt
  const made = await browser.post('/api/guest-links', {
    fix: 'pay-invoice',
    plan: { invoices: invoices.map(({ id }) => id), total },
  })
  const guest = portal.browser()
  const [, token] = (made.body as { url: string }).url.split('#g=')
  expect((await guest.post('/api/session/guest', { token, accept: true })).body).toMatchObject({ kind: 'entered' })
  expect(await follow(guest, byCode(code))).toMatchObject({ kind: 'sign_in' })
})
