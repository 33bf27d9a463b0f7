// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { noon } from '#diagnosis/samples.ts'
import { inOrder, openPortal, visitOf } from '#portal/stage.tsx'
import { DAY, openOverview, overviewOf, team, type Plan } from './overview-stage.ts'

const costs = { kind: 'charge', at: noon + 11 * DAY, due: { amount: 98_00, currency: 'eur' } } as const

// A test's browser reads American English.
const plans: readonly (readonly [string, Partial<Plan>, string, string])[] = [
  ['active', { upcoming: costs }, 'Team plan, active', '€98.00 on Thursday, December 3 from Visa •• 4242.'],
  ['active, while Stripe does not say what comes', {}, 'Team plan, active', 'Renews on Thursday, December 3.'],
  [
    'active and paid by credit',
    { upcoming: { ...costs, due: { amount: 0, currency: 'eur' }, credit: { amount: 98_00, currency: 'eur' } } },
    'Team plan, active',
    'Renews on Thursday, December 3. Nothing is to be paid then.',
  ],
  [
    'billed by invoices that are sent',
    { upcoming: { ...costs, kind: 'invoice' } },
    'Team plan, active',
    '€98.00 on Thursday, December 3, by an invoice that is sent to you.',
  ],
  [
    'to be cancelled',
    { cancelAt: noon + 2 * DAY, upcoming: { kind: 'nothing' } },
    'Team plan, ending',
    'Ends on Tuesday, November 24. Nothing more is charged.',
  ],
  [
    'to be cancelled with something still to pay',
    { cancelAt: noon + 11 * DAY, upcoming: { ...costs, due: { amount: 3_50, currency: 'eur' } } },
    'Team plan, ending',
    'Ends on Thursday, December 3. A last €3.50 is charged then.',
  ],
  [
    'to be cancelled only after it renews',
    { cancelAt: noon + 40 * DAY, upcoming: costs },
    'Team plan, active',
    '€98.00 on Thursday, December 3 from Visa •• 4242. Ends on Friday, January 1.',
  ],
  [
    'to be changed',
    { scheduled: true, upcoming: costs },
    'Team plan, active',
    '€98.00 on Thursday, December 3 from Visa •• 4242. A change of it is planned.',
  ],
  [
    'to be changed as its owner has chosen',
    {
      upcoming: { ...costs, due: { amount: 19_00, currency: 'eur' } },
      planned: { at: noon + 11 * DAY, plan: 'Starter', quantity: 1, seatsOnly: false, mayUndo: true },
    },
    'Team plan, active',
    'Changes to Starter on Thursday, December 3. Then €19.00 from Visa •• 4242.',
  ],
  [
    'to have fewer seats, for who may not see amounts',
    { planned: { at: noon + 11 * DAY, plan: 'Studio', quantity: 3, seatsOnly: true, mayUndo: false } },
    'Team plan, active',
    'Changes to 3 seats on Thursday, December 3.',
  ],
  [
    'not billed for now',
    { uncollected: true },
    'Team plan, active',
    'Nothing is charged for now: Northwind has paused the billing.',
  ],
  [
    'on trial',
    { status: 'trialing', trialEnd: noon + DAY, upcoming: costs },
    'Team plan, on trial',
    'The trial ends on Monday, November 23. Then €98.00 from Visa •• 4242.',
  ],
  [
    'in grace',
    {
      status: 'past_due',
      standing: 'grace',
      graceEnd: noon + 4 * DAY,
      reason: 'card_declined',
      fix: 'update-card',
      owed: { amount: 98_00, currency: 'eur' },
      dueSince: noon - 3 * DAY,
      nextAttempt: noon + 2 * DAY,
    },
    'Team plan, payment overdue',
    'Your card was declined. €98.00 has been due since Thursday, November 19. Stripe tries again on Tuesday, ' +
      'November 24. Access ends on Thursday, November 26 unless it is paid before.',
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
  [
    'paused',
    { status: 'paused', standing: 'stopped', pausedBy: 'trial_end_without_payment_method' },
    'Team plan, paused',
    'The trial ended without a card. Nothing is charged until it goes on.',
  ],
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

test('three plans are told by what they need, each with its one act, and the ended one is not the first', async () => {
  const late: Plan = {
    ...team,
    id: 'sub_late',
    plan: 'Geocoder',
    status: 'past_due',
    standing: 'grace',
    reason: 'card_expired',
    fix: 'update-card',
    graceEnd: noon + DAY,
  }
  const ended: Plan = {
    ...team,
    id: 'sub_old',
    plan: 'Solo',
    status: 'canceled',
    standing: 'ended',
    endedAt: noon - DAY,
  }
  await openOverview(overviewOf({ subscriptions: [ended, { ...team, cancelAt: noon + DAY }, late] }))
  await screen.findByRole('heading', { level: 1, name: 'Geocoder plan, payment overdue' })
  expect(screen.getByRole('link', { name: 'Update card' }).getAttribute('href')).toBe('/fix/update-card')
  const others = within(screen.getByRole('heading', { name: 'Your other plans' }).closest('section')!)
  expect(others.getAllByRole('listitem').map((row) => row.querySelector('p')?.textContent)).toEqual([
    'Team plan, ending',
    'Solo plan, ended',
  ])
  expect(others.getByRole('link', { name: 'Keep this plan' }).getAttribute('href')).toBe('/plan')
  expect(others.getByRole('link', { name: 'See plans' }).getAttribute('href')).toBe('/plan')
})

test('an ended plan that stands alone has its way back', async () => {
  const ended: Plan = { ...team, status: 'canceled', standing: 'ended', endedAt: noon - DAY, fix: 'renew' }
  await openOverview(overviewOf({ subscriptions: [ended] }))
  await screen.findByRole('heading', { level: 1, name: 'Team plan, ended' })
  expect(screen.getByRole('link', { name: 'Renew' }).getAttribute('href')).toBe('/fix/renew')
})

test('the next sum says what makes it another than the listed one', async () => {
  const eur = (amount: number) => ({ amount, currency: 'eur' })
  const upcoming = { ...costs, due: eur(70_00), discount: eur(20_00), credit: eur(8_00), tax: eur(11_18) }
  await openOverview(overviewOf({ subscriptions: [{ ...team, interval: { unit: 'month', count: 1 }, upcoming }] }))
  expect(
    await screen.findByText(
      '€98.00 every month for 2 seats. A discount of €20.00 is already taken off. Credit of €8.00 is already taken ' +
        'off. Tax of €11.18 is part of it.',
    ),
  ).toBeTruthy()
})

test('a planned change is undone where it is told, by one click', async () => {
  const planned = { at: noon + 11 * DAY, plan: 'Starter', quantity: 1, seatsOnly: false, mayUndo: true }
  let undone = false
  const { said } = await openPortal({
    at: '/overview',
    network: {
      'GET /api/overview': () => [200, overviewOf({ subscriptions: [{ ...team, ...(!undone && { planned }) }] })],
      'POST /api/plan': () => {
        undone = true
        return [200, { outcome: { kind: 'done' }, visit: visitOf(inOrder) }]
      },
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Undo the change' }))
  expect(await screen.findByText('The plan stays as it is. Nothing was charged now.')).toBeTruthy()
  expect(screen.queryByText(/Changes to Starter/)).toBeNull()
  expect(said.find(({ method }) => method === 'POST')?.body).toEqual({ act: 'undo', subscription: 'sub_team' })
})
