import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { inspectRoutes } from 'hono/dev'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inGrace } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestIdentity, type TestIdentity } from '#server/test-identity.ts'
import {
  appKey,
  digest,
  members,
  openTestPortal,
  otherAppKey,
  ticketOf,
  type Answer,
  type TestPortal,
} from '#server/test-portal.ts'
import {
  callers,
  idKinds,
  isKnown,
  outcomeOf,
  type Caller,
  type IdKind,
  type Outcome,
  type Realm,
  type Row,
} from './cell.ts'
import { deskRoutes } from './table-desk.ts'
import { appRoutes, portalRoutes } from './table-portal.ts'
import { openWorld, type World } from './test-world.ts'

const tables: Readonly<Record<Realm, Readonly<Record<string, Row>>>> = {
  portal: portalRoutes,
  app: appRoutes,
  desk: deskRoutes,
}
let bench: Bench
let identity: TestIdentity
let portal: TestPortal
let world: World

beforeAll(async () => {
  bench = await openBench()
  identity = await openTestIdentity()
  const app = (id: string, name: string, url: string, key: string) =>
    ({
      id,
      name,
      url,
      keyDigests: [digest(key)],
      origins: [url],
      people: 'portal',
      webhook: { url: `${url}/webhooks` },
    }) as const
  portal = await openTestPortal(bench.origin, {
    desk: identity.desk,
    mail: { smtpUrl: 'smtp://localhost:1', from: 'billing@northwind.example' },
    apps: [
      app('app_maps', 'Maps API', 'https://maps.example', appKey),
      app('app_tiles', 'Tiles', 'https://tiles.example', otherAppKey),
    ],
    merchant: {
      graceDays: 0,
      plans: { team_monthly: { name: 'Team', limits: { requests: { included: 1_000 } } } },
      meters: { requests: { name: 'Requests', unit: 'requests' } },
      credits: {
        packs: { credits_1000: { name: '1,000 credits', credits: 1_000 } },
        expireDays: 365,
        autoRecharge: true,
      },
      spendCap: { initial: { amount: 50_00, currency: 'eur' }, most: 1_000_00 },
    },
  })
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  world = await openWorld({
    portal,
    identity,
    make: async (key, payer) => {
      const {
        customer,
        subscriptions,
        invoice = '',
      } = await inGrace(studio, { name: 'Acme GmbH', email: 'anna@acme.example' })
      const account = `acct_${randomUUID()}`
      const people = [...members, { id: payer, role: 'billing_admin', email: `${payer}@acme.example` }]
      await portal.register(account, { stripe_customer: customer, members: people }, key)
      const method = (await bench.stripe.paymentMethods.attach('pm_card_visa', { customer })).id
      const browser = portal.browser()
      const { body: ticket } = await portal.asApp('POST', '/v1/sessions', { account, actor: 'anna' }, key)
      await browser.exchange(ticketOf(ticket))
      return { account, customer, invoice, subscriptions, browser, method }
    },
  })
})
afterAll(async () => {
  await portal?.close()
  await identity?.close()
  await bench?.close()
})

/** Every address that is answered, as the two apps themselves say. */
const routesOf = (realm: 'portal' | 'desk') => {
  const found = inspectRoutes({ routes: portal.routes[realm] } as unknown as Hono)
  return [...new Set(found.flatMap(({ isMiddleware, method, path }) => (isMiddleware ? [] : [`${method} ${path}`])))]
}

test('every route stands in the table, and nothing else does', () => {
  const declared = { portal: { ...tables.portal, ...tables.app }, desk: tables.desk }
  for (const realm of ['portal', 'desk'] as const)
    expect(Object.keys(declared[realm]).toSorted(byName)).toEqual(routesOf(realm).toSorted(byName))
})
const byName = (a: string, b: string) => (a < b ? -1 : 1)

let calls = 0
type Cell = { realm: Realm; route: string; row: Row; caller: Caller; kind: IdKind | '-' }

