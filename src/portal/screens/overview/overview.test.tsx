// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Overview } from '#contract/overview.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import { accountInGoodStanding, accountThatOwes, expiredVisa, noon } from '#diagnosis/samples.ts'
import { inOrder, openPortal, problem } from '#portal/stage.tsx'
import { DAY, openOverview, overviewOf } from './overview-stage.ts'

test('a contested payment is told before any plan, and no card is asked for', async () => {
  const account = { ...accountInGoodStanding(), dispute: { since: noon - DAY } }
  await openOverview(overviewOf({ diagnosis: diagnose(account, {}, { graceDays: 7, holdOnDispute: true }, noon) }))
  await screen.findByRole('heading', { level: 1, name: 'Your account is on hold' })
  expect(screen.getByText(/A payment was contested with the bank/)).toBeTruthy()
  expect(screen.getByText('Team plan, active')).toBeTruthy()
  expect(screen.queryByRole('link', { name: /card/i })).toBeNull()
})

test('usage is three quiet bars, and what was never reported is said to be unknown', async () => {
  const meter = { id: 'routes', name: 'Routes', unit: 'routes', since: noon - 19 * DAY, resets: noon + 11 * DAY }
  const usage = [
    { ...meter, used: 9_100, included: 10_000 },
    { ...meter, id: 'tiles', name: 'Tiles', unit: 'tiles', included: 500 },
  ]
  await openOverview(overviewOf({ usage }))
  const used = within((await screen.findByRole('heading', { name: 'Usage' })).closest('section')!)
  expect(used.getAllByRole('listitem').map((row) => row.querySelector('p')?.textContent)).toEqual([
    'Routes9,100 of 10,000 routes',
    'TilesNot known yet, of 500 tiles',
  ])
  expect(used.getByRole('link', { name: 'See all' }).getAttribute('href')).toBe('/usage')
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

test('a limit that is reached says when it starts again, not that access ends', async () => {
  const warning = { reason: 'usage_limit_exceeded', fix: 'raise-limit', at: noon + 11 * DAY } as const
  await openOverview(overviewOf({ diagnosis: { ...inOrder, warnings: [warning] } }))
  expect(await screen.findByText('It starts again on Thursday, December 3.')).toBeTruthy()
  expect(screen.queryByText(/Access ends/)).toBeNull()
})

test('an account without a plan is led to the plans', async () => {
  const account = { ...accountInGoodStanding(), subscriptions: [] }
  const diagnosis = diagnose(account, {}, { graceDays: 7 }, noon)
  await openOverview(overviewOf({ diagnosis, subscriptions: [], methods: [] }))
  await screen.findByRole('heading', { level: 1, name: 'No plan yet' })
  expect(screen.queryByRole('heading', { name: 'What needs you' })).toBeNull()
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
  expect(invoice.getByText('Overdue since Nov 12')).toBeTruthy()
  expect(invoice.getByText('€49.00')).toBeTruthy()
})

test('the newest invoices say their state and sum, the paid ones too', async () => {
  const { remaining, due, period } = october
  const paid = { due, period, state: 'paid', date: due, payable: false, pdf: true, receipt: true } as const
  const invoices = [
    { ...paid, id: 'in_1', number: 'ACME-0008', ...(remaining && { total: remaining }) },
    { ...paid, id: 'in_2', number: 'ACME-0006', state: 'refunded' as const },
  ]
  await openOverview(overviewOf({ invoices, openInvoices: [october] }))
  const row = async (number: string) => (await screen.findByText(number)).closest('li')?.textContent
  expect(await row('ACME-0008')).toBe('OctoberACME-0008Paid€49.00')
  expect(await row('ACME-0006')).toBe('OctoberACME-0006Refunded')
  expect(screen.queryByText('ACME-0007')).toBeNull()
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
  expect(screen.getByText(/The first stands here once it is made/)).toBeTruthy()
})

test('an account that could not be read shows nothing as if it were known', async () => {
  await openOverview(overviewOf({ diagnosis: { ...inOrder, verdict: 'unchecked', live: false }, subscriptions: [] }))
  await screen.findByRole('heading', { level: 1, name: 'We could not check your account' })
  expect(screen.queryByRole('heading', { name: 'Payment methods' })).toBeNull()
  expect(screen.getByRole('button', { name: /Check again/ })).toBeTruthy()
})

test('an older reading says of when it is, and is read again at a word', async () => {
  const { said } = await openPortal({
    at: '/overview',
    network: {
      'GET /api/overview': (path) => [
        200,
        overviewOf({ diagnosis: path.includes('fresh') ? inOrder : { ...inOrder, live: false } }),
      ],
    },
  })
  expect(
    await screen.findByText(/Stripe did not answer just now. This is how things stood at 12:00\sPM UTC/),
  ).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Check again' }))
  expect(await screen.findByText(/^As of 12:00\sPM UTC/)).toBeTruthy()
  expect(screen.queryByText(/did not answer just now/)).toBeNull()
  expect(said.map(({ path }) => path)).toEqual(['/api/overview', '/api/overview?fresh=true'])
})

test('a reading of another day says which', async () => {
  await openOverview(overviewOf({ diagnosis: { ...inOrder, live: false, asOf: noon - DAY } }))
  expect(await screen.findByText(/This is how things stood at Nov 21, 12:00\sPM UTC/)).toBeTruthy()
})

test('when nobody answers a second look, what is known stays and nothing is said to be new', async () => {
  let down = false
  await openPortal({
    at: '/overview',
    network: { 'GET /api/overview': () => (down ? problem(500, 'internal') : [200, overviewOf()]) },
  })
  await screen.findByRole('heading', { level: 1, name: 'Team plan, active' })
  down = true
  await userEvent.click(screen.getByRole('button', { name: 'Check again' }))
  expect(await screen.findByText(/We could not reach the billing page just now/)).toBeTruthy()
  expect(screen.getByRole('heading', { level: 1, name: 'Team plan, active' })).toBeTruthy()
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
  ['known', 'Switch account'],
  ['possible', 'Sign in to another account'],
] as const)('with other accounts %s, “%s” leads out to the sign-in', async (otherAccounts, name) => {
  await openPortal({
    at: '/overview',
    network: {
      'GET /api/overview': [200, overviewOf({ otherAccounts })],
      'POST /api/session/end': [200, {}],
      'POST /api/session/hint': [200, { kind: 'sign_in', merchant: { name: 'Northwind' }, mail: true }],
    },
  })
  await userEvent.click(await screen.findByRole('button', { name }))
  expect(await screen.findByRole('heading', { name: 'Sign in to go on' })).toBeDefined()
})

test('where there is no other account, none is offered', async () => {
  await openOverview(overviewOf())
  await screen.findByRole('button', { name: 'Sign out' })
  expect(screen.queryByRole('button', { name: /account/i })).toBeNull()
})

test('who goes to another page while signing out is led out all the same', async () => {
  const { router } = await openPortal({
    at: '/overview',
    network: {
      'GET /api/overview': [200, overviewOf()],
      'GET /api/usage': 'silent',
      'POST /api/session/end': [200, {}],
      'POST /api/session/hint': [200, { kind: 'sign_in', merchant: { name: 'Northwind' }, mail: true }],
    },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Sign out' }))
  fireEvent.click(screen.getByRole('link', { name: /^Usage/ }))
  await screen.findByRole('heading', { name: 'You are signed out' })
  expect(router.state.location.pathname).toBe('/sign-in')
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
