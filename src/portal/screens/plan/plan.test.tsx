// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Holding } from '#contract/holding.ts'
import { noon } from '#diagnosis/samples.ts'
import { openPortal, problem } from '#portal/stage.tsx'
import { DAY, eur, open, pageOf, team, told } from './plan-stage.ts'

test('a plan says what it costs, until when, how many seats are taken and what it contains', async () => {
  await open(pageOf([{}]))
  await screen.findByRole('heading', { level: 1, name: 'Your plan' })
  const plan = within(screen.getByRole('region', { name: 'Team' }))
  expect(plan.getByText('Renews on Thursday, December 3, from Visa •• 4242.')).toBeTruthy()
  expect(plan.getByText('€49.00').parentElement?.textContent).toBe('€49.00 every month')
  expect(plan.getByText('3 of 5 taken')).toBeTruthy()
  expect(plan.getByText('Tiles and Offline maps')).toBeTruthy()
  expect(told()).toContain('Map requests: 100,000 requests in each period')
  expect(told()).toMatch(/At most 600 requests in 1\sminute/)
})

const states: readonly (readonly [string, Partial<Holding>, string])[] = [
  [
    'on trial',
    { status: 'trialing', trialEnd: noon + DAY },
    'On trial until Monday, November 23. Then €49.00 every month.',
  ],
  ['to end', { cancelAt: noon + 11 * DAY }, 'Ends on Thursday, December 3. Nothing more is charged.'],
  [
    'paused',
    { status: 'paused', standing: 'stopped' },
    'Paused. It gives no access and costs nothing until it goes on.',
  ],
  [
    'overdue',
    { status: 'past_due', standing: 'grace', graceEnd: noon + 4 * DAY, owed: eur(49_00) },
    'Payment is overdue. Access ends on Thursday, November 26 unless it is paid before.',
  ],
  ['stopped', { status: 'unpaid', standing: 'stopped' }, 'Stopped until it is paid.'],
  ['not begun', { status: 'incomplete', standing: 'stopped' }, 'It starts when the first payment goes through.'],
  ['not collected', { uncollected: true }, 'Northwind asks for no money for now.'],
  [
    'ended',
    { status: 'canceled', standing: 'ended', endedAt: noon - DAY },
    'Ended on Saturday, November 21. Nothing more is charged.',
  ],
]

test.each(states)('a plan that is %s says how it stands and what comes next', async (_, differs, words) => {
  await open(pageOf([differs]))
  expect(await screen.findByText(words)).toBeTruthy()
})

test('what is owed, what waits and what the merchant has arranged stand out', async () => {
  await open(
    pageOf([
      {
        owed: eur(49_00),
        changing: noon + DAY,
        scheduled: true,
        next: { at: noon + 11 * DAY, plan: 'Starter', quantity: 1 },
      },
    ]),
  )
  await screen.findByText('A change waits for its payment')
  for (const words of [
    '€49.00 is owed',
    'From Thursday, December 3 it is Starter',
    'Northwind has arranged that, and can change it.',
  ])
    expect(told()).toContain(words)
})

test('several plans stand below one another, the one that needs most first, with longest names', async () => {
  const long = 'Enterprise '.repeat(9).slice(0, 90)
  await open(
    pageOf([
      { id: 'sub_old', plan: 'Old', standing: 'ended', status: 'canceled', acts: [] },
      { id: 'sub_long', plan: long },
      { id: 'sub_late', plan: 'Late', standing: 'grace', status: 'past_due', graceEnd: noon },
    ]),
  )
  await screen.findByRole('heading', { level: 1, name: 'Your plans' })
  expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
    'Late',
    long,
    'Old',
  ])
})

test('who may not change it reads it without amounts and sees who can', async () => {
  const { price: _, method: __, ...read } = team
  const page = pageOf([], { mayPay: false, payers: ['Anna', 'Jo'], holdings: [{ ...read, acts: [] }] })
  await open(page)
  await screen.findByRole('heading', { level: 1, name: 'Your plan' })
  expect(told()).toContain('Anna and Jo can change it. You can read it here.')
  expect(document.body.textContent).not.toContain('€')
  expect(within(screen.getByRole('region', { name: 'Team' })).queryAllByRole('button')).toEqual([])
})

test('an account without a plan says what will stand here, and begins one where it may', async () => {
  await open(pageOf([], { mayBegin: true }))
  await screen.findByRole('heading', { level: 1, name: 'No plan yet' })
  expect(screen.getByRole('link', { name: 'Choose a plan' }).getAttribute('href')).toBe('/plan/change')
})

test('an older reading says of when it is; an account that could not be read shows nothing as if it were known', async () => {
  await open(pageOf([{ acts: [] }], { source: 'mirror' }))
  expect(await screen.findByText(/Stripe did not answer just now/)).toBeTruthy()
  await open(pageOf([], { source: 'none' }))
  await screen.findByRole('heading', { level: 1, name: 'We could not look up your plan' })
  expect(screen.getByRole('button', { name: /Check again/ })).toBeTruthy()
})

test.each([
  [401, 'no-session', 'You are signed out'],
  [500, 'internal', 'We could not load this page'],
])('a failure %i has its own words', async (status, code, headline) => {
  await openPortal({ at: '/plan', network: { 'GET /api/plan': problem(status, code) } })
  expect(await screen.findByRole('heading', { name: headline })).toBeTruthy()
})

const planned = {
  at: noon + 11 * DAY,
  plan: 'Starter',
  quantity: 1,
  seatsOnly: false,
  price: eur(19_00),
  mayUndo: true,
}

test('a planned change says what it will be, from when, for how much, and what stays until then', async () => {
  await open(pageOf([{ planned }]))
  const plan = within(await screen.findByRole('region', { name: 'Team' }))
  expect(plan.getByText('Paid until Thursday, December 3.')).toBeTruthy()
  expect(plan.getByText('Changes to Starter on Thursday, December 3')).toBeTruthy()
  expect(told()).toContain('Until then Team stays as you have paid for it. Then €19.00 every month.')
  expect(plan.getByRole('button', { name: 'Undo the change' })).toBeTruthy()
})

test('where undoing a change brings an end back, that stands beside it', async () => {
  await open(pageOf([{ planned: { ...planned, endsAgain: true } }]))
  await screen.findByRole('button', { name: 'Undo the change' })
  expect(told()).toContain(
    'Until then Team stays as you have paid for it. Then €19.00 every month. Undone, the plan ends then, as it was to before.',
  )
})

test('fewer seats that are planned are told as seats', async () => {
  await open(pageOf([{ bySeat: true, quantity: 5, planned: { ...planned, quantity: 3, seatsOnly: true } }]))
  expect(await screen.findByText('Changes to 3 seats on Thursday, December 3')).toBeTruthy()
  expect(told()).toContain('Until then you keep your 5 seats. Then €19.00 every month for 3 seats.')
})

test('who may not change it reads what is planned, and has no button for it', async () => {
  const { price: _, ...hidden } = planned
  await open(pageOf([{ planned: { ...hidden, mayUndo: false }, acts: [] }], { mayPay: false }))
  expect(await screen.findByText('Changes to Starter on Thursday, December 3')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Undo the change' })).toBeNull()
})

test('what ends before a planned change never changes, so only its end is told', async () => {
  await open(pageOf([{ planned, cancelAt: noon + 11 * DAY }]))
  await screen.findByText('Ends on Thursday, December 3. Nothing more is charged.')
  expect(screen.queryByText(/^Changes to Starter/)).toBeNull()
})
