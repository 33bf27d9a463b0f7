import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { EventDetailSchema, EventListSchema } from '#contract/event.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { appKey, digest, openTestPortal, otherAppKey, type TestPortal } from '#server/test-portal.ts'
import { isSignedWith, openReceiver, say, secretFrom, toldAt, type Receiver } from './test-receiver.ts'

const newKey = 'fix402_test_maps_new'
const HOUR = 3_600
let bench: Bench
let receiver: Receiver
let portal: TestPortal

const tiles = {
  id: 'app_tiles',
  name: 'Tiles',
  url: 'https://tiles.example',
  origins: [],
  keyDigests: [digest(otherAppKey)],
}

beforeAll(async () => {
  bench = await openBench()
  receiver = await openReceiver()
  portal = await openTestPortal(bench.origin, { apps: [toldAt(receiver.url, [appKey, newKey]), tiles] })
})
afterAll(async () => {
  await portal?.close()
  await receiver?.close()
  await bench?.close()
})
const start = Math.floor(Date.now() / 1_000)
afterEach(() => {
  receiver.answer = say(204)
  portal.clock.now = start
})

/** An account of which the app is told something: the merchant's hold, which needs nothing of Stripe. */
async function held(at = portal, account = `acct_${randomUUID()}`): Promise<string> {
  await at.register(account)
  await at.asApp('POST', '/v1/checks', { account, fresh: true })
  await hold(account, at)
  return account
}
const hold = (account: string, at = portal) => at.register(account, { hold: { since: at.clock.now } })
const lift = (account: string, at = portal) => at.register(account)

const eventsOf = async (account: string, query = '', at = portal) =>
  EventListSchema.parse((await at.asApp('GET', `/v1/events?account=${account}${query}`)).body).events
const detail = async (id: string, at = portal) =>
  EventDetailSchema.parse((await at.asApp('GET', `/v1/events/${id}`)).body)
const triesOf = async (account: string) => (await eventsOf(account)).at(-1)?.tries
const settled = (account: string, state: string) =>
  expect.poll(async () => (await eventsOf(account)).map((one) => one.state), { timeout: 10_000 }).toContain(state)

let bell: string | undefined
/** The portal looks at what is due, because something else was replayed. */
async function ring(): Promise<void> {
  bell ??= await held()
  await settled(bell, 'sent')
  const [event] = await eventsOf(bell)
  await portal.asApp('POST', `/v1/events/${event?.id}/replay`)
}

/** Until the event's next try is due, and it has been made. */
async function passToNextTry(account: string): Promise<void> {
  const before = (await eventsOf(account)).at(-1)
  portal.clock.now = Math.ceil(Date.parse(before?.next_try ?? '') / 1_000)
  await ring()
  await expect.poll(() => triesOf(account)).toBe((before?.tries ?? 0) + 1)
  await expect.poll(async () => (await detail(before?.id ?? '')).attempts.length).toBe((before?.tries ?? 0) + 1)
}

test('a delivery is verified by the independent library, with either key while it is being changed', async () => {
  const account = await held()
  await expect.poll(() => receiver.of(account)).toHaveLength(1)
  const delivery = receiver.told.find(({ event }) => event.data.account === account)
  if (!delivery) throw new Error('not told')
  const headers = delivery.headers as Record<string, string>
  for (const key of [appKey, newKey]) {
    expect(new Webhook(secretFrom(key)).verify(delivery.body, headers)).toEqual(delivery.event)
    expect(isSignedWith(key, delivery)).toBe(true)
  }
  expect(() => new Webhook(secretFrom('another key')).verify(delivery.body, headers)).toThrow(/signature/)
  expect(() => new Webhook(secretFrom(appKey)).verify(`${delivery.body} `, headers)).toThrow(/signature/)
  expect(delivery.id).toMatch(/^evt_[\w-]{22}$/)
  expect(delivery.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'fix402' })
})

test('what the app did not take comes again, under the same id, with a new time and the same body', async () => {
  receiver.answer = say(503, 'busy')
  const account = await held()
  await expect.poll(async () => (await eventsOf(account))[0]?.error).toBe('status_503')
  receiver.answer = say(200)
  await passToNextTry(account)
  await settled(account, 'sent')
  const [first, second, ...more] = receiver.told.filter(({ event }) => event.data.account === account)
  expect(more).toEqual([])
  expect([second?.id, second?.body]).toEqual([first?.id, first?.body])
  expect(Number(second?.headers['webhook-timestamp'])).toBeGreaterThan(Number(first?.headers['webhook-timestamp']))
  const { attempts } = await detail(first?.id ?? '')
  expect(attempts).toMatchObject([{ status: 503, error: 'status_503', excerpt: 'busy' }, { status: 200 }])
})

