import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { pollUntilSettled, type PollOptions } from './poll.ts'

const open = { state: 'open', allowed: false, reasons: ['card_declined'], interval: 5 }
const resolved = { ...open, state: 'resolved', allowed: true, reasons: [] }

type Answer = { status?: number; headers?: Record<string, string>; body?: unknown } | 'hang up'
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A portal that answers with the next of the given answers, and keeps to the last one. */
async function portalThatAnswers(...answers: Answer[]) {
  const server = createServer((request, response) => {
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? {}
    if (answer === 'hang up') return request.socket.destroy()
    response.writeHead(answer.status ?? 200, { connection: 'close', ...answer.headers })
    response.end(JSON.stringify(answer.body ?? {}))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/checks/chk_0123456789abcdefABCDEF`
}

/** Waits on a clock that jumps instead of running; gives the outcome and the seconds between the looks. */
async function poll(url: string, differs: Partial<PollOptions> = {}) {
  let now = 1_795_348_800_000
  const waits: number[] = []
  const states: string[] = []
  const outcome = await pollUntilSettled(url, {
    interval: 5,
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds
      waits.push(milliseconds / 1_000)
    },
    onStanding: ({ state }) => void states.push(state),
    ...differs,
  })
  return { outcome, waits, states }
}

test('a refusal is looked at once every interval until it is lifted', async () => {
  const portal = await portalThatAnswers(
    { body: open },
    { body: { ...open, state: 'seen' } },
    { body: { ...open, state: 'pending' } },
    { body: resolved },
  )
  expect(await poll(portal)).toEqual({
    outcome: 'resolved',
    waits: [5, 5, 5],
    states: ['open', 'seen', 'pending', 'resolved'],
  })
})

test('who asks too often asks five seconds less often from then on', async () => {
  const portal = await portalThatAnswers(
    { body: open },
    { status: 429 },
    { status: 429 },
    { body: open },
    { body: resolved },
  )
  expect((await poll(portal)).waits).toEqual([5, 10, 15, 15])
})

test('the portal may ask for more patience, by seconds or by date, and never for less', async () => {
  const later = new Date(1_795_348_800_000 + 75_000).toUTCString()
  const portal = await portalThatAnswers(
    { body: open, headers: { 'retry-after': '30' } },
    { body: open, headers: { 'retry-after': later } },
    { body: { ...open, interval: 1 }, headers: { 'retry-after': '1' } },
    { body: { ...open, interval: 20 } },
    { body: resolved },
  )
  expect((await poll(portal)).waits).toEqual([30, 45, 5, 20])
})

test('a portal that is away for a while is waited for, less and less often', async () => {
  const portal = await portalThatAnswers(
    'hang up',
    { status: 502 },
    { body: 'not a standing' },
    'hang up',
    'hang up',
    { body: open },
    { body: resolved },
  )
  const troubles: string[] = []
  const { outcome, waits } = await poll(portal, { onTrouble: ({ message }) => void troubles.push(message) })
  expect(outcome).toBe('resolved')
  expect(waits).toEqual([5, 10, 20, 40, 60, 5])
  expect(troubles).toHaveLength(5)
})

test.each([
  ['has expired', { status: 410 }, 'expired'],
  ['says itself that it has expired', { body: { ...open, state: 'expired' } }, 'expired'],
  ['was cancelled', { body: { ...open, state: 'cancelled' } }, 'cancelled'],
  ['nobody knows', { status: 404 }, 'unknown'],
] as const)('a refusal that %s is not waited for', async (_, answer, outcome) => {
  expect(await poll(await portalThatAnswers(answer))).toMatchObject({ outcome, waits: [] })
})

test('a state of a newer portal is waited through', async () => {
  const portal = await portalThatAnswers({ body: { ...open, state: 'under_review' } }, { body: resolved })
  expect((await poll(portal)).outcome).toBe('resolved')
})

test('nobody waits longer than they said', async () => {
  const portal = await portalThatAnswers({ body: open })
  expect(await poll(portal, { timeout: 12 })).toMatchObject({ outcome: 'timeout', waits: [5, 5, 2] })
})

test('waiting ends at once when it is called off', async () => {
  const portal = await portalThatAnswers({ body: open })
  const stop = new AbortController()
  const waiting = pollUntilSettled(portal, { interval: 3_600, signal: stop.signal, onStanding: () => stop.abort() })
  expect(await waiting).toBe('aborted')
})

test('the id of a refusal is not carried to wherever a redirect points', async () => {
  const elsewhere = await portalThatAnswers({ body: resolved })
  const portal = await portalThatAnswers({ status: 302, headers: { location: elsewhere } })
  expect((await poll(portal, { timeout: 1 })).outcome).toBe('timeout')
})
