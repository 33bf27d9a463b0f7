import { afterAll, beforeAll, expect, test } from 'vitest'
import { PeopleSchema, type People } from '#contract/people.ts'
import { EventListSchema } from '#contract/event.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { codeIn, openTestMailbox, type TestMailbox } from './mail/test-mailbox.ts'
import { appKey, digest, members, openTestPortal, ticketOf, type Browser, type TestPortal } from './test-portal.ts'

let bench: Bench
let box: TestMailbox
let portal: TestPortal
let accounts = 0

const maps = { id: 'app_maps', name: 'Maps API', url: 'https://maps.example', origins: ['https://maps.example'] }

beforeAll(async () => {
  bench = await openBench()
  box = await openTestMailbox(createMailbox())
  portal = await openTestPortal(bench.origin, {
    mail: box.mail,
    apps: [
      {
        ...maps,
        keyDigests: [digest(appKey)],
        people: 'portal',
        // Nobody listens there: what is to be told is read from the list of events.
        webhook: { url: 'http://localhost:1/' },
      },
    ],
  })
})
afterAll(async () => {
  await portal?.close()
  await box?.close()
  await bench?.close()
})

/** An account that the app has named four people of, and its owner's browser. */
async function open(): Promise<{ account: string; anna: Browser }> {
  const account = `acct_people_${(accounts += 1)}`
  await portal.register(account)
  const anna = portal.browser()
  await anna.enter(account)
  return { account, anna }
}

const enter = async (account: string, member: string) => {
  const browser = portal.browser()
  await browser.enter(account, member)
  return browser
}
const read = (body: unknown): People => PeopleSchema.parse(body)
const rolesOf = ({ people }: People) => people.map(({ id, role }) => `${id} ${role}`)
const show = async (browser: Browser) => read((await browser.get('/api/people')).body)
const invite = (browser: Browser, email: string, role = 'billing_admin') =>
  browser.post('/api/people', { email, name: 'Lee', role })

async function signIn(email: string): Promise<Browser> {
  const browser = portal.browser()
  await browser.post('/api/session/sign-in', { email, hint: { kind: 'none' } })
  const code = codeIn(await box.arrived(email, 2))
  const { body } = await browser.post('/api/session/sign-in/code', { code })
  expect(body).toEqual({ kind: 'entered' })
  return browser
}

async function told(account: string): Promise<string[]> {
  const { body } = await portal.asApp('GET', `/v1/events?account=${account}`)
  return EventListSchema.parse(body).events.map(({ event }) => event.type)
}

test('somebody invited gets a letter, signs in by a code, and may what their role allows', async () => {
  const { account, anna } = await open()
  const lee = `lee+${account}@acme.example`
  const invited = read((await invite(anna, lee)).body)
  const letter = await box.arrived(lee)
  expect(letter.subject).toBe('You are invited to the billing of Acme at Northwind Maps')
  expect(letter.text).toContain('Anna invites you to the billing of Acme for Maps API')
  expect(letter.text).toContain('http://localhost:4020/sign-in')
  expect(invited.people.find(({ email }) => email === lee)).toMatchObject({
    role: 'billing_admin',
    invited: portal.clock.now,
  })
  const browser = await signIn(lee)
  const seen = await show(browser)
  expect(seen.member).toMatchObject({ name: 'Lee', role: 'billing_admin' })
  expect(seen.people.find(({ email }) => email === lee)?.invited).toBeUndefined()
})

test('only owners change who belongs to an account; the others see who may pay, and no addresses', async () => {
  const { account, anna } = await open()
  const lee = `lee+${account}@acme.example`
  await invite(anna, lee, 'viewer')
  for (const [member, mayManage] of [
    ['jo', false],
    ['sam', false],
    ['vic', false],
  ] as const) {
    const browser = await enter(account, member)
    expect((await invite(browser, 'x@acme.example')).status).toBe(403)
    expect((await browser.send('DELETE', '/api/people/vic')).status).toBe(403)
    expect((await browser.send('PUT', '/api/people/vic/role', { role: 'owner', was: 'viewer' })).status).toBe(403)
    expect((await browser.post('/api/people/vic/owner', {})).status).toBe(403)
    const seen = await show(browser)
    expect(seen.mayManage).toBe(mayManage)
    expect(rolesOf(seen)).toEqual(expect.arrayContaining(['anna owner', 'jo billing_admin']))
    expect(seen.people.some(({ email }) => email !== undefined)).toBe(member === 'jo')
  }
})

