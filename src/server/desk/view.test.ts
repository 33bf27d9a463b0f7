import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ViewRequest } from '#contract/desk-view.ts'
import { healthy, inGrace } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk as openStaff, openTestIdentity, type Desk, type TestIdentity } from '#server/test-identity.ts'
import { openTestPortal, otherAppKey, type TestPortal } from '#server/test-portal.ts'
import { openDesk } from '#server/stripe/test-desk.ts'
import { viewReads } from './view-reads.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const reason = 'They wrote to us: nothing can be exported'
let bench: Bench
let identity: TestIdentity
let portal: TestPortal
let studio: Studio
let agent: Desk

beforeAll(async () => {
  bench = await openBench()
  identity = await openTestIdentity()
  const limits = { requests: { included: 1_000 } }
  const merchant = {
    graceDays: 0,
    plans: { team_monthly: { name: 'Team', limits } },
    meters: { requests: { name: 'Requests', unit: 'requests' } },
  }
  portal = await openTestPortal(bench.origin, { desk: identity.desk, merchant })
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  agent = await openStaff(portal, identity, 'agent')
})
afterAll(async () => {
  await portal?.close()
  await identity?.close()
  await bench?.close()
})

const stay = (building: ReturnType<typeof healthy>) => openDesk(portal, bench).enter(building)

async function begin(account: string, wish: Partial<ViewRequest> = {}, desk = agent, app = 'app_maps') {
  const answer = await desk.post(`/api/desk/accounts/${app}/${account}/view-as`, { reason, ...wish })
  const { path = '' } = (answer.body ?? {}) as { path?: string }
  return { ...answer, path, view: path.split('/')[2] ?? '', look: answer.headers.get('x-desk-look') }
}

/** Addresses with what they need filled in. */
const asked = (invoice: string, subscription: string) =>
  Object.keys(viewReads).map((path) => {
    if (path === '/plan/seats') return `${path}?subscription=${subscription}&quantity=2`
    return path === '/usage/history' ? `${path}?meter=requests` : path.replace(':id', invoice)
  })

test('every page of the customer is seen through the owner’s eyes, as the owner sees it', async () => {
  const { account, browser, invoice, subscriptions } = await stay(inGrace(studio, who))
  const timestamp = new Date((portal.clock.now - 60) * 1_000).toISOString()
  await portal.asApp('POST', '/v1/usage', {
    events: [{ id: `use_${account}`, account, meter: 'requests', quantity: 3, timestamp }],
  })
  const operator = await openStaff(portal, identity, 'operator')
  const { view, look, status } = await begin(account, {}, operator)
  expect(status).toBe(200)
  expect(view).toBe(look)
  for (const path of asked(invoice, subscriptions[0] ?? '')) {
    const theirs = await browser.get(`/api${path}`)
    const ours = await operator.get(`/api/desk/as/${view}${path}`)
    // Seats cannot be changed while something is owed: that is seen as well.
    const status = path.startsWith('/plan/seats') ? 404 : 200
    expect([path, theirs.status, ours.status]).toEqual([path, status, status])
    // Where they are signed in is about the person, not about what the page looks like.
    if (path === '/sessions' || status !== 200) continue
    expect([path, ours.body]).toEqual([path, theirs.body])
  }
})

test('a member’s eyes see no more than the member does', async () => {
  const { account } = await stay(inGrace(studio, who))
  const { view } = await begin(account, { member: 'sam' })
  const { body } = await agent.get(`/api/desk/as/${view}/visit`)
  expect(body).toMatchObject({ member: { id: 'sam', role: 'member' }, mayPay: false, methods: [] })
  expect((await agent.get(`/api/desk/as/${view}/offers`)).status).toBe(403)
  expect((await agent.get(`/api/desk/as/${view}`)).body).toMatchObject({ member: { id: 'sam' }, staff: 'Robin agent' })
})

test('a view that begins at a refusal sees its fix, and leaves no trace of having been there', async () => {
  const { account, browser } = await stay(inGrace(studio, who))
  const refused = await portal.asApp('POST', '/v1/checks', {
    account,
    actor: 'anna',
  })
  const check = (refused.body as { problem: { request_id: string } }).problem.request_id
  const { path, view } = await begin(account, { check })
  expect(path).toBe(`/as/${view}/fix/diagnosis?check=${check}`)
  const { body } = await agent.get(`/api/desk/as/${view}/visit?check=${check}`)
  expect(body).toMatchObject({ check: { id: check }, account: { id: account } })
  expect((await portal.ask('GET', `/v1/checks/${check}`)).body).toMatchObject({ state: 'open' })
  await browser.get(`/api/visit?check=${check}`)
  portal.clock.now += 10
  expect((await portal.ask('GET', `/v1/checks/${check}`)).body).toMatchObject({ state: 'seen' })
})

