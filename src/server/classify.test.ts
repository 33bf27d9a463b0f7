import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

let bench: Bench
let portal: TestPortal

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin)
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

const ask = (body: unknown) => portal.asApp('POST', '/v1/classify', body)

test("another system's refusal is read into a reason, who can lift it, and a link to hand on", async () => {
  const sent = { error: { message: 'Insufficient Balance', type: 'unknown_error', code: 'invalid_request_error' } }
  const { status, body } = await ask({ status: 400, headers: { 'Content-Type': 'application/json' }, body: sent })
  expect([status, body]).toEqual([
    200,
    {
      reason: 'credits_exhausted',
      title: 'Credits are used up',
      fix: 'buy-credits',
      who: 'billing_admin',
      ambiguous: [],
      url: 'http://localhost:4020/fix?app=app_maps&reason=credits_exhausted',
    },
  ])
})

test('a body that can mean several leads to no pay screen, and says what it can mean', async () => {
  const body = 'The job was not started because recent account payments have failed or your spending limit was reached.'
  expect((await ask({ body })).body).toMatchObject({
    reason: 'unknown',
    fix: 'diagnosis',
    ambiguous: expect.arrayContaining(['card_declined', 'spend_cap_reached']),
    url: 'http://localhost:4020/fix?app=app_maps&reason=unknown',
  })
})

test.each(['', null, 'Payment Required', {}, [], 402, { a: { b: [] } }])(
  '%j says nothing, and is answered so',
  async (body) => {
    expect((await ask({ status: 402, body })).body).toMatchObject({ reason: 'unknown', ambiguous: [] })
  },
)

test.each([
  {},
  [],
  { status: 402 },
  { status: '402', body: '' },
  { status: 9_000, body: '' },
  { headers: 'none', body: '' },
  { headers: { 'retry-after': 5 }, body: '' },
  { headers: Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`x-${at}`, ''])), body: '' },
  { body: '', account: 'acct_81' },
])('%j is no question', async (question) => {
  expect(await ask(question)).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
})

test('only an app may ask', async () => {
  expect(await portal.ask('POST', '/v1/classify', { body: { body: '' } })).toMatchObject({ status: 401 })
})