async function ask({ realm, route, row, caller, kind }: Cell): Promise<{ answer: Answer; id: string }> {
  const [method = '', pattern = ''] = route.replace(/^ALL /, 'POST ').split(' ')
  const admitted = row.who.includes(caller)
  const anew = admitted && (kind === 'own' || row.bearer === true)
  const id = row.thing === undefined || kind === '-' ? '' : await world.idOf(row.thing, kind, caller, anew)
  const { path = pattern.replace(/:(id|view)\b/, id), body, headers = {} } = row.ask?.(id) ?? {}
  const place = world.placeOf(caller)
  const origin = realm === 'desk' ? identity.desk.origin : portal.config.origin
  const fresh = row.wears === true && admitted && isKnown(caller, realm)
  const answer = await portal.ask(method, path.replace(':app', place.app).replace(':account', place.account), {
    ...(body !== undefined && { body }),
    headers: {
      host: new URL(origin).host,
      origin,
      'x-portal-csrf': '1',
      'sec-fetch-site': 'same-origin',
      'idempotency-key': randomUUID(),
      ...(method !== 'GET' && { 'content-type': 'application/json' }),
      ...headers,
      ...(await world.headersOf(caller, fresh)),
    },
    // Every call comes from an address of its own: what is counted by address is no matter here.
    from: `198.19.${(calls >> 8) & 255}.${calls++ & 255}`,
  })
  return { answer, id }
}

/** What may come of it; a role that may not is told so, or first that what it says makes no sense. */
function expected({ realm, row, caller, kind }: Cell): readonly Outcome[] {
  if (!row.who.includes(caller)) {
    if (!isKnown(caller, realm)) return ['signed-out']
    return kind === 'malformed' ? ['forbidden', 'invalid'] : ['forbidden']
  }
  const { own = 'done', foreign = row.bearer ? 'done' : 'missing', malformed = 'invalid' } = row
  if (kind === 'malformed') return [malformed]
  const told = kind === 'own' || kind === '-' ? own : kind === 'unknown' && row.bearer ? 'missing' : foreign
  return [typeof told === 'function' ? told(caller) : told]
}

/** At the desk also what is not there is looked for on record; a view is one look, written down where it begins. */
function isUnseen({ realm, row, caller }: Cell, outcome: string, { headers }: Answer): boolean {
  if (realm !== 'desk' || row.thing === undefined || row.thing === 'view' || !row.who.includes(caller)) return false
  return ['done', 'missing'].includes(outcome) && headers.get('x-desk-look') === null
}

/** What an answer gives away, but for which request it was and which id it was asked about. */
function givenAway({ answer: { status, text, headers }, id }: Awaited<ReturnType<typeof ask>>): string {
  const told = [...headers].filter(([name]) => !['x-request-id', 'x-desk-look', 'content-length'].includes(name))
  const all = JSON.stringify([status, text, told]).replaceAll(/req_[\w-]{22}/g, 'req_')
  return id === '' ? all : all.replaceAll(id, 'the id')
}

test('whoever asks what, only what is theirs is answered', { timeout: 300_000 }, async () => {
  let cells = 0
  const wrong: string[] = []
  for (const realm of ['portal', 'app', 'desk'] as const) {
    for (const [route, row] of Object.entries(tables[realm])) {
      for (const caller of callers) {
        const told = new Map<IdKind | '-', string>()
        for (const kind of row.thing === undefined ? (['-'] as const) : idKinds) {
          cells++
          const cell = { realm, route, row, caller, kind }
          const given = await ask(cell)
          told.set(kind, givenAway(given))
          const outcome = outcomeOf(given.answer.status)
          if (isUnseen(cell, outcome, given.answer))
            wrong.push(`${route}, ${caller}, ${kind}: without a row in the audit`)
          const right = expected(cell)
          if (!right.some((one) => one === outcome)) {
            wrong.push(
              `${route}, ${caller}, ${kind}: ${outcome} instead of ${right.join(' or ')}, ${given.answer.text.slice(0, 200)}`,
            )
          }
        }
        if (row.bearer || told.get('unknown') === told.get('other tenant’s')) continue
        wrong.push(`${route}, ${caller}: ${told.get('other tenant’s')} is not ${told.get('unknown')}`)
      }
    }
  }
  process.stdout.write(`cells ${cells}, wrong ${wrong.length}\n`)
  expect(wrong).toEqual([])
})
