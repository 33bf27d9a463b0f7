import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodePaymentRequiredHeader } from '@x402/core/http'
import { isPaymentRequiredV2 } from '@x402/core/schemas'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { reasonFacts, reasons, type Reason } from '#diagnosis/reason.ts'
import { createFix402, type PaidQuestion } from './fix402.ts'

let portal = ''
let blockers: readonly Reason[] = []
let asked = 0
let errors: string[] = []

const server = createServer((request, response) => {
  request.resume()
  asked += 1
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer()))
})

function answer() {
  const [reason] = blockers
  if (reason === undefined) return { allowed: true, cache: { max_age: 0 } }
  const { status, title } = reasonFacts[reason]
  return {
    allowed: false,
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'access-control-expose-headers': 'Link, Retry-After',
    },
    problem: {
      type: `${portal}/problems/x`,
      title,
      status,
      reason,
      blockers: blockers.map((each) => ({ reason: each })),
      fix: { url: `${portal}/fix`, label: 'Fix' },
      poll: { url: `${portal}/v1/checks/chk_0123456789abcdefABCDEF`, interval: 5 },
    },
    cache: { max_age: 0 },
  }
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())
beforeEach(() => {
  blockers = ['credits_exhausted']
  asked = 0
  errors = []
})

const x402 = {
  x402Version: 2,
  error: 'Pay for one Zoë',
  resource: { url: 'https://maps.example/lookup' },
  accepts: [
    {
      scheme: 'exact',
      network: 'eip155:84532',
      amount: '10000',
      asset: '0x036C',
      payTo: '0x2096',
      maxTimeoutSeconds: 60,
      extra: {},
    },
  ],
} as const
const challenge = (id: string) =>
  `Payment id="${id}", realm="maps.example", method="tempo", intent="charge", request="eyJhbW91bnQiOiIxIn0", expires="2026-11-29T12:05:00Z", description="One \\"lookup\\", once"`

const payment = Buffer.from(JSON.stringify({ x402Version: 2, accepted: x402.accepts[0], payload: { proof: 'x' } }))
const credential = Buffer.from(JSON.stringify({ challenge: { id: 'ch_1' }, payload: { proof: 'x' } }))

async function ask(terms: Partial<PaidQuestion>, headers: Record<string, string> = {}) {
  const fix402 = createFix402({
    portal,
    appId: 'app_maps',
    key: 'secret',
    timeout: 5_000,
    cors: ['https://web.example'],
    onError: ({ message }) => void errors.push(message),
  })
  const request = new Request('https://maps.example/lookup', { headers: { accept: 'application/json', ...headers } })
  const refusal = await fix402.requirePaid(request, { account: 'acct_1', ...terms })
  if (!refusal) return undefined
  const body = (await refusal.json()) as Record<string, unknown>
  return { status: refusal.status, headers: refusal.headers, body }
}

const offer = { machinePayment: { x402, challenges: [challenge('ch_1')] } }
const offered = (refusal: Awaited<ReturnType<typeof ask>>) =>
  ['payment-required', 'www-authenticate'].map((name) => refusal?.headers.has(name))

/** The contract's table, 4.3: what one machine payment may lift. */
const lifts: readonly Reason[] = ['trial_ended', 'credits_exhausted', 'usage_limit_exceeded', 'plan_lacks_feature']
/** From here on nothing is a debt or a hold. */
const bearableFrom = reasons.indexOf('trial_ended')

test.each(reasons)('%s: a machine may pay for the request, or is offered nothing at all', async (reason) => {
  blockers = [reason]
  const refusal = await ask(offer)
  const expected = lifts.includes(reason)
  expect(offered(refusal)).toEqual([expected, expected])
  expect('accepts' in (refusal?.body ?? {})).toBe(expected)
})

test.each(reasons.filter((reason) => reason !== 'unknown'))(
  'beside %s, credits may be bought by machine only where that is no debt',
  async (reason) => {
    blockers = ['credits_exhausted', reason]
    const expected = reasons.indexOf(reason) >= bearableFrom
    expect(offered(await ask(offer))).toEqual([expected, expected])
  },
)

test('beside something that only a newer portal knows, nothing is offered', async () => {
  blockers = ['credits_exhausted', 'tax_hold' as Reason]
  expect(offered(await ask(offer))).toEqual([false, false])
})

test('nothing is offered unless the app offers it', async () => {
  for (const terms of [{}, { machinePayment: {} }, { machinePayment: { challenges: [] } }]) {
    const refusal = await ask(terms)
    expect(offered(refusal)).toEqual([false, false])
    expect(refusal?.headers.get('access-control-expose-headers')).toBe('Link, Retry-After')
  }
})

test('the offer of x402 is in the header and in the body, and stays what the app said', async () => {
  const refusal = await ask({ machinePayment: { x402 } })
  const decoded: unknown = decodePaymentRequiredHeader(refusal?.headers.get('payment-required') ?? '')
  expect(decoded).toEqual(x402)
  expect(isPaymentRequiredV2(decoded)).toBe(true)
  expect(refusal?.body).toMatchObject({ ...x402, status: 402, reason: 'credits_exhausted', fix: { label: 'Fix' } })
})

test('scripts of another origin may read the offers, and nobody keeps them', async () => {
  const headers = (await ask(offer, { origin: 'https://web.example' }))?.headers
  const exposed = headers?.get('access-control-expose-headers')?.split(', ')
  expect(exposed).toEqual(expect.arrayContaining(['Link', 'PAYMENT-REQUIRED', 'PAYMENT-RESPONSE', 'WWW-Authenticate']))
  expect(headers?.get('cache-control')).toBe('no-store')
})

