import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CheckAnswerSchema } from '#contract/check.ts'
import { VisitSchema } from '#contract/visit.ts'
import { reasons } from '#diagnosis/reason.ts'
import { createDemo, type Demo } from '#sandbox/demo/demo.ts'
import { usualScreens } from '#sandbox/demo/reason.ts'
import { scenarioNames, scenarioOf, type ScenarioName } from '#sandbox/demo/scenarios.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { ConfigFile } from './config-file.ts'
import { appKey, openTestPortal, ticketOf, type TestPortal } from './test-portal.ts'

let bench: Bench
let portal: TestPortal
let demo: Demo
let close: () => unknown

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

/** What the portal tells the app of a scenario, and which screen it has for the person. */
async function refusalOf(name: ScenarioName) {
  const { account, actor } = await demo.stage(name)
  const { asks, tells } = scenarioOf(name)
  const told = tells && { reason: tells.reason, retry_after: tells.seconds }
  const question = { account, actor, client: 'browser', ...asks, ...told }
  const { body } = await portal.asApp('POST', '/v1/checks', question)
  const answer = CheckAnswerSchema.parse(body)
  if (answer.allowed) return { reasons: [] }
  const browser = portal.browser()
  await browser.exchange(ticketOf(body))
  const visit = await browser.get(`/api/visit?check=${answer.problem.request_id}`)
  const { blockers } = VisitSchema.parse(visit.body).diagnosis
  return { reasons: blockers.map(({ reason }) => reason), screen: blockers[0]?.fix }
}

test.each(scenarioNames)('%s is refused for the reasons it promises, and leads to its screen', async (name) => {
  const { reasons, screen } = scenarioOf(name)
  const [first] = reasons
  expect(await refusalOf(name)).toEqual({ reasons, ...(first && { screen: screen ?? usualScreens[first] }) })
})

test('every reason that the portal knows has a scenario, whose name is the reason', () => {
  const shown = new Set(scenarioNames.flatMap((name) => scenarioOf(name).reasons))
  expect([...shown].toSorted()).toEqual([...reasons].toSorted())
})
