import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { codeIn, openTestMailbox, type TestMailbox } from './mail/test-mailbox.ts'
import { openTestPortal, otherAppKey, type Browser, type TestPortal } from './test-portal.ts'
import { begin, codeFor, other, person, type } from './test-sign-in.ts'

let box: TestMailbox
let portal: TestPortal

beforeAll(async () => {
  box = await openTestMailbox(createMailbox())
  // No Stripe anywhere: who somebody is must be known without it.
  portal = await openTestPortal('http://127.0.0.1:1', { mail: box.mail })
})
afterAll(async () => {
  await portal?.close()
  await box?.close()
})

const visit = async (browser: Browser) => (await browser.get('/api/visit')).body

test('the code of the letter signs in, as the member and in the role that the app named', async () => {
  const { account, email, member } = await person(portal, { role: 'member' })
  const browser = portal.browser()
  const code = await codeFor(box, browser, email)
  expect(code).toMatch(/^\d{6}$/)
  expect(await type(browser, code)).toEqual({ kind: 'entered' })
  expect(await visit(browser)).toMatchObject({
    account: { id: account },
    member: { id: member, role: 'member' },
    mayPay: false,
  })
})

test('an address is the same address in any case, and the letter goes to it as the app wrote it', async () => {
  const { account, email } = await person(portal, { email: 'Kim.Case@acme.example' })
  const browser = portal.browser()
  await begin(browser, 'kim.case@acme.EXAMPLE')
  expect(await type(browser, codeIn(await box.arrived(email)))).toEqual({ kind: 'entered' })
  expect(await visit(browser)).toMatchObject({ account: { id: account } })
})

test('spaces and dashes in a code are nobody’s fault', async () => {
  const { email } = await person(portal)
  const browser = portal.browser()
  const code = await codeFor(box, browser, email)
  expect(await type(browser, ` ${code.slice(0, 3)} - ${code.slice(3)} `)).toEqual({ kind: 'entered' })
})

test('the letter names the merchant and no account, and has nothing to click', async () => {
  const { account, email } = await person(portal)
  await codeFor(box, portal.browser(), email)
  const { subject, text, html } = await box.arrived(email)
  expect(subject).toBe('Your code for billing at Northwind Maps')
  expect(text + html).not.toContain(account)
  expect(text + html).not.toMatch(/https?:|href/)
})

test('a code lives for ten minutes to the second', async () => {
  const { now } = portal.clock
  const [a, b] = [await person(portal), await person(portal)]
  const [early, late] = [portal.browser(), portal.browser()]
  const codes = [await codeFor(box, early, a.email), await codeFor(box, late, b.email)]
  portal.clock.now = now + 599
  expect(await type(early, codes[0]!)).toEqual({ kind: 'entered' })
  portal.clock.now = now + 600
  expect(await type(late, codes[1]!)).toEqual({ kind: 'expired' })
})

test('a code opens once, however often and at once it is sent', async () => {
  const { email } = await person(portal)
  const browser = portal.browser()
  const code = await codeFor(box, browser, email)
  const { cookie } = browser
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => {
      const same = portal.browser()
      same.cookie = cookie
      return type(same, code)
    }),
  )
  expect(answers.filter((answer) => answer.kind === 'entered')).toHaveLength(1)
  const again = portal.browser()
  again.cookie = cookie
  expect(await type(again, code)).toEqual({ kind: 'expired' })
})

test('a code works only in the browser that asked for it', async () => {
  const { email } = await person(portal)
  const [victim, attacker] = [portal.browser(), portal.browser()]
  const code = await codeFor(box, attacker, email)
  expect(await type(victim, code)).toEqual({ kind: 'expired' })
  expect(await codeFor(box, victim, email)).not.toBe(code)
  expect(await type(victim, code)).toMatchObject({ kind: 'wrong' })
})

test('a new request replaces the one before it', async () => {
  const { email } = await person(portal)
  const browser = portal.browser()
  const first = await codeFor(box, browser, email)
  const { cookie } = browser
  const second = await codeFor(box, browser, email)
  const before = portal.browser()
  before.cookie = cookie
  expect(await type(before, first)).toEqual({ kind: 'expired' })
  expect(await type(browser, second)).toEqual({ kind: 'entered' })
})

