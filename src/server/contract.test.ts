import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serve } from '@hono/node-server'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reasonFacts, reasons, type Reason } from '#diagnosis/reason.ts'
import { createDemo, type Demo } from '#sandbox/demo/demo.ts'
import { findScenario, scenarioOf } from '#sandbox/demo/scenarios.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { ConfigFile } from './config-file.ts'
import { scopes } from './refusal-subject.ts'
import { appKey, openTestPortal, type TestPortal } from './test-portal.ts'

let bench: Bench
let portal: TestPortal
let demo: Demo
let close: () => unknown
let isRefusal: ValidateFunction

beforeAll(async () => {
  bench = await openBench()
  const file = (await import(pathToFileURL(resolve('fix402.config.ts')).href)) as { default: ConfigFile }
  const { apps: _, ...merchant } = file.default
  portal = await openTestPortal(bench.origin, { merchant })
  const origin = await new Promise<string>((listening) => {
    const server = serve({ fetch: atItsOwnAddress, port: 0 }, ({ port }) => listening(`http://localhost:${port}`))
    close = () => server.close()
  })
  const { hostname, port } = new URL(bench.origin)
  demo = createDemo({
    origin: 'https://maps.example',
    portal: origin,
    stripe: `http://${hostname}:${port}`,
    appId: 'app_maps',
    key: appKey,
  })
  isRefusal = schemaOf((await portal.ask('GET', '/openapi.json')).body)
})
afterAll(async () => {
  close()
  await portal?.close()
  await bench?.close()
})

/** The portal answers at no other, and the demo reaches it at a port of the moment. */
async function atItsOwnAddress(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const { host, origin } = new URL(portal.config.origin)
  const headers = new Headers(request.headers)
  headers.set('host', host)
  return portal.fetch(new Request(origin + pathname, { method: request.method, headers, body: await request.text() }))
}

const formats = {
  'date-time': (text: string) => new Date(text).toISOString() === text,
  uri: (text: string) => URL.canParse(text),
  'uri-reference': (text: string) => URL.canParse(text, 'https://portal.example'),
}

/** A refusal as the portal's own description publishes it; what it does not name is not in it. */
function schemaOf(description: unknown): ValidateFunction {
  const { components } = description as { components: { schemas: { Refusal: { properties: object } } } }
  const { Refusal, ...others } = components.schemas
  return new Ajv2020({ strict: false, formats }).compile({
    ...Refusal,
    components: { schemas: others },
    additionalProperties: false,
  })
}

type Refused = {
  allowed: false
  status: number
  headers: Record<string, string>
  problem: Record<string, unknown> & {
    request_id: string
    fix: Record<string, unknown>
    blockers: { reason: string }[]
  }
}

/** The account of each reason is built once, and asked about by several readers. */
const staged = new Map<Reason, ReturnType<Demo['stage']>>()
async function refusedFor(reason: Reason, as: object = {}): Promise<Refused> {
  const name = findScenario(reason)
  if (name === undefined) throw new Error(`no scenario for ${reason}`)
  const stage = staged.get(reason) ?? demo.stage(name)
  staged.set(reason, stage)
  const { account, actor } = await stage
  const { asks, tells } = scenarioOf(name)
  const told = tells && { reason: tells.reason, retry_after: tells.seconds }
  const { body } = await portal.asApp('POST', '/v1/checks', { account, actor, ...asks, ...told, ...as })
  expect(body).toMatchObject({ allowed: false })
  return body as Refused
}

describe.each(reasons)('%s', (reason) => {
  const { slug, status, title, retry, who } = reasonFacts[reason]

  test('is refused as the published schema says, with all that a program needs', async () => {
    const refused = await refusedFor(reason)
    const { problem, headers } = refused
    isRefusal(problem)
    expect(isRefusal.errors).toBe(null)
    expect([refused.status, problem]).toEqual([
      status,
      expect.objectContaining({
        type: `${portal.config.origin}/problems/${slug}`,
        title,
        status,
        detail: expect.stringMatching(/^[A-Z0-9€“].*\.$/),
        reason,
        scope: scopes[reason],
        retry,
        fix: expect.objectContaining({ who, url: problem.fix['short_url'] }),
      }),
    ])
    expect(problem.blockers[0]?.reason).toBe(reason)
    expect(headers).toMatchObject({ 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' })
    expect(headers['Link']).toBe(
      `<${String(problem.fix['url'])}>; rel="payment"; title="${String(problem.fix['label'])}"`,
    )
    expect('Retry-After' in headers).toBe(retry === 'poll' || retry === 'after_reset')
    expect('RateLimit' in headers).toBe('RateLimit-Policy' in headers)
    expect(Buffer.byteLength(JSON.stringify(problem))).toBeLessThanOrEqual(8_192)
  })

  test('has a page that says what it means', async () => {
    const { problem } = await refusedFor(reason)
    const page = await portal.ask('GET', new URL(String(problem['type'])).pathname)
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/html; charset=utf-8$/i),
    ])
    expect(page.text).toContain(`<code>${reason}</code>`)
  })

  test('is told to a visitor without a word about the account', async () => {
    const { problem } = await refusedFor(reason, { audience: 'visitor' })
    isRefusal(problem)
    expect(isRefusal.errors).toBe(null)
    expect(problem.blockers).toHaveLength(1)
    for (const member of ['account', 'subject']) expect(problem).not.toHaveProperty(member)
    for (const member of ['code', 'short_url', 'expires_at']) expect(problem.fix).not.toHaveProperty(member)
    const isPublic = reason === 'upstream_billing' || reason === 'rate_limited'
    expect(problem['reason']).toBe(isPublic ? reason : 'unknown')
  })
})

test('every refusal keeps to the schema that other implementations know', async ({ skip }) => {
  const file = resolve(import.meta.dirname, '../../../shared/facts/problem.schema.json')
  if (!existsSync(file)) skip('problem.schema.json is not at hand')
  const validate = new Ajv2020({ strict: false, formats }).compile(JSON.parse(readFileSync(file, 'utf8')))
  for (const reason of reasons) {
    for (const audience of ['account', 'visitor']) {
      validate((await refusedFor(reason, { audience })).problem)
      expect([reason, audience, validate.errors]).toEqual([reason, audience, null])
    }
  }
})
