import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardDeclined, healthy, inGrace } from '#sandbox/demo/building.ts'
import { saveCard, type Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { members, openTestPortal, otherAppKey, ticketOf, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
let bench: Bench
let portal: TestPortal
let studio: Studio

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  const { customer } = await cardDeclined(studio, who)
  await portal.register('acct_declined', { stripe_customer: customer, label: 'Acme GmbH' })
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

type Refused = {
  allowed: false
  status: number
  headers: Record<string, string>
  problem: Record<string, unknown> & { poll: { url: string }; fix: { url: string } }
}

async function refused(question: object = {}): Promise<Refused> {
  const { body } = await portal.asApp('POST', '/v1/checks', { account: 'acct_declined', ...question })
  expect(body).toMatchObject({ allowed: false })
  return body as Refused
}

test.each([
  ['PUT', '/v1/accounts/acct_1', { label: 'Acme' }],
  ['GET', '/v1/accounts/acct_1', undefined],
  ['POST', '/v1/checks', { account: 'acct_declined' }],
  ['POST', '/v1/sessions', { account: 'acct_declined', actor: 'anna' }],
])('%s %s is answered to an app with its key only', async (method, path, body) => {
  for (const authorization of [undefined, 'Bearer wrong', 'Bearer ', 'Basic Zml4NDAyOg==', 'Bearer sha256']) {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
    const answer = await portal.ask(method, path, { body, headers })
    expect([answer.status, answer.body]).toEqual([401, expect.objectContaining({ code: 'not-authenticated' })])
  }
})

test('another app’s account and one that nobody knows are answered with the same bytes', async () => {
  const questions = (account: string) =>
    [
      ['GET', `/v1/accounts/${account}`, undefined],
      ['POST', '/v1/checks', { account }],
      ['POST', '/v1/sessions', { account, actor: 'anna' }],
    ] as const
  const answers = async (account: string) =>
    Promise.all(
      questions(account).map(async ([method, path, body]) => {
        const answer = await portal.asApp(method, path, body, otherAppKey)
        const { request_id: _, ...said } = answer.body as { request_id: string }
        const headers = [...answer.headers].filter(([name]) => name !== 'x-request-id')
        return [answer.status, headers, JSON.stringify(said).replaceAll(account, 'acct')]
      }),
    )
  const foreign = await answers('acct_declined')
  expect(foreign).toEqual(await answers('acct_unknown_'))
  expect(foreign.map(([status]) => status)).toEqual([404, 404, 404])
})

test('two apps may use the same account id for different customers', async () => {
  await portal.register('acct_shared', { label: 'Ours' })
  await portal.register('acct_shared', { label: 'Theirs', members: [] }, otherAppKey)
  const labelOf = async (key?: string) => (await portal.asApp('GET', '/v1/accounts/acct_shared', undefined, key)).body
  expect(await labelOf()).toMatchObject({ label: 'Ours', members })
  expect(await labelOf(otherAppKey)).toMatchObject({ label: 'Theirs', members: [] })
})

test.each([
  ['/v1/accounts/acct_1', 'PUT', { label: '' }, 'label'],
  ['/v1/accounts/acct_1', 'PUT', { label: 'A', members: [{ id: 'x', role: 'king' }] }, 'members.0.role'],
  ['/v1/accounts/acct_1', 'PUT', { label: 'A', stripe_customer: '4242' }, 'stripe_customer'],
  ['/v1/accounts/acct_1', 'PUT', { label: 'A', members: [members[0], members[0]] }, 'members'],
  ['/v1/accounts/acct_1', 'PUT', { label: 'zero\u0000byte' }, 'label'],
  ['/v1/accounts/acct_1', 'PUT', { label: 'A', hold: { since: 1, note: 'half \ud800' } }, 'hold.note'],
  [
    '/v1/accounts/acct_1',
    'PUT',
    { label: 'A', members: [{ id: 'x', role: 'owner', name: '\u0000' }] },
    'members.0.name',
  ],
  ['/v1/accounts/acct_1', 'PUT', { label: 'A', members: [{ id: 'x', role: 'owner', email: 'x' }] }, 'members.0.email'],
  ['/v1/accounts/acct_1', 'PUT', { label: 'A', seats: -1 }, 'seats'],
  ['/v1/checks', 'POST', { account: 'a', feature: 'zero\u0000byte' }, 'feature'],
  ['/v1/checks', 'POST', { account: 'a', state: '\udc00' }, 'state'],
  ['/v1/checks', 'POST', { account: 'a', audience: 'everybody' }, 'audience'],
  ['/v1/checks', 'POST', { account: 'a', quantity: -1 }, 'quantity'],
  ['/v1/checks', 'POST', { account: 'a', state: 'x'.repeat(513) }, 'state'],
  ['/v1/checks', 'POST', { account: 'white space' }, 'account'],
  ['/v1/checks', 'POST', {}, 'account'],
  ['/v1/sessions', 'POST', { account: 'a' }, 'actor'],
])('%s %s with a wrong field is a 400 that names it', async (path, method, body, field) => {
  const answer = await portal.asApp(method, path, body)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json'])
  expect(answer.body).toMatchObject({ code: 'invalid-request', detail: expect.stringContaining(`${field}:`) })
  expect((answer.body as { errors: { path: string }[] }).errors.map(({ path }) => path)).toContain(field)
})

test('a misspelt field is refused by its name, not swallowed', async () => {
  const answer = await portal.asApp('POST', '/v1/checks', { account: 'acct_declined', featur: 'export' })
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('featur')])
})

