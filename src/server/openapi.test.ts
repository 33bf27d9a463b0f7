import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { AppEventSchema } from '#contract/event.ts'
import { createAirlock } from './account.ts'
import { createApp } from './app.ts'
import { loadConfig } from './config.ts'
import { openGifts } from './jobs/settle-gifts.ts'
import { openForwarder } from './jobs/forward-usage.ts'
import { openRecharger } from './jobs/recharge-credits.ts'
import { openBackupCharger } from './jobs/charge-backups.ts'
import { openPostman } from './jobs/send-mails.ts'
import { openWatch } from './jobs/watch-accounts.ts'
import { openOutbox } from './outbox/outbox.ts'
import { openPostgres } from './store/postgres.ts'
import { createStripe } from './stripe/client.ts'
import { openInbox } from './stripe/inbox.ts'

type Published = {
  paths: Record<string, Record<string, unknown>>
  webhooks: Record<string, { post: { requestBody: object } }>
}

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
  const postman = openPostman(hands)
  const charger = openBackupCharger(hands, postman)
  const loops = {
    inbox: openInbox(hands, charger),
    charger,
    postman,
    recharger: openRecharger(hands),
    watch: openWatch(hands, { outbox, postman }),
    forwarder: openForwarder(hands),
    gifts: openGifts(hands),
    outbox,
  }
  const app = createApp(hands, loops, undefined)
  const response = await app.request('/openapi.json', { headers: { host: new URL(config.origin).host } })
  await Promise.all(Object.values(loops).map((loop) => loop.close()))
  return { app, description: (await response.json()) as Published }
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

test('what the portal sends by itself is described too, each kind of event with its body', async () => {
  const { description } = await routerAndDescription()
  const kinds = AppEventSchema.options.map(({ shape }) => shape.type.value)
  expect(Object.keys(description.webhooks).toSorted()).toEqual(kinds.toSorted())
  for (const kind of kinds) expect(JSON.stringify(description.webhooks[kind]?.post.requestBody)).toContain(`"${kind}"`)
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
    // Ways in, and what the link of a letter opens by itself.
    const isOpen = path.startsWith('/api/session/') || path === '/api/letters/stop'
    if (!path.startsWith('/api/') || isOpen) continue
    const sent = method === 'GET' ? {} : { body: '{}' }
    const headers = { ...own, 'content-type': 'application/json' }
    const { status } = await app.request(path, { method, headers, ...sent })
    expect([path, status]).toEqual([path, 401])
  }
})

type Media = { schema?: object; example?: unknown }
type Operation = {
  operationId?: string
  summary?: string
  description?: string
  security?: unknown[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { description?: string; content?: Record<string, Media> }>
}
type Description = {
  paths: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, { required?: string[]; properties?: Record<string, { description?: string }> }>
  }
}

async function operations() {
  const { app, description } = await routerAndDescription()
  const document = description as unknown as Description
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  return { app, document, all, forApps: all.filter(({ path }) => path.startsWith('/v1/')) }
}

/** Every value under this name, however deep. */
function everywhere(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [...(key === name ? [inner] : []), ...everywhere(inner, name)])
}

test('every reference in the description leads somewhere, and no two operations go by one name', async () => {
  const { document, all } = await operations()
  const named = everywhere(document, '$ref')
  const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
  expect(named.filter((reference) => !known.includes(String(reference)))).toEqual([])
  expect(named.length).toBeGreaterThan(40)
  const ids = all.flatMap(({ operation }) => operation.operationId ?? [])
  expect(ids).toEqual([...new Set(ids)])
})

test('only what must be there is called required', async () => {
  const { document } = await operations()
  const { CheckRequest, Refusal, AccountPut } = document.components.schemas
  expect(CheckRequest?.required).toEqual(['account'])
  expect(AccountPut?.required).toEqual(['label'])
  expect(Refusal?.required).not.toContain('resets_at')
  const [check] = everywhere(document.paths['/api/visit'], 'parameters') as [{ name: string; required: boolean }[]]
  expect(check).toMatchObject([{ name: 'check', required: false }])
})

test('of every operation for apps it is said what it is for, who may call it, what comes back and how it fails', async () => {
  const { forApps } = await operations()
  for (const { path, operation } of forApps) {
    const { operationId, summary, description, security, responses, requestBody } = operation
    expect([path, operationId, summary, description, security]).toEqual([
      path,
      ...[1, 2, 3].map(() => expect.stringMatching(/./)),
      operationId === 'getCheck' ? [] : [{ apiKey: [] }],
    ])
    expect(Object.values(responses).every((response) => response.description)).toBe(true)
    expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true)
    expect(responses['default']?.content).toHaveProperty(['application/problem+json'])
    for (const media of Object.values(requestBody?.content ?? {}))
      expect([path, media.example]).toEqual([path, expect.anything()])
  }
  expect(forApps.length).toBeGreaterThanOrEqual(8)
})

test('every example in the description is what the description says', async () => {
  const { document, all } = await operations()
  const { components } = document
  const shown = all.flatMap(({ path, operation }) =>
    [operation.requestBody, ...Object.values(operation.responses)].flatMap((part) =>
      Object.values(part?.content ?? {}).flatMap((media) => (media.example === undefined ? [] : [{ path, ...media }])),
    ),
  )
  expect(shown.length).toBeGreaterThan(20)
  for (const { path, schema, example } of shown) {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile({ ...schema, components })
    validate(example)
    expect([path, validate.errors]).toEqual([path, null])
  }
})

test('every route for apps is closed without a key, but for the poll; a gateway’s lets pass, and says why', async () => {
  const { app, forApps } = await operations()
  const open = []
  for (const { path, method } of forApps) {
    const sent = method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }
    for (const authorization of ['', 'Bearer wrong']) {
      const headers = { host: 'localhost:4020', 'content-type': 'application/json', authorization }
      const answer = await app.request(path, { method, headers, ...sent })
      if (answer.status !== 401) open.push([method, path, answer.headers.get('x-fix402-error')])
    }
  }
  const twice = <T>(one: T) => [one, one]
  expect(open).toEqual([
    ...twice(['GET', '/v1/checks/{id}', null]),
    ...twice(['GET', '/v1/forward-auth', 'not-authenticated']),
  ])
})

test('every field that an app sends is explained', async () => {
  const { document } = await operations()
  const sent = ['AccountPut', 'CheckRequest', 'SessionRequest', 'UsageRequest', 'UsageEvent']
  const mute = sent.flatMap((name) =>
    Object.entries(document.components.schemas[name]?.properties ?? {})
      .filter(([, { description }]) => !description)
      .map(([field]) => `${name}.${field}`),
  )
  expect(mute).toEqual([])
})
