import { rmSync } from 'node:fs'
import { jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardDeclined, healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { emptyDataFolder } from './store/test-folder.ts'
import { openDesk, type Desk, type Stay } from './stripe/test-desk.ts'
import { appKey, digest, openTestPortal, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const folder = await emptyDataFolder()
const app = { id: 'app_maps', name: 'Maps API', url: 'https://maps.example/home', keyDigests: [digest(appKey)] }
let bench: Bench
let portal: TestPortal
let studio: Studio
let desk: Desk
let well: Stay

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, {
    folder,
    apps: [{ ...app, origins: ['https://maps.example', 'https://tiles.example:8443'] }],
  })
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  well = await desk.enter(healthy(studio, who))
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
  rmSync(folder, { recursive: true, force: true })
})

type Returned = { kind: string; url: string; notice: string }

async function goBack({ browser, account }: Stay, more: object = {}): Promise<Returned> {
  const check = await browser.enter(account, 'anna', more)
  return (await browser.post('/api/return', { check })).body as Returned
}

const tab = '\t'
const hostile = [
  'https://evil.example',
  'https://evil.example/maps.example',
  'https://maps.example.evil.example/',
  'https://maps.example@evil.example/',
  'https://maps.example:pass@evil.example/',
  'https://user@maps.example/',
  'https://user:pass@maps.example/',
  'https://evilmaps.example/',
  'https://sub.maps.example/',
  'https://maps.example./',
  'https://maps.exampl/',
  'https://maps.example:444/',
  'https://maps.example:80/',
  'https://tiles.example/',
  'https://tiles.example:8444/',
  'http://maps.example/',
  'http://localhost:4020/',
  '//evil.example',
  '//maps.example',
  '///evil.example',
  '////evil.example',
  '/home',
  'home',
  '',
  '#',
  '?x=1',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'https:////maps.example',
  'https:\\\\evil.example',
  'https:\\\\maps.example',
  'https://maps.example\\@evil.example',
  'https://evil.example\\maps.example',
  '\\\\evil.example',
  '/\\evil.example',
  'https://maps.example/\\..\\evil',
  `https://maps.example${tab}.evil.example/`,
  `ht${tab}tps://maps.example/`,
  ` https://maps.example/`,
  `https://maps.example/ `,
  'https://maps.example/\nLocation: https://evil.example',
  'https://maps.example/\r\nSet-Cookie: a=b',
  'https://maps.example/\u0000',
  'https://maps.example/\u2028',
  'https://maps.example\u3002evil.example/',
  'https://maps\uff0eexample/',
  'https://mаps.example/',
  'https://xn--mps-8cd.example/',
  'https://maps.example/\u202egpj.exe',
  'https%3A%2F%2Fmaps.example',
  '%68ttps://maps.example',
  'https://maps.example%2f@evil.example/',
  'https://maps.example%00.evil.example/',
  'https://%65vil.example/',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  `java${tab}script:alert(1)`,
  'javascript://maps.example/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'vbscript:msgbox(1)',
  'blob:https://maps.example/1-2-3',
  'filesystem:https://maps.example/temporary/a',
  'view-source:https://maps.example/',
  'file:///etc/passwd',
  'ftp://maps.example/',
  'ws://maps.example/',
  'mailto:anna@maps.example',
  'about:blank',
  'intent://maps.example/#Intent;end',
  'https://[::1]/',
  'https://0x7f000001/',
  'https://2130706433/',
  'https://[maps.example]/',
  'https://',
  'https://?',
  'https://#maps.example',
  'https://evil.example#https://maps.example/',
  'https://evil.example?https://maps.example/',
  'https://evil.example;https://maps.example/',
  'https://maps.example,evil.example/',
  'https://maps.example https://evil.example',
  'null',
  '{"url":"https://maps.example"}',
]

test('the list of hostile addresses is long, and all of it differs', () => {
  expect(new Set(hostile).size).toBeGreaterThanOrEqual(80)
})

test.each(hostile.map((address) => [JSON.stringify(address), address]))(
  '%s leads home instead, and says so',
  async (_, address) => {
    const { kind, url, notice } = await goBack(well, { return_to: address })
    expect([kind, notice]).toEqual(['go', 'return_not_registered'])
    const { origin, pathname, username, hash } = new URL(url)
    expect([origin, pathname, username, hash]).toEqual(['https://maps.example', '/home', '', ''])
  },
)

test('an address too long to be one is refused where the link is asked for', async () => {
  const question = { account: well.account, actor: 'anna', return_to: `https://maps.example/${'x'.repeat(2_048)}` }
  expect((await portal.asApp('POST', '/v1/sessions', question)).status).toBe(400)
})