test.each(['{"account":', 'null', '[]', '"acct"', ''])('a body that is no object (%s) is a 400', async (body) => {
  const answer = await portal.asApp('POST', '/v1/checks', body)
  expect([answer.status, answer.body]).toEqual([400, expect.objectContaining({ code: 'invalid-request' })])
})

test('an account is what was last put: members and customer that are left out are gone', async () => {
  await portal.register('acct_put', { stripe_customer: 'cus_123' })
  await portal.register('acct_put', { label: 'New name', members: [{ id: 'zoe', role: 'owner' }] })
  const { body } = await portal.asApp('GET', '/v1/accounts/acct_put')
  expect(body).toEqual({
    id: 'acct_put',
    label: 'New name',
    stripe_customer: null,
    members: [{ id: 'zoe', role: 'owner' }],
  })
})

test('putting the same twice changes nothing, and an account that was never put is not found', async () => {
  const account = { label: 'Twice', seats: 2, members: [{ id: 'zoe', role: 'owner', email: 'zoe@acme.example' }] }
  const put = () => portal.asApp('PUT', '/v1/accounts/acct_twice', account)
  const answers = [await put(), await put(), await portal.asApp('GET', '/v1/accounts/acct_twice')]
  const said = { id: 'acct_twice', stripe_customer: null, ...account }
  expect(answers.map(({ status, body }) => [status, body])).toEqual(answers.map(() => [200, said]))
  expect((await portal.asApp('GET', '/v1/accounts/acct_never')).body).toMatchObject({ status: 404, code: 'not-found' })
})

test('a refusal is ready-made: status, headers and a body that names what is wrong', async () => {
  const { status, headers, problem } = await refused({ feature: 'export', quantity: 3 })
  expect([status, problem['status'], problem['reason'], problem['retry']]).toEqual([
    402,
    402,
    'card_declined',
    'after_fix',
  ])
  expect(problem).toMatchObject({
    blockers: [{ reason: 'card_declined', detail: { amount_due: 49_00, currency: 'eur' } }],
    account: { id: 'acct_declined', label: 'Acme GmbH' },
    subject: { feature: 'export', requested: 3 },
    fix: { label: 'Update card', who: 'billing_admin' },
  })
  expect(headers).toMatchObject({
    'Content-Type': 'application/problem+json',
    'Content-Language': 'en',
    'Cache-Control': 'no-store',
    Vary: 'Accept, Origin, Sec-Fetch-Mode',
    Link: `<${problem.fix.url}>; rel="payment"; title="Update card"`,
    'Access-Control-Expose-Headers': expect.stringContaining('Link'),
  })
  expect(JSON.stringify(problem).length).toBeLessThan(8_192)
})

