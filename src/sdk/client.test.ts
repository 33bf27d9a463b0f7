import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPaidFetch, ParkingEnded, PaymentRequiredError, type PaidFetchOptions } from './client.ts'

type Heard = { line: string; key: string | undefined; body: string }
let url = ''
let heard: Heard[] = []
/** Whether the app refuses, and what the portal says when it is asked. */
let refuses = true
let says: () => { status: number; body?: object; headers?: Record<string, string> } = () => ({ status: 500 })
let problem: Record<string, unknown> = {}
let waits: number[] = []

/** One server is both the app and the portal. */
const server = createServer((request, response) => void answer(request, response))

async function answer(request: IncomingMessage, response: ServerResponse) {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const line = `${request.method} ${request.url}`
  heard.push({ line, key: request.headers['idempotency-key'] as string | undefined, body })
  if (request.url?.startsWith('/v1/checks/')) {
    const { status, body: said = {}, headers = {} } = says()
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(said))
  } else if (refuses) {
    response.writeHead(402, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem))
  } else response.writeHead(200).end('served')
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  heard = []
  waits = []
  refuses = true
  problem = refusal()
})

function refusal(differs: object = {}) {
  return {
    title: 'An invoice is overdue',
    status: 402,
    detail: 'Invoice INV-1042 is open',
    reason: 'invoice_overdue',
    scope: 'account',
    account: { id: 'acct_1' },
    fix: { url: `${url}/fix`, short_url: `${url}/r/7KQ2-M4XD`, label: 'Pay invoice', who: 'billing_admin' },
    poll: { url: `${url}/v1/checks/chk_1`, interval: 5 },
    retry: 'after_fix',
    ...differs,
  }
}

const still = (state = 'open', allowed = false) => ({
  status: 200,
  body: { state, allowed, reasons: ['invoice_overdue'], interval: 5 },
})
/** The portal lifts the refusal when it has been asked so often. */
function liftedAfter(looks: number) {
  let left = looks
  says = () => {
    left -= 1
    refuses &&= left > 0
    return left > 0 ? still() : still('resolved', true)
  }
}

const sleep: NonNullable<PaidFetchOptions['sleep']> = async (milliseconds) => void waits.push(milliseconds / 1_000)
const client = (differs: PaidFetchOptions = {}) => createPaidFetch({ sleep, ...differs })
const lines = (start: string) => heard.filter(({ line }) => line.startsWith(start))

async function refusedBy(fetchPaid: typeof fetch, path = '/api'): Promise<PaymentRequiredError> {
  const error: unknown = await fetchPaid(url + path).catch((reason: unknown) => reason)
  if (!(error instanceof PaymentRequiredError)) throw new Error('the request was not refused')
  return error
}

test('a refusal is thrown, says whom to ask and where, and is not for repeating', async () => {
  const error = await refusedBy(client())
  expect(error).toMatchObject({ retryable: false, problem: { reason: 'invoice_overdue' } })
  expect(error.message).toContain('An invoice is overdue – Invoice INV-1042 is open')
  expect(error.message).toContain('/r/7KQ2-M4XD')
})

test('what is served, and what others refuse, is passed on as it came', async () => {
  problem = { error: 'pay me in coins' }
  const foreign = await client()(`${url}/api`)
  expect([foreign.status, await foreign.json()]).toEqual([402, { error: 'pay me in coins' }])
  refuses = false
  expect(await (await client()(`${url}/api`)).text()).toBe('served')
})

test('parked, a program asks at the interval until the refusal is lifted', async () => {
  liftedAfter(3)
  await (await refusedBy(client())).park()
  expect(waits).toEqual([5, 5])
})

test('told to slow down, it asks five seconds later for good', async () => {
  const answers = [{ status: 429, headers: { 'retry-after': '20' } }, still(), still('resolved', true)]
  says = () => answers.shift() ?? still('resolved', true)
  await (await refusedBy(client())).park()
  expect(waits).toEqual([20, 10])
})

test.each([
  ['expired', () => ({ status: 410 })],
  ['cancelled', () => still('cancelled')],
  ['unknown', () => ({ status: 404 })],
] as const)('nobody waits for a refusal that is %s', async (outcome, answer) => {
  says = answer
  const parked = (await refusedBy(client())).park()
  await expect(parked).rejects.toBeInstanceOf(ParkingEnded)
  await expect(parked).rejects.toMatchObject({ outcome })
})

