import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { codeIn, openTestMailbox, type TestMailbox } from './mail/test-mailbox.ts'
import { openEmbedded } from './store/embedded.ts'
import { emptyDataFolder } from './store/test-folder.ts'
import { openTestPortal, type Answer, type TestPortal } from './test-portal.ts'
import { begin, codeFor, other, person, type } from './test-sign-in.ts'

let box: TestMailbox
let portal: TestPortal

beforeAll(async () => {
  box = await openTestMailbox(createMailbox())
  // No Stripe anywhere: who somebody is must be known without it.
  portal = await openTestPortal('http://127.0.0.1:1', { mail: box.mail })
})
afterAll(async () => {
  await portal?.close()
  await box?.close()
})

test('known and unknown addresses are answered alike: status, body, headers, and every step after', async () => {
  const { email } = await person(portal)
  const shape = ({ status, headers, body }: Answer) => ({
    status,
    body,
    headers: [...headers].flatMap(([name, value]) =>
      name === 'x-request-id' ? [] : [[name, name === 'set-cookie' ? value.replace(/=[\w-]{43};/, '=…;') : value]],
    ),
  })
  const [known, unknown] = [portal.browser(), portal.browser()]
  expect(shape(await begin(known, email))).toEqual(shape(await begin(unknown, 'nobody@acme.example')))
  const code = codeIn(await box.arrived(email))
  const wrong = [other(code, 1), other(code, 2), other(code, 3), '', 'abcdef', other(code, 4)]
  for (const digits of wrong) {
    const answers = await Promise.all(
      [known, unknown].map((browser) => browser.post('/api/session/sign-in/code', { code: digits })),
    )
    expect(shape(answers[0]!)).toEqual(shape(answers[1]!))
  }
  expect(await type(known, code)).toEqual({ kind: 'spent' })
  expect(await type(unknown, code)).toEqual({ kind: 'spent' })
})

test('whoever is unknown is never written to', async () => {
  const { email } = await person(portal)
  await begin(portal.browser(), 'nobody@globex.example')
  await codeFor(box, portal.browser(), email)
  expect(box.count('nobody@globex.example')).toBe(0)
})

test('a code can be tried five times, also when many are tried at once', async () => {
  const { email } = await person(portal)
  const browser = portal.browser()
  const code = await codeFor(box, browser, email)
  const tries = await Promise.all(Array.from({ length: 12 }, (_, step) => type(browser, other(code, step + 1))))
  expect(tries.filter((answer) => answer.kind === 'wrong')).toHaveLength(4)
  expect(await type(browser, code)).toEqual({ kind: 'spent' })
  expect((await browser.get('/api/visit')).status).toBe(401)
})

test('each wrong try says how many are left, and the last one that is right still gets in', async () => {
  const { email } = await person(portal)
  const browser = portal.browser()
  const code = await codeFor(box, browser, email)
  for (const left of [4, 3, 2, 1]) expect(await type(browser, other(code, left))).toEqual({ kind: 'wrong', left })
  expect(await type(browser, code)).toEqual({ kind: 'entered' })
})

test('neither code nor secret stands in the database or the log, nor an address of the network', async () => {
  const folder = await emptyDataFolder()
  const own = await openTestPortal('http://127.0.0.1:1', { mail: box.mail, folder })
  const email = 'kept@acme.example'
  await own.register('acct_kept', { members: [{ id: 'anna', role: 'owner', email }] })
  const browser = own.browser()
  const code = await codeFor(box, browser, email)
  await own.close()
  const database = await openEmbedded(folder)
  const tables = await Promise.all(
    ['sign_ins', 'mails', 'throttles'].map((table) => database.query(`select * from ${table}`)),
  )
  await database.close()
  rmSync(folder, { recursive: true, force: true })
  expect(tables.map((rows) => rows.length > 0)).toEqual([true, true, true])
  const [, secret = ''] = (browser.cookie ?? '').split('=')
  const kept = JSON.stringify([tables, own.logged])
  for (const private_ of [code, secret, browser.from]) expect(kept).not.toContain(private_)
})

test('an address is sent five letters an hour, a network twenty requests, and both are told when to come back', async () => {
  const { email } = await person(portal)
  const statuses = []
  for (let round = 0; round < 6; round++) statuses.push(await begin(portal.browser(), email))
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429])
  expect(statuses[5]?.body).toMatchObject({ code: 'too-many' })
  expect(Number(statuses[5]?.headers.get('retry-after'))).toBeGreaterThan(3_500)
  const unknown = []
  for (let round = 0; round < 6; round++) unknown.push(await begin(portal.browser(), 'nobody@initech.example'))
  expect(unknown.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429])

  const network = portal.browser()
  const many = []
  for (let round = 0; round < 21; round++) many.push(await begin(network, `n${round}@initech.example`))
  expect(many.filter(({ status }) => status === 429)).toHaveLength(1)
  portal.clock.now += 3_600
  expect((await begin(network, email)).status).toBe(200)
})

test('wrong codes are counted over all attempts of a network, right ones are not', async () => {
  const { email } = await person(portal)
  const from = '203.0.113.90'
  for (let attempt = 0; attempt < 6; attempt++) {
    const browser = portal.browser()
    await begin(browser, `guess${attempt}@acme.example`)
    browser.from = from
    for (let guess = 0; guess < 5; guess++) await type(browser, '000000')
  }
  const browser = portal.browser()
  const code = await codeFor(box, browser, email)
  browser.from = from
  expect((await browser.post('/api/session/sign-in/code', { code })).status).toBe(429)
  browser.from = '203.0.113.91'
  expect(await type(browser, code)).toEqual({ kind: 'entered' })
})

test('where no letters are sent, that is said', async () => {
  const silent = await openTestPortal('http://127.0.0.1:1')
  const browser = silent.browser()
  expect((await begin(browser, 'anna@acme.example')).body).toEqual({ kind: 'no_mail' })
  expect((await browser.post('/api/session/hint', { hint: { kind: 'none' } })).body).toMatchObject({
    kind: 'sign_in',
    mail: false,
  })
  await silent.close()
})

test('the cookie of an attempt never leaves with a request from another site', async () => {
  const { email } = await person(portal)
  const [set] = (await begin(portal.browser(), email)).headers.getSetCookie()
  expect(set).toMatch(/^fix402_sign_in=[\w-]{43}; Max-Age=1200; Path=\/; HttpOnly; SameSite=Strict$/)
})
