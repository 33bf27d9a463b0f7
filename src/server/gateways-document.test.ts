import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { APPENDED } from './forwarded-request.ts'
import { askedHeaders, toldHeaders } from './gateway-headers.ts'
import { gateways, printed, send, startApp, type Gateway } from './test-gateways.ts'

const document = readFileSync(resolve(import.meta.dirname, '../../docs/gateways.md'), 'utf8')
const yaml = printed('yaml')
let gateway: Gateway | undefined
afterEach(() => gateway?.close())

test('the document names every header there is between gateway and portal, and no other', () => {
  const named = [...document.matchAll(/x-fix402(?:-[a-z]+)+/gi)].map(([name]) => name.toLowerCase())
  const known = [...Object.values(askedHeaders), ...Object.values(toldHeaders)].map((name) => name.toLowerCase())
  expect([...new Set(named)].toSorted()).toEqual(known.toSorted())
})

test('each configuration takes our names away from what comes from outside', () => {
  const [traefik = '', envoy = ''] = yaml
  for (const name of Object.values(askedHeaders)) {
    expect(traefik).toContain(`          ${name}: ""\n`)
    expect(traefik).toContain(`          - ${name}\n`)
    expect(envoy).toContain(`- remove: ${name.toLowerCase()}\n`)
  }
  expect(printed('caddyfile')[0]).toContain('request_header -X-Fix402-*')
  expect(printed('nginx')[0]).toContain('proxy_pass_request_headers off;')
  expect(envoy).toContain(`path_prefix: ${APPENDED}?\n`)
})

/** By whatever on this machine reads YAML; undefined where nothing does. */
function parseYaml(text: string): unknown {
  const readers = [
    ['ruby', '-ryaml', '-rjson', '-e', 'puts JSON.generate(YAML.safe_load($stdin.read))'],
    ['python3', '-c', 'import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin.read())))'],
  ] as const
  for (const [program, ...words] of readers) {
    const { status, stdout } = spawnSync(program, words, { input: text, encoding: 'utf8' })
    if (status === 0) return JSON.parse(stdout)
  }
  return undefined
}

let readsYaml = false
beforeAll(() => {
  readsYaml = parseYaml('a: 1') !== undefined
})

test('what is printed for Traefik, Envoy and Kong is YAML, and for APIPark JSON', ({ skip }) => {
  expect(printed('json').map((text): unknown => JSON.parse(text))).toMatchObject([
    { additional: [{ conflict: 'convert' }] },
  ])
  if (!readsYaml) skip('neither ruby nor python3 with PyYAML is here to read YAML')
  expect(yaml.map(parseYaml)).toMatchObject([
    { http: { middlewares: { fix402: { forwardAuth: {} } }, routers: { app: { service: 'app' } } } },
    {
      http_filters: [
        { name: 'envoy.filters.http.header_mutation' },
        { name: 'envoy.filters.http.jwt_authn' },
        { name: 'envoy.filters.http.ext_authz', typed_config: { failure_mode_allow: true } },
        { name: 'envoy.filters.http.router' },
      ],
    },
    { consumers: [{ custom_id: 'acct_acme' }], services: [{ plugins: [{ name: 'key-auth' }] }] },
  ])
})

test.for(['X-Consumer-Custom-Id', 'X-Acme-Account'])(
  'behind another gateway Caddy takes the account from %s',
  async (name, { skip }) => {
    if (gateways.Caddy.program === undefined) skip('Caddy is not installed')
    const line = `request_header X-Fix402-Account {header.${name}}`
    expect(document).toContain(`\`${line}\``)
    const app = await startApp()
    const portal = await startApp()
    const changed = [['request_header X-Fix402-Account {fix402_account}', line]] as const
    gateway = await gateways.Caddy.start({ portal: portal.port, app: app.port, changed })
    await send(gateway.origin, '/', { headers: { [name]: 'acct_acme', 'x-fix402-account': 'acct_forged' } })
    expect(portal.heard[0]?.headers['x-fix402-account']).toBe('acct_acme')
    expect(app.heard.length).toBe(1)
    await app.close()
    await portal.close()
  },
)
