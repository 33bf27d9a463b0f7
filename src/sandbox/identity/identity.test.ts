import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createIdentity, type Identity } from './identity.ts'

const desk = 'http://localhost:4999'
let identity: Identity
let issuer: string
const noise = vi.spyOn(console, 'warn')
const chatter = vi.spyOn(console, 'info')

beforeAll(async () => {
  identity = createIdentity({ desk })
  issuer = await identity.listen(0)
})
afterAll(() => identity.close())

const asked = {
  client_id: 'fix402-desk',
  response_type: 'code',
  redirect_uri: `${desk}/sign-in/back`,
  scope: 'openid profile email groups',
  state: 'a'.repeat(32),
  code_challenge: 'x'.repeat(43),
  code_challenge_method: 'S256',
}
const authorize = (differs: Record<string, string> = {}) =>
  fetch(`${issuer}/auth?${String(new URLSearchParams({ ...asked, ...differs }))}`, {
    redirect: 'manual',
    headers: { accept: 'text/html' },
  })

test('it describes itself as OpenID Connect Discovery 1.0 asks', async () => {
  const answer = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>
  expect(answer).toMatchObject({
    issuer,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  })
  expect(answer['scopes_supported']).toEqual(expect.arrayContaining(['openid', 'profile', 'email', 'groups']))
})

test('four people can be chosen on a page without scripts', async () => {
  const begun = await authorize()
  const at = new URL(begun.headers.get('location') ?? '', issuer)
  const cookie = begun.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ')
  const page = await fetch(at, { headers: { cookie } })
  const html = await page.text()
  expect(html.match(/<button name="person"/g)).toHaveLength(4)
  expect(html).not.toContain('<script')
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*frame-ancestors 'none'/)
  const nobody = await fetch(at, { method: 'POST', headers: { cookie }, body: new URLSearchParams({ person: 'x' }) })
  expect([nobody.status, await nobody.text()]).toEqual([400, html])
})

test('a sign-in that nobody began shows the way back to the desk', async () => {
  const page = await fetch(`${issuer}/sign-in/made-up`)
  expect(page.status).toBe(400)
  expect(await page.text()).toContain(`<a href="${desk}/">`)
})

test.each([
  ['another client', { client_id: 'evil' }],
  ['another way back', { redirect_uri: 'https://evil.example/' }],
])('for %s it sends nobody anywhere', async (_, differs) => {
  const answer = await authorize(differs)
  expect(answer.status).toBe(400)
  expect(answer.headers.get('location')).toBeNull()
  expect(await answer.text()).toContain('This sign-in cannot go on')
})

test('it shows nobody a way out to elsewhere', async () => {
  const away = new URLSearchParams({ post_logout_redirect_uri: 'https://evil.example/', client_id: 'fix402-desk' })
  const answer = await fetch(`${issuer}/session/end?${String(away)}`, {
    redirect: 'manual',
    headers: { accept: 'text/html' },
  })
  expect(answer.headers.get('location')).toBe(`${desk}/`)
})

test('it is quiet', () => {
  expect(noise).not.toHaveBeenCalled()
  expect(chatter).not.toHaveBeenCalled()
})
