import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { postgresBin, startPostgres, withoutPostgres } from './store/test-postgres.ts'
import { openDesk, type Desk } from './stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const merchant = {
  plans: {
    team_monthly: {
      name: 'Team',
      limits: { requests: { included: 100 } },
      rates: { requests: { limit: 10, seconds: 3_600 } },
    },
  },
  meters: {
    requests: { name: 'Map requests', unit: 'requests' },
    lookups: { name: 'Geocoding', unit: 'lookups', credits: 1 },
  },
  credits: { packs: { credits_1000: { name: '1,000 credits', credits: 1_000 } }, expireDays: 30, autoRecharge: true },
  spendCap: { initial: { amount: 5_00, currency: 'eur' } },
}

describe.skipIf(postgresBin === undefined)(`use is counted by two portals on one PostgreSQL${withoutPostgres}`, () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>
  let bench: Bench
  let one: TestPortal
  let other: TestPortal
  let studio: Studio
  let desk: Desk

  beforeAll(async () => {
    postgres = await startPostgres()
    bench = await openBench()
    const clock = { now: Math.floor(Date.now() / 1_000) }
    const portals = [1, 2].map(() => openTestPortal(bench.origin, { databaseUrl: postgres.url, merchant, clock }))
    ;[one, other] = (await Promise.all(portals)) as [TestPortal, TestPortal]
    desk = openDesk(one, bench)
    studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: clock.now }
  })
  afterAll(async () => {
    await one?.close()
    await other?.close()
    await bench?.close()
    await postgres?.stop()
  })

  async function enter() {
    const stay = await desk.enter(healthy(studio, who))
    const { account } = stay
    const turn = (index: number) => (index % 2 === 0 ? one : other)
    return {
      ...stay,
      there: Object.assign(other.browser(), { cookie: stay.browser.cookie }),
      report: async (index: number, events: { id: string; meter: string; quantity: number }[]) => {
        const sent = { events: events.map((event) => ({ ...event, account })) }
        return (await turn(index).asApp('POST', '/v1/usage', sent)).body as { accepted: number; duplicates: number }
      },
      ask: async (index: number, asked: object) => {
        const { body } = await turn(index).asApp('POST', '/v1/checks', { account, ...asked })
        return body as { allowed: boolean; problem?: { blockers: { detail: { balance: number } }[] } }
      },
    }
  }

  test('the same batches at both, in any order, count once, and both know at once', async () => {
    const { report, ask } = await enter()
    const events = Array.from({ length: 100 }, () => ({ id: randomUUID(), meter: 'requests', quantity: 0.9 }))
    const sent = Array.from({ length: 10 }, (_, index) => report(index, index % 2 === 0 ? events : events.toReversed()))
    const answers = await Promise.all(sent)
    expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(100)
    expect(answers.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(900)
    for (const index of [0, 1]) {
      expect(await ask(index, { meter: 'requests', quantity: 11 })).toMatchObject({ allowed: false })
    }
  })

  test('a window has room for its requests and no more, whoever is asked', async () => {
    const { ask } = await enter()
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => ask(index, { meter: 'requests' })))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(10)
  })

  test('twenty intentions to buy at both are one pack, drawn once by what both were told', async () => {
    const { browser, there, customer, report, ask } = await enter()
    const method = await desk.otherCard(customer)
    const total = { amount: 10_00, currency: 'eur' }
    const plan = { invoices: [], price: 'credits_1000', total, proratedAt: one.clock.now }
    const deeds = Array.from({ length: 20 }, (_, index) =>
      (index % 2 === 0 ? browser : there).deed('buy-credits', { with: { method }, plan }),
    )
    const outcomes = (await Promise.all(deeds)).map(({ outcome }) => outcome.kind)
    // Who came when it was over looked at an older offer.
    for (const outcome of outcomes) expect(['done', 'stale']).toContain(outcome)
    expect(outcomes).toContain('done')
    expect(await desk.charges(customer)).toEqual([10_00])
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        await report(index, [{ id: randomUUID(), meter: 'lookups', quantity: 2.5 }])
        await ask(index + 1, { meter: 'lookups' })
      }),
    )
    const { problem } = await ask(0, { meter: 'lookups', quantity: 1_000_000 })
    expect(problem?.blockers[0]?.detail.balance).toBe(925)
  })

  test('what expires is taken away once, whoever looks', async () => {
    const { browser, customer, ask } = await enter()
    const method = await desk.otherCard(customer)
    const plan = { invoices: [], price: 'credits_1000', total: { amount: 10_00, currency: 'eur' } }
    await browser.deed('buy-credits', { with: { method }, plan })
    await browser.deed('buy-credits', { with: { method }, plan })
    one.clock.now += 30 * 86_400
    const looks = Array.from({ length: 10 }, (_, index) => ask(index, { meter: 'lookups' }))
    for (const look of await Promise.all(looks)) {
      expect(look).toMatchObject({ allowed: false, problem: { blockers: [{ detail: { balance: 0 } }] } })
    }
    one.clock.now = studio.now
    await browser.deed('buy-credits', { with: { method }, plan })
    const after = await ask(1, { meter: 'lookups', quantity: 1_000_000 })
    expect(after.problem?.blockers[0]?.detail.balance).toBe(1_000)
  })

  test('a cap that was raised at one is raised at the other', async () => {
    const { browser, there } = await enter()
    const limit = { amount: 20_00, currency: 'eur' }
    const answer = await browser.post('/api/fixes/raise-cap', { limit }, { 'idempotency-key': randomUUID() })
    expect(answer.status).toBe(200)
    expect((await there.get('/api/offers')).body).toMatchObject({ caps: [{ limit }] })
  })

  test('credits that buy themselves are bought once, although both are told that they are low', async () => {
    const { browser, customer, report, ask } = await enter()
    const wish = { on: true, pack: 'credits_1000', threshold: 100, monthly: { amount: 100_00, currency: 'eur' } }
    const headers = { origin: one.config.origin, 'x-portal-csrf': '1', cookie: browser.cookie ?? '' }
    expect((await one.ask('PUT', '/api/auto-recharge', { body: wish, headers })).status).toBe(200)
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => report(index, [{ id: randomUUID(), meter: 'lookups', quantity: 1 }])),
    )
    const balance = async () =>
      (await ask(0, { meter: 'lookups', quantity: 1_000_000 })).problem?.blockers[0]?.detail.balance
    await expect.poll(balance, { timeout: 10_000 }).toBe(980)
    expect(await desk.charges(customer)).toEqual([10_00])
  })
})
