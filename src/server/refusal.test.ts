import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardDeclined, healthy, invoiceByEmail, inGrace } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
let bench: Bench
let portal: TestPortal
let studio: Studio

const manyPlans = Array.from({ length: 200 }, (_, number) => `${'tours'.repeat(10)}_${number}`)

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, {
    merchant: {
      plans: {
        team_monthly: { name: 'Team', seats: 5, limits: { tiles: { included: 100, hard: true } }, features: ['maps'] },
        pro_yearly: { name: 'Pro', features: ['export'] },
        ...Object.fromEntries(manyPlans.map((key) => [key, { name: 'Tours', features: ['tours'] }])),
      },
      meters: { tiles: { name: 'Tiles', unit: 'tiles' } },
    },
  })
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  const { customer } = await cardDeclined(studio, who)
  await portal.register('acct_declined', { stripe_customer: customer, label: 'Acme GmbH' })
  const { customer: good } = await healthy(studio, who)
  await portal.register('acct_well', { stripe_customer: good, label: 'Well AG', seats: 5 })
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

type Answer = {
  allowed: boolean
  status: number
  headers: Record<string, string>
  problem: Record<string, unknown> & { detail: string; fix: Record<string, unknown>; request_id: string }
  warnings?: Record<string, unknown>[]
}

async function ask(question: object = {}): Promise<Answer> {
  const { status, body } = await portal.asApp('POST', '/v1/checks', { account: 'acct_declined', ...question })
  expect(status).toBe(200)
  return body as Answer
}

test('the refusal says in a sentence which invoice, how much and since when', async () => {
  const { customer } = await invoiceByEmail(studio, who)
  await portal.register('acct_invoice', { stripe_customer: customer })
  const { problem } = await ask({ account: 'acct_invoice' })
  expect(problem['reason']).toBe('invoice_overdue')
  expect(problem.detail).toMatch(/^Invoice \S+ \(€[\d,.]+\) has been open since \d{1,2} \w+ \d{4}\.$/)
})

const names = ['Acme GmbH', 'acct_declined']
const money = /4900|49[.,]00|€|invoice|INV/i

test.each([
  ['nobody in particular', {}, { amounts: true, label: true }],
  ['a payer', { actor: 'jo' }, { amounts: true, label: true }],
  ['a member', { actor: 'sam' }, { amounts: false, label: true }],
  ['a person whom only the app knows', { actor: 'nobody-we-know' }, { amounts: false, label: false }],
])('to %s the refusal tells the reason, and amounts and the name only where they are theirs', async (_, asks, told) => {
  const { problem } = await ask(asks)
  const { request_id: _id, poll: _poll, instance: _instance, ...said } = problem
  expect(said).toMatchObject({
    reason: 'card_declined',
    account: { id: 'acct_declined' },
    fix: { code: expect.any(String) },
  })
  const text = JSON.stringify({ ...said, fix: { ...problem.fix, url: '', short_url: '', code: '' } })
  expect([money.test(text), text.includes('Acme GmbH')]).toEqual([told.amounts, told.label])
})

test('a visitor hears only that somebody else has to see to it', async () => {
  const { status, headers, problem } = await ask({
    audience: 'visitor',
    actor: 'anna',
    client: 'browser',
    feature: 'x',
  })
  expect([status, problem]).toEqual([
    402,
    {
      type: `${portal.config.origin}/problems/payment-required`,
      title: 'Access needs attention',
      status: 402,
      detail: expect.any(String),
      instance: expect.stringMatching(/^urn:fix402:check:chk_/),
      reason: 'unknown',
      blockers: [{ reason: 'unknown' }],
      scope: 'account',
      fix: {
        url: `${portal.config.origin}/fix?app=app_maps`,
        label: 'See what is wrong',
        who: 'billing_admin',
      },
      poll: expect.anything(),
      retry: 'after_fix',
      request_id: expect.any(String),
    },
  ])
  expect(headers['Link']).toBe(`<${portal.config.origin}/fix?app=app_maps>; rel="payment"; title="See what is wrong"`)
  const text = JSON.stringify(problem)
  expect(names.filter((name) => text.includes(name))).toEqual([])
  expect(await ask({ audience: 'visitor', client: 'browser' })).not.toHaveProperty('browser')
})

