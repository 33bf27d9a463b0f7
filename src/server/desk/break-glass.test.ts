import { execFile } from 'node:child_process'
import { writeFileSync, rmSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditPage } from '#contract/desk-audit.ts'
import { DeskAnswerSchema } from '#contract/desk-answer.ts'
import type { Privacy } from '#contract/privacy.ts'
import { cardDeclined } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { emptyDataFolder } from '#server/store/test-folder.ts'
import { openDesk, openTestIdentity, type TestIdentity } from '#server/test-identity.ts'
import { appKey, openTestPortal, type TestPortal } from '#server/test-portal.ts'

let bench: Bench
let identity: TestIdentity
let folder: string
let portal: TestPortal

const openPortal = () => openTestPortal(bench.origin, { folder, desk: identity.desk })

beforeAll(async () => {
  bench = await openBench()
  identity = await openTestIdentity()
  folder = await emptyDataFolder()
  portal = await openPortal()
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  const { customer } = await cardDeclined(studio, { name: 'Acme GmbH', email: 'books@acme.example' })
  const members = [{ id: 'anna', role: 'owner', name: 'Anna Schmidt', email: 'anna@acme.example' }]
  await portal.register('acct_1', { stripe_customer: customer, members })
  const app = { id: 'app_maps', name: 'Maps API', url: 'https://maps.example', keys: [appKey] }
  const config = { merchant: { name: 'Acme' }, apps: [app], plans: { team_monthly: { name: 'Team' } } }
  writeFileSync(join(folder, 'fix402.config.mjs'), `export default ${JSON.stringify(config)}`)
})
afterAll(async () => {
  await portal?.close()
  await identity?.close()
  await bench?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As on the server's shell; the embedded database lets one process in at a time. */
async function look(...args: string[]) {
  await portal.close()
  const { stdout, stderr, status } = await run(args)
  portal = await openPortal()
  return { stdout, stderr, status }
}

/** Without blocking this process, in which Stripe answers. */
function run(args: string[]): Promise<{ stdout: string; stderr: string; status: number | null }> {
  const env = {
    ...process.env,
    DATA_DIR: folder,
    DATABASE_URL: '',
    STRIPE_API_BASE: bench.origin,
    FIX402_CONFIG: join(folder, 'fix402.config.mjs'),
  }
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/server/desk-look.ts', ...args], { env }, (error, stdout, stderr) =>
      resolve({ stdout, stderr, status: error === null ? 0 : Number(error.code) }),
    )
  })
}

async function rows(): Promise<AuditPage['rows']> {
  const admin = await openDesk(portal, identity, 'admin')
  const { body } = await admin.get('/api/desk/audit?deed=read-account')
  return (body as AuditPage).rows
}

const slow = { timeout: 180_000 }

test(
  'whoever is on the server reads the answer as a viewer would, and stands in the audit by name and reason, for the customer too',
  slow,
  async () => {
    const { stdout, status } = await look('app_maps', 'acct_1', '--reason', 'The identity provider is down')
    expect(status).toBe(0)
    const answer = DeskAnswerSchema.parse(JSON.parse(stdout))
    expect(answer).toMatchObject({ verdict: 'blocked', blockers: [{ blocker: { reason: 'card_declined' } }] })
    expect(stdout).not.toMatch(/Anna Schmidt|anna@acme|books@acme/)
    const { username } = userInfo()
    expect(await rows()).toMatchObject([
      {
        staff: { id: `os:${username}`, name: username, role: 'viewer' },
        account: 'acct_1',
        reason: 'The identity provider is down',
      },
    ])
    const owner = portal.browser()
    await owner.enter('acct_1')
    expect(((await owner.get('/api/sessions')).body as Privacy).looks).toMatchObject([{ staff: username }])
  },
)

test(
  'without a reason nothing is read and nothing written; an account that is not there is, and says no more',
  slow,
  async () => {
    const before = (await rows()).length
    const silent = await look('app_maps', 'acct_1')
    expect([silent.status, silent.stdout]).toEqual([1, ''])
    expect(silent.stderr).toContain('--reason')
    expect(await rows()).toHaveLength(before)
    const unknown = await look('app_maps', 'acct_nobody', '--reason', 'They called')
    expect([unknown.status, unknown.stdout]).toEqual([1, ''])
    expect(unknown.stderr).toContain('app_maps acct_nobody: not-found')
    expect(await rows()).toHaveLength(before + 1)
  },
)

test('while the portal runs on the embedded database the command says so, and harms nothing', slow, async () => {
  const { status, stderr, stdout } = await run(['app_maps', 'acct_1', '--reason', 'They called'])
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect((await portal.asApp('GET', '/v1/accounts/acct_1')).status).toBe(200)
})
