import { createHash, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { Role } from '#contract/account.ts'
import { DeedAnswerSchema, type DeedAnswer } from '#contract/deed.ts'
import { ConfigFileSchema, type ConfigFile } from './config-file.ts'
import { policyOf, type Config } from './config.ts'
import { openPortal, type Portal } from './open-portal.ts'
import { emptyDataFolder } from './store/test-folder.ts'

/** What came back through the front door; the body is parsed where it is JSON. */
export type Answer = { status: number; headers: Headers; body: unknown; text: string }

/** `from`: the network address of the caller. */
type Sent = { body?: unknown; headers?: Record<string, string>; from?: string }

/** A browser at the portal: it keeps its cookie and sends what the portal's own pages send. */
export type Browser = {
  cookie: string | undefined
  /** Whence it calls: an address of its own, unless the test says so. */
  from: string
  get: (path: string) => Promise<Answer>
  /** What the portal's own pages send, whatever the method. */
  send: (method: string, path: string, body?: unknown) => Promise<Answer>
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>
  enter: (account: string, member?: string, more?: object) => Promise<string>
  exchange: (ticket: string, accept?: boolean) => Promise<Record<string, unknown> & { kind: string }>
  /** A deed with its key; fails the test unless it is answered as the contract says. */
  deed: (fix: string, body: unknown, key?: string) => Promise<DeedAnswer>
}

export type TestPortal = {
  readonly config: Config
  /** The portal's clock, unix seconds: moved by the test. */
  readonly clock: { now: number }
  /** Everything the portal wrote to its log. */
  readonly logged: unknown[]
  readonly fetch: Portal['fetch']
  readonly routes: Portal['routes']
  ask: (method: string, path: string, sent?: Sent) => Promise<Answer>
  asApp: (method: string, path: string, body?: unknown, key?: string) => Promise<Answer>
  register: (account: string, differs?: object, key?: string) => Promise<void>
  browser: () => Browser
  close: () => Promise<void>
}

export const appKey = 'fix402_test_maps'
export const otherAppKey = 'fix402_test_tiles'
export const webhookSecret = 'whsec_portal'

export const members = [
  { id: 'anna', role: 'owner', name: 'Anna' },
  { id: 'jo', role: 'billing_admin', name: 'Jo' },
  { id: 'sam', role: 'member', name: 'Sam' },
  { id: 'vic', role: 'viewer', name: 'Vic' },
] as const satisfies { id: string; role: Role; name: string }[]

export function digest(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

type Differs = Partial<Omit<Config, 'merchant' | 'policy' | 'plans' | 'credits' | 'spendCap' | 'meters'>> & {
  pages?: string
  clock?: { now: number }
  folder?: string
  /** What the merchant's configuration file says: plans, meters, credits, caps. */
  merchant?: Partial<ConfigFile>
}

/** A whole portal with an embedded database of its own, two apps, and a clock that stands still until it is moved. */
export async function openTestPortal(
  stripe: string,
  { pages, clock = { now: Math.floor(Date.now() / 1_000) }, folder, merchant = {}, ...differs }: Differs = {},
): Promise<TestPortal> {
  const dataDir = folder ?? (differs.databaseUrl === undefined ? await emptyDataFolder() : '')
  const config: Config = {
    port: 4020,
    origin: 'http://localhost:4020',
    databaseUrl: undefined,
    dataDir,
    logLevel: 'silent',
    trustedProxies: 0,
    stripe: {
      key: 'sk_test_portal',
      publishableKey: 'pk_test_portal',
      webhookSecrets: [webhookSecret],
      apiBase: stripe,
      script: `${stripe}/endive/stripe.js`,
      sandbox: true,
    },
    mail: undefined,
    webhooks: { loopback: true, private: false },
    desk: undefined,
    ...merchantConfig(merchant),
    apps: [
      appOf('app_maps', 'Maps API', 'https://maps.example', appKey),
      appOf('app_tiles', 'Tiles', 'https://tiles.example', otherAppKey),
    ],
    ...differs,
  }
  const logged: unknown[] = []
  const write = (fields: object, message: string) => void logged.push([message, fields])
  const log = { error: write, warn: write, info: write }
  const opened = await openPortal(config, { log, now: () => clock.now, ...(pages !== undefined && { pages }) })
  const host = new URL(config.origin).host

  const ask: TestPortal['ask'] = async (method, path, { body, headers = {}, from } = {}) => {
    const response = await opened.fetch(
      new Request(new URL(path, config.origin), {
        method,
        headers: { host, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
      { incoming: { socket: { remoteAddress: from } } },
    )
    const text = await response.text()
    const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '') && text !== ''
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
  }
  const asApp: TestPortal['asApp'] = (method, path, body, key = appKey) =>
    ask(method, path, { body, headers: { authorization: `Bearer ${key}` } })

  return {
    config,
    clock,
    logged,
    fetch: opened.fetch,
    routes: opened.routes,
    ask,
    asApp,
    register: async (account, differs = {}, key = appKey) => {
      const { status, text } = await asApp(
        'PUT',
        `/v1/accounts/${account}`,
        { label: 'Acme', members, ...differs },
        key,
      )
      if (status !== 200) throw new Error(text)
    },
    browser: () => browserAt(config.origin, ask, asApp),
    close: async () => {
      await opened.close()
      if (folder === undefined && dataDir !== '') rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function appOf(id: string, name: string, url: string, key: string): Config['apps'][number] {
  return { id, name, url, keyDigests: [digest(key)], origins: [url] }
}

/** How many there were: each calls from an address of its own (RFC 2544 keeps 198.18/15 for tests). */
let browsers = 0

/** What the browser sends from now on, after `Set-Cookie`. */
function withCookie(before: string | undefined, set: string): string | undefined {
  const [pair = ''] = set.split(';')
  const name = pair.slice(0, pair.indexOf('=') + 1)
  const kept = (before ?? '').split('; ').filter((other) => other !== '' && !other.startsWith(name))
  const jar = pair === name ? kept : [...kept, pair]
  return jar.length === 0 ? undefined : jar.join('; ')
}

function browserAt(origin: string, ask: TestPortal['ask'], asApp: TestPortal['asApp']): Browser {
  const send = async (method: string, path: string, sent: Sent) => {
    const { cookie, from } = browser
    const answer = await ask(method, path, { from, ...sent, headers: { ...(cookie && { cookie }), ...sent.headers } })
    for (const set of answer.headers.getSetCookie()) browser.cookie = withCookie(browser.cookie, set)
    return answer
  }
  const own = { origin, 'x-portal-csrf': '1', 'sec-fetch-site': 'same-origin' }
  const browser: Browser = {
    cookie: undefined,
    from: `198.18.${browsers >> 8}.${browsers++ & 255}`,
    get: (path) => send('GET', path, {}),
    send: (method, path, body) =>
      send(method, path, {
        ...(body !== undefined && { body }),
        headers: { ...own, 'content-type': 'application/json' },
      }),
    post: (path, body, headers = {}) => send('POST', path, { body, headers: { ...own, ...headers } }),
    enter: async (account, member = 'anna', more = {}) => {
      const { body } = await asApp('POST', '/v1/sessions', { account, actor: member, ...more })
      const { kind, check } = await browser.exchange(ticketOf(body))
      if (kind !== 'entered') throw new Error(`not entered: ${kind}`)
      return String(check)
    },
    exchange: async (ticket, accept = false) => {
      const { body } = await browser.post('/api/session/exchange', { ticket, accept })
      return body as Record<string, unknown> & { kind: string }
    },
    deed: async (fix, body, key = randomUUID()) => {
      const answer = await browser.post(`/api/fixes/${fix}`, body, { 'idempotency-key': key })
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`)
      return DeedAnswerSchema.parse(answer.body)
    },
  }
  return browser
}

/** The ticket in a link's fragment: from `POST /v1/sessions` or from a refusal's browser location. */
export function ticketOf(body: unknown): string {
  const { url, browser } = body as { url?: string; browser?: { location: string } }
  return (url ?? browser?.location ?? '').split('#t=')[1] ?? ''
}

function merchantConfig(
  differs: Partial<ConfigFile>,
): Pick<Config, 'merchant' | 'policy' | 'plans' | 'credits' | 'spendCap' | 'showAmountsToMembers' | 'meters'> {
  const file = ConfigFileSchema.parse({
    merchant: { name: 'Northwind Maps' },
    plans: { team_monthly: { name: 'Team' } },
    apps: [{ id: 'app_unused', name: 'Unused', url: 'https://unused.example', keys: ['fix402_test_unused'] }],
    ...differs,
  })
  const { merchant, plans, credits, spendCap, showAmountsToMembers, meters } = file
  return { merchant, plans, credits, spendCap, showAmountsToMembers, meters, policy: policyOf(file) }
}
