import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardDeclined, healthy, inGrace } from '#sandbox/demo/building.ts'
import { saveCard, type Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { appKey, openTestPortal, otherAppKey, ticketOf, type Answer, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const page = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
let bench: Bench
let portal: TestPortal
let studio: Studio

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, {
    merchant: {
      plans: { team_monthly: { name: 'Team', rates: { tiles: { limit: 2, seconds: 60 } } } },
      meters: { tiles: { name: 'Map tiles', unit: 'tile' } },
    },
  })
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  const { customer } = await cardDeclined(studio, who)
  await portal.register('acct_declined', { stripe_customer: customer, label: 'Käse & Söhne 🧀' })
  await portal.register('acct_well', { stripe_customer: (await healthy(studio, who)).customer })
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

/** What a gateway sends: the app's key, who pays, and the request it holds. */
function asGateway(account: string, more: Record<string, string> = {}, query = '', key = appKey): Promise<Answer> {
  return portal.ask('GET', `/v1/forward-auth${query}`, {
    headers: {
      authorization: `Bearer ${key}`,
      ...(account !== '' && { 'x-fix402-account': account }),
      'x-forwarded-method': 'GET',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'maps.example',
      'x-forwarded-uri': '/projects/4?tab=files',
      ...more,
    },
  })
}

/** A person who was refused with these headers, has paid, and is sent back. */
async function goThere(headers: Record<string, string> = {}) {
  const account = `acct_${randomUUID()}`
  const { customer, subscriptions, invoice = '' } = await cardDeclined(studio, who)
  await portal.register(account, { stripe_customer: customer })
  const answer = await asGateway(account, { ...page, 'x-fix402-actor': 'anna', ...headers })
  expect(answer.status).toBe(303)
  const browser = portal.browser()
  const { check } = await browser.exchange(ticketOf({ url: answer.headers.get('location') ?? '' }))
  await bench.stripe.invoices.pay(invoice, { payment_method: await saveCard(studio, { id: customer }, 'pm_card_visa') })
  const { body } = await browser.post('/api/return', { check })
  return { account, subscriptions, url: (body as { url: string }).url }
}

test('an account in good standing passes with an empty 200 that says how long it holds', async () => {
  const { status, text, headers } = await asGateway('acct_well')
  expect([status, text]).toEqual([200, ''])
  expect(headers.get('cache-control')).toBe('private, max-age=30')
  expect(headers.get('x-accel-expires')).toBe('30')
  expect([...headers.keys()].filter((name) => name.startsWith('x-fix402'))).toEqual([])
})

test('a program is refused with the very answer that POST /v1/checks gives', async () => {
  const refused = await asGateway('acct_declined')
  const { body } = await portal.asApp('POST', '/v1/checks', { account: 'acct_declined' })
  const check = body as { status: number; headers: Record<string, string>; problem: Record<string, unknown> }
  // Each refusal has an id and a code of its own.
  const alike = (text: string) =>
    text.replaceAll(/chk_[\w-]{22}/g, 'chk').replaceAll(/[0-9A-Z]{4}-[0-9A-Z]{4}/g, 'CODE')
  expect(refused.status).toBe(check.status)
  expect(alike(refused.text)).toBe(alike(JSON.stringify(check.problem)))
  for (const [name, value] of Object.entries(check.headers)) {
    expect(alike(refused.headers.get(name) ?? '')).toBe(alike(value))
  }
  expect(refused.headers.get('x-fix402-check')).toBe((refused.body as { request_id: string }).request_id)
})

test('a person’s navigation is sent to the portal with 303, signed in, and comes back to the page they asked for', async () => {
  const answer = await asGateway('acct_declined', { ...page, 'x-fix402-actor': 'anna' })
  expect([answer.status, answer.text, answer.headers.get('cache-control')]).toEqual([303, '', 'no-store'])
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  expect((await goThere()).url).toMatch(/^https:\/\/maps\.example\/projects\/4\?tab=files&billing_check=/)
})

test.each([
  ['a script', { ...page, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
  ['a frame', { ...page, 'sec-fetch-dest': 'iframe' }],
  ['a prefetch', { ...page, 'sec-purpose': 'prefetch' }],
  ['a WebSocket', { 'sec-fetch-mode': 'websocket', upgrade: 'websocket' }],
  ['XMLHttpRequest', { accept: 'text/html', 'x-requested-with': 'XMLHttpRequest' }],
  ['curl', { accept: '*/*' }],
])('%s is never sent elsewhere', async (_, headers) => {
  expect((await asGateway('acct_declined', { ...headers, 'x-fix402-actor': 'anna' })).status).toBe(402)
})

test.each([
  ['another origin', { 'x-forwarded-host': 'evil.example' }],
  ['a request that must not be repeated', { 'x-forwarded-method': 'POST' }],
  ['an address too long to keep', { 'x-forwarded-uri': `/${'a'.repeat(3_000)}` }],
  ['a host with credentials', { 'x-forwarded-host': 'maps.example@evil.example' }],
])('the way back is never %s', async (_, headers) => {
  expect((await goThere(headers)).url).toMatch(/^https:\/\/maps\.example\/\?billing_check=/)
})

test('who comes back from the portal is looked at anew, and nobody else by that address', async () => {
  const { account, subscriptions, url } = await goThere()
  const back = new URL(url)
  const uri = { 'x-forwarded-uri': `${back.pathname}${back.search}` }
  for (const subscription of subscriptions) await bench.stripe.subscriptions.cancel(subscription)
  // The reading of the return is a few seconds old, and says yes.
  const forged = { 'x-forwarded-uri': '/?billing_check=chk_AAAAAAAAAAAAAAAAAAAAAA&billing_result=fixed' }
  expect((await asGateway(account)).status).toBe(200)
  expect((await asGateway(account, forged)).status).toBe(200)
  expect((await asGateway('acct_well', uri)).status).toBe(200)
  expect((await asGateway(account, uri)).status).toBe(402)
})

test('nginx, which knows 403 only, is told the true status, address and body beside it', async () => {
  const program = await asGateway('acct_declined', {}, '?for=nginx')
  expect([program.status, program.text, program.headers.get('x-fix402-status')]).toEqual([403, '', '402'])
  const said = program.headers.get('x-fix402-problem') ?? ''
  expect(said).toMatch(/^[\x20-\x7e]+$/)
  expect(JSON.parse(said)).toMatchObject({ reason: 'card_declined', account: { label: 'Käse & Söhne 🧀' } })
  expect(program.headers.get('x-fix402-location')).toBe(null)
  expect(program.headers.get('link')).toContain('rel="payment"')
  const person = await asGateway('acct_declined', { ...page, 'x-fix402-actor': 'anna' }, '?for=nginx')
  expect([person.status, person.headers.get('x-fix402-location')]).toEqual([403, expect.stringContaining('/fix#t=')])
})

test('what will block later is said while it does not block', async () => {
  await portal.register('acct_grace', { stripe_customer: (await inGrace(studio, who)).customer })
  const { status, headers } = await asGateway('acct_grace')
  expect(status).toBe(200)
  expect(headers.get('x-fix402-warning')).toMatch(/^card_declined;at="\d{4}-\d\d-\d\dT[\d:.]+Z"$/)
})

test('a preflight passes, because it carries no credentials', async () => {
  const { status, headers } = await asGateway('acct_declined', { 'x-forwarded-method': 'OPTIONS' })
  expect([status, headers.get('x-fix402-error')]).toEqual([200, null])
})

test('a script of the app’s own origin may read the refusal, no other’s', async () => {
  const own = await asGateway('acct_declined', { origin: 'https://maps.example' })
  expect(own.headers.get('access-control-allow-origin')).toBe('https://maps.example')
  expect(own.headers.get('access-control-allow-credentials')).toBe('true')
  const foreign = await asGateway('acct_declined', { origin: 'https://evil.example' })
  expect(foreign.headers.get('access-control-allow-origin')).toBe(null)
})

test.each([
  ['a wrong key', 'acct_declined', 'fix402_wrong', {}, 'not-authenticated'],
  ['no account', '', appKey, {}, 'no-account'],
  ['an account that nobody registered', 'acct_nobody', appKey, {}, 'unknown-account'],
  ['another app’s account', 'acct_declined', otherAppKey, {}, 'unknown-account'],
  ['an account that cannot be one', 'two words', appKey, {}, 'invalid-request'],
  ['a quantity that is no number', 'acct_declined', appKey, { 'x-fix402-quantity': 'many' }, 'invalid-request'],
])('with %s the request passes, and the answer says why', async (_, account, key, headers, error) => {
  const { status, text, headers: said } = await asGateway(account, headers, '', key)
  expect([status, text, said.get('x-fix402-error')]).toEqual([200, '', error])
  expect([said.get('cache-control'), said.get('x-accel-expires')]).toEqual(['no-store', '0'])
})

test('a wrong key and an unknown account are in the log, the key is not', async () => {
  portal.logged.length = 0
  await asGateway('acct_declined', {}, '', 'fix402_wrong_and_secret')
  await asGateway('acct_nobody')
  const lines = JSON.stringify(portal.logged)
  expect(lines).toContain('without the key of an app')
  expect(lines).toContain('acct_nobody')
  expect(lines).not.toContain('fix402_wrong_and_secret')
})

test('a query that a gateway let through from its client changes nothing', async () => {
  const query = '?account=acct_well&actor=anna&feature=export'
  const { status, body } = await asGateway('acct_declined', page, query)
  expect([status, body]).toEqual([303, undefined])
  const answer = await asGateway('acct_declined', {}, query)
  expect(answer.body).toMatchObject({ account: { id: 'acct_declined' } })
  expect(answer.body).not.toHaveProperty('subject')
  expect((await asGateway('', {}, query)).headers.get('x-fix402-error')).toBe('no-account')
})

test('what is asked for is said in headers', async () => {
  const { body } = await asGateway('acct_declined', { 'x-fix402-feature': 'export', 'x-fix402-quantity': '3' })
  expect(body).toMatchObject({ subject: { feature: 'export', requested: 3 } })
  const visitor = await asGateway('acct_declined', { ...page, 'x-fix402-audience': 'visitor' })
  expect([visitor.status, visitor.text]).toEqual([402, expect.not.stringContaining('card_declined')])
  expect(visitor.headers.get('x-fix402-check')).toMatch(/^chk_/)
})

test('what is counted by asking is counted, and never kept', async () => {
  await portal.register('acct_tiles', { stripe_customer: (await healthy(studio, who)).customer })
  const tile = () => asGateway('acct_tiles', { 'x-fix402-meter': 'tiles' })
  const first = (await tile()).headers
  expect([first.get('cache-control'), first.get('x-accel-expires')]).toEqual(['no-store', '0'])
  await tile()
  const full = await tile()
  expect([full.status, Number(full.headers.get('retry-after'))]).toEqual([429, expect.any(Number)])
  expect(full.headers.get('ratelimit')).toContain('"tiles";r=0')
})

test.each(['GET', 'POST', 'DELETE', 'PATCH'])('Envoy’s %s is asked about as what it appends', async (method) => {
  const ask = (appended: string, headers: Record<string, string> = {}) =>
    portal.ask(method, `/v1/forward-auth/envoy?${appended}`, {
      headers: {
        authorization: `Bearer ${appKey}`,
        host: 'maps.example',
        'x-fix402-account': 'acct_declined',
        ...headers,
      },
    })
  expect((await ask('/projects/4')).status).toBe(402)
  expect((await ask('/projects/4?account=acct_well&for=nginx')).status).toBe(402)
  expect((await ask('/', { 'x-forwarded-method': 'OPTIONS' })).status).toBe(402)
  expect((await ask('/', page)).status).toBe(303)
})

test('what a client writes behind Envoy’s prefix leads to no other address of the portal', async () => {
  const headers = { authorization: `Bearer ${appKey}`, 'x-fix402-account': 'acct_declined' }
  for (const path of ['/../../accounts/acct_well', '/%2e%2e/%2e%2e/accounts/acct_well', '/..//../livez', '/#/../..']) {
    expect([path, (await portal.ask('GET', `/v1/forward-auth/envoy?${path}`, { headers })).status]).toEqual([path, 402])
  }
})

test('the portal’s own policies are not put upon the app’s origin', async () => {
  const { headers } = await asGateway('acct_declined')
  for (const name of ['content-security-policy', 'strict-transport-security', 'cross-origin-resource-policy']) {
    expect([name, headers.get(name)]).toEqual([name, null])
  }
})

test('a slow Stripe is not waited for where there is an older reading', async () => {
  await asGateway('acct_declined')
  portal.clock.now += 11
  await bench.lever('POST', 'faults', { path: '/v1/customers', kind: 'hang', delay_ms: 5_000, times: 20 })
  const began = performance.now()
  const { status } = await asGateway('acct_declined')
  expect(status).toBe(402)
  expect(performance.now() - began).toBeLessThan(4_500)
  await bench.lever('DELETE', 'faults')
})
