import { expect, test } from 'vitest'
import { createAirlock } from './account.ts'
import { createApp } from './app.ts'
import { loadConfig } from './config.ts'
import { openForwarder } from './jobs/forward-usage.ts'
import { openRecharger } from './jobs/recharge-credits.ts'
import { openPostman } from './jobs/send-mails.ts'
import { openWatch } from './jobs/watch-accounts.ts'
import { openOutbox } from './outbox/outbox.ts'
import { openPostgres } from './store/postgres.ts'
import { createStripe } from './stripe/client.ts'
import { openInbox } from './stripe/inbox.ts'

/** The whole router over a database that is never reached: its list of routes needs none. */
async function routerAndDescription() {
  const config = await loadConfig({})
  const log = { error() {}, warn() {}, info() {} }
  const parts = {
    config,
    log,
    now: () => 0,
    database: openPostgres('postgres://127.0.0.1:1/none', () => {}),
    stripe: createStripe('sk_test_none', 'http://127.0.0.1:1'),
  }
  const hands = { ...parts, airlock: createAirlock(parts, async () => {}) }
  const outbox = openOutbox(parts)
  const loops = {
    inbox: openInbox(hands),
    postman: openPostman(hands),
    recharger: openRecharger(hands),
    watch: openWatch(hands, outbox),
    forwarder: openForwarder(hands),
    outbox,
  }
  const app = createApp(hands, loops, undefined)
  const response = await app.request('/openapi.json', { headers: { host: new URL(config.origin).host } })
  await Promise.all(Object.values(loops).map((loop) => loop.close()))
  return { app, description: (await response.json()) as { paths: Record<string, Record<string, unknown>> } }
}

test('the published description names every route there is, and none that is not', async () => {
  const { app, description } = await routerAndDescription()
  const served = app.routes
    .filter(({ method, path }) => method !== 'ALL' && path !== '/openapi.json')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`)
  const described = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(described.toSorted()).toEqual([...new Set(served)].toSorted())
  expect(described.length).toBeGreaterThan(12)
})

test('what a session guards is closed without one, and every route says how it fails', async () => {
  const { app, description } = await routerAndDescription()
  const routes = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({ path, method: method.toUpperCase(), route })),
  )
  const mute = routes.filter(({ route }) => !('default' in (route as { responses: object }).responses))
  expect(mute.map(({ path }) => path)).toEqual(['/livez'])
  const own = { host: 'localhost:4020', origin: 'http://localhost:4020', 'x-portal-csrf': '1' }
  for (const { path, method } of routes) {
    if (!path.startsWith('/api/') || path.startsWith('/api/session/')) continue
    const sent = method === 'GET' ? {} : { body: '{}' }
    const headers = { ...own, 'content-type': 'application/json' }
    const { status } = await app.request(path, { method, headers, ...sent })
    expect([path, status]).toEqual([path, 401])
  }
})
