import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as later } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createFix402, type Fix402Options } from './fix402.ts'

const yes = { allowed: true, cache: { max_age: 30 } }
const no = {
  allowed: false,
  status: 402,
  headers: { 'content-type': 'application/problem+json' },
  problem: {
    title: 'An invoice is overdue',
    reason: 'invoice_overdue',
    fix: { url: 'http://portal/fix', label: 'Pay invoice' },
    poll: { url: 'http://portal/v1/checks/chk_aaaaaaaaaaaaaaaaaaaaaa', interval: 5 },
  },
  cache: { max_age: 2 },
}

type Answer = { status?: number; body?: unknown; text?: string; delay?: Promise<unknown> }
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A portal that answers checks with the next of the given answers, and keeps to the last one. */
async function portalThatAnswers(...answers: Answer[]) {
  const asked: { authorization: string | undefined; body: Record<string, unknown> }[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => (text += String(chunk)))
    request.on('end', () => {
      asked.push({ authorization: request.headers.authorization, body: JSON.parse(text) })
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      void Promise.resolve(answer?.delay).then(() => {
        response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' })
        response.end(answer?.text ?? JSON.stringify(answer?.body))
      })
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, server }
}

function app(portal: string, differs: Partial<Fix402Options> = {}) {
  const clock = { ms: 1_795_348_800_000 }
  const errors: string[] = []
  const fix402 = createFix402({
    portal,
    appId: 'app_maps',
    key: 'secret',
    timeout: 5_000,
    now: () => clock.ms,
    onError: (error) => void errors.push(error.message),
    ...differs,
  })
  return { fix402, clock, errors }
}

test("a check is asked with the app's key and in the words of the contract", async () => {
  const portal = await portalThatAnswers({ body: yes })
  const { fix402 } = app(portal.url)
  await fix402.check({ account: 'acct_1', actor: 'anna', meter: 'tiles', quantity: 3, returnTo: 'http://app/x' })
  expect(portal.asked).toEqual([
    {
      authorization: 'Bearer secret',
      body: {
        account: 'acct_1',
        actor: 'anna',
        meter: 'tiles',
        quantity: 3,
        return_to: 'http://app/x',
        client: 'program',
        fresh: false,
      },
    },
  ])
})

test('an answer is used again for as long as the portal allows, for that account only', async () => {
  const portal = await portalThatAnswers({ body: yes })
  const { fix402, clock } = app(portal.url)
  const first = await fix402.check({ account: 'acct_1' })
  clock.ms += 29_000
  const second = await fix402.check({ account: 'acct_1' })
  await fix402.check({ account: 'acct_2' })
  clock.ms += 1_000
  await fix402.check({ account: 'acct_1' })
  expect([first.source, second.source]).toEqual(['portal', 'cache'])
  expect(portal.asked.map(({ body }) => body['account'])).toEqual(['acct_1', 'acct_2', 'acct_1'])
})

test('a refusal that names the way back to one page is not given to another page', async () => {
  const portal = await portalThatAnswers({ body: no })
  const { fix402 } = app(portal.url)
  await fix402.check({ account: 'acct_1', returnTo: 'http://app/a' })
  await fix402.check({ account: 'acct_1', returnTo: 'http://app/a' })
  await fix402.check({ account: 'acct_1', returnTo: 'http://app/b' })
  expect(portal.asked.map(({ body }) => body['return_to'])).toEqual(['http://app/a', 'http://app/b'])
})

test('many at once with the same question ask the portal once', async () => {
  const portal = await portalThatAnswers({ body: yes })
  const { fix402 } = app(portal.url)
  const decisions = await Promise.all(Array.from({ length: 20 }, () => fix402.check({ account: 'acct_1' })))
  expect(decisions.every(({ allowed }) => allowed)).toBe(true)
  expect(portal.asked).toHaveLength(1)
})

test('a fresh check does not use a remembered answer, and replaces it', async () => {
  const portal = await portalThatAnswers({ body: no }, { body: yes })
  const { fix402 } = app(portal.url)
  await fix402.check({ account: 'acct_1' })
  await fix402.check({ account: 'acct_1', fresh: true })
  const after = await fix402.check({ account: 'acct_1' })
  expect(after).toMatchObject({ allowed: true, source: 'cache' })
})

test('a slow old answer does not undo what a fresh check has learned since', async () => {
  const slow = Promise.withResolvers<void>()
  const portal = await portalThatAnswers({ body: no, delay: slow.promise }, { body: yes })
  const { fix402 } = app(portal.url)
  const old = fix402.check({ account: 'acct_1' })
  await expect.poll(() => portal.asked).toHaveLength(1)
  await fix402.check({ account: 'acct_1', fresh: true })
  slow.resolve()
  expect((await old).allowed).toBe(false)
  expect(await fix402.check({ account: 'acct_1' })).toMatchObject({ allowed: true, source: 'cache' })
})

test.each([
  ['is gone', { status: 502, text: 'bad gateway' }],
  ['refuses the key', { status: 401, body: { code: 'unauthorized' } }],
  ['answers with something else', { text: '<html>' }],
  ['answers with half a refusal', { body: { allowed: false, cache: { max_age: 2 } } }],
])('nobody is refused because the portal %s', async (_, answer) => {
  const portal = await portalThatAnswers(answer)
  const { fix402, errors } = app(portal.url)
  expect(await fix402.check({ account: 'acct_1' })).toMatchObject({ allowed: true, source: 'unavailable' })
  expect(errors).toHaveLength(1)
})

test('a portal that does not answer in time is not waited for', async () => {
  const never = new Promise(() => {})
  const portal = await portalThatAnswers({ delay: never })
  const { fix402, errors } = app(portal.url, { timeout: 50 })
  const decision = await Promise.race([fix402.check({ account: 'acct_1' }), later(4_000, undefined)])
  expect(decision).toMatchObject({ allowed: true, source: 'unavailable' })
  expect(errors[0]).toContain('timeout')
})

test('while the portal is down its last word counts for fifteen minutes, yes or no', async () => {
  const portal = await portalThatAnswers({ body: no }, { status: 500 })
  const { fix402, clock } = app(portal.url)
  await fix402.check({ account: 'acct_1' })
  clock.ms += 15 * 60_000
  expect(await fix402.check({ account: 'acct_1' })).toMatchObject({ allowed: false, source: 'stale', status: 402 })
  clock.ms += 1_000
  expect(await fix402.check({ account: 'acct_1' })).toMatchObject({ allowed: true, source: 'unavailable' })
})

test('an app that would rather refuse than guess says 503, never 402', async () => {
  const { fix402 } = app('http://127.0.0.1:1', { onUnavailable: 'refuse' })
  expect(await fix402.check({ account: 'acct_1' })).toMatchObject({ allowed: false, status: 503 })
})

test('an account that is forgotten is asked for again, and only that one', async () => {
  const portal = await portalThatAnswers({ body: yes })
  const { fix402 } = app(portal.url)
  await fix402.check({ account: 'acct_1' })
  await fix402.check({ account: 'acct_2' })
  fix402.forget('acct_1')
  await fix402.check({ account: 'acct_1' })
  await fix402.check({ account: 'acct_2' })
  expect(portal.asked.map(({ body }) => body['account'])).toEqual(['acct_1', 'acct_2', 'acct_1'])
})

test('while the portal is down, a visitor is not told what somebody of the account was told', async () => {
  const portal = await portalThatAnswers({ body: no }, { status: 500 })
  const { fix402 } = app(portal.url)
  await fix402.check({ account: 'acct_1' })
  expect(await fix402.check({ account: 'acct_1', audience: 'visitor' })).toMatchObject({ source: 'unavailable' })
  expect(portal.asked.map(({ body }) => body['audience'])).toEqual([undefined, 'visitor'])
})
