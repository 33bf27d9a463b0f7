import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { appKey, openTestPortal, type TestPortal } from './test-portal.ts'

let bench: Bench
let portal: TestPortal

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, { merchant: { meters: { calls: { name: 'Calls', unit: 'calls' } } } })
  await portal.register('acme')
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

const asSent = (method: string, path: string, body: string, headers: Record<string, string> = {}) =>
  portal.ask(method, path, { body, headers: { authorization: `Bearer ${appKey}`, ...headers } })

const classified = { status: 200, body: { reason: expect.any(String) } }
const refused = (status: number, code: string) => ({ status, body: { code, type: expect.stringContaining(code) } })

test.each(['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/json5'])(
  'a body sent as "%s" is refused by that name, and is no failure of ours',
  async (type) => {
    const routes = [
      ['POST', '/v1/classify', '{"body":"card_declined"}'],
      ['POST', '/v1/checks', '{"account":"acme"}'],
      ['POST', '/v1/usage', '{"events":[]}'],
      ['POST', '/v1/sessions', '{"account":"acme","actor":"anna"}'],
      ['PUT', '/v1/accounts/acme', '{"label":"Acme","members":[]}'],
    ] as const
    for (const [method, path, body] of routes) {
      expect([path, await asSent(method, path, body, { 'content-type': type })]).toMatchObject([
        path,
        refused(415, 'not-json'),
      ])
    }
    expect(portal.logged).toEqual([])
  },
)

test.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/problem+json'])(
  'a body sent as %s is JSON',
  async (type) => {
    expect(await asSent('POST', '/v1/classify', '{"body":"card_declined"}', { 'content-type': type })).toMatchObject(
      classified,
    )
  },
)

test.each([
  ['nothing', ''],
  ['a zero byte', '\0'],
  ['half a document', '{"body":'],
  ['a status that is no integer', '{"status":402.5,"body":""}'],
  ['a status beyond all numbers', '{"status":1e400,"body":""}'],
  ['headers in a list', '{"headers":[],"body":""}'],
])('of a refusal, %s is no question', async (_name, body) => {
  expect(await asSent('POST', '/v1/classify', body)).toMatchObject(refused(400, 'invalid-request'))
})