test('several accounts are named only after the code was right, over all apps, and each can be chosen', async () => {
  const { email, account } = await person(portal)
  const second = await person(portal, { email, role: 'viewer' })
  const tiles = await person(portal, { email, key: otherAppKey })
  const browser = portal.browser()
  const code = await codeFor(box, browser, email)
  expect(JSON.stringify(await type(browser, other(code)))).not.toContain('Acme')
  const answer = (await type(browser, code)) as {
    kind: string
    elsewhere: boolean
    accounts: { account: { id: string } }[]
  }
  expect(answer).toMatchObject({ kind: 'choose', elsewhere: false })
  expect(answer.accounts.map((own) => own.account.id).toSorted()).toEqual(
    [account, second.account, tiles.account].toSorted(),
  )
  expect((await browser.get('/api/visit')).status).toBe(401)
  const choose = (app: string, id: string) => browser.post('/api/session/sign-in/account', { app, account: id })
  expect((await choose('app_maps', tiles.account)).body).toEqual({ kind: 'expired' })
  expect((await choose('app_tiles', tiles.account)).body).toEqual({ kind: 'entered' })
  expect(await visit(browser)).toMatchObject({ account: { id: tiles.account }, app: { id: 'app_tiles' } })
  expect((await choose('app_maps', account)).body).toEqual({ kind: 'expired' })
})

test('other accounts are told of only to whoever has read the letter to their address in this session', async () => {
  const others = async (browser: Browser) =>
    ((await browser.get('/api/overview')).body as { otherAccounts?: string }).otherAccounts
  const { email, account, member } = await person(portal)
  const alone = portal.browser()
  await type(alone, await codeFor(box, alone, email))
  expect(await others(alone)).toBeUndefined()

  await person(portal, { email, key: otherAppKey })
  const fromApp = portal.browser()
  await fromApp.enter(account, member)
  expect(await others(fromApp)).toBe('possible')
  const before = box.count(email)
  await fromApp.post('/api/step-up', {})
  await fromApp.post('/api/step-up/confirm', { code: codeIn(await box.arrived(email, before + 1)) })
  expect(await others(fromApp)).toBe('known')
  expect(await others(alone)).toBe('known')
})

test('an address that an app gives somebody afterwards tells them nothing of its accounts', async () => {
  const { account, email, member } = await person(portal)
  const victim = await person(portal)
  await person(portal, { email: victim.email, key: otherAppKey })
  const browser = portal.browser()
  await type(browser, await codeFor(box, browser, email))
  await portal.register(account, {
    label: 'Acme',
    members: [{ id: member, role: 'owner', email: victim.email }],
  })
  const { status, body } = await browser.get('/api/overview')
  expect(status).toBe(200)
  expect(body).not.toHaveProperty('otherAccounts')
})

test('an account cannot be chosen before the code was right', async () => {
  const { email, account } = await person(portal)
  const browser = portal.browser()
  await codeFor(box, browser, email)
  expect((await browser.post('/api/session/sign-in/account', { app: 'app_maps', account })).body).toEqual({
    kind: 'expired',
  })
})

test('who was removed while the letter was on its way does not get in', async () => {
  const { email, account } = await person(portal)
  const browser = portal.browser()
  const code = await codeFor(box, browser, email)
  await portal.register(account, { members: [] })
  expect(await type(browser, code)).toMatchObject({ kind: 'wrong' })
})

test('signing in replaces the session that was there, and its secret is dead', async () => {
  const { email, account } = await person(portal)
  const before = await person(portal)
  const browser = portal.browser()
  await browser.enter(before.account, before.member)
  const { cookie = '' } = browser
  expect(await type(browser, await codeFor(box, browser, email))).toEqual({ kind: 'entered' })
  expect(await visit(browser)).toMatchObject({ account: { id: account } })
  expect((await portal.ask('GET', '/api/visit', { headers: { cookie } })).status).toBe(401)
})