test('all who wait for one account share one poll, and are told once', async () => {
  const told: string[] = []
  const fetchPaid = client({ onParked: ({ reason }) => void told.push(reason) })
  const errors = await Promise.all(Array.from({ length: 20 }, (_, index) => refusedBy(fetchPaid, `/api/${index}`)))
  liftedAfter(3)
  await Promise.all(errors.map((error) => error.park()))
  expect([lines('GET /v1/checks/').length, told]).toEqual([3, ['invoice_overdue']])
})

test('who gives up leaves the others waiting; when the last gives up nobody asks any more', async () => {
  const fetchPaid = client()
  const [one, other] = [await refusedBy(fetchPaid), await refusedBy(fetchPaid)]
  const [first, second] = [new AbortController(), new AbortController()]
  let looks = 0
  says = () => {
    looks += 1
    if (looks === 2) first.abort(new Error('enough'))
    if (looks === 4) second.abort(new Error('me too'))
    return still()
  }
  const results = await Promise.allSettled([one.park({ signal: first.signal }), other.park({ signal: second.signal })])
  expect(results).toMatchObject([{ reason: { message: 'enough' } }, { reason: { message: 'me too' } }])
  expect(looks).toBe(4)
})

test('who begins to wait in the moment when the last one gives up is asked for anew', async () => {
  const fetchPaid = client()
  const [one, other] = [await refusedBy(fetchPaid), await refusedBy(fetchPaid)]
  const stop = new AbortController()
  let parked: Promise<void> | undefined
  says = () => still()
  const first = one.park({ signal: stop.signal }).catch(() => {
    parked = other.park()
  })
  liftedAfter(3)
  stop.abort()
  await first
  expect(refuses).toBe(true)
  await parked
  expect(refuses).toBe(false)
})

test('a request that waits is repeated as it was, under the same key', async () => {
  liftedAfter(2)
  const served = await client({ park: true })(`${url}/api`, { method: 'POST', body: 'tiles=3' })
  expect(await served.text()).toBe('served')
  const sent = lines('POST /api')
  expect(sent.map(({ body }) => body)).toEqual(['tiles=3', 'tiles=3'])
  expect(sent[0]?.key).toMatch(/^[\da-f-]{36}$/)
  expect(sent[1]?.key).toBe(sent[0]?.key)
})

test('a key that the caller has chosen is kept', async () => {
  liftedAfter(1)
  await client({ park: true })(`${url}/api`, { method: 'POST', headers: { 'idempotency-key': 'mine' } })
  expect(lines('POST /api').map(({ key }) => key)).toEqual(['mine', 'mine'])
})

test('while a whole account waits, its other requests are not sent, and all are served in the end', async () => {
  let release = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  says = () => still('resolved', true)
  const fetchPaid = client({
    park: true,
    fetch: async (input, init) => {
      if ((input instanceof Request ? input.url : String(input)).includes('/v1/checks/')) await gate
      return fetch(input, init)
    },
    onParked: () => {
      later = Promise.all(['/api/2', '/api/3'].map((path) => fetchPaid(url + path)))
      expect(lines('GET /api/2')).toEqual([])
      refuses = false
      release()
    },
  })
  let later: Promise<Response[]> = Promise.resolve([])
  await fetchPaid(`${url}/api/1`)
  expect((await later).map(({ status }) => status)).toEqual([200, 200])
  expect(lines('GET /v1/checks/')).toHaveLength(1)
})

test('an app that refuses whatever the portal says is not asked for ever', async () => {
  says = () => still('resolved', true)
  await expect(client({ park: true })(`${url}/api`)).rejects.toBeInstanceOf(PaymentRequiredError)
  expect(lines('GET /api')).toHaveLength(9)
  expect(waits).toEqual([5, 5, 5, 5, 5, 5, 5])
})

test.each(['never', 'smaller_request'])('nobody waits where waiting does not help: %s', async (retry) => {
  problem = refusal({ retry })
  await expect(client({ park: true })(`${url}/api`)).rejects.toBeInstanceOf(PaymentRequiredError)
  expect(lines('GET /v1/checks/')).toEqual([])
})
