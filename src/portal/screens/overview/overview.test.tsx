// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Overview } from '#contract/overview.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import { accountThatOwes, expiredVisa, noon, visa } from '#diagnosis/samples.ts'
import { here, inOrder, openPortal, problem } from '#portal/stage.tsx'

const DAY = 86_400
type Plan = Overview['subscriptions'][number]

const team: Plan = {
  id: 'sub_team',
  plan: 'Team',
  status: 'active',
  standing: 'full',
  quantity: 2,
  price: { amount: 98_00, currency: 'eur' },
  periodEnd: noon + 11 * DAY,
  method: visa,
}

function overviewOf(differs: Partial<Overview> = {}): Overview {
  return {
    ...here,
    diagnosis: inOrder,
    subscriptions: [team],
    methods: [{ method: visa, isDefault: true, expired: false, usedBy: ['Team'] }],
    openInvoices: [],
    ...differs,
  }
}

async function openOverview(overview: Overview) {
  return openPortal({ at: '/overview', network: { 'GET /api/overview': [200, overview] } })
}

// A test's browser reads American English.
const plans: readonly (readonly [string, Partial<Plan>, string, string])[] = [
  ['active', {}, 'Team plan, active', '€98.00 on Thursday, December 3 from Visa •• 4242.'],
  [
    'to be cancelled',
    { cancelAt: noon + 2 * DAY },
    'Team plan, active',
    'Ends on Tuesday, November 24. Nothing more is charged.',
  ],
  [
    'on trial',
    { status: 'trialing', trialEnd: noon + DAY },
    'Team plan, on trial',
    'The trial ends on Monday, November 23. Then €98.00 from Visa •• 4242.',
  ],
  [
    'in grace',
    { status: 'past_due', standing: 'grace', graceEnd: noon + 4 * DAY },
    'Team plan, payment overdue',
    'Access ends on Thursday, November 26 unless it is paid before.',
  ],
  [
    'past its grace',
    { status: 'past_due', standing: 'stopped' },
    'Team plan, stopped until it is paid',
    'Access comes back as soon as it is paid.',
  ],
  [
    'never begun',
    { status: 'incomplete', standing: 'stopped' },
    'Team plan, not started yet',
    'It starts when the first payment goes through.',
  ],
  ['paused', { status: 'paused', standing: 'stopped' }, 'Team plan, paused', 'Nothing is charged until it goes on.'],
  [
    'ended',
    { status: 'canceled', standing: 'ended', endedAt: noon - DAY },
    'Team plan, ended',
    'Ended on Saturday, November 21. Nothing more is charged.',
  ],
]

test.each(plans)('a plan that is %s says how it stands and what happens next', async (_, differs, state, next) => {
  await openOverview(overviewOf({ subscriptions: [{ ...team, ...differs }] }))
  await screen.findByRole('heading', { level: 1, name: state })
  expect(screen.getByText(next)).toBeTruthy()
})

test('the plan that needs most comes first', async () => {
  const late: Plan = { ...team, id: 'sub_late', plan: 'Geocoder', status: 'past_due', standing: 'stopped' }
  await openOverview(overviewOf({ subscriptions: [team, late] }))
  await screen.findByRole('heading', { level: 1, name: 'Geocoder plan, stopped until it is paid' })
  expect(screen.getByText('Team plan, active')).toBeTruthy()
})

