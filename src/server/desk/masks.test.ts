import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { DeskAnswerSchema, type DeskAnswer } from '#contract/desk-answer.ts'
import { staffRoles, type StaffRole } from '#contract/staff.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { openTestMailbox, type TestMailbox } from '#server/mail/test-mailbox.ts'
import {
  deskBrowser,
  openDesk,
  openTestIdentity,
  signInAtDesk,
  type Desk,
  type TestIdentity,
} from '#server/test-identity.ts'
import { openTestStage, type TestStage } from '#server/test-stage.ts'

const email = 'anna.schmidt@acme.example'
const at = '/api/desk/accounts/app_maps/acct_masked'
let identity: TestIdentity
let stage: TestStage
let box: TestMailbox
const desks = new Map<StaffRole, Desk>()
let check: string
let letters = 0

beforeAll(async () => {
  identity = await openTestIdentity()
  box = await openTestMailbox(createMailbox())
  stage = await openTestStage({ desk: identity.desk, mail: box.mail })
  for (const role of staffRoles) desks.set(role, await openDesk(stage.portal, identity, role))
  const customer = await stage.bench.stripe.customers.create({ email: 'books@acme.example', name: 'Acme GmbH' })
  await stage.portal.register('acct_masked', {
    label: 'Acme GmbH',
    stripe_customer: customer.id,
    members: [
      { id: 'anna', role: 'owner', name: 'Anna Schmidt', email },
      { id: 'sam', role: 'member', name: 'Sam' },
    ],
  })
})
afterAll(async () => {
  await stage.close()
  await box.close()
  await identity.close()
})
beforeEach(async () => {
  const { body } = await stage.portal.asApp('POST', '/v1/checks', { account: 'acct_masked', actor: 'sam' })
  check = (body as { problem: { request_id: string } }).problem.request_id
  stage.portal.clock.now += 61
})

const as = (role: StaffRole): Desk => desks.get(role)!
const read = async (role: StaffRole): Promise<DeskAnswer> =>
  DeskAnswerSchema.parse((await as(role).get(`${at}?check=${check}`)).body)
const unmask = (role: StaffRole, field: string, reason = 'ticket 4711') =>
  as(role).post(`${at}/unmask`, { field, reason })
const send = (role: StaffRole, by: string, more: object = {}) =>
  as(role).post(`${at}/send-link`, { member: 'anna', check, by, reason: 'ticket 4711', ...more })
/** What was written down about it, the newest last, as the customer may read it. */
const audit = async (deed: string) => {
  const rows = await stage.portal.asApp('GET', '/v1/accounts/acct_masked/export')
  const { tables } = rows.body as { tables: { staff_audit: { deed: string; at: number }[] } }
  return tables.staff_audit.filter((row) => row.deed === deed).toSorted((a, b) => a.at - b.at)
}

test.each<[StaffRole, boolean, boolean]>([
  ['viewer', true, false],
  ['agent', true, true],
  ['operator', false, false],
  ['admin', false, false],
])('a %s reads names and addresses as the role allows', async (role, isMasked, mayUnmask) => {
  const answer = await read(role)
  const anna = answer.team.members.find(({ person }) => person.id === 'anna')!.person
  const field = (name: string) => (mayUnmask ? { field: name } : {})
  expect(anna).toEqual({
    id: 'anna',
    role: 'owner',
    name: { text: isMasked ? 'A. S.' : 'Anna Schmidt', ...field('member:anna:name') },
    email: { text: isMasked ? 'a•••@a•••.example' : email, ...field('member:anna:email') },
  })
  expect(answer.stripe.email).toEqual({
    text: isMasked ? 'b•••@a•••.example' : 'books@acme.example',
    ...field('billing-email'),
  })
  expect(/schmidt|books@/i.test(JSON.stringify(answer))).toBe(!isMasked)
})

