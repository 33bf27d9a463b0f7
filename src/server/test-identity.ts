import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import type { StaffRole } from '#contract/staff.ts'
import type { DeskConfig } from './desk/config.ts'
import type { Answer, TestPortal } from './test-portal.ts'
import { randomSecret } from './token.ts'

type Person = { readonly sub: string; readonly name: string; readonly groups?: readonly string[] }
/** What a test may have the provider do wrong. */
type Differs = {
  claims?: Record<string, unknown>
  header?: Record<string, unknown>
  unsigned?: boolean
  down?: boolean
}

export type TestIdentity = {
  readonly desk: DeskConfig
  /** Who signs in next. */
  person: Person
  differs: Differs
  close: () => Promise<void>
}

/** One person per role, as the identity provider knows them. */
export const staffOf = (role: StaffRole): Person => ({ sub: `sub_${role}`, name: `Robin ${role}`, groups: [role] })

/** An OpenID provider in miniature that signs in whomever the test says, and can be told to lie. */
export async function openTestIdentity(differs: Partial<DeskConfig> = {}): Promise<TestIdentity> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'RS256' }
  const codes = new Map<string, { nonce: string; person: Person }>()
  const server = createServer((request, response) => {
    void answer(new URL(request.url ?? '/', issuer()), request, response)
  })
  const issuer = () => `http://localhost:${(server.address() as { port: number }).port}`
  const json = (body: unknown) => ({ status: 200, body: JSON.stringify(body) })

  async function answer(
    url: URL,
    request: import('node:http').IncomingMessage,
    response: import('node:http').ServerResponse,
  ) {
    const { status, body, location } = identity.differs.down
      ? { status: 503, body: '', location: undefined }
      : { location: undefined, ...(await page(url, request)) }
    response.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) }).end(body)
  }
  async function page(url: URL, request: import('node:http').IncomingMessage) {
    const at = issuer()
    if (url.pathname === '/.well-known/openid-configuration') {
      return json({
        issuer: at,
        authorization_endpoint: `${at}/auth`,
        token_endpoint: `${at}/token`,
        userinfo_endpoint: `${at}/me`,
        jwks_uri: `${at}/jwks`,
        end_session_endpoint: `${at}/session/end`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      })
    }
    if (url.pathname === '/jwks') return json({ keys: [jwk] })
    if (url.pathname === '/auth') {
      const code = randomSecret()
      codes.set(code, { nonce: url.searchParams.get('nonce') ?? '', person: identity.person })
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      back.search = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' }).toString()
      return { status: 303, body: '', location: back.href }
    }
    if (url.pathname === '/token') {
      let text = ''
      for await (const chunk of request) text += String(chunk)
      const found = codes.get(new URLSearchParams(text).get('code') ?? '')
      codes.delete(new URLSearchParams(text).get('code') ?? '')
      if (!found) return { status: 400, body: JSON.stringify({ error: 'invalid_grant' }) }
      const now = Math.floor(Date.now() / 1_000)
      const { sub, name, groups } = found.person
      const told = { sub, name, ...(groups && { groups }), nonce: found.nonce, auth_time: now }
      const claims = {
        iss: at,
        aud: identity.desk.clientId,
        iat: now,
        exp: now + 300,
        ...told,
        ...identity.differs.claims,
      }
      const idToken = identity.differs.unsigned
        ? new UnsecuredJWT(claims).encode()
        : await new SignJWT(claims)
            .setProtectedHeader({ alg: 'RS256', kid: 'one', ...identity.differs.header })
            .sign(privateKey)
      return json({ access_token: `at_${sub}`, token_type: 'Bearer', expires_in: 300, id_token: idToken })
    }
    if (url.pathname === '/me') {
      return json({ sub: identity.person.sub, name: identity.person.name, groups: identity.person.groups ?? [] })
    }
    return { status: 404, body: '' }
  }

  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const identity: TestIdentity = {
    desk: {
      origin: 'http://localhost:4028',
      issuer: issuer(),
      clientId: 'fix402-desk',
      clientSecret: 'secret',
      roles: { viewer: 'viewer', agent: 'agent', operator: 'operator', admin: 'admin' },
      groupsClaim: 'groups',
      goodwill: { credits: 1_000, money: { amount: 50_00, currency: 'eur' } },
      graceDays: 14,
      ...differs,
    },
    person: staffOf('agent'),
    differs: {},
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return identity
}

/** A browser at the desk. */
export type Desk = {
  cookie: string | undefined
  ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>
  post: (path: string, body?: unknown) => Promise<Answer>
}

export function deskBrowser(portal: TestPortal, { desk }: Pick<TestIdentity, 'desk'>): Desk {
  const own = { origin: desk.origin, 'x-portal-csrf': '1', 'sec-fetch-site': 'same-origin' }
  const browser: Desk = {
    cookie: undefined,
    ask: async (method, path, body, headers = {}) => {
      const answer = await portal.ask(method, path, {
        ...(body !== undefined && { body }),
        headers: {
          host: new URL(desk.origin).host,
          ...(browser.cookie !== undefined && { cookie: browser.cookie }),
          ...(method !== 'GET' && { ...own, 'content-type': 'application/json' }),
          ...headers,
        },
      })
      for (const set of answer.headers.getSetCookie()) {
        const [pair = ''] = set.split(';')
        const name = pair.slice(0, pair.indexOf('=') + 1)
        const kept = (browser.cookie ?? '').split('; ').filter((other) => other !== '' && !other.startsWith(name))
        browser.cookie = [...kept, ...(pair === name ? [] : [pair])].join('; ') || undefined
      }
      return answer
    },
    get: (path, headers) => browser.ask('GET', path, undefined, headers),
    post: (path, body = {}) => browser.ask('POST', path, body),
  }
  return browser
}

/** Signs somebody in as a browser would, over the provider and back; answers where that ended. */
export async function signInAtDesk(desk: Desk, wanted = '/'): Promise<string> {
  const begun = await desk.get(`/sign-in/start?to=${encodeURIComponent(wanted)}`)
  const to = begun.headers.get('location') ?? ''
  if (!to.startsWith('http')) return to
  const provided = await fetch(to, { redirect: 'manual' })
  const back = new URL(provided.headers.get('location') ?? '')
  const done = await desk.get(back.pathname + back.search)
  return done.headers.get('location') ?? ''
}

/** A browser at the desk in which somebody of this role is signed in. */
export async function openDesk(portal: TestPortal, identity: TestIdentity, role: StaffRole): Promise<Desk> {
  identity.person = staffOf(role)
  const desk = deskBrowser(portal, identity)
  const ended = await signInAtDesk(desk)
  if (ended !== '/') throw new Error(`not signed in: ${ended}`)
  return desk
}
