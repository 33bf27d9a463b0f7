import { afterAll, beforeAll, expect, test } from 'vitest'
import { PrivacySchema, type Privacy } from '#contract/privacy.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { codeIn, openTestMailbox, type TestMailbox } from './mail/test-mailbox.ts'
import { openTestPortal, otherAppKey, ticketOf, type Browser, type TestPortal } from './test-portal.ts'
import { codeFor, person, type } from './test-sign-in.ts'

let box: TestMailbox
let portal: TestPortal

beforeAll(async () => {
  box = await openTestMailbox(createMailbox())
  // No Stripe anywhere: who is signed in where must be known without it.
  portal = await openTestPortal('http://127.0.0.1:1', { mail: box.mail })
})
afterAll(async () => {
  await portal?.close()
  await box?.close()
})

const anna = { id: 'anna', role: 'owner', name: 'Anna', email: 'anna@acme.example' }
const jo = { id: 'jo', role: 'billing_admin', name: 'Jo' }
const sam = { id: 'sam', role: 'member', name: 'Sam' }
let accounts = 0

/** An account of one test alone. */
async function newAccount(): Promise<string> {
  const account = `acct_priv_${accounts++}`
  await portal.register(account, { label: account, members: [anna, jo, sam] })
  return account
}

async function enter(account: string, member = 'anna'): Promise<Browser> {
  const browser = portal.browser()
  await browser.enter(account, member)
  return browser
}

async function privacyOf(browser: Browser): Promise<Privacy> {
  return PrivacySchema.parse((await browser.get('/api/sessions')).body)
}
const isIn = async (browser: Browser) => (await browser.get('/api/sessions')).status === 200

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1'

/** As one browser comes in from the app, by its own words about itself. */
async function enterWith(account: string, userAgent: string): Promise<Browser> {
  const browser = portal.browser()
  const { body } = await portal.asApp('POST', '/v1/sessions', { account, actor: 'anna' })
  const sent = { ticket: ticketOf(body), accept: false }
  expect((await browser.post('/api/session/exchange', sent, { 'user-agent': userAgent })).body).toMatchObject({
    kind: 'entered',
  })
  return browser
}

test('a person sees where they are signed in: this browser first, device, way in, since when and when last seen', async () => {
  const account = await newAccount()
  const began = portal.clock.now
  const first = await enterWith(account, chrome)
  portal.clock.now += 300
  const second = await enterWith(account, iphone)
  portal.clock.now += 120
  const { sessions, ...page } = await privacyOf(first)
  expect(sessions).toEqual([
    expect.objectContaining({ here: true, browser: 'Chrome', system: 'Windows', how: 'app', since: began }),
    expect.objectContaining({ here: false, browser: 'Safari', system: 'iPhone', how: 'app', seen: began + 300 }),
  ])
  expect(page).toMatchObject({ account: { id: account }, member: { id: 'anna' }, looks: [] })
  expect(await isIn(second)).toBe(true)
})

test('a browser that says nothing of itself is shown without a name', async () => {
  const [own] = (await privacyOf(await enter(await newAccount()))).sessions
  expect(Object.keys(own ?? {}).toSorted()).toEqual(['here', 'how', 'id', 'seen', 'since'])
})

test('who came by a code in a letter is told so', async () => {
  const { email } = await person(portal)
  const browser = portal.browser()
  await type(browser, await codeFor(box, browser, email))
  expect((await privacyOf(browser)).sessions).toMatchObject([{ here: true, how: 'email' }])
})

test('what is over is not shown, and what is told opens nothing', async () => {
  const account = await newAccount()
  await enter(account)
  portal.clock.now += 30 * 60
  const browser = await enter(account)
  const { sessions } = await privacyOf(browser)
  expect(sessions).toHaveLength(1)
  const thief = portal.browser()
  thief.cookie = `fix402_sid=${sessions[0]?.id}`
  expect(await isIn(thief)).toBe(false)
})

test('one of one’s own places is ended, and is out with its next request; others’ cannot be', async () => {
  const account = await newAccount()
  const [here, there, colleague] = [await enter(account), await enter(account), await enter(account, 'jo')]
  const foreign = await enter(await newAccount())
  const idOf = async (browser: Browser) => (await privacyOf(browser)).sessions[0]?.id ?? ''
  for (const other of [colleague, foreign]) {
    expect((await here.send('DELETE', `/api/sessions/${await idOf(other)}`)).status).toBe(404)
    expect(await isIn(other)).toBe(true)
  }
  const id = await idOf(there)
  expect((await here.send('DELETE', `/api/sessions/${id}`)).status).toBe(204)
  expect([await isIn(here), await isIn(there)]).toEqual([true, false])
  expect((await here.send('DELETE', `/api/sessions/${id}`)).status).toBe(404)
})

test('signing out everywhere ends all of this person’s places, here too, and nobody else’s', async () => {
  const account = await newAccount()
  const [here, there, colleague] = [await enter(account), await enter(account), await enter(account, 'jo')]
  const answer = await here.post('/api/session/end-all', { who: 'me' })
  expect([answer.status, answer.headers.get('clear-site-data')]).toEqual([204, '"cache", "storage"'])
  expect(here.cookie).toBeUndefined()
  expect([await isIn(here), await isIn(there), await isIn(colleague)]).toEqual([false, false, true])
})

