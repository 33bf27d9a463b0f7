import type { Stay } from './stripe/test-desk.ts'
import type { Browser, TestPortal } from './test-portal.ts'

export const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
export const merchant = { name: 'Northwind Maps' }
export const maps = { id: 'app_maps', name: 'Maps API', url: 'https://maps.example' }

export type Member = { id: string; role: string; email?: string }

type Refused = { account: string; email: string; code: string; check: string; browser: Browser }

/** A refused account whose people have addresses of one test alone, and the short code that a terminal showed. */
export async function refuse(
  portal: TestPortal,
  building: Promise<Stay>,
  members: readonly Member[] = [{ id: 'anna', role: 'owner' }],
): Promise<Refused> {
  const { account, customer, browser } = await building
  const emailOf = (id: string) => `${id}+${account}@acme.example`
  const people = members.map((member) => ({ email: emailOf(member.id), ...member }))
  await portal.register(account, { label: `Acme ${account}`, stripe_customer: customer, members: people })
  const { body } = await portal.asApp('POST', '/v1/checks', { account })
  const { problem } = body as { problem: { fix: { code: string }; poll: { url: string } } }
  const check = problem.poll.url.split('/').at(-1) ?? ''
  return { account, email: emailOf('anna'), code: problem.fix.code, check, browser }
}

export async function follow(browser: Browser, hint: object, accept = false): Promise<unknown> {
  return (await browser.post('/api/session/hint', { hint, accept })).body
}

export const byCode = (code: string) => ({ kind: 'code', code })
export const plain = (more: object = {}) => ({ kind: 'plain', app: 'app_maps', ...more })
