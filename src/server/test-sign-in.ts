import { expect } from 'vitest'
import { codeIn, type TestMailbox } from './mail/test-mailbox.ts'
import { appKey, type Answer, type Browser, type TestPortal } from './test-portal.ts'

let persons = 0

/** Somebody with one account and an address of one test alone. */
export async function person(
  portal: TestPortal,
  differs: { account?: string; role?: string; email?: string; key?: string } = {},
): Promise<{ account: string; email: string; member: string }> {
  const name = `p${persons++}`
  const { account = `acct_${name}`, role = 'owner', email = `${name}@acme.example`, key = appKey } = differs
  await portal.register(account, { label: `Acme ${account}`, members: [{ id: name, role, email }] }, key)
  return { account, email, member: name }
}

export function begin(browser: Browser, email: string): Promise<Answer> {
  return browser.post('/api/session/sign-in', { email })
}

/** Asks for a code and reads it from the letter. */
export async function codeFor(box: TestMailbox, browser: Browser, email: string): Promise<string> {
  const before = box.count(email)
  expect((await begin(browser, email)).body).toMatchObject({ kind: 'sent' })
  return codeIn(await box.arrived(email, before + 1))
}

export async function type(browser: Browser, code: string): Promise<{ kind: string }> {
  return (await browser.post('/api/session/sign-in/code', { code })).body as { kind: string }
}

/** A code that this one is not. */
export function other(code: string, step = 1): string {
  return String((Number(code) + step) % 1_000_000).padStart(6, '0')
}
