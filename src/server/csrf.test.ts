import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, ticketOf, type Answer, type TestPortal } from './test-portal.ts'

let portal: TestPortal
let cookie: string
let readable: ReadonlySet<string>
let mutations: readonly (readonly [method: string, path: string])[]

beforeAll(async () => {
  // No Stripe anywhere: nothing here may get as far as asking it.
  portal = await openTestPortal('http://127.0.0.1:1')
  await portal.register('acct_acme')
  const browser = portal.browser()
  await browser.enter('acct_acme')
  cookie = browser.cookie ?? ''
  const { paths } = (await portal.ask('GET', '/openapi.json')).body as { paths: Record<string, object> }
  readable = new Set(Object.keys(paths).filter((path) => 'get' in (paths[path] ?? {})))
  mutations = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path] as const))
    .filter(([method]) => method !== 'GET')
})
afterAll(() => portal?.close())

const ours = {
  origin: 'http://localhost:4020',
  'x-portal-csrf': '1',
  'content-type': 'application/json',
  'sec-fetch-site': 'same-origin',
}
const wrong: Record<string, Record<string, string | undefined>> = {
  'without our header': { 'x-portal-csrf': undefined },
  'with another value in our header': { 'x-portal-csrf': '0' },
  'without an origin': { origin: undefined },
  'from another site': { origin: 'https://evil.example' },
  'from a sandboxed frame': { origin: 'null' },
  'from our host on another port': { origin: 'http://localhost:4022' },
  'from our host over another scheme': { origin: 'https://localhost:4020' },
  'from a host that begins like ours': { origin: 'http://localhost:4020.evil.example' },
  'as text': { 'content-type': 'text/plain' },
  'as a form': { 'content-type': 'application/x-www-form-urlencoded' },
  'as a form with files': { 'content-type': 'multipart/form-data; boundary=x' },
  'without a type': { 'content-type': undefined },
  'that the browser calls cross-site': { 'sec-fetch-site': 'cross-site' },
  'that the browser calls same-site': { 'sec-fetch-site': 'same-site' },
  'that the person typed in': { 'sec-fetch-site': 'none' },
}

function send(method: string, path: string, differs: Record<string, string | undefined>): Promise<Answer> {
  const headers = Object.entries({ ...ours, cookie, 'idempotency-key': crypto.randomUUID(), ...differs })
  const sent = Object.fromEntries(headers.filter((pair): pair is [string, string] => pair[1] !== undefined))
  // Bytes, because a text body would be given a type by itself.
  const request = new Request(new URL(path, portal.config.origin), {
    method,
    headers: { host: 'localhost:4020', ...sent },
    body: Buffer.from('{}'),
  })
  return Promise.resolve(portal.fetch(request)).then(async (response) => {
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? undefined : JSON.parse(text),
    }
  })
}

test('there are mutations to guard', () => {
  expect(mutations.map(([, path]) => path)).toEqual(
    expect.arrayContaining(['/api/session/exchange', '/api/session/end', '/api/return', '/api/fixes/{fix}']),
  )
})

test.each(Object.keys(wrong))('no mutation is taken from a request %s', async (how) => {
  for (const [method, path] of mutations) {
    const answer = await send(method, path, wrong[how] ?? {})
    expect([path, answer.status, answer.body]).toEqual([path, 403, expect.objectContaining({ code: 'cross-site' })])
  }
})

test('the same requests from our own pages are taken in, with and without Sec-Fetch-Site', async () => {
  for (const differs of [{}, { 'sec-fetch-site': undefined }, { 'content-type': 'application/json; charset=utf-8' }]) {
    const paths = mutations.filter(([, path]) => path !== '/api/session/end')
    for (const [method, path] of paths) {
      // What somebody may not do is refused for that, and not for where it came from.
      const { body } = await send(method, path, differs)
      expect([path, body]).not.toEqual([path, expect.objectContaining({ code: 'cross-site' })])
    }
  }
})

test('no GET changes anything: a session survives every address asked for', async () => {
  const fresh = ticketOf((await portal.asApp('POST', '/v1/sessions', { account: 'acct_acme', actor: 'anna' })).body)
  for (const [, path] of mutations) {
    const { status } = await portal.ask('GET', `${path}?ticket=${fresh}`, { headers: { cookie } })
    // A path that can also be read answers as it does without having been changed.
    expect([path, readable.has(path) ? [200, 400, 404] : [400, 404]]).toEqual([path, expect.arrayContaining([status])])
  }
  expect((await portal.ask('GET', '/api/visit', { headers: { cookie } })).status).toBe(200)
})

test('no other origin may read an answer', async () => {
  for (const [method, path] of [...mutations, ['GET', '/api/visit']] as const) {
    for (const verb of [method, 'OPTIONS']) {
      const headers = { cookie, origin: 'https://evil.example', 'access-control-request-method': method }
      const answer = await portal.ask(verb, path, { headers })
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
  }
})

test('on localhost, where there is no https, the cookie goes by a plain name but stays as closed', async () => {
  const browser = portal.browser()
  const ticket = ticketOf((await portal.asApp('POST', '/v1/sessions', { account: 'acct_acme', actor: 'anna' })).body)
  const answer = await browser.post('/api/session/exchange', { ticket })
  expect(answer.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^fix402_sid=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/),
  ])
})