test('whoever is removed is out in every browser at once, and the app’s own link does not let them in again', async () => {
  const { account, anna } = await open()
  const sam = await enter(account, 'sam')
  const { body: link } = await portal.asApp('POST', '/v1/sessions', { account, actor: 'sam' })
  const after = read((await anna.send('DELETE', '/api/people/sam')).body)
  expect(rolesOf(after)).toEqual(['anna owner', 'jo billing_admin', 'vic viewer'])
  expect((await sam.get('/api/people')).status).toBe(401)
  expect(await portal.browser().exchange(ticketOf(link))).toMatchObject({ kind: 'invalid' })
  expect((await portal.asApp('POST', '/v1/sessions', { account, actor: 'sam' })).status).toBe(404)
  expect(await told(account)).toEqual(['members.changed'])
})

test('a role that is changed holds at once, and not over a newer change', async () => {
  const { account, anna } = await open()
  const vic = await enter(account, 'vic')
  expect((await show(vic)).mayPay).toBe(false)
  await anna.send('PUT', '/api/people/vic/role', { role: 'billing_admin', was: 'viewer' })
  expect((await show(vic)).mayPay).toBe(true)
  const late = await anna.send('PUT', '/api/people/vic/role', { role: 'member', was: 'viewer' })
  expect(late.status).toBe(410)
  expect(rolesOf(await show(anna))).toContain('vic billing_admin')
})

test('an account is handed over: one owns it, the other goes on paying', async () => {
  const { account, anna } = await open()
  const sam = await enter(account, 'sam')
  const after = read((await anna.post('/api/people/sam/owner', {})).body)
  expect(rolesOf(after)).toEqual(['anna billing_admin', 'jo billing_admin', 'sam owner', 'vic viewer'])
  expect(after.mayManage).toBe(false)
  expect((await show(sam)).mayManage).toBe(true)
  expect((await anna.send('DELETE', '/api/people/vic')).status).toBe(403)
})

test('an account is handed over only by somebody who has just proved who they are', async () => {
  const { anna } = await open()
  portal.clock.now += 600
  expect((await anna.post('/api/people/sam/owner', {})).body).toMatchObject({ code: 'step-up-needed' })
  expect(rolesOf(await show(anna))).toContain('sam member')
})

test('nobody locks themselves out, and an account keeps an owner whom somebody has seen', async () => {
  const { account, anna } = await open()
  const lee = `lee+${account}@acme.example`
  await invite(anna, lee, 'owner')
  const expected = (await show(anna)).people.find(({ email }) => email === lee)?.id ?? ''
  expect((await anna.send('DELETE', '/api/people/anna')).status).toBe(403)
  expect((await anna.send('PUT', '/api/people/anna/role', { role: 'viewer', was: 'owner' })).status).toBe(403)
  expect((await anna.post(`/api/people/${expected}/owner`, {})).status).toBe(400)
  expect(rolesOf(await show(anna))).toContain('anna owner')
})

test('of two owners who remove each other at the same moment, one stays', async () => {
  const { account, anna } = await open()
  await anna.send('PUT', '/api/people/jo/role', { role: 'owner', was: 'billing_admin' })
  const jo = await enter(account, 'jo')
  const answers = await Promise.all([anna.send('DELETE', '/api/people/jo'), jo.send('DELETE', '/api/people/anna')])
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const { body } = await portal.asApp('GET', `/v1/accounts/${account}`)
  const { members: left } = body as { members: { role: string }[] }
  expect(left.filter(({ role }) => role === 'owner')).toHaveLength(1)
})