test('what is nobody’s billing is told to visitors too, so that their programs know when to come back', async () => {
  const told = { account: 'acct_well', reason: 'rate_limited', retry_after: 30, audience: 'visitor' }
  expect(await ask(told)).toMatchObject({
    status: 429,
    headers: { 'Retry-After': '30' },
    problem: { reason: 'rate_limited', retry: 'after_reset' },
  })
})

test('what time cures always says when to come back', async () => {
  for (const reason of ['rate_limited', 'upstream_billing'])
    expect((await ask({ account: 'acct_well', reason })).headers).toMatchObject({ 'Retry-After': '5' })
  expect((await ask()).headers).not.toHaveProperty('Retry-After')
})

test('of a limit it is said how much there is, of what, and which way costs nothing', async () => {
  const event = { id: 'evt_tiles', account: 'acct_well', meter: 'tiles', quantity: 95, at: portal.clock.now }
  await portal.asApp('POST', '/v1/usage', { events: [event] })
  const { problem } = await ask({ account: 'acct_well', meter: 'tiles', quantity: 8 })
  expect(problem).toMatchObject({
    reason: 'usage_limit_exceeded',
    scope: 'request',
    retry: 'smaller_request',
    subject: { meter: 'tiles', requested: 8, remaining: 5, limit: 100, unit: 'tiles' },
    fix: { alternatives: [{ label: 'Ask for at most 5 tiles' }, { label: expect.stringMatching(/^Wait until \d/) }] },
  })
  expect(problem.detail).toMatch(/^95 of 100 tiles are used, and this request needs 8\. They begin anew on /)
  expect((await ask({ account: 'acct_well', meter: 'seats' })).problem).toMatchObject({
    scope: 'subject',
    detail: '5 of 5 seats are taken.',
    subject: { meter: 'seats', limit: 5, unit: 'seats' },
    fix: { alternatives: [{ label: 'Free a seat' }] },
  })
  expect((await ask()).problem).toMatchObject({ scope: 'account' })
  expect((await ask()).problem.fix).not.toHaveProperty('alternatives')
})

test('a warning brings what a banner needs, and writes nothing down', async () => {
  await portal.register('acct_grace', { stripe_customer: (await inGrace(studio, who)).customer })
  const { allowed, warnings } = await ask({ account: 'acct_grace', actor: 'sam' })
  expect([allowed, warnings]).toEqual([
    true,
    [
      {
        type: `${portal.config.origin}/problems/card-declined`,
        title: 'The last payment was declined',
        reason: 'card_declined',
        at: expect.stringMatching(/Z$/),
        fix: {
          url: `${portal.config.origin}/fix?app=app_maps&reason=card_declined`,
          label: 'Update card',
          who: 'billing_admin',
        },
      },
    ],
  ])
  expect((await ask({ account: 'acct_grace', audience: 'visitor' })).warnings).toBeUndefined()
})

test.each([
  ['control characters', '\u0001'],
  ['quotes', '"'],
  ['Chinese', '界'],
  ['emoji', '🗺'],
])(
  'however long the names are, in %s too, the body stays within 8 KB and the headers are well-formed',
  async (_, one) => {
    const long = (length: number) => one.repeat(length / one.length)
    await portal.register('acct_long', { label: long(200), hold: { since: 1_700_000_000, note: long(500) } })
    const question = { feature: long(100), meter: long(100), quantity: 1e300, api_key: long(128) }
    const answers = [
      await ask({ ...question, account: 'acct_long' }),
      await ask({ ...question, account: 'acct_long', reason: 'rate_limited' }),
      await ask({ ...question, account: 'acct_well', reason: 'plan_lacks_feature' }),
    ]
    for (const { problem, headers } of answers) {
      expect(Buffer.byteLength(JSON.stringify(problem))).toBeLessThanOrEqual(8_192)
      for (const [name, value] of Object.entries(headers)) expect(new Headers([[name, value]]).get(name)).toBe(value)
    }
  },
)

test('a body that figures would make too large goes without them', async () => {
  const { problem } = await ask({ account: 'acct_well', feature: 'tours' })
  expect(problem).toMatchObject({ reason: 'plan_lacks_feature', blockers: [{ reason: 'plan_lacks_feature' }] })
  expect(problem['blockers']).toEqual([{ reason: 'plan_lacks_feature' }])
  expect((await ask({ account: 'acct_well', feature: 'export' })).problem).toMatchObject({
    blockers: [{ detail: { feature: 'export', plans: ['pro_yearly'] } }],
  })
})