/** RFC 9110 §11.6.1 read by other means than the code under test: challenges, each with its parameters. */
function readChallenges(header: string) {
  const found: { scheme: string; parameters: Record<string, string> }[] = []
  const tokens = /(?:([!#$%&'*+.^_`|~\w-]+) +(?=[\w-]+ *=))?([\w-]+) *= *("(?:[^"\\]|\\.)*"|[\w-]+) *(?:, *|$)/gy
  for (const [, scheme, name = '', value = ''] of header.matchAll(tokens)) {
    if (scheme !== undefined) found.push({ scheme, parameters: {} })
    found.at(-1)!.parameters[name] = value.startsWith('"') ? (JSON.parse(value) as string) : value
  }
  return found
}

test('each challenge of the Payment scheme can be read, also several in one header', async () => {
  const refusal = await ask({ machinePayment: { challenges: [challenge('ch_1'), challenge('ch_2')] } })
  const read = readChallenges(refusal?.headers.get('www-authenticate') ?? '')
  expect(read.map(({ scheme, parameters }) => [scheme, parameters['id']])).toEqual([
    ['Payment', 'ch_1'],
    ['Payment', 'ch_2'],
  ])
  expect(read[0]?.parameters).toMatchObject({
    realm: 'maps.example',
    method: 'tempo',
    intent: 'charge',
    request: 'eyJhbW91bnQiOiIxIn0',
    description: 'One "lookup", once',
  })
  expect(refusal?.body).toMatchObject({ challengeId: 'ch_1', type: `${portal}/problems/x` })
})

test.each([
  ['of another scheme', 'Basic realm="x"'],
  ['without an id', 'Payment realm="x", method="m", intent="charge", request="e30"'],
  ['with a line break', `${challenge('ch_1')}\r\nSet-Cookie: a=b`],
  ['with what no header may hold', challenge('ch_☃')],
  ['with a parameter twice', `${challenge('ch_1')}, id="ch_2"`],
])('a challenge %s is left out, and the refusal stands', async (_, value) => {
  const refusal = await ask({ machinePayment: { challenges: [value] } })
  expect([refusal?.status, offered(refusal), errors]).toEqual([
    402,
    [false, false],
    [expect.stringContaining('left out')],
  ])
})

test('offers that would make the headers longer than 8 KB are left out, header and body', async () => {
  const long = { ...x402, resource: { ...x402.resource, description: 'x'.repeat(6_000) } }
  const refusal = await ask({ machinePayment: { x402: long, challenges: [challenge('ch_1')] } })
  expect(offered(refusal)).toEqual([false, true])
  expect(refusal?.body).not.toHaveProperty('accepts')
  expect(errors).toEqual([expect.stringContaining('PAYMENT-REQUIRED is left out')])
  const most = await ask({ machinePayment: { x402, challenges: Array.from({ length: 100 }, () => challenge('ch_1')) } })
  const size = [...(most?.headers ?? [])].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
  expect(size).toBeLessThan(8_192)
})

test.each([
  ['PAYMENT-SIGNATURE', { 'payment-signature': payment.toString('base64') }],
  ['Authorization: Payment', { authorization: `Payment ${credential.toString('base64url')}` }],
])('a request that has paid (%s) is served without asking the portal', async (_, headers) => {
  const machinePayment = { ...offer.machinePayment, verify: async () => true }
  expect(await ask({ machinePayment }, headers)).toBeUndefined()
  expect(asked).toBe(0)
})

test.each([
  ['that is not good', async () => false],
  ['that cannot be verified just now', async () => Promise.reject(new Error('no facilitator'))],
])('a payment %s is refused as usual, with the offer', async (_, verify) => {
  const headers = { 'payment-signature': payment.toString('base64') }
  const refusal = await ask({ machinePayment: { x402, verify } }, headers)
  expect([refusal?.status, offered(refusal)]).toEqual([402, [true, false]])
})

test.each(['rubbish!', 'e30', Buffer.from('{"x402Version":2}').toString('base64')])(
  'a payment of x402 that cannot be read is the fault of who sends it: %s',
  async (value) => {
    const verify = async () => true
    const refusal = await ask({ machinePayment: { x402, verify } }, { 'payment-signature': value })
    expect(refusal).toMatchObject({ status: 400, body: { code: 'malformed_payment' } })
    expect(asked).toBe(0)
  },
)

test('a credential of the Payment scheme that cannot be read is answered with a fresh challenge', async () => {
  const machinePayment = { ...offer.machinePayment, verify: async () => true }
  for (const authorization of ['Payment rubbish!', 'Payment e30', 'Bearer x']) {
    expect(offered(await ask({ machinePayment }, { authorization }))).toEqual([true, true])
  }
})

test('a payment that nobody asked for changes nothing', async () => {
  const headers = { 'payment-signature': 'rubbish!', authorization: `Payment ${credential.toString('base64url')}` }
  expect(await ask({}, headers)).toMatchObject({ status: 402 })
})

test('who claims conformance with the Payment scheme answers 403 where no machine can pay, with the same body', async () => {
  blockers = ['card_declined']
  const usual = await ask(offer)
  const conforming = await ask({ ...offer, unpayableStatus: 403 })
  expect(conforming?.status).toBe(403)
  expect(conforming?.body).toEqual({ ...usual?.body, status: 403 })
  blockers = ['credits_exhausted']
  expect((await ask({ ...offer, unpayableStatus: 403 }))?.status).toBe(402)
})
