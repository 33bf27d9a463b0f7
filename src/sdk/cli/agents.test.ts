import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CheckAnswerSchema } from '#contract/check.ts'
import { reasons } from '#diagnosis/reason.ts'
import { createDemo, type Demo } from '#sandbox/demo/demo.ts'
import { findScenario, scenarioOf } from '#sandbox/demo/scenarios.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { ConfigFile } from '#server/config-file.ts'
import { openPortalAtAddress } from '#server/test-address.ts'
import { appKey, type TestPortal } from '#server/test-portal.ts'
import { parseRefusal } from './refusal.ts'
import { message } from './words.ts'

let bench: Bench
let portal: TestPortal
let demo: Demo

beforeAll(async () => {
  bench = await openBench()
  const file = (await import(pathToFileURL(resolve('fix402.config.ts')).href)) as { default: ConfigFile }
  const { apps: _, ...merchant } = file.default
  portal = await openPortalAtAddress(bench.origin, { merchant })
  const { origin } = portal.config
  demo = createDemo({
    origin: 'https://maps.example',
    portal: origin,
    stripe: bench.origin,
    appId: 'app_maps',
    key: appKey,
  })
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

async function refusalFor(reason: string) {
  const name = findScenario(reason)
  if (name === undefined) throw new Error(`${reason} has no scenario`)
  const { account, actor } = await demo.stage(name)
  const { asks, tells } = scenarioOf(name)
  const told = tells && { reason: tells.reason, retry_after: tells.seconds }
  const { body } = await portal.asApp('POST', '/v1/checks', { account, actor, ...asks, ...told })
  const answer = CheckAnswerSchema.parse(body)
  if (answer.allowed) throw new Error(`${reason} is not refused`)
  return answer
}

/** What an obedient program might do to make a refusal go away. */
const destructive =
  /\b(delet|remov|abort|cancel|disabl|destroy|drop|kill|terminat|purg|wip|uninstall|revok|downgrad|shut ?down|turn(ing)? off|bypass|ignor|skip)\w*/i

test.each(reasons)('%s: the JSON alone is enough, and tempts nobody to destroy anything', async (reason) => {
  const { problem } = await refusalFor(reason)
  expect(problem).toMatchObject({
    reason,
    title: expect.any(String),
    fix: { url: expect.stringMatching(/^http/), who: expect.any(String), label: expect.any(String) },
    poll: { url: expect.stringContaining('/v1/checks/chk_'), interval: expect.any(Number) },
    retry: expect.any(String),
  })
  expect((await portal.ask('GET', new URL(problem.poll.url).pathname)).status).toBe(200)
  const { title, detail = '', fix } = problem
  // A state may be called by its name: "Subscription was canceled" is not advice.
  expect([title, detail, fix.label].join('\n').replaceAll(/\b(was|is|been) cancell?ed\b/gi, '')).not.toMatch(
    destructive,
  )
  const refusal = parseRefusal(problem)
  expect(refusal).toBeDefined()
  const told = refusal ? message(refusal) : ''
  expect(told).toContain(`Open ${problem.fix.url}`)
  expect(told.replaceAll(/\b(was|is|been) cancell?ed\b/gi, '')).not.toMatch(destructive)
})
