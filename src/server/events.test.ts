import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EventListSchema } from '#contract/event.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openReceiver, toldAt, type Receiver } from './outbox/test-receiver.ts'
import { digest, openTestPortal, otherAppKey, type TestPortal } from './test-portal.ts'

let bench: Bench
let receiver: Receiver
let portal: TestPortal

beforeAll(async () => {
  bench = await openBench()
  receiver = await openReceiver()
  const tiles = { id: 'app_tiles', name: 'Tiles', url: 'https://tiles.example', origins: [] }
  const apps = [toldAt(receiver.url), { ...tiles, keyDigests: [digest(otherAppKey)] }]
  portal = await openTestPortal(bench.origin, { apps })
})
afterAll(async () => {
  await portal?.close()
  await receiver?.close()
  await bench?.close()
})

/** An account of which the app is told something: the merchant's hold, which needs nothing of Stripe. */
async function held(): Promise<string> {
  const account = `acct_${randomUUID()}`
  await portal.register(account)
  await portal.asApp('POST', '/v1/checks', { account, fresh: true })
  await hold(account)
  return account
}
const hold = (account: string) => portal.register(account, { hold: { since: portal.clock.now } })

const eventsOf = async (account: string, query = '') =>
  EventListSchema.parse((await portal.asApp('GET', `/v1/events?account=${account}${query}`)).body).events

test('a key opens its own app’s events only, and nobody reads any without one', async () => {
  const account = await held()
  await expect.poll(() => receiver.of(account)).toHaveLength(1)
  const [event] = await eventsOf(account)
  expect((await portal.asApp('GET', '/v1/events', undefined, otherAppKey)).body).toEqual({
    events: [],
    has_more: false,
  })
  for (const [method, path] of [
    ['GET', `/v1/events/${event?.id}`],
    ['POST', `/v1/events/${event?.id}/replay`],
  ] as const) {
    expect((await portal.asApp(method, path, undefined, otherAppKey)).status).toBe(404)
    expect((await portal.ask(method, path)).status).toBe(401)
  }
  expect((await portal.ask('GET', '/v1/events')).status).toBe(401)
  expect((await portal.asApp('GET', '/v1/events?state=lost')).status).toBe(400)
})

test('events are read page by page, newest first', async () => {
  portal.clock.now += 1
  const late: string[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    const accounts = await Promise.all(Array.from({ length: 20 }, held))
    await expect.poll(() => accounts.flatMap(receiver.of), { timeout: 10_000 }).toHaveLength(20)
    late.unshift(...accounts)
    portal.clock.now += 1
  }
  const pages = [EventListSchema.parse((await portal.asApp('GET', '/v1/events')).body)]
  expect([pages[0]?.events.length, pages[0]?.has_more]).toEqual([50, true])
  const rest = await portal.asApp('GET', `/v1/events?before=${pages[0]?.events.at(-1)?.id}`)
  pages.push(EventListSchema.parse(rest.body))
  const accounts = pages.flatMap(({ events }) => events).map(({ event }) => event.data.account)
  const inTurns = (all: readonly string[]) => [0, 20, 40].map((from) => all.slice(from, from + 20).toSorted())
  expect(inTurns(accounts)).toEqual(inTurns(late))
}, 30_000)
