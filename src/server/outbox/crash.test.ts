import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { EventListSchema } from '#contract/event.ts'
import { cardDeclined } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { emptyDataFolder } from '#server/store/test-folder.ts'
import { openDesk } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'
import { openReceiver, say, toldAt, type Receiver } from './test-receiver.ts'

const DAY = 86_400
const start = Math.floor(Date.now() / 1_000)
let bench: Bench
let receiver: Receiver
let folder: string
let portal: TestPortal

const open = (now: number, url = receiver.url) =>
  openTestPortal(bench.origin, { apps: [toldAt(url)], folder, clock: { now } })

/** The process ends and another one begins `seconds` after the start of the test. */
async function beginAnew(seconds: number, meanwhile = async () => {}): Promise<void> {
  await portal.close()
  await meanwhile()
  portal = await open(start + seconds)
}

beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench?.close())
beforeEach(async () => {
  receiver = await openReceiver()
  folder = await emptyDataFolder()
  portal = await open(start)
})
afterEach(async () => {
  await portal?.close()
  await receiver?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function held(): Promise<string> {
  const account = `acct_${randomUUID()}`
  await portal.register(account)
  await portal.asApp('POST', '/v1/checks', { account, fresh: true })
  await portal.register(account, { hold: { since: portal.clock.now } })
  await expect.poll(() => receiver.of(account)).toHaveLength(1)
  return account
}

test('what was written down before the process died is told by the next one', async () => {
  receiver.answer = say(503)
  const account = await held()
  receiver.answer = say(204)
  await beginAnew(10)
  await expect.poll(() => receiver.of(account)).toHaveLength(2)
  const [first, second] = receiver.told
  expect(second?.id).toBe(first?.id)
})

test('what was paid while no process ran, and what no event of Stripe’s ever told, is told by the next one', async () => {
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: start }
  const desk = openDesk(portal, bench)
  const { account, customer, invoice } = await desk.enter(
    cardDeclined(studio, { name: 'Acme', email: 'a@acme.example' }),
  )
  expect((await portal.asApp('POST', '/v1/checks', { account })).body).toMatchObject({ allowed: false })
  const method = await desk.otherCard(customer)
  await beginAnew(61, async () => void (await bench.stripe.invoices.pay(invoice, { payment_method: method })))
  await expect
    .poll(() => receiver.of(account).map(({ type }) => type), { timeout: 5_000 })
    .toEqual(['access.restored', 'check.resolved'])
})

test('events can be read for thirty days, and what is still to be told is never forgotten', async () => {
  const account = await held()
  receiver.answer = say(500)
  await portal.register(account)
  await expect.poll(() => receiver.of(account)).toHaveLength(2)
  const states = async () => {
    const { body } = await portal.asApp('GET', `/v1/events?account=${account}`)
    return EventListSchema.parse(body).events.map(({ state }) => state)
  }
  expect(await states()).toEqual(['queued', 'sent'])
  await beginAnew(30 * DAY - 60)
  expect(await states()).toEqual(['queued', 'sent'])
  await beginAnew(30 * DAY + 60)
  await expect.poll(states).toEqual(['queued'])
})

test('an address that said 410 stays silent in the next process too; another one is told again', async () => {
  receiver.answer = say(410)
  const account = await held()
  receiver.answer = say(204)
  await beginAnew(10)
  await portal.register(account)
  const newest = async () => {
    const { body } = await portal.asApp('GET', `/v1/events?account=${account}`)
    return EventListSchema.parse(body).events[0]
  }
  await expect.poll(newest).toMatchObject({ state: 'dead', error: 'endpoint_gone', event: { data: { sequence: 2 } } })
  expect(receiver.of(account)).toHaveLength(1)
  await portal.close()
  portal = await open(start + 20, receiver.url.replace('/hooks/billing', '/hooks/moved'))
  await portal.register(account, { hold: { since: start + 20 } })
  await expect.poll(() => receiver.of(account)).toHaveLength(2)
})
