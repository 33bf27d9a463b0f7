import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appKey, openTestPortal, type Answer, type TestPortal } from './test-portal.ts'

const origin = 'https://billing.example.com'
const pages = mkdtempSync(join(tmpdir(), 'fix402-pages-'))
let portal: TestPortal

beforeAll(async () => {
  mkdirSync(join(pages, 'assets'))
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Portal</title>')
  writeFileSync(join(pages, 'assets', 'main-abc.js'), 'export {}')
  writeFileSync(join(pages, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  portal = await openTestPortal('http://127.0.0.1:1', {
    origin,
    pages,
    stripe: {
      key: 'sk_test_portal',
      publishableKey: 'pk_test_portal',
      webhookSecrets: ['whsec_portal'],
      apiBase: 'http://127.0.0.1:1',
      script: 'https://js.stripe.com/endive/stripe.js',
      sandbox: false,
    },
  })
  await portal.register('acct_acme')
})
afterAll(async () => {
  await portal?.close()
  rmSync(pages, { recursive: true, force: true })
})

const own = { origin, 'x-portal-csrf': '1', 'content-type': 'application/json' }
const answers: Record<string, [status: number, ask: () => Promise<Answer>]> = {
  'a page': [200, () => portal.ask('GET', '/fix?app=app_maps&reason=card_expired')],
  'a page asked for with HEAD': [200, () => portal.ask('HEAD', '/')],
  'a script': [200, () => portal.ask('GET', '/assets/main-abc.js')],
  'a picture': [200, () => portal.ask('GET', '/favicon.svg')],
  'the description': [200, () => portal.ask('GET', '/openapi.json')],
  'a sign of life': [200, () => portal.ask('GET', '/livez')],
  readiness: [200, () => portal.ask('GET', '/readyz')],
  'an app’s answer': [200, () => portal.asApp('GET', '/v1/accounts/acct_acme')],
  'a sign-out': [204, () => portal.browser().post('/api/session/end', {})],
  'a wrong field': [400, () => portal.asApp('POST', '/v1/checks', {})],
  'a body that is no JSON': [400, () => portal.asApp('POST', '/v1/checks', '{')],
  'no key': [401, () => portal.ask('POST', '/v1/checks', { body: {} })],
  'no session': [401, () => portal.ask('GET', '/api/visit')],
  'another site': [403, () => portal.ask('POST', '/api/return', { body: {}, headers: { ...own, origin: 'null' } })],
  'nothing there': [404, () => portal.ask('GET', '/api/nothing')],
  'no such file': [404, () => portal.ask('GET', '/assets/other.js')],
  'an undeclared verb': [404, () => portal.ask('DELETE', '/v1/checks')],
  OPTIONS: [404, () => portal.ask('OPTIONS', '/v1/checks')],
  'an address that cannot be decoded': [404, () => portal.ask('GET', '/%E0%A4%A')],
  'a zero byte in the address': [404, () => portal.ask('GET', '/%00.js')],
  'a folder that is not ours': [404, () => portal.ask('GET', '/..%2f..%2fetc%2fpasswd.txt')],
  'a body that is too large': [413, () => portal.asApp('POST', '/v1/checks', { state: 'x'.repeat(1_000_001) })],
  'a large body that hides its length': [413, hugeStream],
  'another host': [421, () => portal.ask('GET', '/', { headers: { host: 'evil.example' } })],
  'another host behind a proxy': [
    421,
    () => portal.ask('GET', '/', { headers: { host: 'evil.example', 'x-forwarded-host': 'billing.example.com' } }),
  ],
}

async function hugeStream(): Promise<Answer> {
  // A body that streams must say so; the browser's types do not know the word.
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: { host: 'billing.example.com', 'content-type': 'application/json', authorization: `Bearer ${appKey}` },
    body: new Blob(['x'.repeat(1_000_001)]).stream(),
    duplex: 'half',
  }
  const request = new Request(`${origin}/v1/checks`, init)
  const response = await portal.fetch(request)
  return { status: response.status, headers: response.headers, text: await response.text(), body: undefined }
}

function answerOf(name: string): Promise<Answer> {
  return answers[name]?.[1]() ?? Promise.reject(new Error(name))
}

test.each(Object.keys(answers))('%s carries every protecting header', async (name) => {
  const { status, headers } = await answerOf(name)
  expect(status).toBe(answers[name]?.[0])
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'cross-origin-opener-policy': 'same-origin-allow-popups',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=(), microphone=(), geolocation=()'),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'origin-agent-cluster': '?1',
    'x-request-id': expect.stringMatching(/^req_/),
  })
  const isFile = name === 'a script' || name === 'a picture'
  expect(headers.get('cache-control')).toMatch(isFile ? /^public, max-age=/ : /^no-store$/)
})

test.each(Object.keys(answers).filter((name) => (answers[name]?.[0] ?? 0) >= 400))(
  '%s is answered in the one form of failure, with the id to ask about',
  async (name) => {
    const { status, headers, text } = await answerOf(name)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(JSON.parse(text)).toMatchObject({
      status,
      request_id: headers.get('x-request-id'),
      code: expect.any(String),
    })
  },
)

test('a failure of our own tells nothing but its id, and carries the headers too', async () => {
  const document = join(pages, 'index.html')
  rmSync(document)
  const { status, headers, text, body } = await portal.ask('GET', '/')
  writeFileSync(document, '<!doctype html><title>Portal</title>')
  expect([status, body]).toEqual([
    500,
    {
      type: `${origin}/problems/internal`,
      title: 'Something went wrong on our side',
      status: 500,
      code: 'internal',
      request_id: headers.get('x-request-id'),
    },
  ])
  expect(text).not.toContain(pages)
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(JSON.stringify(portal.logged)).toContain(headers.get('x-request-id'))
})

test('the policy allows our own files and Stripe’s, nothing inline, and no frame around us', async () => {
  const { headers } = await portal.ask('GET', '/')
  const directives = (headers.get('content-security-policy') ?? '').split('; ').map((one) => one.split(' '))
  const policy = Object.fromEntries(directives.map(([name, ...sources]) => [name, sources]))
  expect(policy).toEqual({
    'default-src': ["'none'"],
    'script-src': ["'self'", 'https://js.stripe.com', 'https://*.js.stripe.com'],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:', 'https://*.stripe.com'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", 'https://api.stripe.com'],
    'frame-src': ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'upgrade-insecure-requests': [],
  })
})

test('health is answered under any host name, for whoever watches by address', async () => {
  for (const path of ['/livez', '/readyz']) {
    expect((await portal.ask('GET', path, { headers: { host: '10.0.0.7:4020' } })).status).toBe(200)
  }
})
