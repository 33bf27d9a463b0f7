import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthy } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { returnAddress } from './return-address.ts'
import { emptyDataFolder } from './store/test-folder.ts'
import { openDesk, type Stay } from './stripe/test-desk.ts'
import { hostileReturns } from './test-return-corpus.ts'
import { appKey, digest, openTestPortal, type TestPortal } from './test-portal.ts'

const folder = await emptyDataFolder()
const app = {
  id: 'app_maps',
  name: 'Maps API',
  url: 'https://maps.example/home',
  keyDigests: [digest(appKey)],
  origins: ['https://maps.example', 'https://tiles.example:8443', 'http://localhost', 'http://127.0.0.1:3000'],
}
let bench: Bench
let portal: TestPortal
let stay: Stay

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, { folder, apps: [app] })
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  stay = await openDesk(portal, bench).enter(healthy(studio, { name: 'Acme GmbH', email: 'anna@acme.example' }))
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Where a browser ends that is sent to this address, by its own parser. */
function isHome(address: string): boolean {
  const { origin, pathname } = new URL(address)
  return origin === 'https://maps.example' && pathname === '/home'
}

test('no hostile address is ever taken for a registered one', () => {
  const escapes = hostileReturns.filter((address) => returnAddress(app, address) !== undefined)
  process.stdout.write(`return_to ${hostileReturns.length}, escapes ${escapes.length}\n`)
  expect(hostileReturns.length).toBeGreaterThanOrEqual(500)
  expect(new Set(hostileReturns).size).toBe(hostileReturns.length)
  expect(escapes).toEqual([])
})

/** Every seventh, and by another one each kind of door. */
const sample = hostileReturns.filter((_, index) => index % 7 === 0)

test('through the app’s own link, a hostile address leads home and says so', async () => {
  const { browser, account } = stay
  for (const address of sample) {
    const check = await browser.enter(account, 'anna', { return_to: address })
    const { body } = await browser.post('/api/return', { check })
    const { kind, url, notice } = body as { kind: string; url: string; notice: string }
    expect([address, kind, notice, isHome(url)]).toEqual([address, 'go', 'return_not_registered', true])
  }
  expect(sample.length).toBeGreaterThanOrEqual(60)
})

test('through a plain address, a hostile way back leads home and says so', async () => {
  const { browser, account } = stay
  await browser.enter(account)
  for (const address of sample) {
    // A person opens thirty of these a minute.
    portal.clock.now += 3
    const hint = { kind: 'plain', app: app.id, return_to: address, state: 's' }
    const { check } = (await browser.post('/api/session/hint', { hint })).body as { check: string }
    const { kind, url, notice } = (await browser.post('/api/return', { check })).body as Record<string, string>
    expect([address, kind, notice, isHome(url ?? '')]).toEqual([address, 'go', 'return_not_registered', true])
    expect(new URL(url ?? '').searchParams.get('state')).toBe('s')
  }
})

test('through a check and its short code, a hostile way back leads home', async () => {
  const { account, browser } = stay
  const question = { account, reason: 'account_frozen', client: 'browser', actor: 'anna' }
  for (const address of sample.slice(0, 20)) {
    const refused = await portal.asApp('POST', '/v1/checks', { ...question, return_to: address })
    const { problem } = refused.body as { problem?: { fix: { code: string }; poll: { url: string } } }
    const hint = { kind: 'code', code: problem?.fix.code ?? '' }
    expect((await browser.post('/api/session/hint', { hint })).body).toMatchObject({ kind: 'entered' })
    const visit = await browser.get(`/api/visit?check=${problem?.poll.url.split('/').at(-1)}`)
    expect([visit.status, visit.text.includes('evil')]).toEqual([200, false])
  }
})

test.each([
  ['https://maps.example', 'https://maps.example/'],
  ['https://maps.example/deep/er?x=1&y=%2F', 'https://maps.example/deep/er?x=1&y=%2F'],
  ['https://MAPS.EXAMPLE/a', 'https://maps.example/a'],
  ['HTTPS://maps.example/a', 'https://maps.example/a'],
  ['https://maps.example:443/a', 'https://maps.example/a'],
  ['https://maps.example/a#part', 'https://maps.example/a'],
  ['https://maps.example/?next=https://evil.example', 'https://maps.example/?next=https://evil.example'],
  ['https://maps.example/@evil.example', 'https://maps.example/@evil.example'],
  ['https://maps.example//evil.example', 'https://maps.example//evil.example'],
  ['https://maps.example/%2e%2e/a', 'https://maps.example/a'],
  ['https://maps.example/%5cevil.example', 'https://maps.example/%5cevil.example'],
  ['https://tiles.example:8443/t', 'https://tiles.example:8443/t'],
  ['http://localhost/cb', 'http://localhost/cb'],
  ['http://localhost:51234/cb', 'http://localhost:51234/cb'],
  ['http://127.0.0.1:3000/cb', 'http://127.0.0.1:3000/cb'],
])('%s is registered and is where one goes', (address, expected) => {
  expect(returnAddress(app, address)).toBe(expected)
})

test.each([
  'http://127.0.0.1:3001/',
  'http://127.0.0.1/',
  'https://localhost/',
  'http://localhost.evil.example/',
  'http://[::1]/',
])('any port is meant only of the very loopback name that was registered without one: %s is another', (address) => {
  expect(returnAddress(app, address)).toBeUndefined()
})