test('tries go on for three days, in ever longer steps, and then the event is dead until it is replayed', async () => {
  receiver.answer = say(500)
  const account = await held()
  await expect.poll(async () => (await eventsOf(account))[0]?.error).toBe('status_500')
  const answer = receiver.answer
  receiver.answer = (delivery, response) => {
    if (delivery.event.data.account === account) answer(delivery, response)
    else response.writeHead(204).end()
  }
  const began = portal.clock.now
  const waits: number[] = []
  for (let last = began; (await eventsOf(account))[0]?.state === 'queued'; last = portal.clock.now) {
    await passToNextTry(account)
    waits.push(portal.clock.now - last)
  }
  expect(waits).toHaveLength(10)
  const shortest = [5, 60, 300, 1_800, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 20 * HOUR]
  for (const [index, wait] of waits.entries()) {
    expect(wait).toBeGreaterThanOrEqual(shortest[index] ?? 0)
    expect(wait).toBeLessThanOrEqual((shortest[index] ?? 0) * 1.2 + 1)
  }
  const [dead] = await eventsOf(account, '&state=dead')
  expect(dead).toMatchObject({ state: 'dead', tries: 11, error: 'status_500' })
  receiver.answer = say(204)
  const { status } = await portal.asApp('POST', `/v1/events/${dead?.id}/replay`)
  expect(status).toBe(200)
  await settled(account, 'sent')
  expect(receiver.of(account)).toHaveLength(12)
  expect((await detail(dead?.id ?? '')).attempts).toHaveLength(12)
}, 30_000)

test('of one account the later event waits for the earlier one; other accounts go on', async () => {
  const stuck = `acct_${randomUUID()}`
  receiver.answer = (delivery, response) =>
    void response.writeHead(delivery.event.data.account === stuck ? 500 : 204).end()
  await held(portal, stuck)
  await expect.poll(async () => (await eventsOf(stuck))[0]?.error).toBe('status_500')
  await lift(stuck)
  await expect.poll(async () => (await eventsOf(stuck)).length).toBe(2)
  await hold(stuck)
  await expect.poll(async () => (await eventsOf(stuck)).length).toBe(3)
  const other = await held()
  await settled(other, 'sent')
  expect(receiver.of(stuck)).toHaveLength(1)
  receiver.answer = say(204)
  await passToNextTry(stuck)
  await expect.poll(() => receiver.of(stuck).map(({ data }) => data.sequence)).toEqual([1, 1, 2, 3])
})

test('410 stops everything for this address: what comes after it is dead without being sent, until a replay', async () => {
  const mine = await openReceiver()
  const gone = await openTestPortal(bench.origin, { apps: [toldAt(mine.url)] })
  mine.answer = say(410)
  const [first, second] = [await held(gone), `acct_${randomUUID()}`]
  await expect.poll(async () => (await eventsOf(first, '', gone))[0]?.state).toBe('dead')
  await held(gone, second)
  await expect
    .poll(async () => (await eventsOf(second, '', gone))[0])
    .toMatchObject({ state: 'dead', error: 'endpoint_gone' })
  expect(mine.told).toHaveLength(1)
  mine.answer = say(204)
  const [event] = await eventsOf(second, '', gone)
  await gone.asApp('POST', `/v1/events/${event?.id}/replay`)
  await expect.poll(() => mine.of(second)).toHaveLength(1)
  await lift(first, gone)
  await expect.poll(() => mine.of(first)).toHaveLength(2)
  await gone.close()
  await mine.close()
})

test.each([
  ['a redirect is not followed', 307, 'status_307'],
  ['an answer of 400 is no success', 400, 'status_400'],
])('%s', async (_, status, error) => {
  const elsewhere = await openReceiver()
  receiver.answer = say(status, '', { location: elsewhere.url })
  const account = await held()
  await expect.poll(async () => (await eventsOf(account))[0]).toMatchObject({ state: 'queued', error })
  expect(elsewhere.told).toEqual([])
  await elsewhere.close()
})

test('of an answer only the beginning is kept, and a connection that breaks off is told as what it is', async () => {
  receiver.answer = say(500, `<p>${'long '.repeat(10_000)}</p>\u0000`)
  const account = await held()
  await expect.poll(async () => (await eventsOf(account))[0]?.error).toBe('status_500')
  const [event] = await eventsOf(account)
  const [attempt] = (await detail(event?.id ?? '')).attempts
  expect(attempt?.excerpt).toMatch(/^<p>long long/)
  expect(attempt?.excerpt?.length).toBeLessThanOrEqual(200)
  receiver.answer = (_, response) => void response.destroy()
  const other = await held()
  await expect.poll(async () => (await eventsOf(other))[0]?.error).toBe('ECONNRESET')
})

test('neither keys nor bodies reach the log', () => {
  const logged = JSON.stringify(portal.logged)
  expect(logged).toContain('an app was not told')
  for (const secret of [appKey, newKey, digest(appKey), secretFrom(appKey), 'account_frozen', 'long long']) {
    expect(logged).not.toContain(secret)
  }
})

test('an app that does not answer within fifteen seconds is tried again, and keeps nobody else waiting', async () => {
  const slow = `acct_${randomUUID()}`
  receiver.answer = ({ event }, response) => {
    if (event.data.account !== slow) response.writeHead(204).end()
  }
  await held(portal, slow)
  await expect.poll(() => receiver.of(slow)).toHaveLength(1)
  const other = await held()
  await settled(other, 'sent')
  expect((await eventsOf(slow))[0]?.error).toBeUndefined()
  await expect.poll(async () => (await eventsOf(slow))[0]?.error, { timeout: 20_000 }).toBe('timeout')
}, 30_000)
