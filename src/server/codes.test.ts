import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestPortal, otherAppKey, type TestPortal } from './test-portal.ts'

let bench: Bench
let portal: TestPortal

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin)
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  const { customer } = await cardDeclined(studio, { name: 'Acme GmbH', email: 'anna@acme.example' })
  await portal.register('acct_declined', { stripe_customer: customer, label: 'Acme GmbH' })
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

type Refused = {
  headers: Record<string, string>
  problem: {
    request_id: string
    poll: { url: string }
    fix: { url: string; short_url: string; code: string; expires_at: string }
  }
  browser?: { location: string }
}

async function refused(question: object = {}): Promise<Refused> {
  const { body } = await portal.asApp('POST', '/v1/checks', { account: 'acct_declined', ...question })
  expect(body).toMatchObject({ allowed: false })
  return body as Refused
}

test('every refusal has a code of its own, short enough to be typed, good for a day', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => refused()))
  const codes = answers.map(({ problem }) => problem.fix.code)
  expect(new Set(codes).size).toBe(20)
  for (const { problem, headers } of answers) {
    const { code, url, short_url: short, expires_at: expires } = problem.fix
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect([url, short]).toEqual([`${portal.config.origin}/r/${code}`, `${portal.config.origin}/r/${code}`])
    expect(headers['Link']).toContain(`<${short}>; rel="payment"`)
    expect(Date.parse(expires)).toBe((portal.clock.now + 86_400) * 1_000)
  }
})

test('somebody in a browser whom the portal does not know is sent to the short address', async () => {
  const { browser, problem } = await refused({ client: 'browser', actor: 'nobody-we-know' })
  expect(browser).toEqual({ location: problem.fix.short_url })
})

test('what the app takes back is cancelled for whoever polls it, as often as it is taken back', async () => {
  const { problem } = await refused()
  const path = `/v1/checks/${problem.request_id}`
  for (const _ of [1, 2]) expect((await portal.asApp('DELETE', path)).status).toBe(204)
  expect((await portal.ask('GET', path)).body).toEqual({
    state: 'cancelled',
    allowed: false,
    reasons: [],
    interval: 5,
  })
})

test('nobody takes back what another app was told, or without a key', async () => {
  const { problem } = await refused()
  const path = `/v1/checks/${problem.request_id}`
  expect((await portal.ask('DELETE', path)).status).toBe(401)
  const foreign = await portal.asApp('DELETE', path, undefined, otherAppKey)
  const unknown = await portal.asApp('DELETE', '/v1/checks/chk_AAAAAAAAAAAAAAAAAAAAAA', undefined, otherAppKey)
  expect([foreign.status, unknown.status]).toEqual([404, 404])
  expect((await portal.ask('GET', path)).body).toMatchObject({ state: 'open' })
})