test('an owner sees how many others are signed in and signs everybody out; nobody else may', async () => {
  const account = await newAccount()
  const [owner, admin, member] = [await enter(account), await enter(account, 'jo'), await enter(account, 'sam')]
  const foreign = await enter(await newAccount())
  expect([(await privacyOf(owner)).others, (await privacyOf(admin)).others]).toEqual([2, undefined])
  for (const browser of [admin, member]) {
    expect((await browser.post('/api/session/end-all', { who: 'everybody' })).body).toMatchObject({
      code: 'not-allowed',
    })
  }
  expect((await owner.post('/api/session/end-all', { who: 'everybody' })).status).toBe(204)
  expect(await Promise.all([owner, admin, member, foreign].map(isIn))).toEqual([false, false, false, true])
})

test('everything about the account is handed over as one file, without a secret in it', async () => {
  const account = await newAccount()
  await portal.asApp('PUT', `/v1/accounts/${account}`, {
    label: 'Acme GmbH',
    stripe_customer: 'cus_ExportMe12345',
    members: [anna, jo, sam],
  })
  const [browser, other] = [await enter(account), await enter(account, 'jo')]
  const { status, headers, text } = await browser.get('/api/export')
  expect([status, headers.get('content-disposition')]).toEqual([
    200,
    expect.stringMatching(new RegExp(`^attachment; filename="billing-${account}-\\d{4}-\\d\\d-\\d\\d.json"$`)),
  ])
  const file = JSON.parse(text) as { tables: Record<string, Record<string, unknown>[]>; stripe_objects: string[] }
  expect(file).toMatchObject({ app: 'app_maps', account, exported_at: portal.clock.now })
  expect(file.tables['accounts']).toMatchObject([{ label: 'Acme GmbH', stripe_customer: 'cus_ExportMe12345' }])
  expect(file.tables['members']?.map(({ member }) => member)).toEqual(['anna', 'jo', 'sam'])
  expect(file.tables['sessions']).toHaveLength(2)
  expect(file.stripe_objects).toEqual(['cus_ExportMe12345'])
  for (const { cookie = '' } of [browser, other]) expect(text).not.toContain(cookie.split('=')[1])
  expect(text).not.toMatch(/"(?:token_|session_)?hash"/)
})

test('the file is for those who pay, ten minutes after they proved who they are and no longer', async () => {
  const account = await newAccount()
  const codeOf = async (browser: Browser) => ((await browser.get('/api/export')).body as { code: string }).code
  expect(await codeOf(await enter(account, 'sam'))).toBe('not-allowed')
  const browser = await enter(account)
  portal.clock.now += 599
  expect((await browser.get('/api/export')).status).toBe(200)
  portal.clock.now += 1
  expect(await codeOf(browser)).toBe('step-up-needed')
  const before = box.count(anna.email)
  await browser.post('/api/step-up', {})
  const code = codeIn(await box.arrived(anna.email, before + 1))
  expect((await browser.post('/api/step-up/confirm', { code })).body).toEqual({ kind: 'proved' })
  portal.clock.now += 599
  expect((await browser.get('/api/export')).status).toBe(200)
})

test('a code of a sign-in is proof; an older link that took a click, and a colleague’s session, are not', async () => {
  const { email } = await person(portal)
  const byLetter = portal.browser()
  await type(byLetter, await codeFor(box, byLetter, email))
  expect((await byLetter.get('/api/export')).status).toBe(200)
  const account = await newAccount()
  const { body } = await portal.asApp('POST', '/v1/sessions', { account, actor: 'anna' })
  portal.clock.now += 61
  const late = portal.browser()
  expect(await late.exchange(ticketOf(body))).toMatchObject({ kind: 'continue' })
  expect(await late.exchange(ticketOf(body), true)).toMatchObject({ kind: 'entered' })
  expect((await late.get('/api/export')).body).toMatchObject({ code: 'step-up-needed' })
})

test('the app is handed the same file of its own accounts, and of no others', async () => {
  const account = await newAccount()
  const { status, text } = await portal.asApp('GET', `/v1/accounts/${account}/export`)
  expect([status, JSON.parse(text)]).toMatchObject([200, { account, tables: { accounts: [{ label: account }] } }])
  expect((await portal.asApp('GET', `/v1/accounts/${account}/export`, undefined, otherAppKey)).status).toBe(404)
  expect((await portal.ask('GET', `/v1/accounts/${account}/export`)).status).toBe(401)
})

test('an account that the app erases is gone: its people are out, nobody gets in, and another app’s stays', async () => {
  const account = await newAccount()
  await portal.register(account, { label: 'Tiles', members: [anna] }, otherAppKey)
  const browser = await enter(account)
  expect((await portal.ask('DELETE', `/v1/accounts/${account}`)).status).toBe(401)
  expect((await portal.asApp('DELETE', `/v1/accounts/${account}`)).status).toBe(204)
  expect(await isIn(browser)).toBe(false)
  for (const path of [`/v1/accounts/${account}`, `/v1/accounts/${account}/export`]) {
    expect((await portal.asApp('GET', path)).status).toBe(404)
  }
  expect((await portal.asApp('POST', '/v1/checks', { account })).status).toBe(404)
  expect((await portal.asApp('GET', `/v1/accounts/${account}`, undefined, otherAppKey)).body).toMatchObject({
    label: 'Tiles',
  })
  expect((await portal.asApp('DELETE', `/v1/accounts/${account}`)).status).toBe(204)
})
