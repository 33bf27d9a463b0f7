import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createIdentity, type Identity } from '#sandbox/identity/identity.ts'
import { staffPeople } from '#sandbox/identity/people.ts'
import { deskBrowser } from '#server/test-identity.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'
import { askProvider, deskWith, passProvider, signInThrough, testDeskOrigin, type Jar } from '#server/test-provider.ts'
import type { DeskConfig } from './config.ts'

let provider: Identity
let desk: DeskConfig
let portal: TestPortal

beforeAll(async () => {
  provider = createIdentity({ desk: testDeskOrigin })
  desk = deskWith(await provider.listen(0))
  portal = await openTestPortal('http://localhost:1', { desk })
})
afterAll(async () => {
  await portal.close()
  await provider.close()
})
beforeEach(() => {
  provider.people.clear()
  for (const person of staffPeople) provider.people.set(person.id, person)
})

const fresh = () => ({ browser: deskBrowser(portal, { desk }), jar: new Map() as Jar })
type Both = ReturnType<typeof fresh>
const signIn = ({ browser, jar }: Both, person = 'staff_olga') => signInThrough(browser, jar, person)
const whoIn = async ({ browser }: Both) => {
  const { status, body } = await browser.get('/api/desk/session')
  return status === 200 ? (body as { staff: { id: string; name: string; role: string } }).staff : status
}
/** The address at the provider to which a sign-in leads. */
const begin = async ({ browser }: Both) => (await browser.get('/sign-in/start')).headers.get('location') ?? ''
/** Where the desk leads whoever comes back at this address. */
const comeBack = async ({ browser }: Both, back: URL) =>
  (await browser.get(back.pathname + back.search)).headers.get('location')

test.each([
  ['staff_vera', 'viewer', 'Vera Lindqvist'],
  ['staff_adil', 'agent', 'Adil Rahman'],
  ['staff_olga', 'operator', 'Olga Petrova'],
  ['staff_amara', 'admin', 'Amara Diallo'],
])('%s is signed in as %s', async (id, role, name) => {
  const both = fresh()
  expect(await signIn(both, id)).toEqual({ ended: '/', asked: 1 })
  expect(await whoIn(both)).toEqual({ id, name, role })
})

test('after an hour groups are read anew, and nobody is asked who they are', async () => {
  const both = fresh()
  await signIn(both)
  const person = provider.people.get('staff_olga')
  if (!person) throw new Error('nobody there')
  provider.people.set(person.id, { ...person, groups: ['support-viewers'] })
  portal.clock.now += 3_600
  expect(await whoIn(both)).toBe(401)
  expect(await signIn(both)).toEqual({ ended: '/', asked: 0 })
  expect(await whoIn(both)).toMatchObject({ id: 'staff_olga', role: 'viewer' })
})

test('whoever has lost every group is out after an hour at most', async () => {
  const both = fresh()
  await signIn(both)
  const person = provider.people.get('staff_olga')
  if (!person) throw new Error('nobody there')
  provider.people.set(person.id, { ...person, groups: [] })
  portal.clock.now += 3_600
  expect(await signIn(both)).toEqual({ ended: '/?trouble=not-staff', asked: 0 })
  expect(await whoIn(both)).toBe(401)
})

test('whoever is no longer known at the provider is out after an hour at most, with the same cookies', async () => {
  const both = fresh()
  await signIn(both)
  provider.people.delete('staff_olga')
  portal.clock.now += 3_600
  expect(await whoIn(both)).toBe(401)
  const page = await askProvider(both.jar, await begin(both))
  const asked = await askProvider(both.jar, new URL(page.headers.get('location') ?? '', desk.issuer).href)
  expect(await asked.text()).toContain('Who is signing in?')
})

test('signing out ends it at the provider too, without a question, and leads back to the desk', async () => {
  const both = fresh()
  await signIn(both)
  const { body } = await both.browser.post('/api/desk/session/end')
  const out = await askProvider(both.jar, (body as { url: string }).url)
  expect([out.status, out.headers.get('location')]).toEqual([303, `${testDeskOrigin}/`])
  expect(await whoIn(both)).toBe(401)
  expect((await signIn(both)).asked).toBe(1)
})

test('a code that was used once is worth nothing, in no browser', async () => {
  const first = fresh()
  const { back } = await passProvider(first.jar, await begin(first), 'staff_olga')
  expect(await comeBack(first, back)).toBe('/')
  const second = fresh()
  const { back: own } = await passProvider(second.jar, await begin(second), 'staff_vera')
  own.searchParams.set('code', back.searchParams.get('code') ?? '')
  expect(await comeBack(second, own)).toBe('/?trouble=refused')
  expect(await whoIn(second)).toBe(401)
})

test('a code that was meant for another sign-in lets nobody in: its proof is elsewhere', async () => {
  const victim = fresh()
  const { back: stolen } = await passProvider(victim.jar, await begin(victim), 'staff_amara')
  const thief = fresh()
  const { back: own } = await passProvider(thief.jar, await begin(thief), 'staff_vera')
  own.searchParams.set('code', stolen.searchParams.get('code') ?? '')
  expect(await comeBack(thief, own)).toBe('/?trouble=refused')
  expect(await whoIn(thief)).toBe(401)
})

test('a way back that somebody else was given signs nobody in as them', async () => {
  const victim = fresh()
  const thief = fresh()
  const { back } = await passProvider(thief.jar, await begin(thief), 'staff_vera')
  await begin(victim)
  expect(await comeBack(victim, back)).toBe('/?trouble=refused')
  expect(await comeBack(fresh(), back)).toBe('/?trouble=too-late')
})

test.each([
  ['another provider', 'https://evil.example'],
  ['nobody', undefined],
])('an answer that says it comes from %s is refused', async (_, issuer) => {
  const both = fresh()
  const { back } = await passProvider(both.jar, await begin(both), 'staff_olga')
  expect(back.searchParams.get('iss')).toBe(desk.issuer)
  if (issuer === undefined) back.searchParams.delete('iss')
  else back.searchParams.set('iss', issuer)
  expect(await comeBack(both, back)).toBe('/?trouble=refused')
})

test.each([
  ['taken out', undefined],
  ['made plain', 'plain'],
])('the provider answers nothing to a sign-in whose proof of possession was %s', async (_, method) => {
  const both = fresh()
  const url = new URL(await begin(both))
  expect(url.searchParams.get('code_challenge_method')).toBe('S256')
  if (method === undefined) url.searchParams.delete('code_challenge')
  if (method === undefined) url.searchParams.delete('code_challenge_method')
  else url.searchParams.set('code_challenge_method', method)
  const { back, asked } = await passProvider(both.jar, url.href, 'staff_olga')
  expect([back.searchParams.get('error'), asked]).toEqual(['invalid_request', 0])
  expect(await comeBack(both, back)).toBe('/?trouble=refused')
})

test('whoever turns back at the provider is told so at the desk', async () => {
  const both = fresh()
  const state = new URL(await begin(both)).searchParams.get('state') ?? ''
  const back = new URL(`${testDeskOrigin}/sign-in/back?error=access_denied&state=${state}&iss=${desk.issuer}`)
  expect(await comeBack(both, back)).toBe('/?trouble=refused')
})