test('what needs the person stands with its one remedy and the day it matters', async () => {
  const diagnosis = diagnose(
    accountThatOwes({ due: noon - 3 * DAY, created: noon - 3 * DAY }),
    {},
    { graceDays: 7 },
    noon,
  )
  await openOverview(overviewOf({ diagnosis }))
  await screen.findByRole('heading', { name: 'What needs you' })
  expect(screen.getByText('Access ends on Thursday, November 26 otherwise.')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Pay invoice' }).getAttribute('href')).toBe('/fix/pay-invoice')
})

test('a card shows whether it is the default, what it pays for and that it has expired', async () => {
  await openOverview(
    overviewOf({ methods: [{ method: expiredVisa, isDefault: true, expired: true, usedBy: ['Team', 'Geocoder'] }] }),
  )
  expect(await screen.findByText('Expired in September 2026')).toBeTruthy()
  expect(screen.getByText('Used for Team and Geocoder')).toBeTruthy()
  expect(screen.getByText('Default')).toBeTruthy()
})

const october: Overview['openInvoices'][number] = {
  id: 'in_october',
  number: 'ACME-0007',
  remaining: { amount: 49_00, currency: 'eur' },
  due: noon - 10 * DAY,
  period: { start: Date.UTC(2026, 9, 1) / 1_000, end: Date.UTC(2026, 10, 1) / 1_000 },
  state: 'overdue',
}

test('an open invoice says its month, its number, its state and its amount', async () => {
  await openOverview(overviewOf({ openInvoices: [october] }))
  const invoice = within((await screen.findByText('ACME-0007')).closest('li')!)
  expect(invoice.getByText('October')).toBeTruthy()
  expect(invoice.getByText('Overdue since Thursday, November 12')).toBeTruthy()
  expect(invoice.getByText('€49.00')).toBeTruthy()
})

test('who may not pay is led to those who can', async () => {
  const diagnosis = diagnose(accountThatOwes(), {}, { graceDays: 7 }, noon)
  await openOverview(overviewOf({ mayPay: false, diagnosis }))
  expect(await screen.findByText('An invoice is overdue')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'See who can mend it' }).getAttribute('href')).toBe('/fix/pay-invoice')
})

test('who may not pay sees the state and no amounts', async () => {
  // As the server tells it to them.
  const { remaining: _, ...invoice } = october
  const subscriptions = overviewOf({}).subscriptions.map(({ price: __, method: ___, ...plan }) => plan)
  await openOverview(overviewOf({ mayPay: false, openInvoices: [invoice], subscriptions, methods: [] }))
  await screen.findByText('ACME-0007')
  expect(document.body.textContent).not.toContain('€')
  expect(screen.queryByRole('heading', { name: 'Payment methods' })).toBeNull()
})

test('an account with nothing in it says what will stand there', async () => {
  await openOverview(overviewOf({ subscriptions: [], methods: [] }))
  await screen.findByRole('heading', { level: 1, name: 'No plan yet' })
  expect(screen.getByText(/The one you pay with first will stand here/)).toBeTruthy()
  expect(screen.getByText(/The next invoice stands here once it is made/)).toBeTruthy()
})

test('an account that could not be read shows nothing as if it were known', async () => {
  await openOverview(overviewOf({ diagnosis: { ...inOrder, verdict: 'unchecked', live: false }, subscriptions: [] }))
  await screen.findByRole('heading', { level: 1, name: 'We could not check your account' })
  expect(screen.queryByRole('heading', { name: 'Payment methods' })).toBeNull()
  expect(screen.getByRole('button', { name: /Check again/ })).toBeTruthy()
})

test('an older reading says of when it is', async () => {
  await openOverview(overviewOf({ diagnosis: { ...inOrder, live: false } }))
  expect(
    await screen.findByText(/Stripe did not answer just now. This is how things stood at 12:00\sPM UTC/),
  ).toBeTruthy()
})

test('signing out forgets the account and leaves the way to the app', async () => {
  const { client } = await openPortal({
    at: '/overview',
    network: {
      'GET /api/overview': [200, overviewOf()],
      'POST /api/session/end': [200, {}],
      'POST /api/session/hint': [200, { kind: 'sign_in', merchant: { name: 'Northwind' }, mail: true }],
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out' }))
  await screen.findByRole('heading', { name: 'You are signed out' })
  expect(client.getQueryData(['overview'])).toBeUndefined()
  expect(screen.getByRole('link', { name: 'Back to Maps API' }).getAttribute('href')).toBe('https://maps.test/')
})

test.each([
  [401, 'no-session', 'You are signed out', 'Try again'],
  [404, 'not-found', 'There is nothing at this address', 'Go to the start'],
  [500, 'internal', 'We could not load this page', 'Try again'],
])('a failure %i has its own words and a way on', async (status, code, headline, way) => {
  await openPortal({ at: '/overview', network: { 'GET /api/overview': problem(status, code) } })
  await screen.findByRole('heading', { name: headline })
  expect(screen.queryByRole('button', { name: way }) ?? screen.queryByRole('link', { name: way })).toBeTruthy()
  expect(screen.getByText('req_1')).toBeTruthy()
})
