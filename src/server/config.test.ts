import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { ConfigError, loadConfig, type Config } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'fix402-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const digest = `sha256:${'0f'.repeat(32)}`
const app = { id: 'app_maps', name: 'Maps API', url: 'https://maps.example', keys: [digest] }
const meter = { name: 'Map requests', unit: 'requests' }
const file = { merchant: { name: 'Northwind' }, apps: [app] }
const live = {
  PORTAL_ORIGIN: 'https://billing.example.com',
  STRIPE_SECRET_KEY: 'rk_live_1',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
}
const testKeys = { ...live, STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_PUBLISHABLE_KEY: 'pk_test_1' }

function write(content: string): string {
  const path = join(folder, `${crypto.randomUUID()}.mjs`)
  writeFileSync(path, content)
  return path
}

const load = (environment: Record<string, string>, content: unknown = file): Promise<Config> =>
  loadConfig({ FIX402_CONFIG: write(`export default ${JSON.stringify(content)}`), ...environment })

/** The one line with which the start stops. */
async function refusal(loading: Promise<Config>): Promise<string> {
  const error = await loading.then(
    () => new Error('was accepted'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ConfigError)
  return (error as ConfigError).message
}

const wrong: [variable: string, environment: Record<string, string>][] = [
  ['PORT', { PORT: 'http' }],
  ['PORT', { PORT: '0' }],
  ['PORT', { PORT: '65534' }],
  ['PORT', { PORT: '40.2' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '-1' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.1' }],
  ['PORTAL_ORIGIN', { PORTAL_ORIGIN: 'billing.example.com' }],
  ['PORTAL_ORIGIN', { PORTAL_ORIGIN: 'https://billing.example.com/' }],
  ['PORTAL_ORIGIN', { PORTAL_ORIGIN: 'https://billing.example.com/portal' }],
  ['PORTAL_ORIGIN', { PORTAL_ORIGIN: 'http://billing.example.com' }],
  ['PORTAL_ORIGIN', { PORTAL_ORIGIN: 'ftp://localhost' }],
  ['PORTAL_ORIGIN', { ...live, PORTAL_ORIGIN: 'http://localhost:4020' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/billing' }],
  ['DATABASE_URL', { NODE_ENV: 'production' }],
  ['STRIPE_SECRET_KEY', { ...live, STRIPE_SECRET_KEY: 'pk_live_1' }],
  ['STRIPE_SECRET_KEY', { ...live, STRIPE_SECRET_KEY: 'sk_live_ 1' }],
  ['STRIPE_PUBLISHABLE_KEY', { ...live, STRIPE_PUBLISHABLE_KEY: '' }],
  ['STRIPE_PUBLISHABLE_KEY', { ...live, STRIPE_PUBLISHABLE_KEY: 'sk_live_1' }],
  ['STRIPE_PUBLISHABLE_KEY', { ...live, STRIPE_PUBLISHABLE_KEY: 'pk_test_1' }],
  ['STRIPE_WEBHOOK_SECRET', { ...live, STRIPE_WEBHOOK_SECRET: '' }],
  ['STRIPE_WEBHOOK_SECRET', { ...live, STRIPE_WEBHOOK_SECRET: 'secret' }],
  ['STRIPE_WEBHOOK_SECRET', { ...live, STRIPE_WEBHOOK_SECRET: 'whsec_1, whsec_2' }],
  ['STRIPE_API_BASE', { STRIPE_API_BASE: 'localhost' }],
  ['STRIPE_API_BASE', { STRIPE_API_BASE: 'ftp://localhost:4021' }],
  ['STRIPE_API_BASE', { STRIPE_API_BASE: 'http://localhost:4021/v1' }],
  ['STRIPE_API_BASE', { ...testKeys, STRIPE_API_BASE: 'https://api.stripe.com/' }],
  ['STRIPE_API_BASE', { ...live, STRIPE_API_BASE: 'http://localhost:4021' }],
  ['SMTP_URL', { SMTP_URL: 'mail.example.com', MAIL_FROM: 'a@b.example' }],
  ['SMTP_URL', { SMTP_URL: 'https://mail.example.com', MAIL_FROM: 'a@b.example' }],
  ['SMTP_URL', { SMTP_URL: 'smtp://mail.example.com:587/inbox', MAIL_FROM: 'a@b.example' }],
  ['MAIL_FROM', { SMTP_URL: 'smtps://mail.example.com' }],
  ['MAIL_FROM', { MAIL_FROM: 'billing' }],
  ['MAIL_FROM', { MAIL_FROM: 'Example <billing@example.com' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['WEBHOOK_ALLOW_PRIVATE', { WEBHOOK_ALLOW_PRIVATE: 'yes' }],
  ['FIX402_CONFIG', { FIX402_CONFIG: 'nowhere.ts' }],
]
test.each(wrong)('%s is wrong in %j, and one line says so', async (variable, environment) => {
  const line = await refusal(load(environment))
  expect(line).toMatch(new RegExp(`^${variable}: .{8,}$`))
  for (const secret of [environment['STRIPE_SECRET_KEY'], environment['STRIPE_WEBHOOK_SECRET']]) {
    expect(line).not.toContain(secret || 'undefined')
  }
})

const wrongFiles: [path: string, content: unknown][] = [
  ['default export', null],
  ['merchant', { ...file, merchant: undefined }],
  ['merchant.name', { ...file, merchant: { name: '' } }],
  ['merchant.supportUrl', { ...file, merchant: { name: 'N', supportUrl: 'javascript:alert(1)' } }],
  ['merchant.supportUrl', { ...file, merchant: { name: 'N', supportUrl: 'help' } }],
  ['graceDays', { ...file, graceDays: -1 }],
  ['graceDays', { ...file, graceDays: 91 }],
  ['graceDays', { ...file, graceDays: 1.5 }],
  ['graceDays', { ...file, graceDays: '7' }],
  ['plans.team_monthly', { ...file, plans: { team_monthly: 'Team' } }],
  ['plans.team_monthly.name', { ...file, plans: { team_monthly: { name: '' } } }],
  ['apps', { ...file, apps: [] }],
  ['apps', { ...file, apps: [app, { ...app, keys: [`sha256:${'00'.repeat(32)}`] }] }],
  ['apps', { ...file, apps: [app, { ...app, id: 'app_tiles' }] }],
  ['apps.0.id', { ...file, apps: [{ ...app, id: 'white space' }] }],
  ['apps.0.name', { ...file, apps: [{ ...app, name: undefined }] }],
  ['apps.0.url', { ...file, apps: [{ ...app, url: 'maps.example' }] }],
  ['apps.0.url', { ...file, apps: [{ ...app, url: 'javascript:alert(1)' }] }],
  ['apps.0.url', { ...file, apps: [{ ...app, url: 'mailto:maps@maps.example' }] }],
  ['apps.0.keys', { ...file, apps: [{ ...app, keys: [] }] }],
  ['apps.0.keys.0', { ...file, apps: [{ ...app, keys: ['the key itself'] }] }],
  ['apps.0.keys.0', { ...file, apps: [{ ...app, keys: [digest.toUpperCase()] }] }],
  ['apps.0.origins.0', { ...file, apps: [{ ...app, origins: ['https://maps.example/'] }] }],
  ['apps.0.webhook.url', { ...file, apps: [{ ...app, webhook: { url: 'maps.example/billing' } }] }],
  ['apps.0.webhook.url', { ...file, apps: [{ ...app, webhook: { url: 'https://user:secret@maps.example/' } }] }],
  ['apps.0.webhook.url', { ...file, apps: [{ ...app, webhook: { url: 'https://maps.example/#hook' } }] }],
  ['meters.requests.thresholds.0', { ...file, meters: { requests: { ...meter, thresholds: [0] } } }],
  ['apps.0.origins.0', { ...file, apps: [{ ...app, origins: ['*'] }] }],
]
test.each(wrongFiles)('%s is wrong in the file, and one line says so', async (path, content) => {
  const line = await refusal(load({}, content))
  expect(line).toMatch(/^\S+\.mjs: .{8,}$/)
  expect(line).toContain(`.mjs: ${path}: `)
})

test('a misspelt field of the file is named', async () => {
  expect(await refusal(load({}, { ...file, graceDay: 7 }))).toContain('graceDay')
  expect(await refusal(load({}, { ...file, apps: [{ ...app, orgins: [] }] }))).toContain('orgins')
})

test('a file that is no program stops with one line that names it', async () => {
  expect(await refusal(loadConfig({ FIX402_CONFIG: write('export default {') }))).toMatch(/^\S+\.mjs: .+$/)
})

test('a key that opens the sandbox opens no live payments, and is not repeated', async () => {
  const content = { ...file, apps: [{ ...app, keys: ['fix402_test_demo'] }] }
  const line = await refusal(load(live, content))
  expect(line).toContain('apps.app_maps.keys: ')
  expect(line).not.toContain('fix402_test_demo')
  expect((await load({}, content)).apps[0]?.keyDigests[0]).toMatch(/^[0-9a-f]{64}$/)
})

test('with nothing set it is the sandbox on localhost; with keys it is Stripe', async () => {
  expect(await load({})).toMatchObject({
    port: 4020,
    origin: 'http://localhost:4020',
    policy: { graceDays: 7 },
    databaseUrl: undefined,
    stripe: { sandbox: true, apiBase: 'http://localhost:4021' },
  })
  expect(await load({ ...live, STRIPE_WEBHOOK_SECRET: 'whsec_1,whsec_2' })).toMatchObject({
    origin: 'https://billing.example.com',
    stripe: {
      sandbox: false,
      apiBase: 'https://api.stripe.com',
      script: 'https://js.stripe.com/endive/stripe.js',
      webhookSecrets: ['whsec_1', 'whsec_2'],
    },
  })
  expect((await load({ NODE_ENV: 'production', ALLOW_EMBEDDED_DB: '1' })).databaseUrl).toBeUndefined()
})

/** Starts the real program, which is expected to stop by itself. */
async function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, NODE_ENV: '', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err] = [text(child.stdout), text(child.stderr)]
  const [code] = (await once(child, 'exit')) as [number]
  return { code, out: await out, lines: (await err).trimEnd().split('\n') }
}

test('the program stops with exit code 1 and the line, without a stack', async () => {
  const { code, out, lines } = await start({ PORT: 'http' })
  expect([code, out, lines]).toEqual([1, '', [expect.stringMatching(/^PORT: /)]])
})

test('a database that cannot be reached is one line too, without its password', async () => {
  const { code, lines } = await start({ DATABASE_URL: 'postgres://fix402:secret-word@127.0.0.1:1/billing' })
  expect([code, lines]).toEqual([1, [expect.stringMatching(/^DATABASE_URL: /)]])
  expect(lines[0]).not.toContain('secret-word')
})

test('a port that is taken is one line that names the port', async () => {
  const taken = createServer().listen(0)
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const { code, lines } = await start({ PORT: String(port) })
  taken.close()
  expect([code, lines]).toEqual([1, [`PORT: ${port} is already in use; set PORT to another`]])
})

test('letters go to the sandbox’s mailbox until there is a mail server; with a Stripe key nowhere by themselves', async () => {
  const sandbox = await load({ PORT: '5020' })
  expect(sandbox.mail).toEqual({ smtpUrl: 'smtp://localhost:5023', from: 'Northwind <billing@fix402.example>' })
  expect((await load(testKeys)).mail).toBeUndefined()
  const given = {
    SMTP_URL: 'smtps://user:p%40ss@mail.example.com:465',
    MAIL_FROM: 'Northwind <billing@northwind.example>',
  }
  expect((await load({ ...testKeys, ...given })).mail).toEqual({ smtpUrl: given.SMTP_URL, from: given.MAIL_FROM })
})

test('members see no amounts unless the merchant says so', async () => {
  expect((await load({})).showAmountsToMembers).toBe(false)
  expect((await load({}, { ...file, showAmountsToMembers: true })).showAmountsToMembers).toBe(true)
})

test('webhooks go by https; by http only to this machine from it, or where private networks are allowed', async () => {
  const told = (url: string) => ({ ...file, apps: [{ ...app, webhook: { url } }] })
  const away = { PORTAL_ORIGIN: 'https://billing.example.com' }
  expect((await load({}, told('http://localhost:3000/hook'))).webhooks).toEqual({ loopback: true, private: false })
  expect((await load(away, told('https://maps.example/hook'))).webhooks).toEqual({ loopback: false, private: false })
  for (const [environment, url] of [
    [{}, 'http://maps.example/hook'],
    [away, 'http://localhost:3000/hook'],
    [away, 'http://10.0.0.7/hook'],
  ] as const) {
    expect(await refusal(load(environment, told(url)))).toMatch(/apps\.app_maps\.webhook\.url: must be https/)
  }
  const inside = await load({ ...away, WEBHOOK_ALLOW_PRIVATE: '1' }, told('http://10.0.0.7/hook'))
  expect(inside).toMatchObject({ webhooks: { private: true }, apps: [{ webhook: { url: 'http://10.0.0.7/hook' } }] })
})
