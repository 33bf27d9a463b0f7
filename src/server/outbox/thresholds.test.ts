import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'
import { openReceiver, toldAt, type Receiver } from './test-receiver.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
let bench: Bench
let receiver: Receiver
let portal: TestPortal
let studio: Studio

beforeAll(async () => {
  bench = await openBench()
  receiver = await openReceiver()
  portal = await openTestPortal(bench.origin, {
    apps: [toldAt(receiver.url)],
    merchant: {
      plans: {
        team_monthly: {
          name: 'Team',
          limits: { requests: { included: 100 }, routes: { included: 10 }, seconds: { included: 1 } },
        },
      },
      meters: {
        requests: { name: 'Map requests', unit: 'requests' },
        routes: { name: 'Routing', unit: 'routes', thresholds: [50, 150], price: { amount: 40, currency: 'eur' } },
      },
    },
  })
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await receiver?.close()
  await bench?.close()
})

async function enter() {
  const { customer } = await healthy(studio, who)
  const account = `acct_${randomUUID()}`
  await portal.register(account, { stripe_customer: customer })
  const { data } = await bench.stripe.subscriptions.list({ customer })
  const [item] = data[0]?.items.data ?? []
  return {
    account,
    since: item?.current_period_start ?? 0,
    until: item?.current_period_end ?? 0,
    report: async (quantity: number, meter = 'requests', more: object = {}) => {
      const events = [{ id: randomUUID(), account, meter, quantity, ...more }]
      expect((await portal.asApp('POST', '/v1/usage', { events })).body).toMatchObject({ accepted: 1 })
    },
    told: () =>
      receiver.of(account).map((event) => {
        if (event.type !== 'usage.threshold') return event.type
        return `${event.data.meter} ${event.data.threshold}`
      }),
  }
}

/** Everything reported before has been looked at when this account is told. */
async function everythingIsSeen(): Promise<void> {
  const { report, told } = await enter()
  await report(100)
  await expect.poll(told, { timeout: 5_000 }).toEqual(['requests 80', 'requests 100'])
}

test('a report that crosses a threshold tells the app, each threshold once in a period', async () => {
  const { account, until, report, told } = await enter()
  await report(79)
  await everythingIsSeen()
  expect(told()).toEqual([])
  await report(1)
  await expect.poll(told).toEqual(['requests 80'])
  expect(receiver.of(account)[0]?.data).toEqual({
    account,
    sequence: 1,
    meter: 'requests',
    threshold: 80,
    resets_at: new Date(until * 1_000).toISOString(),
  })
  for (let turn = 0; turn < 5; turn += 1) await report(1)
  await everythingIsSeen()
  expect(told()).toEqual(['requests 80'])
  await report(15)
  await expect.poll(told).toEqual(['requests 80', 'requests 100'])
})

test('the merchant chooses the thresholds of each meter; reports at once tell each once', async () => {
  const { report, told } = await enter()
  await Promise.all(Array.from({ length: 20 }, () => report(0.5, 'routes')))
  await expect.poll(told).toEqual(['routes 50'])
  await report(5, 'routes')
  await expect.poll(told).toEqual(['routes 50', 'routes 150'])
  await everythingIsSeen()
  expect(told()).toEqual(['routes 50', 'routes 150'])
})

test('a meter that only a plan names has the usual thresholds', async () => {
  const { report, told } = await enter()
  await report(2, 'seconds')
  await expect.poll(told).toEqual(['seconds 80', 'seconds 100'])
})

test('what belongs to the period before counts for nothing in this one', async () => {
  const { since, report, told } = await enter()
  await report(500, 'requests', { at: since - 1 })
  await report(79)
  await everythingIsSeen()
  expect(told()).toEqual([])
})

test('a report costs Stripe nothing once the account was read', async () => {
  const { report, told } = await enter()
  await report(1)
  await everythingIsSeen()
  portal.clock.now += 60
  await bench.lever('POST', 'faults', { method: 'GET', path: '^/v1/', kind: 'error', status: 429, times: 1_000 })
  await report(79)
  await expect.poll(told).toEqual(['requests 80'])
  await bench.lever('DELETE', 'faults')
  portal.clock.now -= 60
})
