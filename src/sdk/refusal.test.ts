import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createFix402 } from './fix402.ts'

const check = 'chk_0123456789abcdefABCDEF'
const start = 1_795_348_800
const clock = { seconds: start }
let portal = ''
let blocked: string | undefined
let asked: Record<string, unknown>[] = []

const server = createServer((request, response) => {
  let text = ''
  request.on('data', (chunk) => (text += String(chunk)))
  request.on('end', () => {
    asked.push(JSON.parse(text))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer()))
  })
})

function answer() {
  if (blocked === undefined) return { allowed: true, cache: { max_age: 30 } }
  return {
    allowed: false,
    status: 402,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', link: '<x>; rel="payment"' },
    problem: {
      title: 'The last payment was declined',
      status: 402,
      reason: blocked,
      account: { id: 'acct_1', label: 'Acme <GmbH>' },
      fix: { url: `${portal}/fix?check=${check}`, label: 'Update card' },
      poll: { url: `${portal}/v1/checks/${check}`, interval: 5 },
    },
    browser: { location: `${portal}/fix#t=from-the-portal` },
    cache: { max_age: 0 },
  }
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())
beforeEach(() => {
  clock.seconds = start
  blocked = 'card_declined'
  asked = []
})

const now = () => clock.seconds * 1_000
const app = (differs = {}) =>
  createFix402({ portal, appId: 'app_maps', key: 'secret', timeout: 5_000, now, ...differs })
const anna = { account: 'acct_1', actor: 'anna', state: 'st-1' }
const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' }

function visit(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Request(`https://maps.example${path}`, { method, headers: { ...navigation, ...headers } })
}

function back(result: string, rest = '') {
  return `/maps/berlin?zoom=3&billing_check=${check}&billing_result=${result}&state=st-1${rest}`
}

const cookieOf = (response: Response | undefined) => response?.headers.get('set-cookie')?.split(';')[0] ?? ''

test('a paid request is served', async () => {
  blocked = undefined
  expect(await app().requirePaid(visit('/maps/berlin'), anna)).toBeUndefined()
})

test('a person is sent to the portal by 303 and comes back to the page that was refused', async () => {
  const refusal = await app().requirePaid(visit('/maps/berlin?zoom=3'), anna)
  expect(refusal?.status).toBe(303)
  expect(Object.fromEntries(refusal?.headers ?? [])).toMatchObject({
    location: `${portal}/fix#t=from-the-portal`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    vary: 'Accept, Origin, Sec-Fetch-Mode',
  })
  expect(asked).toMatchObject([
    { client: 'browser', return_to: 'https://maps.example/maps/berlin?zoom=3', state: 'st-1' },
  ])
})

