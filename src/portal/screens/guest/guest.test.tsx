// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { Visit } from '#contract/visit.ts'
import type { Debt } from '#diagnosis/diagnosis.ts'
import { moneyButton, setStripe, visitThatOwes } from '#portal/payments/stripe-stage.ts'
import { openPortal, problem } from '#portal/stage.tsx'

type Guest = NonNullable<Visit['guest']>
const merchant = { name: 'Northwind', supportUrl: 'https://northwind.test/help' }
const door = { kind: 'continue', merchant, account: 'Acme GmbH', replaces: false, by: 'Anna' }

/** What the server tells a guest, differing where a test says so. */
function guestVisit(guest: Partial<Guest> = {}, differs: Partial<Visit> = {}): Visit {
  const { check: _, ...visit } = visitThatOwes()
  const [blocker] = visit.diagnosis.blockers
  const debt = (blocker && 'debt' in blocker ? blocker.debt : undefined) as Debt
  const open = (guest.state ?? 'open') === 'open'
  const diagnosis: Visit['diagnosis'] = {
    ...visit.diagnosis,
    verdict: open ? 'blocked' : 'clear',
    blockers: open ? [{ reason: 'invoice_overdue', fix: 'pay-invoice', who: 'payer', debt }] : [],
  }
  return {
    ...visit,
    diagnosis,
    member: { id: 'gl_1', role: 'guest' },
    payers: [],
    methods: [],
    guest: { state: 'open', debt, keepsCard: false, by: 'Anna', ...guest },
    ...differs,
  }
}

const inside = (visit: Visit) => ({ 'GET /api/visit': [200, visit] }) as const

beforeEach(() => setStripe())

test('a guest’s link names who pays whom and waits, then shows the one payment', async () => {
  const answers: object[] = [door, { kind: 'entered' }]
  const { said } = await openPortal({
    at: '/pay',
    ticket: 'secret',
    network: {
      ...inside(guestVisit({ note: 'For October' })),
      'POST /api/session/guest': () => [200, answers.shift()],
    },
  })
  await screen.findByRole('heading', { name: 'Pay an invoice for Acme GmbH' })
  expect(said.some(({ path }) => path === '/api/visit')).toBe(false)
  await userEvent.click(screen.getByRole('button', { name: /^Continue/ }))
  await screen.findByRole('heading', { name: 'Pay €49.00 for Acme GmbH' })
  expect(screen.getByText('For October')).toBeTruthy()
  expect(said.filter(({ path }) => path === '/api/session/guest').map(({ body }) => body)).toEqual([
    { token: 'secret', accept: false },
    { token: 'secret', accept: true },
  ])
})

test('who is signed in is told before the link signs them out', async () => {
  await openPortal({
    at: '/pay',
    ticket: 'secret',
    network: { 'POST /api/session/guest': [200, { ...door, replaces: true }] },
  })
  expect(await screen.findByText(/Going on signs it out/)).toBeTruthy()
})

test('a guest types a card, pays exactly the link’s invoices, and is told that it is done', async () => {
  const { said } = await openPortal({
    at: '/pay',
    network: {
      ...inside(guestVisit()),
      'POST /api/fixes/update-card/setup': [200, { setupIntent: 'seti_1', clientSecret: 'seti_1_secret_1' }],
      'POST /api/fixes/pay-invoice': [200, { outcome: { kind: 'done' }, visit: guestVisit({ state: 'paid' }) }],
    },
  })
  expect(await screen.findByText('Your card pays this once and is not kept.')).toBeTruthy()
  await userEvent.click(await moneyButton(/^Pay €49.00/))
  await screen.findByRole('heading', { name: 'Paid €49.00' })
  expect(said.find(({ path }) => path === '/api/fixes/pay-invoice')?.body).toEqual({
    with: { setupIntent: 'seti_1' },
    plan: { invoices: ['in_october'], total: { amount: 49_00, currency: 'eur' } },
  })
})

test('where the card is to be kept, that stands beside it', async () => {
  await openPortal({ at: '/pay', network: inside(guestVisit({ keepsCard: true })) })
  expect((await screen.findByText(/asked to charge this card for later invoices/)).textContent).toContain('Acme GmbH')
})

test.each([
  ['paid', 'Paid €49.00', /Your card was not kept/],
  ['settled', 'This is already paid', /nothing was charged now/],
  ['changed', 'The amount has changed', /Ask.*Anna.*for a new link/],
  ['revoked', 'This link was taken back', /Anna.*can tell you why/],
  ['expired', 'This link is too old', /Ask.*Anna.*for a new one/],
] as const)('a payment that is %s says so, asks for no card, and says whom to ask', async (state, headline, why) => {
  await openPortal({ at: '/pay', network: inside(guestVisit({ state })) })
  await screen.findByRole('heading', { name: headline })
  expect(document.querySelector('main')?.textContent).toMatch(why)
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
})

test.each([
  ['used', 'This link was already used'],
  ['revoked', 'This link was taken back'],
  ['expired', 'This link is too old'],
  ['invalid', 'This link does not work'],
])('a link that is %s says so before anything opens', async (kind, headline) => {
  await openPortal({
    at: '/pay',
    ticket: 'x',
    network: { 'POST /api/session/guest': [200, { kind, by: 'Anna', merchant }] },
  })
  await screen.findByRole('heading', { name: headline })
  expect(screen.queryByText(/Acme/)).toBeNull()
  expect(screen.getByRole('link', { name: 'I have a question' })).toBeTruthy()
})

test('after a reload in the bank’s check the check goes on, and another card can be used', async () => {
  const visit = guestVisit()
  const debt = visit.guest?.debt as Debt
  const waiting: Visit['diagnosis'] = {
    ...visit.diagnosis,
    blockers: [
      { reason: 'authentication_required', fix: 'confirm-payment', who: 'payer', debt, invoice: 'in_october' },
    ],
  }
  const { said } = await openPortal({
    at: '/pay',
    network: {
      ...inside({ ...visit, diagnosis: waiting }),
      'POST /api/fixes/confirm-payment': [200, { outcome: { kind: 'done' }, visit: guestVisit({ state: 'paid' }) }],
    },
  })
  await screen.findByRole('heading', { name: 'Your bank wants to check it is you' })
  expect(screen.getByRole('button', { name: 'Use another card' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Continue to your bank' }))
  await screen.findByRole('heading', { name: 'Paid €49.00' })
  expect(said.find(({ path }) => path === '/api/fixes/confirm-payment')?.body).toMatchObject({ invoice: 'in_october' })
})

test('without a link and without a session nothing is told', async () => {
  await openPortal({ at: '/pay', network: { 'GET /api/visit': problem(401, 'no-session') } })
  await screen.findByRole('heading', { name: 'Open the link you were sent' })
  expect(screen.queryByText(/Acme|Northwind/)).toBeNull()
})

test('a guest is led to the payment from every other address', async () => {
  const { router } = await openPortal({ at: '/fix', network: inside(guestVisit()) })
  await waitFor(() => expect(router.state.location.pathname).toBe('/pay'))
})

test('when Stripe does not answer nothing is asked for, and one can look again', async () => {
  const visit = guestVisit()
  const unchecked = { ...visit.diagnosis, verdict: 'unchecked', blockers: [], live: false } as const
  await openPortal({ at: '/pay', network: inside({ ...visit, diagnosis: unchecked }) })
  await screen.findByRole('heading', { name: 'We could not check this payment' })
  expect(screen.getByRole('button', { name: 'Check again' })).toBeTruthy()
})