test('what owners decided stands while the app repeats itself; its new word counts', async () => {
  const { account, anna } = await open()
  const lee = `lee+${account}@acme.example`
  await invite(anna, lee, 'member')
  await anna.send('DELETE', '/api/people/sam')
  await anna.send('PUT', '/api/people/vic/role', { role: 'billing_admin', was: 'viewer' })
  const names = async () =>
    (await show(anna)).people.map(({ id, name, role }) => `${id.startsWith('mbr_') ? name : id} ${role}`).toSorted()

  await portal.register(account)
  expect(await names()).toEqual(['Lee member', 'anna owner', 'jo billing_admin', 'vic billing_admin'])

  const changed = members.map((one) => (one.id === 'sam' ? { ...one, role: 'viewer' } : one))
  await portal.register(account, {
    members: changed.map((one) => (one.id === 'vic' ? { ...one, role: 'member' } : one)),
  })
  expect(await names()).toEqual(['Lee member', 'anna owner', 'jo billing_admin', 'sam viewer', 'vic member'])

  await portal.register(account, { members: [members[0], { id: 'u_lee', role: 'viewer', email: lee.toUpperCase() }] })
  expect(await names()).toEqual(['anna owner', 'u_lee viewer'])
})

test('what the app reads of an account can be put back as it is', async () => {
  const { account, anna } = await open()
  await invite(anna, `lee+${account}@acme.example`, 'member')
  const { body } = await portal.asApp('GET', `/v1/accounts/${account}`)
  const { id: _, stripe_customer: __, ...rest } = body as Record<string, unknown>
  expect((await portal.asApp('PUT', `/v1/accounts/${account}`, rest)).status).toBe(200)
  expect((await portal.asApp('GET', `/v1/accounts/${account}`)).body).toEqual(body)
})

test('somebody who belongs to the account already is not invited, and the field says so', async () => {
  const { account, anna } = await open()
  await portal.register(account, { members: [{ ...members[0], email: 'Anna@acme.example' }, members[1]] })
  const { status, body } = await invite(anna, 'anna@acme.example')
  expect(status).toBe(400)
  expect(body).toMatchObject({ errors: [{ path: 'email' }] })
})

test('an invitation is sent again to whoever has not come, and not for ever', async () => {
  const { account, anna } = await open()
  const lee = `lee+${account}@acme.example`
  await invite(anna, lee, 'viewer')
  const again = read((await invite(anna, lee, 'member')).body)
  await box.arrived(lee, 2)
  expect(again.people.filter(({ email }) => email === lee).map(({ role }) => role)).toEqual(['member'])
  const tries = await Promise.all(Array.from({ length: 6 }, () => invite(anna, lee)))
  expect(tries.map(({ status }) => status)).toContain(429)
  expect(box.count(lee)).toBeLessThanOrEqual(5)
})

test('a thousand people are shown in one answer, and put in a moment', async () => {
  const { account, anna } = await open()
  const many = Array.from({ length: 999 }, (_, at) => ({ id: `u_${at}`, role: 'member', name: `Person ${at}` }))
  await portal.register(account, { members: [members[0], ...many] })
  expect((await show(anna)).people).toHaveLength(1_000)
  expect((await invite(anna, `lee+${account}@acme.example`)).body).toMatchObject({ errors: [{ path: 'email' }] })
})

test('where the app manages its people, nobody is changed here, and its own page is named', async () => {
  const own = await openTestPortal(bench.origin, {
    apps: [{ ...maps, keyDigests: [digest(appKey)], peopleUrl: 'https://maps.example/team' }],
  })
  await own.register('acct_app')
  const anna = own.browser()
  await anna.enter('acct_app')
  expect(await show(anna)).toMatchObject({ managed: 'app', mayManage: false, peopleUrl: 'https://maps.example/team' })
  expect((await anna.send('DELETE', '/api/people/vic')).status).toBe(403)
  await own.register('acct_app', { members: [members[0]] })
  expect(rolesOf(await show(anna))).toEqual(['anna owner'])
  await own.close()
})