test.each([
  ['script', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
  ['frame', { 'sec-fetch-dest': 'iframe' }],
  ['prefetch', { 'sec-purpose': 'prefetch;prerender' }],
])('a %s is told in JSON, not sent anywhere', async (_, headers) => {
  const refusal = await app().requirePaid(visit('/maps/berlin', headers), anna)
  expect(refusal?.status).toBe(402)
  expect(refusal?.headers.get('content-type')).toBe('application/problem+json')
  expect(refusal?.headers.get('link')).toBe('<x>; rel="payment"')
  expect(await refusal?.json()).toMatchObject({ reason: 'card_declined', fix: { label: 'Update card' } })
})

test.each([
  [{ accept: 'text/html,application/xhtml+xml;q=0.9' }, 303],
  [{ accept: 'text/html', 'x-requested-with': 'XMLHttpRequest' }, 402],
  [{ accept: '*/*' }, 402],
])('a browser too old to say what it does is known by what it accepts: %o', async (headers, status) => {
  const request = new Request('https://maps.example/maps/berlin', { headers })
  expect((await app().requirePaid(request, anna))?.status).toBe(status)
})

test("a refused form goes to the portal as a GET and comes back to the app's word, not to the form", async () => {
  const refusal = await app().requirePaid(visit('/export', {}, 'POST'), { ...anna, returnTo: 'https://maps.example/' })
  expect(refusal?.status).toBe(303)
  await app().requirePaid(visit('/export', {}, 'POST'), anna)
  expect(asked.map((question) => question['return_to'])).toEqual(['https://maps.example/', undefined])
})

test('two people who are refused in the same moment do not share a ticket', async () => {
  const fix402 = app()
  const refusals = await Promise.all([1, 2].map(() => fix402.requirePaid(visit('/maps/berlin'), anna)))
  const [one, other] = refusals.map((refusal) => refusal?.headers.get('location'))
  expect(one).not.toBe(other)
  expect(other?.startsWith(`${portal}/fix#t=`)).toBe(true)
})

test("a program is told the app's own address that lets its person in, and no ticket", async () => {
  const refusal = await app({ who: () => undefined }).requirePaid(visit('/api', { 'sec-fetch-mode': 'cors' }), anna)
  const body = await refusal?.text()
  expect(body).toContain(`"app_url":"https://maps.example/_billing/fix/${check}"`)
  expect(body).not.toContain('#t=')
})

test('a portal that stands behind its own gate is never a redirect to itself', async () => {
  const refusal = await app({ origin: portal }).requirePaid(visit('/maps/berlin'), anna)
  expect(refusal?.status).toBe(402)
  const page = await refusal?.text()
  expect(page).toContain('The last payment was declined')
  expect(page).toContain('Acme &lt;GmbH&gt;')
})

/** A browser that is refused, goes to the portal and comes back as given. */
async function comeBack(fix402: ReturnType<typeof app>, result: string) {
  const sent = await fix402.requirePaid(visit('/maps/berlin'), anna)
  const taken = await fix402.takeBack(visit(back(result), { cookie: cookieOf(sent) }), anna)
  return cookieOf(taken?.response)
}

test('paid and still refused: no second round, but a page that looks again 2, 4, 8, 16, 32 seconds later, then waits to be asked', async () => {
  const fix402 = app()
  let cookie = await comeBack(fix402, 'fixed')
  const waits: (string | undefined)[] = []
  for (let look = 0; look < 10; look += 1) {
    const refusal = await fix402.requirePaid(visit('/maps/berlin', { cookie }), anna)
    expect(refusal?.status).toBe(402)
    const html = (await refusal?.text()) ?? ''
    expect(html).toContain('Still blocked: the last payment was declined')
    expect(html).toContain('support code efABCDEF')
    expect(html).not.toContain('<script')
    const wait = /http-equiv="refresh" content="(\d+);url=https:\/\/maps.example\/maps\/berlin"/.exec(html)?.[1]
    waits.push(wait)
    cookie = cookieOf(refusal) || cookie
    clock.seconds += Number(wait ?? 1)
  }
  expect(waits).toEqual(['2', '4', '8', '16', '32', undefined, undefined, undefined, undefined, undefined])
})

test('the waiting page asks for the truth, and the refused page is served as soon as it is yes', async () => {
  const fix402 = app()
  const cookie = cookieOf(
    await fix402.requirePaid(visit('/maps/berlin', { cookie: await comeBack(fix402, 'fixed') }), anna),
  )
  blocked = undefined
  expect(await fix402.requirePaid(visit('/maps/berlin', { cookie }), anna)).toBeUndefined()
  expect(asked.at(-1)).toMatchObject({ fresh: true })
})

test.each([
  ['two minutes later', () => (clock.seconds += 121)],
  ['for another reason', () => (blocked = 'usage_limit_exceeded')],
])('refused again %s, a person is sent to the portal as usual', async (_, meanwhile) => {
  const fix402 = app()
  const cookie = await comeBack(fix402, 'fixed')
  meanwhile()
  expect((await fix402.requirePaid(visit('/maps/berlin', { cookie }), anna))?.status).toBe(303)
})

test('who turned back at the portal is not thrown into it again', async () => {
  const fix402 = app()
  const refusal = await fix402.requirePaid(visit('/maps/berlin', { cookie: await comeBack(fix402, 'cancelled') }), anna)
  expect(refusal?.status).toBe(402)
  const html = await refusal?.text()
  expect(html).toContain('Update card')
  expect(html).not.toContain('http-equiv="refresh"')
})

test('a person is sent to the portal, whatever machines may pay', async () => {
  blocked = 'credits_exhausted'
  const x402 = { x402Version: 2, resource: { url: 'https://maps.example/maps/berlin' }, accepts: [{ scheme: 'exact' }] }
  const refusal = await app().requirePaid(visit('/maps/berlin'), { ...anna, machinePayment: { x402 } })
  expect([refusal?.status, refusal?.headers.has('payment-required')]).toEqual([303, false])
})
