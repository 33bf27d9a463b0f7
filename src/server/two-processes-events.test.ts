import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cardDeclined, healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openReceiver, say, toldAt, type Receiver } from './outbox/test-receiver.ts'
import { postgresBin, startPostgres, withoutPostgres } from './store/test-postgres.ts'
import { openDesk } from './stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const DAY = 86_400
const eventName = `requests_${randomUUID()}`
const merchant = {
  plans: { team_monthly: { name: 'Team', limits: { requests: { included: 100 } } } },
  meters: { requests: { name: 'Map requests', unit: 'requests', stripeMeter: eventName } },
}

describe.skipIf(postgresBin === undefined)(`two portals on one PostgreSQL tell one app${withoutPostgres}`, () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>
  let bench: Bench
  let receiver: Receiver
  let one: TestPortal
  let other: TestPortal
  let studio: Studio

  beforeAll(async () => {
    postgres = await startPostgres()
    bench = await openBench()
    receiver = await openReceiver()
    const clock = { now: Math.floor(Date.now() / 1_000) }
    const differs = { databaseUrl: postgres.url, merchant, clock, apps: [toldAt(receiver.url)] }
    const portals = [1, 2].map(() => openTestPortal(bench.origin, differs))
    ;[one, other] = (await Promise.all(portals)) as [TestPortal, TestPortal]
    studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: clock.now }
  })
  afterAll(async () => {
    await one?.close()
    await other?.close()
    await receiver?.close()
    await bench?.close()
    await postgres?.stop()
  })

  const types = (account: string) => receiver.of(account).map(({ type }) => type)
  const sequences = (account: string) => receiver.of(account).map(({ data }) => data.sequence)

  test('a change that both see at once is told once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const desk = openDesk(one, bench)
      const { account, customer, invoice } = await desk.enter(cardDeclined(studio, who))
      await one.asApp('POST', '/v1/checks', { account })
      await bench.stripe.invoices.pay(invoice, { payment_method: await desk.otherCard(customer) })
      const looks = Array.from({ length: 8 }, (_, index) =>
        (index % 2 === 0 ? one : other).asApp('POST', '/v1/checks', { account, fresh: true }),
      )
      await Promise.all(looks)
      await expect.poll(() => types(account)).toEqual(['access.restored', 'check.resolved'])
    }
  })

  test('what both write of one account comes in one order, each event once, also after refusals', async () => {
    const account = `acct_${randomUUID()}`
    await one.register(account)
    await one.asApp('POST', '/v1/checks', { account, fresh: true })
    let refusals = 3
    receiver.answer = (delivery, response) => {
      refusals -= 1
      say(refusals >= 0 ? 503 : 204)(delivery, response)
    }
    for (let turn = 0; turn < 6; turn += 1) {
      const portal = turn % 2 === 0 ? one : other
      await portal.register(account, turn % 2 === 0 ? { hold: { since: portal.clock.now } } : {})
      await portal.asApp('POST', '/v1/checks', { account, fresh: true })
    }
    const taken = async () => {
      one.clock.now += 400
      await Promise.all([one, other].map((portal) => portal.register(`acct_${randomUUID()}`)))
      return [...new Set(sequences(account))]
    }
    await expect.poll(taken, { timeout: 30_000 }).toEqual([1, 2, 3, 4, 5, 6])
    expect(sequences(account).toSorted((a, b) => a - b)).toEqual(sequences(account))
    receiver.answer = say(204)
    one.clock.now = studio.now
  }, 40_000)

  test('usage that both report is billed once, and crosses a threshold once', async () => {
    const made = await bench.stripe.billing.meters.create({
      display_name: 'Requests',
      event_name: eventName,
      default_aggregation: { formula: 'sum' },
    })
    const { account, customer } = await openDesk(one, bench).enter(healthy(studio, who))
    const events = Array.from({ length: 90 }, () => ({ id: randomUUID(), account, meter: 'requests', quantity: 1 }))
    const sent = Array.from({ length: 6 }, (_, index) =>
      (index % 2 === 0 ? one : other).asApp('POST', '/v1/usage', { events }),
    )
    await Promise.all(sent)
    const start_time = Math.floor(studio.now / DAY) * DAY - DAY
    const range = { customer, start_time, end_time: start_time + 3 * DAY }
    const billed = async () =>
      (await bench.stripe.billing.meters.listEventSummaries(made.id, range)).data[0]?.aggregated_value
    await expect.poll(billed, { timeout: 20_000 }).toBe(90)
    await expect.poll(() => types(account)).toEqual(['usage.threshold'])
  }, 40_000)
})