test.each([
  ['member:anna:email', email],
  ['member:anna:name', 'Anna Schmidt'],
  ['billing-email', 'books@acme.example'],
])('one look behind one mask, with a reason: %s', async (field, text) => {
  const before = (await audit('unmask')).length
  expect(await unmask('agent', field)).toMatchObject({ status: 200, body: { text } })
  const rows = await audit('unmask')
  expect(rows).toHaveLength(before + 1)
  expect(rows.at(-1)).toMatchObject({ subject: field, reason: 'ticket 4711', name: 'Robin agent' })
  expect(JSON.stringify(rows)).not.toContain(text)
})

test('without a right, without a reason, or for a field that is not there, nothing is shown', async () => {
  expect((await unmask('viewer', 'member:anna:email')).status).toBe(403)
  expect((await unmask('agent', 'member:anna:email', '  ')).status).toBe(400)
  expect((await unmask('agent', 'member:anna:role')).status).toBe(400)
  const unknown = await unmask('agent', 'member:nobody:email')
  expect([unknown.status, (await unmask('agent', 'member:sam:email')).status]).toEqual([404, 404])
  const elsewhere = (path: string) =>
    as('agent').post(`/api/desk/accounts/${path}/unmask`, { field: 'billing-email', reason: 'why' })
  expect((await elsewhere('app_tiles/acct_masked')).status).toBe(404)
  expect((await elsewhere('app_gone/acct_masked')).status).toBe(404)
})

test('the letter leads to the exact fix and lets nobody in', async () => {
  const answer = await send('agent', 'letter')
  const { link } = await read('agent')
  expect(answer).toMatchObject({ status: 200, body: { url: link.url, by: 'letter' } })
  const letter = await box.arrived(email, ++letters)
  expect(letter.subject).toBe('Northwind Maps support: how to mend Maps API for Acme GmbH')
  expect(letter.text).toContain('Northwind Maps support sent you this link to fix Maps API for Acme GmbH')
  expect(letter.text).toContain(`/r/${link.code}`)
  expect(letter.text).not.toMatch(/#[tg]=|Robin|ticket 4711/)
  const anna = (await read('agent')).team.members.find(({ person }) => person.id === 'anna')
  expect(anna?.asked).toMatchObject({ by: 'support' })
  // Whoever follows it is nobody yet.
  expect((await stage.portal.browser().get('/api/visit')).status).toBe(401)
})

test('handed on, no letter goes out; who did it, for whom and why is written down', async () => {
  const before = (await audit('send-link')).length
  expect(await send('agent', 'hand')).toMatchObject({ status: 200, body: { by: 'hand' } })
  expect(box.count(email)).toBe(letters)
  const rows = await audit('send-link')
  expect(rows).toHaveLength(before + 1)
  expect(rows.at(-1)).toMatchObject({ subject: 'anna', reason: 'ticket 4711', detail: { by: 'hand', check } })
})

test('who may not, whom no letter reaches, who is not there, and what has just been sent', async () => {
  const before = (await audit('send-link')).length
  expect((await send('viewer', 'hand')).status).toBe(403)
  expect((await send('agent', 'letter', { member: 'sam' })).status).toBe(400)
  expect((await send('agent', 'letter', { member: 'nobody' })).status).toBe(404)
  expect((await send('agent', 'letter', { check: 'chk_0123456789abcdefghijkl' })).status).toBe(404)
  expect((await send('operator', 'letter')).status).toBe(200)
  expect((await send('operator', 'letter')).status).toBe(409)
  await box.arrived(email, ++letters)
  // One row for each of the five that had the right.
  expect(await audit('send-link')).toHaveLength(before + 5)
})

test('an hour has twenty looks behind masks', async () => {
  identity.person = { sub: 'sub_curious', name: 'Robin Curious', groups: ['agent'] }
  const curious = deskBrowser(stage.portal, identity)
  await signInAtDesk(curious)
  for (let one = 0; one < 20; one++) {
    expect((await curious.post(`${at}/unmask`, { field: 'member:anna:name', reason: `look ${one}` })).status).toBe(200)
  }
  expect((await curious.post(`${at}/unmask`, { field: 'member:anna:name', reason: 'one more' })).status).toBe(429)
})
