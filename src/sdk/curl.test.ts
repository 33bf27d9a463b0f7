import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { CheckAnswerSchema } from '#contract/check.ts'
import { cardDeclined } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { answerBank, openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk } from '#server/stripe/test-desk.ts'
import { openPortalAtAddress } from '#server/test-address.ts'
import { openHealer } from '#server/test-healer.ts'
import { appKey, type TestPortal } from '#server/test-portal.ts'
import { webhookSecret } from './webhooks.ts'

let bench: Bench
let portal: TestPortal
let desk: Desk
const folder = mkdtempSync(join(tmpdir(), 'fix402-curl-'))
const script = join(folder, 'fix402.sh')

beforeAll(async () => {
  const page = readFileSync('docs/languages/curl.md', 'utf8')
  writeFileSync(script, /^```sh\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '')
  bench = await openBench()
  portal = await openPortalAtAddress(bench.origin)
  desk = openDesk(portal, bench)
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(({ skip }) => {
  for (const program of ['curl', 'openssl'])
    skip(spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0, `${program} is not on this machine`)
})

/** Runs the page's script with the machine's own `sh`. */
function run(words: string[], differs: Record<string, string> = {}): Promise<{ code: number; out: string }> {
  const env = {
    ...process.env,
    FIX402_PORTAL: portal.config.origin,
    FIX402_KEY: appKey,
    FIX402_APP_ID: 'app_maps',
    FIX402_TIMEOUT: '5',
    ...differs,
  }
  return new Promise((ended) => {
    execFile('sh', [script, ...words], { env }, (error, out) => ended({ code: Number(error?.code ?? 0), out }))
  })
}

async function refusedStay() {
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  return desk.enter(cardDeclined(studio, { name: 'Acme GmbH', email: 'anna@acme.example' }))
}

test('docs/languages/curl.md: refused, waited for, served', async () => {
  const stay = await refusedStay()
  const refused = await run(['ask', stay.account, 'anna'])
  expect(refused.code).toBe(42)
  const answer = CheckAnswerSchema.parse(JSON.parse(refused.out))
  if (answer.allowed) throw new Error('not refused')
  const waiting = run(['wait', answer.problem.poll.url])
  await openHealer(portal, { ...bench, answerBank }, desk).heal(stay)
  expect((await waiting).code).toBe(0)
  expect((await run(['wait', answer.problem.poll.url.replace(/chk_.*/, 'chk_0123456789abcdefABCDEF')])).code).toBe(43)
  const served = await run(['ask', stay.account, 'anna'], { FIX402_TIMEOUT: '5' })
  expect([served.code, JSON.parse(served.out)]).toEqual([0, expect.objectContaining({ allowed: true })])
})

test('docs/languages/curl.md: a ticket lets its person in', async () => {
  const { account } = await refusedStay()
  const { out } = await run(['ticket', account, 'anna'])
  expect(await portal.browser().exchange(out.trim().split('#t=')[1] ?? '')).toMatchObject({ kind: 'entered' })
})

test('docs/languages/curl.md: only webhooks of the portal are genuine', async () => {
  const body = '{"type":"access.restored","timestamp":"2026-11-29T12:00:00Z","data":{"account":"acct_1"}}'
  const file = join(folder, 'body')
  writeFileSync(file, body)
  const now = new Date()
  const seconds = String(Math.floor(now.getTime() / 1_000))
  const signature = new Webhook(await webhookSecret(appKey)).sign('evt_1', now, body)
  const verify = async (id: string, sent: string, signatures: string) =>
    (await run(['verify', id, sent, signatures, file])).code
  expect(await verify('evt_1', seconds, `v1,AAAA ${signature}`)).toBe(0)
  expect(await verify('evt_2', seconds, signature)).toBe(1)
  expect(await verify('evt_1', '1795953600', signature)).toBe(1)
  expect(await verify('evt_1', 'a[$(touch evil)]', signature)).toBe(1)
  writeFileSync(file, body.replace('acct_1', 'acct_2'))
  expect(await verify('evt_1', seconds, signature)).toBe(1)
})

test.each([
  ['away', 'http://127.0.0.1:9'],
  ['no portal', 'http://127.0.0.1:9/%'],
])('docs/languages/curl.md: nobody is refused because the portal is %s', async (_, origin) => {
  expect(await run(['ask', 'acct_1', 'anna'], { FIX402_PORTAL: origin })).toEqual({
    code: 0,
    out: '{"allowed":true}\n',
  })
})
