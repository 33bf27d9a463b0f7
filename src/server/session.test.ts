import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { appKey, digest, openTestPortal, otherAppKey, ticketOf, type Browser, type TestPortal } from './test-portal.ts'

const origin = 'https://billing.example.com'
const pages = mkdtempSync(join(tmpdir(), 'fix402-pages-'))
const merchant = { name: 'Northwind Maps' }
let bench: Bench
let portal: TestPortal

beforeAll(async () => {
  mkdirSync(join(pages, 'assets'))
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Portal</title>')
  bench = await openBench()
  portal = await openTestPortal(bench.origin, { origin, pages })
  for (const account of ['acct_acme', 'acct_globex']) {
    const { id } = await bench.stripe.customers.create({ name: account })
    await portal.register(account, { label: account, stripe_customer: id })
  }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
  rmSync(pages, { recursive: true, force: true })
})

async function link(account = 'acct_acme', actor = 'anna'): Promise<string> {
  return ticketOf((await portal.asApp('POST', '/v1/sessions', { account, actor })).body)
}

type Differs = { claims?: Record<string, unknown>; header?: Record<string, unknown>; key?: string }

/** A ticket as an app signs it itself, differing where a test says so. */
async function ticket({ claims = {}, header = {}, key = appKey }: Differs = {}): Promise<string> {
  const { now } = portal.clock
  const usual = { iss: 'app_maps', aud: origin, sub: 'acct_acme', act: 'anna', jti: crypto.randomUUID() }
  return new SignJWT({ ...usual, iat: now, exp: now + 300, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'fix+jwt', ...header })
    .sign(Buffer.from(digest(key), 'hex'))
}

const statusOfVisit = async (browser: Browser) => (await browser.get('/api/visit')).status

test('a fresh link lets its person in at once, with a cookie that script cannot read and other sites do not send', async () => {
  const browser = portal.browser()
  const answer = await browser.post('/api/session/exchange', { ticket: await link() })
  expect(answer.body).toEqual({ kind: 'entered', check: expect.stringMatching(/^chk_/) })
  const [cookie = ''] = answer.headers.getSetCookie()
  expect(cookie).toMatch(/^__Host-sid=[\w-]{43}; /)
  const flags = cookie.split('; ').slice(1).toSorted()
  expect(flags).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Lax', 'Secure'])
  expect((await browser.get('/api/visit')).body).toMatchObject({ account: { id: 'acct_acme' }, member: { id: 'anna' } })
})

test('looking at the page with GET or HEAD, as scanners do, uses nothing up', async () => {
  const fresh = await link()
  for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS']) {
    await portal.ask(method, `/fix?t=${fresh}`)
    await portal.ask(method, `/api/session/exchange?ticket=${fresh}`)
  }
  expect((await portal.ask('GET', '/fix')).status).toBe(200)
  expect(await portal.browser().exchange(fresh)).toMatchObject({ kind: 'entered' })
})

test('of twenty exchanges of one link at once exactly one gets in', async () => {
  const fresh = await link()
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const browser = portal.browser()
      const { kind } = await browser.exchange(fresh)
      return { kind, cookie: browser.cookie }
    }),
  )
  expect(answers.filter(({ cookie }) => cookie !== undefined)).toHaveLength(1)
  expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['entered', ...Array.from({ length: 19 }, () => 'used')])
})

test('a used link goes on in the browser it opened, and says elsewhere that it was used', async () => {
  const fresh = await link()
  const browser = portal.browser()
  const first = await browser.exchange(fresh)
  const { cookie } = browser
  expect(await browser.exchange(fresh)).toEqual(first)
  expect(browser.cookie).toBe(cookie)
  expect(await portal.browser().exchange(fresh)).toEqual({
    kind: 'used',
    merchant,
    app: { id: 'app_maps', name: 'Maps API', url: 'https://maps.example' },
  })
})

test('a link lives for five minutes to the second', async () => {
  const { now } = portal.clock
  const [living, dead] = [await link(), await link()]
  portal.clock.now = now + 299
  expect(await portal.browser().exchange(living, true)).toMatchObject({ kind: 'entered' })
  portal.clock.now = now + 300
  const browser = portal.browser()
  expect(await browser.exchange(dead, true)).toMatchObject({ kind: 'expired', app: { id: 'app_maps' } })
  expect(browser.cookie).toBeUndefined()
})

test('a link older than a minute names the account and waits for the person’s word', async () => {
  const older = await link()
  portal.clock.now += 60
  const browser = portal.browser()
  expect(await browser.exchange(older)).toMatchObject({ kind: 'continue', account: { id: 'acct_acme' } })
  expect(browser.cookie).toBeUndefined()
  expect(await browser.exchange(older, true)).toMatchObject({ kind: 'entered' })
})

test('a link for another account asks before it switches, then the old session is dead', async () => {
  const browser = portal.browser()
  await browser.enter('acct_acme')
  const { cookie } = browser
  const other = await link('acct_globex')
  expect(await browser.exchange(other)).toMatchObject({
    kind: 'switch',
    from: { id: 'acct_acme' },
    account: { id: 'acct_globex' },
  })
  expect(browser.cookie).toBe(cookie)
  expect(await browser.exchange(other, true)).toMatchObject({ kind: 'entered' })
  expect((await portal.ask('GET', '/api/visit', { headers: { cookie: cookie ?? '' } })).status).toBe(401)
  expect((await browser.get('/api/visit')).body).toMatchObject({ account: { id: 'acct_globex' } })
})

