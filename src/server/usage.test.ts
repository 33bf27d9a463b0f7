import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestPortal, otherAppKey, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const HOUR = 3_600
const DAY = 24 * HOUR
let bench: Bench
let portal: TestPortal
let studio: Studio

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin, {
    merchant: {
      plans: { team_monthly: { name: 'Team', limits: { requests: { included: 100 } } } },
      meters: { requests: { name: 'Map requests', unit: 'requests' }, routes: { name: 'Routing', unit: 'routes' } },
    },
  })
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

type Sent = { id?: string; meter?: string; quantity?: unknown; at?: number; [field: string]: unknown }

/** A new account with a healthy plan, and what its app reports of it. */
async function enter() {
  const { customer } = await healthy(studio, who)
  const account = `acct_${randomUUID()}`
  await portal.register(account, { stripe_customer: customer })
  const report = async (...events: Sent[]) => {
    const complete = events.map((event) => ({ id: randomUUID(), account, meter: 'requests', quantity: 1, ...event }))
    const { status, body } = await portal.asApp('POST', '/v1/usage', { events: complete })
    expect(status).toBe(200)
    return body as { accepted: number; duplicates: number; errors: { id?: string; index: number; code: string }[] }
  }
  const ask = async (quantity?: number, meter = 'requests') => {
    const asked = { account, meter, ...(quantity !== undefined && { quantity }) }
    return (await portal.asApp('POST', '/v1/checks', asked)).body as { allowed: boolean; problem?: { reason: string } }
  }
  return { account, customer, report, ask }
}

test('a limit is reached by what was reported, at once', async () => {
  const { report, ask } = await enter()
  expect(await report({ quantity: 60 }, { quantity: 39 })).toEqual({ accepted: 2, duplicates: 0, errors: [] })
  expect(await ask()).toMatchObject({ allowed: true })
  await report({})
  expect(await ask()).toMatchObject({ allowed: false, problem: { reason: 'usage_limit_exceeded' } })
})
