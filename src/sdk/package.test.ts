import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const home = mkdtempSync(join(tmpdir(), 'fix402-package-'))
const built = join(home, 'built')
const app = join(home, 'app')
const entries = ['', '/express', '/fastify', '/hono', '/next', '/client', '/webhooks', '/react', '/banner.js']

function run(command: string, args: readonly string[], cwd: string): string {
  const shell = process.platform === 'win32'
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', shell })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`)
  return stdout
}

/** Packed and installed as from a registry, but for the registry; React and types stand beside it, as in an app. */
beforeAll(() => {
  run(process.execPath, ['build-sdk.ts', built], resolve('.'))
  const tarball = run('npm', ['pack', built, '--pack-destination', home, '--silent'], home).trim()
  mkdirSync(app)
  writeFileSync(join(app, 'package.json'), '{"name":"app","private":true,"type":"module"}')
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--omit=peer', join(home, tarball)], app)
  mkdirSync(join(app, 'node_modules/@types'), { recursive: true })
  for (const name of ['react', '@types/react', '@types/node']) {
    symlinkSync(resolve('node_modules', name), join(app, 'node_modules', name), 'junction')
  }
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

test('every entry is imported by plain Node', () => {
  const script = entries.map((entry) => `console.log(Object.keys(await import('fix402${entry}')).sort().join())`)
  const names = run(process.execPath, ['--input-type=module', '-e', script.join('\n')], app).split('\n')
  expect(Object.fromEntries(entries.map((entry, index) => [entry, names[index]]))).toEqual({
    '': 'createFix402',
    '/express': 'connectFix402',
    '/fastify': 'connectFix402',
    '/hono': 'connectFix402',
    '/next': 'connectFix402',
    '/client': 'ParkingEnded,PaymentRequiredError,createPaidFetch,fetchPaid,readRefusal',
    '/webhooks': 'verifyWebhook,webhookSecret',
    '/react': 'BillingBanner',
    // It only acts, and on a server it does nothing.
    '/banner.js': '',
  })
})

test('the command line runs', () => {
  expect(run('npx', ['--offline', 'fix402', '--help'], app)).toContain('fix402')
})

const consumer = `
import { createFix402, type Decision, type Question } from 'fix402'
import { connectFix402 as express } from 'fix402/express'
import { connectFix402 as fastify } from 'fix402/fastify'
import { connectFix402 as hono } from 'fix402/hono'
import { connectFix402 as next } from 'fix402/next'
import { createPaidFetch, PaymentRequiredError, type Refusal } from 'fix402/client'
import { verifyWebhook } from 'fix402/webhooks'
import { BillingBanner } from 'fix402/react'
import 'fix402/banner.js'

const options = { portal: 'https://billing.example.com', appId: 'app_12', key: 'secret' }
const question: Question = { account: 'acct_81', meter: 'tiles', quantity: 3 }
const decision: Decision = await createFix402(options).check(question)
const reason: string = decision.allowed ? '' : decision.source === 'unavailable' ? '' : decision.problem.reason
express({ ...options, account: (request) => request.headers['x-account']?.toString() }).requirePaid({ feature: reason })
fastify({ ...options, account: ({ raw }) => raw.url }).plugin
hono({ ...options, account: ({ req }) => req.raw.url }).routes
export const proxy = next({ ...options, account: async ({ headers }) => headers.get('x-account') ?? undefined }).proxy()
try {
  await createPaidFetch({ park: true })('https://api.example.com')
} catch (error) {
  if (error instanceof PaymentRequiredError) tell(error.problem)
}
function tell({ reason, fix }: Refusal): string {
  return reason === 'card_expired' ? fix.url : (fix.short_url ?? '')
}
const verified = await verifyWebhook({ headers: {}, body: '', key: 'secret' })
export const type: string = verified.genuine ? verified.event.type : verified.why
export const banner = BillingBanner({ news: decision.allowed ? decision : {}, service: 'Maps' })
// @ts-expect-error an account is needed
express({ ...options })
`

test.each([
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
])('its types hold in an app that checks its libraries (%s, %s)', (module, moduleResolution) => {
  writeFileSync(join(app, 'consumer.ts'), consumer)
  const compilerOptions = { module, moduleResolution, target: 'es2022', lib: ['es2022', 'dom'], types: ['node'] }
  const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true }
  const config = { compilerOptions: { ...compilerOptions, ...strict }, files: ['consumer.ts'] }
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify(config))
  expect(run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', app], app)).toBe('')
})

test('it depends on nothing, and its core on no runtime', () => {
  const manifest = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8')) as Record<string, unknown>
  expect(manifest['dependencies']).toBeUndefined()
  const files = readdirSync(built).filter((name) => /\.(js|d\.ts)$/.test(name) && name !== 'cli.js')
  const imported = files.flatMap((name) =>
    [...readFileSync(join(built, name), 'utf8').matchAll(/(?:from|import)\s*\(?['"]([^'"]+)['"]/g)].map(
      (found) => found[1],
    ),
  )
  expect([...new Set(imported.filter((name) => !name?.startsWith('./')))]).toEqual(['react'])
})