test('a new entry to the same account gives a new secret and kills the old one', async () => {
  const browser = portal.browser()
  await browser.enter('acct_acme')
  const { cookie } = browser
  await browser.enter('acct_acme')
  expect(browser.cookie).not.toBe(cookie)
  expect((await portal.ask('GET', '/api/visit', { headers: { cookie: cookie ?? '' } })).status).toBe(401)
})

test('a ticket altered in any place is worth nothing and says nothing', async () => {
  const good = await ticket()
  for (let at = 0; at < good.length; at += 1) {
    const other = good[at] === 'A' ? 'B' : 'A'
    const altered = good.slice(0, at) + other + good.slice(at + 1)
    // The last character of a part carries bits that base64url throws away.
    if (sameBytes(altered, good)) continue
    const browser = portal.browser()
    expect([await browser.exchange(altered), browser.cookie]).toEqual([{ kind: 'invalid', merchant }, undefined])
  }
  expect(await portal.browser().exchange(good)).toMatchObject({ kind: 'entered' })
})

function sameBytes(one: string, other: string): boolean {
  const bytes = (text: string) => text.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'))
  return bytes(one).join('.') === bytes(other).join('.')
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const forged: Record<string, () => Promise<string> | string> = {
  'no signature at all': async () => `${(await ticket()).split('.').slice(0, 2).join('.')}.`,
  'alg none': async () => `${base64({ alg: 'none', typ: 'fix+jwt' })}.${(await ticket()).split('.')[1]}.`,
  'another type of token': () => ticket({ header: { typ: 'receipt+jwt' } }),
  'another app’s key': () => ticket({ key: otherAppKey }),
  'another app’s key and name, for our account': () => ticket({ key: otherAppKey, claims: { iss: 'app_tiles' } }),
  'another portal’s audience': () => ticket({ claims: { aud: 'https://other.example' } }),
  'a life longer than five minutes': () => ticket({ claims: { exp: portal.clock.now + 301 } }),
  'no identifier': () => ticket({ claims: { jti: undefined } }),
  'no member': () => ticket({ claims: { act: undefined } }),
  'an account nobody registered': () => ticket({ claims: { sub: 'acct_none' } }),
  'the API key itself': () => appKey,
  nothing: () => '',
}
test.each(Object.keys(forged))('a ticket with %s is invalid', async (name) => {
  const browser = portal.browser()
  expect(await browser.exchange((await forged[name]?.()) ?? '', true)).toEqual({ kind: 'invalid', merchant })
  expect(browser.cookie).toBeUndefined()
})

test('a ticket from the future is not let in', async () => {
  const { now } = portal.clock
  const early = await ticket({ claims: { iat: now + 3_600, exp: now + 3_900 } })
  expect((await portal.browser().exchange(early, true)).kind).not.toBe('entered')
})

test('a session ends after half an hour without a sign of life', async () => {
  const browser = portal.browser()
  await browser.enter('acct_acme')
  portal.clock.now += 1_799
  expect(await statusOfVisit(browser)).toBe(200)
  portal.clock.now += 1_799
  expect(await statusOfVisit(browser)).toBe(200)
  portal.clock.now += 1_800
  expect(await statusOfVisit(browser)).toBe(401)
})

test('a session ends after twelve hours however busy it is', async () => {
  const browser = portal.browser()
  await browser.enter('acct_acme')
  const start = portal.clock.now
  for (let passed = 1_500; passed < 43_200; passed += 1_500) {
    portal.clock.now = start + passed
    expect(await statusOfVisit(browser)).toBe(200)
  }
  portal.clock.now = start + 43_199
  expect(await statusOfVisit(browser)).toBe(200)
  portal.clock.now = start + 43_200
  expect(await statusOfVisit(browser)).toBe(401)
})

test('signing out kills the session, the cookie and what the browser kept', async () => {
  const browser = portal.browser()
  await browser.enter('acct_acme')
  const { cookie = '' } = browser
  const answer = await browser.post('/api/session/end', {})
  expect([answer.status, answer.headers.get('clear-site-data')]).toEqual([204, '"cache", "storage"'])
  expect(browser.cookie).toBeUndefined()
  expect((await portal.ask('GET', '/api/visit', { headers: { cookie } })).status).toBe(401)
})

test('who is removed from an account is out at once, and who becomes a viewer may no longer pay', async () => {
  await portal.register('acct_staff')
  const [anna, jo] = [portal.browser(), portal.browser()]
  await anna.enter('acct_staff', 'anna')
  await jo.enter('acct_staff', 'jo')
  expect((await jo.get('/api/visit')).body).toMatchObject({ mayPay: true })
  await portal.register('acct_staff', { members: [{ id: 'jo', role: 'viewer' }] })
  expect((await anna.get('/api/visit')).status).toBe(401)
  expect((await jo.get('/api/visit')).body).toMatchObject({ mayPay: false, member: { role: 'viewer' } })
})

test('a person whom only the app knows keeps the role of the ticket when the account is put again', async () => {
  await portal.register('acct_guests')
  const browser = portal.browser()
  await browser.exchange(await ticket({ claims: { sub: 'acct_guests', act: 'guest', rol: 'billing_admin' } }))
  await portal.register('acct_guests', { members: [] })
  expect((await browser.get('/api/visit')).body).toMatchObject({ mayPay: true, member: { id: 'guest' } })
})