test.each([
  ['the same key twice', '{"body":"nothing","body":"card_declined"}', 'card_declined'],
  ['halves of characters', '{"body":"\\ud800 card_declined \\udfff"}', 'card_declined'],
  ['a key that is half a character', '{"body":{"\\ud800":"card_declined"}}', 'card_declined'],
  ['keys that JavaScript knows', '{"body":{"constructor":1,"toString":2,"code":"card_declined"}}', 'card_declined'],
  ['a prototype', '{"body":{"__proto__":{"code":"nothing"}}}', 'unknown'],
  ['header names in any case', '{"headers":{"RETRY-AFTER":"1","x-RateLimit-Remaining":"0"},"body":""}', 'rate_limited'],
  ['header names that are none', '{"headers":{"":"x","a b":"c\\r\\nd"},"body":""}', 'unknown'],
  ['a hundred thousand brackets', `{"body":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'unknown'],
  ['fifty thousand levels', `{"body":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`, 'unknown'],
])('of a refusal, %s can be read', async (_name, body, reason) => {
  expect(await asSent('POST', '/v1/classify', body)).toMatchObject({ status: 200, body: { reason } })
})

test('more than a megabyte is refused by that name', async () => {
  const body = JSON.stringify({ body: 'a'.repeat(1_100_000) })
  expect(await asSent('POST', '/v1/classify', body)).toMatchObject(refused(413, 'too-large'))
})

const odd = ['%00', '%ff', '%', '%zz', '%2e%2e', '%2f', 'a/b', '%5c', '%20', '%F0%9F%98%80', '%ED%A0%80', "'", '%3Cscript%3E', 'ILOU-0000', '7KQ2-M4XD%0d%0aSet-Cookie:a=b', 'A'.repeat(5_000), 'chk_', 'chk_%00', '__proto__'] // prettier-ignore

test.each(['/r/', '/v1/checks/', '/problems/', '/v1/accounts/'])(
  'whatever stands behind %s, the answer is a clear one',
  async (path) => {
    for (const [at, name] of odd.entries()) {
      const { status, headers } = await portal.ask('GET', `${path}${name}`, {
        from: `198.18.200.${at}`,
        headers: { authorization: `Bearer ${appKey}` },
      })
      expect([name, status < 500, headers.get('set-cookie')]).toEqual([name, true, null])
    }
    expect(portal.logged).toEqual([])
  },
)

test('of a batch with everything that can be wrong, each wrong event is named by its place and the right ones count', async () => {
  const right = { account: 'acme', meter: 'calls', quantity: 1 }
  const wrong = [
    null,
    1,
    'x',
    [],
    {},
    { ...right, id: 'w1', quantity: -1 },
    { ...right, id: 'w2', quantity: 1e300 },
    { ...right, id: 'w3', quantity: 2 ** 53 + 2 },
    { ...right, id: 'w4', quantity: '5' },
    { ...right, id: 'w5', at: portal.clock.now + 1e6 },
    { ...right, id: 'w6', at: 1e18 },
    { ...right, id: 'w7', at: 1.5 },
    { ...right, id: 'w8', meter: 'nope' },
    { ...right, id: 'w9', meter: '__proto__' },
    { ...right, id: 'w10', account: 'nobody' },
    { ...right, id: 'a\0b' },
    { ...right, id: 'w11', member: '\ud800' },
    { ...right, id: 'w12', extra: 1 },
    { ...right, id: 'r1', quantity: 7 },
  ]
  const events = [{ ...right, id: 'r1' }, { ...right, id: 'r1' }, ...wrong, { ...right, id: 'r2' }]
  const { status, body } = await portal.asApp('POST', '/v1/usage', { events })
  const { errors } = body as { errors: { index: number }[] }
  expect([status, body]).toMatchObject([200, { accepted: 2, duplicates: 1 }])
  expect(errors.map(({ index }) => index)).toEqual(wrong.map((_, index) => index + 2))
})

test('a quantity beyond all numbers is one wrong event, and what is no JSON no batch', async () => {
  const event = (quantity: string) => `{"events":[{"id":"n","account":"acme","meter":"calls","quantity":${quantity}}]}`
  expect(await asSent('POST', '/v1/usage', event('1e999'))).toMatchObject({
    status: 200,
    body: { accepted: 0, errors: [{ index: 0, id: 'n', code: 'invalid_event' }] },
  })
  expect(await asSent('POST', '/v1/usage', event('NaN'))).toMatchObject(refused(400, 'invalid-request'))
  const many = Array.from({ length: 1_001 }, (_, at) => ({
    id: `m${at}`,
    account: 'acme',
    meter: 'calls',
    quantity: 1,
  }))
  expect(await portal.asApp('POST', '/v1/usage', { events: many })).toMatchObject(refused(400, 'invalid-request'))
})

test.each([
  '{"label":"a\\u0000b","members":[]}',
  '{"label":"\\ud800","members":[]}',
  '{"label":"x","members":[{"id":"m","role":"owner"},{"id":"m","role":"viewer"}]}',
  '{"label":"x","members":[{"id":"m","role":"god"}]}',
  '{"label":"x","members":[],"stripe_customer":"cus_\\u0000"}',
  `{"label":"${'x'.repeat(100_000)}","members":[]}`,
  '[]',
  'null',
])('%.80s is no account', async (body) => {
  expect(await asSent('PUT', '/v1/accounts/other', body)).toMatchObject(refused(400, 'invalid-request'))
  expect((await portal.asApp('GET', '/v1/accounts/other')).status).toBe(404)
})
