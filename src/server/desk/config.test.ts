import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadConfig, type Config } from '#server/config.ts'

const folder = mkdtempSync(join(tmpdir(), 'fix402-desk-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const app = { id: 'app_maps', name: 'Maps API', url: 'https://maps.example', keys: [`sha256:${'0f'.repeat(32)}`] }
const file = { merchant: { name: 'Northwind' }, apps: [app] }
const live = {
  PORTAL_ORIGIN: 'https://billing.example.com',
  STRIPE_SECRET_KEY: 'rk_live_1',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
}

function load(environment: Record<string, string>, content: unknown = file): Promise<Config> {
  const path = join(folder, `${crypto.randomUUID()}.mjs`)
  writeFileSync(path, `export default ${JSON.stringify(content)}`)
  return loadConfig({ FIX402_CONFIG: path, ...environment })
}

const oidc = { OIDC_ISSUER: 'https://id.example.com', OIDC_CLIENT_ID: 'desk', OIDC_CLIENT_SECRET: 'secret' }

test('in the sandbox there is a desk beside the portal, for the four people of the sandbox and whom the file adds', async () => {
  const { desk } = await load({ PORT: '5000' }, { ...file, desk: { roles: { helpers: 'agent' } } })
  expect(desk).toMatchObject({
    origin: 'http://localhost:5008',
    issuer: 'http://localhost:5009',
    roles: { 'support-viewers': 'viewer', 'support-admins': 'admin', helpers: 'agent' },
  })
})

test('with Stripe’s own keys there is a desk only with an identity provider of one’s own', async () => {
  expect((await load(live)).desk).toBeUndefined()
  const desk = { ...oidc, DESK_ORIGIN: 'https://desk.example.com' }
  const content = { ...file, desk: { roles: { helpers: 'agent' } } }
  expect((await load({ ...live, ...desk }, content)).desk).toMatchObject({
    origin: 'https://desk.example.com',
    issuer: 'https://id.example.com',
    roles: { helpers: 'agent' },
  })
  expect((await load({ ...live, ...desk }, content)).desk?.roles).not.toHaveProperty('support-admins')
})

test.each([
  [{ DESK_ORIGIN: 'https://desk.example.com' }, /^OIDC_ISSUER: missing/],
  [oidc, /^DESK_ORIGIN: missing/],
  [{ ...oidc, DESK_ORIGIN: live.PORTAL_ORIGIN }, /^DESK_ORIGIN: must be another origin/],
  [{ ...oidc, DESK_ORIGIN: 'http://desk.example.com' }, /^DESK_ORIGIN: must be https/],
  [{ ...oidc, DESK_ORIGIN: 'https://d.example', OIDC_ISSUER: 'http://id.example' }, /^OIDC_ISSUER: must be https/],
  [{ ...oidc, DESK_ORIGIN: 'https://d.example', OIDC_CLIENT_SECRET: '' }, /^OIDC_CLIENT_SECRET: missing/],
])('half a desk is refused with one line: %o', async (environment, line) => {
  await expect(load({ ...live, ...environment })).rejects.toThrow(line)
})
