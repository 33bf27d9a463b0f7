import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from './test-portal.ts'

let open: TestPortal
let behindOne: TestPortal
let behindTwo: TestPortal

beforeAll(async () => {
  open = await openTestPortal('http://127.0.0.1:1')
  behindOne = await openTestPortal('http://127.0.0.1:1', { trustedProxies: 1 })
  behindTwo = await openTestPortal('http://127.0.0.1:1', { trustedProxies: 2 })
})
afterAll(() => Promise.all([open, behindOne, behindTwo].map((portal) => portal?.close())))

type From = { readonly socket?: string; readonly forwarded?: string }

/** Ten wrong short codes are all that one caller has in a minute: whoever may try after another was somebody else. */
async function areOne(portal: TestPortal, first: From, second: From): Promise<boolean> {
  portal.clock.now += 60
  const wrong = async ({ socket = '198.51.100.1', forwarded }: From) => {
    const { origin } = portal.config
    const headers = { origin, 'x-portal-csrf': '1', ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) }
    const body = { hint: { kind: 'code', code: '7KQ2-M4XD' } }
    return (await portal.ask('POST', '/api/session/hint', { body, headers, from: socket })).status
  }
  for (let round = 0; round < 10; round++) expect(await wrong(first)).toBe(200)
  expect(await wrong(first)).toBe(429)
  return (await wrong(second)) === 429
}

test.each([
  ['192.0.2.1', '192.0.2.1', true],
  ['192.0.2.1', '192.0.2.2', false],
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
  ['2001:db8:1:2::1', '2001:0DB8:0001:0002:0:0:0:1', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['::1', '::2', true],
  ['::ffff:192.0.2.1', '192.0.2.1', true],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
  ['fe80::1%eth0', 'fe80::2%eth1', true],
])('without proxies the socket is the caller, an IPv6 caller its /64: %s and %s', async (first, second, one) => {
  expect(await areOne(open, { socket: first }, { socket: second })).toBe(one)
})

test('without proxies nobody is another by saying so', async () => {
  expect(await areOne(open, { forwarded: '192.0.2.1' }, { forwarded: '192.0.2.2' })).toBe(true)
})

test.each([
  ['192.0.2.1', '192.0.2.2', false],
  ['192.0.2.1', '192.0.2.1', true],
  ['6.6.6.6, 192.0.2.1', '7.7.7.7, 192.0.2.1', true],
  ['192.0.2.1', '192.0.2.1:4711', true],
  ['[2001:db8::1]:443', '2001:db8::2', true],
  ['"[2001:db8::1]"', '2001:db8::2', true],
  ['unknown', '_hidden', true],
  ['192.0.2.1, ', '', true],
  ['999.1.1.1', 'javascript:1', true],
])('behind one proxy the last address it wrote is the caller: “%s” and “%s”', async (first, second, one) => {
  expect(await areOne(behindOne, { forwarded: first }, { forwarded: second })).toBe(one)
})

test('behind two proxies the second from the right is the caller, whatever stands further left', async () => {
  const one = { forwarded: '192.0.2.1, 10.0.0.1' }
  expect(await areOne(behindTwo, one, { forwarded: '6.6.6.6, 192.0.2.1, 10.0.0.2' })).toBe(true)
  expect(await areOne(behindTwo, one, { forwarded: '192.0.2.9, 10.0.0.1' })).toBe(false)
  // Whoever did not come through both of them is known by the socket.
  expect(await areOne(behindTwo, { forwarded: '192.0.2.1' }, { forwarded: '192.0.2.2' })).toBe(true)
})
