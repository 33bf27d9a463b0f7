import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { askAsBrowser, type Sent } from './test-browser.ts'
import { frameworks } from './test-frameworks.ts'
import { check, openTestPortal, type TestPortal } from './test-portal.ts'
import { webhookSecret } from './webhooks.ts'

const key = 'fix402_test_maps'
let portal: TestPortal
let events: string[] = []
const exported: string[] = []
const shared = () => ({
  portal: portal.url,
  appId: 'app_maps',
  key,
  timeout: 5_000,
  cors: ['https://spa.example'],
  onEvent: ({ type }: { type: string }) => void events.push(type),
})

beforeAll(async () => void (portal = await openTestPortal()))
afterAll(() => portal.close())
beforeEach(() => {
  Object.assign(portal, { blocked: 'card_declined', warnings: [], maxAge: 0, asked: [] })
  events = []
  exported.length = 0
})

const person = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' }
const script = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', accept: 'application/json' }
const signedIn = { cookie: 'user=anna' }

describe.each(Object.entries(frameworks))('%s', (_, open) => {
  let app = ''
  const server = createServer()
  beforeAll(async () => {
    server.on('request', await open({ options: shared(), exported }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    app = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())
  const ask = (path: string, headers: Record<string, string>, sent: Sent = {}) =>
    askAsBrowser(app + path, headers, sent)

  test('who has paid is served, who is not signed in is left to the app', async () => {
    expect(await (await ask('/maps', { ...person })).text()).toBe('the map')
    portal.blocked = undefined
    expect(await (await ask('/maps', { ...person, ...signedIn })).text()).toBe('the map')
    expect(portal.asked).toMatchObject([{ account: 'acct_1', actor: 'anna', feature: 'maps', client: 'browser' }])
  })

  test('a person is sent to the portal, and what the app keeps for the way back comes along in cookies', async () => {
    const refused = await ask('/maps?zoom=3', { ...person, ...signedIn })
    expect(refused.status).toBe(303)
    expect(refused.headers.get('location')).toBe(`${portal.url}/fix#t=from-the-portal`)
    const state = portal.asked[0]?.['state']
    expect(state).toMatch(/^[\w-]{22}$/)
    expect(portal.asked).toMatchObject([{ return_to: `${app}/maps?zoom=3` }])
    const cookies = refused.headers.getSetCookie()
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['fix402_loop', 'fix402_state'])
    expect(cookies[1]).toContain(`=${String(state)}; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax`)
  })

  test('a script is told in JSON, with an address that lets its person in, and comes back to its page', async () => {
    const refused = await ask('/maps', { ...script, ...signedIn, referer: `${app}/start` })
    expect(refused.status).toBe(402)
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
    expect(refused.headers.getSetCookie()).toEqual([])
    expect(await refused.json()).toMatchObject({
      reason: 'card_declined',
      fix: { app_url: `${app}/_billing/fix/${check}` },
    })
    expect(portal.asked).toMatchObject([{ client: 'program', return_to: `${app}/start` }])
  })

  test('HEAD is refused without a body, and still says where to pay', async () => {
    const refused = await ask('/maps', { ...script, ...signedIn }, { method: 'HEAD' })
    expect([refused.status, refused.headers.get('link')]).toEqual([402, '<x>; rel="payment"'])
    expect(await refused.text()).toBe('')
  })

  test('a refused form is not posted to the portal, and not carried out by the app', async () => {
    const form = { method: 'POST', body: 'city=Berlin' }
    const headers = { ...person, ...signedIn, 'content-type': 'application/x-www-form-urlencoded' }
    const refused = await ask('/export', { ...headers, referer: `${app}/maps` }, form)
    expect([refused.status, refused.headers.get('location')]).toEqual([303, `${portal.url}/fix#t=from-the-portal`])
    expect(portal.asked).toMatchObject([{ return_to: `${app}/maps` }])
    expect(exported).toEqual([])
    portal.blocked = undefined
    expect(await (await ask('/export', headers, form)).text()).toBe('exported')
    expect(exported).toEqual(['Berlin'])
  })

  test('who comes back with the state of this browser is asked for anew and served at the clean address', async () => {
    const refused = await ask('/maps', { ...person, ...signedIn })
    const cookie = ['user=anna', ...refused.headers.getSetCookie().map((one) => one.split(';')[0])].join('; ')
    portal.blocked = undefined
    const state = String(portal.asked[0]?.['state'])
    const back = await ask(`/maps?billing_check=${check}&billing_result=fixed&state=${state}`, { ...person, cookie })
    expect([back.status, back.headers.get('location')]).toEqual([303, `${app}/maps`])
    expect(portal.asked.at(-1)).toMatchObject({ fresh: true })
    expect(await (await ask('/maps', { ...person, cookie })).text()).toBe('the map')
  })

  test('signing out is never refused, nor is a browser that asks whether it may ask', async () => {
    expect(await (await ask('/logout', { ...person, ...signedIn }, { method: 'POST' })).text()).toBe('signed out')
    const preflight = { origin: 'https://spa.example', 'access-control-request-method': 'GET', ...signedIn }
    expect((await ask('/maps', preflight, { method: 'OPTIONS' })).status).not.toBe(402)
    expect(portal.asked).toEqual([])
  })

  test('a page of the app on another origin may read why, a stranger’s may not', async () => {
    const near = await ask('/maps', { ...script, ...signedIn, origin: 'https://spa.example' })
    expect(near.headers.get('access-control-allow-origin')).toBe('https://spa.example')
    expect(near.headers.get('access-control-allow-credentials')).toBe('true')
    expect(near.headers.get('access-control-expose-headers')).toContain('Link, Retry-After')
    const far = await ask('/maps', { ...script, ...signedIn, origin: 'https://evil.example' })
    expect(far.headers.get('access-control-allow-origin')).toBeNull()
    expect(far.headers.get('vary')).toContain('Origin')
  })

  test('the app’s own address lets its person in with one ticket, and asks strangers who they are', async () => {
    const inside = await ask(`/_billing/fix/${check}?return_to=/maps`, { ...person, ...signedIn })
    expect(claimsOf(inside)).toMatchObject({
      sub: 'acct_1',
      act: 'anna',
      chk: check,
      ret: `${app}/maps`,
      st: expect.stringMatching(/^[\w-]{22}$/),
    })
    const clicked = await ask('/_billing/fix', { ...person, ...signedIn, referer: `${app}/maps?zoom=3` })
    expect(claimsOf(clicked)).toMatchObject({ ret: `${app}/maps?zoom=3` })
    const outside = await ask('/_billing/fix?reason=card_expired', { ...person })
    expect(outside.headers.get('location')).toBe(`${portal.url}/fix?app=app_maps&reason=card_expired`)
  })

  test('a genuine event drops what is remembered, a forged one does not', async () => {
    Object.assign(portal, { blocked: undefined, maxAge: 30 })
    const tile = () => ask('/tiles?n=3', { ...script, ...signedIn })
    expect(await (await tile()).text()).toBe('a tile')
    expect(portal.asked.at(-1)).toMatchObject({ meter: 'tiles', quantity: 3 })
    await tile()
    const before = portal.asked.length
    const body = '{"type":"access.changed","timestamp":"2026-11-29T12:00:00Z","data":{"account":"acct_1"}}'
    const at = new Date()
    const signature = new Webhook(await webhookSecret(key)).sign('evt_1', at, body)
    const deliver = (text: string) =>
      ask(
        '/_billing/webhook',
        {
          'content-type': 'application/json',
          'webhook-id': 'evt_1',
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': signature,
        },
        { method: 'POST', body: text },
      )
    expect((await deliver(body.replace('acct_1', 'acct_2'))).status).toBe(401)
    await tile()
    expect([portal.asked.length, events]).toEqual([before, []])
    expect((await deliver(body)).status).toBe(204)
    await tile()
    expect(portal.asked.length).toBeGreaterThan(before)
    expect(events).toEqual(['access.changed'])
  })

  test('the warnings of who is signed in can be fetched, nobody else’s', async () => {
    portal.blocked = undefined
    portal.warnings = [{ reason: 'card_expired', at: '2026-12-04T12:00:00Z' }]
    const news = await (await ask('/_billing/warnings', { ...script, ...signedIn })).json()
    expect(news).toEqual({
      warnings: [
        {
          reason: 'card_expired',
          at: '2026-12-04T12:00:00Z',
          fix: { label: 'Fix it now', url: `${app}/_billing/fix?reason=card_expired` },
        },
      ],
    })
    expect(await (await ask('/_billing/warnings', { ...script })).json()).toEqual({ warnings: [] })
  })
})

function claimsOf({ headers }: Response): unknown {
  const claims = headers.get('location')?.split('#t=')[1]?.split('.')[1] ?? ''
  return JSON.parse(Buffer.from(claims, 'base64url').toString())
}