test('nothing can be done in a view: no deed has an address there', async () => {
  const { account } = await stay(inGrace(studio, who))
  const { view } = await begin(account)
  const deeds = [
    'fixes/pay-invoice',
    'fixes/update-card/setup',
    'payment-methods/remove',
    'plan',
    'people',
    'return',
    'asks',
    'guest-links',
    'session/end-all',
  ]
  for (const deed of deeds) {
    const { status } = await agent.ask(
      'POST',
      `/api/desk/as/${view}/${deed}`,
      {},
      { 'idempotency-key': 'a'.repeat(32) },
    )
    expect([deed, status]).toEqual([deed, 404])
  }
  expect((await agent.get(`/api/desk/as/${view}/export`)).status).toBe(404)
  expect((await agent.get(`/api/desk/as/${view}/invoices.csv`)).status).toBe(404)
})

test('it takes a right and a reason, and is over after half an hour', async () => {
  const { account } = await stay(healthy(studio, who))
  const viewer = await openStaff(portal, identity, 'viewer')
  expect((await begin(account, {}, viewer)).status).toBe(403)
  expect((await begin(account, { reason: ' ' })).status).toBe(400)
  const { view } = await begin(account)
  portal.clock.now += 14 * 60
  expect((await agent.get(`/api/desk/as/${view}/overview`)).status).toBe(200)
  portal.clock.now += 14 * 60
  expect((await agent.get(`/api/desk/as/${view}/overview`)).status).toBe(200)
  portal.clock.now += 2 * 60
  expect((await agent.get(`/api/desk/as/${view}/overview`)).status).toBe(410)
  agent = await openStaff(portal, identity, 'agent')
})

test('a view is one person’s, of one account: anybody else finds nothing', async () => {
  const { account } = await stay(healthy(studio, who))
  const { view } = await begin(account)
  const other = await openStaff(portal, identity, 'admin')
  expect((await other.get(`/api/desk/as/${view}/overview`)).status).toBe(404)
  expect((await agent.get('/api/desk/as/aud_AAAAAAAAAAAAAAAAAAAAAA/overview')).status).toBe(404)
  expect((await agent.get('/api/desk/as/nonsense/overview')).status).toBe(400)
  const strange = await begin('acct_nowhere')
  const foreign = await begin(account, {}, agent, 'app_tiles')
  expect([strange.status, foreign.status]).toEqual([404, 404])
  await portal.register(`${account}_tiles`, {}, otherAppKey)
  expect((await begin(`${account}_tiles`)).status).toBe(404)
  expect((await begin(account, { member: 'nobody' })).status).toBe(404)
})

test('the customer reads on their privacy page who has looked through their eyes, and why', async () => {
  const { account, browser } = await stay(healthy(studio, who))
  await begin(account)
  const { body } = await browser.get('/api/sessions')
  const { looks } = body as { looks: object[] }
  expect(looks).toEqual([{ at: portal.clock.now, staff: 'Robin agent', deed: 'view-as', reason }])
})

test('an agent sees the pages without names of people, addresses and mail addresses', async () => {
  const { customer } = await inGrace(studio, who)
  const address = { line1: 'Lange Gasse 1', postal_code: '10115', city: 'Berlin', country: 'DE' }
  await bench.stripe.customers.update(customer, { address })
  const account = 'acct_masked'
  const people = [{ id: 'anna', role: 'owner', name: 'Anna Schmidt', email: 'anna@acme.example' }]
  await portal.register(account, { stripe_customer: customer, members: people })
  const { view } = await begin(account)
  const seen = await Promise.all(
    ['', '/visit', '/overview', '/people', '/billing-details', '/sessions'].map((path) =>
      agent.get(`/api/desk/as/${view}${path}`),
    ),
  )
  for (const { status, text } of seen) {
    expect(status).toBe(200)
    for (const known of ['Schmidt', 'anna@acme', 'Lange Gasse', '10115']) expect(text).not.toContain(known)
  }
  expect(seen[1]?.body).toMatchObject({ member: { id: 'anna', name: 'A. S.' }, account: { label: 'Acme' } })
})