test('a member in a browser gets a ticket at once, a stranger a link that gives nothing', async () => {
  const ask = (actor: string) =>
    portal.asApp('POST', '/v1/checks', { account: 'acct_declined', client: 'browser', actor })
  expect(ticketOf((await ask('anna')).body)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  const { body } = await ask('nobody-we-know')
  expect(body).toMatchObject({ browser: { location: expect.stringMatching(/\/r\/[0-9A-Z]{4}-[0-9A-Z]{4}$/) } })
})

test('in good standing the answer is yes; in grace it is yes with a warning that says until when', async () => {
  await portal.register('acct_well', { stripe_customer: (await healthy(studio, who)).customer })
  await portal.register('acct_grace', { stripe_customer: (await inGrace(studio, who)).customer })
  const { body } = await portal.asApp('POST', '/v1/checks', { account: 'acct_well' })
  expect(body).toEqual({ allowed: true, cache: { max_age: 30 } })
  const grace = (await portal.asApp('POST', '/v1/checks', { account: 'acct_grace' })).body
  expect(grace).toMatchObject({ allowed: true, warnings: [{ reason: 'card_declined' }] })
  const [warning] = (grace as { warnings: { at: string }[] }).warnings
  expect(Date.parse(warning?.at ?? '')).toBeGreaterThan(portal.clock.now * 1_000)
})

test('whoever polls sees a refusal go from open to seen to resolved, and never an amount or a name', async () => {
  const { customer, invoice = '' } = await cardDeclined(studio, who)
  await portal.register('acct_polled', { stripe_customer: customer })
  const { problem } = await refused({ account: 'acct_polled' })
  const poll = () => portal.ask('GET', new URL(problem.poll.url).pathname)
  const open = await poll()
  expect(open.body).toEqual({ state: 'open', allowed: false, reasons: ['card_declined'], interval: 5 })
  expect(open.headers.get('retry-after')).toBe('5')
  const browser = portal.browser()
  await browser.enter('acct_polled')
  const check = new URL(problem.poll.url).pathname.split('/').at(-1)
  await browser.get(`/api/visit?check=${check}`)
  portal.clock.now += 5
  expect((await poll()).body).toMatchObject({ state: 'seen' })
  await bench.stripe.invoices.pay(invoice, { payment_method: await saveCard(studio, { id: customer }, 'pm_card_visa') })
  portal.clock.now += 11
  const resolved = await poll()
  expect(resolved.body).toEqual({ state: 'resolved', allowed: true, reasons: [], interval: 5 })
  portal.clock.now += 86_400
  expect((await poll()).status).toBe(410)
})

test.each(['chk_', 'chk_AAAAAAAAAAAAAAAAAAAAAA', 'x', '%00', "'--", `chk_${'A'.repeat(4_000)}`])(
  'polling the made-up id %s finds nothing',
  async (id) => {
    expect([400, 404]).toContain((await portal.ask('GET', `/v1/checks/${id}`)).status)
  },
)

test('a link into the portal is for members, and lasts five minutes', async () => {
  const { status, body } = await portal.asApp('POST', '/v1/sessions', { account: 'acct_declined', actor: 'sam' })
  expect([status, body]).toEqual([
    200,
    {
      url: expect.stringContaining(`${portal.config.origin}/fix#t=`),
      expires_at: new Date((portal.clock.now + 300) * 1_000).toISOString(),
    },
  ])
  const stranger = await portal.asApp('POST', '/v1/sessions', { account: 'acct_declined', actor: 'mallory' })
  expect(stranger.status).toBe(404)
})
