import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { codeIn, openTestMailbox, type TestMailbox } from './mail/test-mailbox.ts'
import { openTestPortal, type Browser, type TestPortal } from './test-portal.ts'
import { codeFor, other, person, type } from './test-sign-in.ts'

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

/** Somebody who came from the app a while ago. */
async function inside(minutes = 10) {
  const who = await person(portal)
  const browser = portal.browser()
  await browser.enter(who.account, who.member)
  portal.clock.now += minutes * 60
  return { ...who, browser }
}

async function stepUp(browser: Browser, email: string): Promise<string> {
  const before = box.count(email)
  expect((await browser.post('/api/step-up', {})).body).toMatchObject({ kind: 'sent' })
  return codeIn(await box.arrived(email, before + 1))
}
const confirm = async (browser: Browser, code: string) => (await browser.post('/api/step-up/confirm', { code })).body

test('the code of the letter proves it, and the session goes on under a new secret while the old one is dead', async () => {
  const { browser, email, account } = await inside()
  const code = await stepUp(browser, email)
  const before = browser.cookie
  expect(await confirm(browser, code)).toEqual({ kind: 'proved' })
  expect(browser.cookie).not.toBe(before)
  const old = portal.browser()
  old.cookie = before
  expect((await old.get('/api/visit')).status).toBe(401)
  expect((await browser.get('/api/visit')).body).toMatchObject({ account: { id: account } })
})

test('the letter goes to the member’s own address, which is told only in outline, and names no account', async () => {
  const { browser, email, account } = await inside()
  const { body } = await browser.post('/api/step-up', {})
  expect(body).toEqual({ kind: 'sent', to: 'p•••@acme.example', expires: portal.clock.now + 600 })
  const { subject, text, html } = await box.arrived(email)
  expect(subject).toBe('Your code to confirm a change at Northwind Maps')
  expect(text + html).not.toContain(account)
  expect(text + html).not.toMatch(/https?:|href/)
})

test('a code lives for ten minutes, is tried five times, opens once, and is replaced by a newer one', async () => {
  const { browser, email } = await inside()
  const first = await stepUp(browser, email)
  const second = await stepUp(browser, email)
  expect(await confirm(browser, first)).toEqual({ kind: 'wrong', left: 4 })
  for (const left of [3, 2, 1]) expect(await confirm(browser, other(second, left))).toEqual({ kind: 'wrong', left })
  expect(await confirm(browser, other(second, 5))).toEqual({ kind: 'spent' })
  expect(await confirm(browser, second)).toEqual({ kind: 'spent' })
  const third = await stepUp(browser, email)
  portal.clock.now += 600
  expect(await confirm(browser, third)).toEqual({ kind: 'expired' })
  const fourth = await stepUp(browser, email)
  expect(await confirm(browser, fourth)).toEqual({ kind: 'proved' })
  expect(await confirm(browser, fourth)).toEqual({ kind: 'expired' })
})

test('a code works only in the session that asked for it, and signs nobody in', async () => {
  const { browser, email, account, member } = await inside()
  const elsewhere = portal.browser()
  await elsewhere.enter(account, member)
  const code = await stepUp(browser, email)
  expect(await confirm(elsewhere, code)).toEqual({ kind: 'expired' })
  const stranger = portal.browser()
  await codeFor(box, stranger, email)
  expect(await type(stranger, code)).toMatchObject({ kind: 'wrong' })
  expect(await confirm(browser, code)).toEqual({ kind: 'proved' })
})

test('five codes an hour, and strangers who ask to sign in do not use them up', async () => {
  const { browser, email } = await inside()
  for (let asked = 0; asked < 5; asked += 1) await portal.browser().post('/api/session/sign-in', { email })
  for (let asked = 0; asked < 5; asked += 1) {
    expect((await browser.post('/api/step-up', {})).body).toMatchObject({ kind: 'sent' })
  }
  const { status, headers } = await browser.post('/api/step-up', {})
  expect([status, headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)])
})

test('who has no address is led to the app, as is everybody where no letters are sent', async () => {
  await portal.register('acct_mute', { members: [{ id: 'mute', role: 'owner' }] })
  const browser = portal.browser()
  await browser.enter('acct_mute', 'mute')
  const app = { id: 'app_maps', name: 'Maps API', url: 'https://maps.example' }
  expect((await browser.post('/api/step-up', {})).body).toEqual({ kind: 'no_letter', app })
})

test('nobody without a session can have letters sent', async () => {
  expect((await portal.browser().post('/api/step-up', {})).status).toBe(401)
  expect((await portal.browser().post('/api/step-up/confirm', { code: '123456' })).status).toBe(401)
})
