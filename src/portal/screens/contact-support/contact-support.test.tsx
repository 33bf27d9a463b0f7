// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Visit } from '#contract/visit.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import { noon } from '#diagnosis/samples.ts'
import { addressed } from '#portal/letter.ts'
import { check, inOrder, openPortal, visitOf } from '#portal/stage.tsx'

const at = `/fix/contact-support?check=${check}`
const about = { id: check, reported: 'account_frozen', at: noon - 60, feature: 'tiles & routes', returns: 0 } as const
const mail = { name: 'Northwind', supportUrl: 'mailto:help@northwind.test' }

function frozen(evidence: object, differs: Partial<Visit> = {}) {
  const blocker = { reason: 'account_frozen', fix: 'contact-support', who: 'vendor', ...evidence } as Blocker
  const diagnosis = { ...inOrder, verdict: 'blocked', access: false, blockers: [blocker] } as const
  return visitOf(diagnosis, { check: about, merchant: mail, ...differs })
}

const open = (visit: object) => openPortal({ at, network: { 'GET /api/visit': [200, visit] } })

test('a hold is told with its day, who can release it, that paying does not help, and the merchant’s own words', async () => {
  await open(frozen({ cause: 'hold', since: noon - 86_400, note: 'We need a copy of your licence.' }))
  await screen.findByRole('heading', { name: 'Your account is on hold' })
  expect(document.body.textContent).toContain('has put this account on hold since Saturday, November 21')
  expect(document.body.textContent).toContain('paying does not help')
  expect(screen.getByText('We need a copy of your licence.').tagName).toBe('BLOCKQUOTE')
  expect(screen.queryByRole('button', { name: /pay/i })).toBeNull()
})

test('the letter is written already: who, what was refused, when, what was found here, and the reference', async () => {
  await open(frozen({ cause: 'hold' }))
  const link = await screen.findByRole('link', { name: 'Write to Northwind' })
  const [to, query = ''] = (link.getAttribute('href') ?? '').split('?')
  const fields = Object.fromEntries(query.split('&').map((field) => field.split('=').map(decodeURIComponent)))
  expect(to).toBe('mailto:help@northwind.test')
  expect(fields['subject']).toContain(check)
  expect(fields['body'].split('\r\n')).toEqual([
    'Account: Acme GmbH (acme)',
    'Refused: “tiles & routes” in Maps API',
    'When: Nov 22, 11:59 AM UTC',
    'Found here: On hold by Northwind',
    `Reference: ${check}`,
  ])
  expect(query).not.toContain('+')
})

test('what goes with the letter is on the screen, word for word', async () => {
  await open(frozen({ cause: 'hold' }))
  await screen.findByRole('heading', { name: 'What Northwind gets to see' })
  expect(screen.getByText('Acme GmbH (acme)')).toBeTruthy()
  expect(screen.getByText(check)).toBeTruthy()
})

test('a merchant’s own subject and copies stay in the address', () => {
  const given = 'mailto:help@northwind.test?subject=Portal&cc=boss@northwind.test'
  expect(addressed(given, { subject: 'Mine', body: 'a\nb' })).toBe(`${given}&body=a%0D%0Ab`)
})

test('where support is a page, the details can be copied to be pasted there', async () => {
  const user = userEvent.setup()
  await open(frozen({ cause: 'told' }, { merchant: { name: 'Northwind', supportUrl: 'https://northwind.test/help' } }))
  const link = await screen.findByRole('link', { name: 'Contact Northwind' })
  expect(link.getAttribute('href')).toBe('https://northwind.test/help')
  await user.click(screen.getByRole('button', { name: 'Copy these details' }))
  await screen.findByRole('button', { name: 'Copied' })
  expect(await navigator.clipboard.readText()).toContain(`Reference: ${check}`)
})

test('a merchant without an address is no dead end', async () => {
  await open(frozen({ cause: 'hold' }, { merchant: { name: 'Northwind' } }))
  expect(await screen.findByText(/Ask where you usually reach them/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Copy these details' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Back to Maps API' })).toBeTruthy()
})

test('of a contested payment nothing is told but that there was one', async () => {
  await open(frozen({ cause: 'dispute', since: noon - 86_400 }))
  await screen.findByRole('heading', { name: 'Your account is on hold' })
  expect(document.body.textContent).toContain('A payment was contested with the bank.')
  expect(document.body.textContent).not.toMatch(/fraud|chargeback|dispute|stolen/i)
})

test('a billing record that was removed leads to the merchant, for members as well', async () => {
  const gone = { reason: 'unknown', fix: 'contact-support', who: 'billing_admin', cause: 'customer_deleted' } as const
  const visit = visitOf(
    { ...inOrder, verdict: 'blocked', access: false, blockers: [gone] },
    { merchant: mail, mayPay: false, member: { id: 'u_sam', role: 'member' } },
  )
  await open(visit)
  await screen.findByRole('heading', { name: 'We cannot find your billing record' })
  expect(screen.getByText('The billing record was removed')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Write to Northwind' })).toBeTruthy()
})

test('when the merchant has released it, looking again goes on by itself', async () => {
  const visits = [frozen({ cause: 'hold' }), visitOf(inOrder)]
  const { router } = await openPortal({
    at,
    network: {
      'GET /api/visit': () => [200, visits.length > 1 ? visits.shift() : visits[0]],
      'POST /api/return': 'lost',
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: /Check again/ }))
  await screen.findByRole('heading', { name: 'Nothing is in the way' })
  expect(router.state.location.pathname).toBe('/fix/all-clear')
})

test.each([
  [{ reason: 'plan_lacks_feature', feature: 'traffic', plans: ['addon'] }, 'Your plan does not include this'],
  [
    { reason: 'subscription_paused', cause: 'system', subscription: 'sub_1', plan: 'Team' },
    'Your subscription is paused',
  ],
])('whatever else only the merchant can mend is called by its name, not a lost record', async (evidence, headline) => {
  await open(frozen(evidence))
  await screen.findByRole('heading', { name: headline })
  expect(screen.getAllByText(headline)).toHaveLength(2)
  expect(document.body.textContent).not.toContain('removed')
  expect(screen.getByRole('link', { name: 'Write to Northwind' })).toBeTruthy()
})
