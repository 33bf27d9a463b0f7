import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { postgresBin, startPostgres, withoutPostgres } from './store/test-postgres.ts'
import { openDesk, type Desk } from './stripe/test-desk.ts'
import { openTestPortal, ticketOf, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }

describe.skipIf(postgresBin === undefined)(`two portals on one PostgreSQL${withoutPostgres}`, () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>
  let bench: Bench
  let one: TestPortal
  let other: TestPortal
  let studio: Studio
  let desk: Desk

  beforeAll(async () => {
    postgres = await startPostgres()
    bench = await openBench()
    const portals = [1, 2].map(() => openTestPortal(bench.origin, { databaseUrl: postgres.url }))
    ;[one, other] = (await Promise.all(portals)) as [TestPortal, TestPortal]
    desk = openDesk(one, bench)
    studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: one.clock.now }
  })
  afterAll(async () => {
    await one?.close()
    await other?.close()
    await bench?.close()
    await postgres?.stop()
  })

  /** An account with its owner at both portals, as behind a load balancer. */
  async function enter() {
    const stay = await desk.enter(cardDeclined(studio, who))
    const method = await desk.otherCard(stay.customer)
    const request = { with: { method }, plan: { invoices: [stay.invoice], total: { amount: 49_00, currency: 'eur' } } }
    const there = Object.assign(other.browser(), { cookie: stay.browser.cookie })
    return { ...stay, there, request }
  }

  test('both brought the schema up to date at the same moment, and both answer', async () => {
    for (const portal of [one, other]) expect((await portal.ask('GET', '/readyz')).status).toBe(200)
  })

  test('who is signed out at one is out at the other with the next request', async () => {
    await one.register('acct_places')
    const [here, phone] = [one.browser(), one.browser()]
    for (const browser of [here, phone]) await browser.enter('acct_places')
    const there = Object.assign(other.browser(), { cookie: phone.cookie })
    expect((await there.get('/api/sessions')).status).toBe(200)
    await here.post('/api/session/end-all', { who: 'me' })
    expect((await there.get('/api/sessions')).status).toBe(401)
  })

  test('clicks with one intention or with many, at both, are one charge', async () => {
    for (const keys of [
      Array.from({ length: 10 }, () => 'the-very-same-key'),
      Array.from({ length: 10 }, randomUUID),
    ]) {
      const { browser, there, request, customer } = await enter()
      const deeds = keys.map((key, index) => (index % 2 === 0 ? browser : there).deed('pay-invoice', request, key))
      expect(new Set((await Promise.all(deeds)).map(({ outcome }) => outcome.kind))).toEqual(new Set(['done']))
      expect(await desk.charges(customer)).toEqual([49_00])
    }
  })

  test('of twenty exchanges of one link at both, one gets in', async () => {
    const { account } = await enter()
    const ticket = ticketOf((await one.asApp('POST', '/v1/sessions', { account, actor: 'anna' })).body)
    const exchanges = Array.from({ length: 20 }, (_, index) =>
      (index % 2 === 0 ? one : other).browser().exchange(ticket),
    )
    const kinds = (await Promise.all(exchanges)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'entered')).toHaveLength(1)
  })

  test('signing out at one ends the session at the other', async () => {
    const { browser, there } = await enter()
    expect((await there.get('/api/visit')).status).toBe(200)
    await browser.post('/api/session/end', {})
    expect((await there.get('/api/visit')).status).toBe(401)
  })

  test('a database that goes away is a 503 that says when to try again; money and health wait for it', async () => {
    const { browser, request, customer } = await enter()
    await postgres.stop()
    const answers = [
      await one.ask('GET', '/readyz'),
      await one.asApp('PUT', '/v1/accounts/acct_new', { label: 'New' }),
      await one.ask('POST', '/webhooks/stripe', { body: {}, headers: { 'stripe-signature': '' } }),
      await browser.post('/api/fixes/pay-invoice', request, { 'idempotency-key': randomUUID() }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 400, 503])
    expect(answers[1]?.body).toMatchObject({ code: 'database-unreachable' })
    expect(answers[1]?.headers.get('retry-after')).toBe('5')
    expect((await one.ask('GET', '/livez')).status).toBe(200)
    expect(await desk.charges(customer)).toEqual([])
  })
})