test.each([
  ['https://maps.example', 'https://maps.example/'],
  ['https://maps.example/deep/er?x=1&y=%2F', 'https://maps.example/deep/er?x=1&y=%2F'],
  ['https://MAPS.example:443/a', 'https://maps.example/a'],
  ['https://maps.example/a#part', 'https://maps.example/a'],
  ['https://maps.example/?next=https://evil.example', 'https://maps.example/?next=https://evil.example'],
  ['https://maps.example//evil.example', 'https://maps.example//evil.example'],
  ['https://maps.example/../../a', 'https://maps.example/a'],
  ['https://tiles.example:8443/t', 'https://tiles.example:8443/t'],
])('%s, on a registered origin, is where the person goes', async (address, expected) => {
  const { url, notice } = await goBack(well, { return_to: address })
  const arrived = new URL(url)
  for (const name of ['billing_check', 'billing_result', 'billing_receipt']) arrived.searchParams.delete(name)
  const same = new URL(expected)
  expect([notice, arrived.origin, arrived.pathname]).toEqual(['none', same.origin, same.pathname])
  expect([...arrived.searchParams]).toEqual([...same.searchParams])
})

test('who asked for no address goes to the app’s own, without a notice', async () => {
  const { url, notice } = await goBack(well)
  expect([new URL(url).pathname, notice]).toEqual(['/home', 'none'])
})

test('the app’s state comes back untouched, with a receipt that only this portal can have written', async () => {
  const state = 'a b&c=d#e/ü"<>'
  const { url } = await goBack(well, { return_to: 'https://maps.example/x?state=old&billing_receipt=forged', state })
  const { searchParams } = new URL(url)
  expect(searchParams.getAll('state')).toEqual([state])
  const [receipt = '', ...others] = searchParams.getAll('billing_receipt')
  expect(others).toEqual([])
  const { payload, protectedHeader } = await jwtVerify(receipt, Buffer.from(digest(appKey), 'hex'), {
    algorithms: ['HS256'],
    typ: 'receipt+jwt',
    issuer: portal.config.origin,
    audience: 'app_maps',
    currentDate: new Date(portal.clock.now * 1_000),
  })
  expect(protectedHeader).toMatchObject({ kid: digest(appKey).slice(0, 8) })
  const { now } = portal.clock
  const claims = {
    sub: well.account,
    chk: searchParams.get('billing_check'),
    res: 'no_blocker',
    iat: now,
    exp: now + 300,
  }
  expect(payload).toEqual({ iss: portal.config.origin, aud: 'app_maps', ...claims })
  await expect(jwtVerify(receipt, Buffer.from(digest('fix402_test_other'), 'hex'))).rejects.toThrow('signature')
})

test('who is still blocked gets no receipt; once it is paid the same check goes back as fixed', async () => {
  const acme = await desk.enter(cardDeclined(studio, who))
  const question = { account: acme.account, return_to: 'https://maps.example/x', state: 's' }
  const refused = (await portal.asApp('POST', '/v1/checks', question)).body as { problem: { poll: { url: string } } }
  const check = refused.problem.poll.url.split('/').at(-1)
  const back = async () => (await acme.browser.post('/api/return', { check })).body
  expect(await back()).toEqual({ kind: 'still_blocked' })
  await bench.stripe.invoices.pay(acme.invoice, { payment_method: await desk.otherCard(acme.customer) })
  const { url } = (await back()) as Returned
  expect(new URL(url).searchParams.get('billing_result')).toBe('fixed')
})

test('what was good a moment ago is looked at again before anybody is sent back', async () => {
  const acme = await desk.enter(healthy(studio, who))
  expect((await goBack(acme)).kind).toBe('go')
  for (const id of acme.subscriptions) await bench.stripe.subscriptions.cancel(id)
  expect(await goBack(acme)).toEqual({ kind: 'still_blocked' })
})

test('how often somebody was sent back for the same thing is counted for ten minutes, so that nobody runs in circles', async () => {
  const acme = await desk.enter(healthy(studio, who))
  for (let round = 0; round < 4; round += 1) await goBack(acme)
  const check = await acme.browser.enter(acme.account)
  const returns = async () => {
    const { body } = await acme.browser.get(`/api/visit?check=${check}`)
    return (body as { check: { returns: number } }).check.returns
  }
  expect(await returns()).toBe(4)
  portal.clock.now += 601
  expect(await returns()).toBe(0)
})

test('the check of another account takes nobody back', async () => {
  const stranger = await desk.enter(healthy(studio, who))
  const check = await well.browser.enter(well.account)
  const { status, body } = await stranger.browser.post('/api/return', { check })
  expect([status, body]).toEqual([404, expect.objectContaining({ code: 'not-found' })])
})

test('an origin that was taken from the configuration takes nobody back any more', async () => {
  const check = await well.browser.enter(well.account, 'anna', { return_to: 'https://tiles.example:8443/t' })
  const { clock } = portal
  await portal.close()
  portal = await openTestPortal(bench.origin, { folder, clock, apps: [{ ...app, origins: ['https://maps.example'] }] })
  const browser = Object.assign(portal.browser(), { cookie: well.browser.cookie })
  const { url, notice } = (await browser.post('/api/return', { check })).body as Returned
  expect([new URL(url).origin, notice]).toEqual(['https://maps.example', 'return_not_registered'])
})
