import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { staffRoles } from '#contract/staff.ts'
import {
  deskBrowser,
  openDesk,
  openTestIdentity,
  signInAtDesk,
  staffOf,
  type TestIdentity,
} from '#server/test-identity.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'

let identity: TestIdentity
let portal: TestPortal

beforeAll(async () => {
  identity = await openTestIdentity()
  portal = await openTestPortal('http://localhost:1', { desk: identity.desk })
})
afterAll(async () => {
  await portal.close()
  await identity.close()
})
beforeEach(() => {
  identity.person = staffOf('agent')
  identity.differs = {}
})

test('staff come in by the identity provider and land where they wanted', async () => {
  const desk = deskBrowser(portal, identity)
  expect((await desk.get('/api/desk/session')).status).toBe(401)
  expect(await signInAtDesk(desk, '/accounts/app_maps/acct_1?tab=x')).toBe('/accounts/app_maps/acct_1?tab=x')
  const { status, body } = await desk.get('/api/desk/session')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    staff: { id: 'sub_agent', name: 'Robin agent', role: 'agent' },
    portal: portal.config.origin,
  })
})

test.each(staffRoles)('a %s may do what the role allows and nothing more', async (role) => {
  const desk = await openDesk(portal, identity, role)
  const { rights } = (await desk.get('/api/desk/session')).body as { rights: string[] }
  expect(rights).toContain('read-account')
  expect(rights.includes('unmask')).toBe(role !== 'viewer')
  expect(rights.includes('goodwill')).toBe(role === 'operator' || role === 'admin')
  expect(rights.includes('read-audit')).toBe(role === 'admin')
})

test.each([
  ['another issuer', { claims: { iss: 'https://evil.example' } }],
  ['another audience', { claims: { aud: 'somebody-else' } }],
  ['an audience among others', { claims: { aud: ['fix402-desk', 'somebody-else'] } }],
  ['another nonce', { claims: { nonce: 'stolen' } }],
  ['no nonce', { claims: { nonce: undefined } }],
  ['no name of anybody', { claims: { sub: undefined } }],
  ['a token that is over', { claims: { exp: 1 } }],
  ['a proof that is too old', { claims: { auth_time: 1 } }],
  ['no word of when they proved who they are', { claims: { auth_time: undefined } }],
  ['a token from the future', { claims: { nbf: 4_102_444_800 } }],
  ['a key nobody knows', { header: { kid: 'two' } }],
  ['no signature', { unsigned: true }],
])('a provider’s answer with %s lets nobody in', async (_, differs) => {
  identity.differs = differs
  const desk = deskBrowser(portal, identity)
  expect(await signInAtDesk(desk)).toBe('/?trouble=refused')
  expect((await desk.get('/api/desk/session')).status).toBe(401)
})

test('whoever is in none of the groups is told so and not let in', async () => {
  identity.person = { sub: 'sub_stranger', name: 'Stranger', groups: ['everyone', 'constructor'] }
  const desk = deskBrowser(portal, identity)
  expect(await signInAtDesk(desk)).toBe('/?trouble=not-staff')
  expect((await desk.get('/api/desk/session')).status).toBe(401)
})

test('groups that are not in the token are asked for', async () => {
  identity.person = staffOf('operator')
  const desk = deskBrowser(portal, identity)
  const { sub, name } = staffOf('operator')
  const begun = await desk.get('/sign-in/start')
  identity.person = { sub, name }
  const provided = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' })
  identity.person = staffOf('operator')
  const back = new URL(provided.headers.get('location') ?? '')
  expect((await desk.get(back.pathname + back.search)).headers.get('location')).toBe('/')
  expect((await desk.get('/api/desk/session')).body).toMatchObject({ staff: { role: 'operator' } })
})

test('a way back is gone once, with its own browser, in ten minutes', async () => {
  const desk = deskBrowser(portal, identity)
  const begun = await desk.get('/sign-in/start')
  const provided = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' })
  const back = new URL(provided.headers.get('location') ?? '')
  const path = back.pathname + back.search
  expect((await deskBrowser(portal, identity).get(path)).headers.get('location')).toBe('/?trouble=too-late')
  const secret = desk.cookie
  expect((await desk.get(path)).headers.get('location')).toBe('/')
  desk.cookie = secret
  expect((await desk.get(path)).headers.get('location')).toBe('/?trouble=too-late')
  const late = deskBrowser(portal, identity)
  const { headers } = await late.get('/sign-in/start')
  const again = await fetch(headers.get('location') ?? '', { redirect: 'manual' })
  portal.clock.now += 600
  const { pathname, search } = new URL(again.headers.get('location') ?? '')
  expect((await late.get(pathname + search)).headers.get('location')).toBe('/?trouble=too-late')
})

test('a state that is not ours lets nobody in', async () => {
  const desk = deskBrowser(portal, identity)
  await desk.get('/sign-in/start')
  expect((await desk.get('/sign-in/back?code=x&state=forged')).headers.get('location')).toBe('/?trouble=refused')
})

test('a provider that is down is said to be, and the next try works', async () => {
  const fresh = await openTestPortal('http://localhost:1', { desk: identity.desk })
  identity.differs = { down: true }
  const desk = deskBrowser(fresh, identity)
  expect(await signInAtDesk(desk)).toBe('/?trouble=provider-down')
  identity.differs = {}
  expect(await signInAtDesk(desk)).toBe('/')
  await fresh.close()
})

test('fifteen idle minutes, or an hour at work, end a session', async () => {
  const idle = await openDesk(portal, identity, 'agent')
  portal.clock.now += 15 * 60
  expect((await idle.get('/api/desk/session')).status).toBe(401)
  const busy = await openDesk(portal, identity, 'agent')
  for (let minutes = 10; minutes < 60; minutes += 10) {
    portal.clock.now += 600
    expect((await busy.get('/api/desk/session')).status).toBe(200)
  }
  portal.clock.now += 600
  expect((await busy.get('/api/desk/session')).status).toBe(401)
})

test('signing out ends it here and says where the provider ends it', async () => {
  const desk = await openDesk(portal, identity, 'agent')
  const stolen = desk.cookie
  const { body } = await desk.post('/api/desk/session/end')
  const { url } = body as { url: string }
  expect(new URL(url).origin + new URL(url).pathname).toBe(`${identity.desk.issuer}/session/end`)
  desk.cookie = stolen
  expect((await desk.get('/api/desk/session')).status).toBe(401)
})

test('only paths of the desk itself are led to', async () => {
  for (const wanted of ['//evil.example', '/\\evil.example', 'https://evil.example', '/x\\y', 'javascript:alert(1)']) {
    expect(await signInAtDesk(deskBrowser(portal, identity), wanted)).toBe('/')
  }
})

test('the two origins know nothing of each other', async () => {
  const desk = await openDesk(portal, identity, 'admin')
  const host = { cookie: desk.cookie ?? '' }
  expect((await portal.ask('GET', '/api/desk/session', { headers: host })).status).toBe(404)
  expect((await desk.get('/api/visit')).status).toBe(404)
  expect((await desk.get('/v1/accounts/acct_1')).status).toBe(404)
  expect((await desk.ask('POST', '/api/desk/session/end', {}, { origin: portal.config.origin })).status).toBe(403)
})
