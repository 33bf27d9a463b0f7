// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { PlanOffer } from '#contract/offer.ts'
import { noon } from '#diagnosis/samples.ts'
import { business, eur, offersOf, planOffer, plannedChange } from '#portal/buying/buying-stage.ts'
import { moneyButton, setStripe } from '#portal/payments/stripe-stage.ts'
import { here, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const { check: _, ...visit } = visitOf(inOrder)
const requests = { id: 'requests', name: 'Map requests', unit: 'requests' }
const deed = '/api/fixes/choose-plan'
const DAY = 86_400

const up: PlanOffer = {
  ...business,
  helps: false,
  subscription: 'sub_team',
  quote: { due: eur(12_30), proratedAt: noon },
  changes: [
    { kind: 'feature', feature: 'offline_maps', gained: true },
    {
      kind: 'limit',
      meter: requests,
      before: { included: 1_000, hard: true },
      after: { included: 50_000, hard: true },
      used: 900,
    },
    { kind: 'seats', before: 5, after: 25, used: 3 },
    { kind: 'rate', meter: requests, before: { limit: 60, seconds: 60 }, after: { limit: 600, seconds: 60 } },
  ],
}
const current = planOffer({
  current: true,
  helps: false,
  subscription: 'sub_team',
  quote: { due: eur(0), proratedAt: noon },
})
const down = planOffer({
  key: 'starter_monthly',
  name: 'Starter',
  price: eur(19_00),
  helps: false,
  subscription: 'sub_team',
  quote: { due: eur(0), credit: eur(8_10), proratedAt: noon },
  changes: [
    { kind: 'feature', feature: 'tiles', gained: false },
    {
      kind: 'limit',
      meter: requests,
      before: { included: 1_000, hard: true },
      after: { included: 100, hard: true },
      used: 900,
      resets: noon + 11 * DAY,
    },
    { kind: 'seats', before: 5, after: 2, used: 3 },
  ],
})
const page = { ...here, asOf: noon, source: 'live', payers: [], mayBegin: false, holdings: [] }
const network = {
  'GET /api/visit': [200, visit],
  'GET /api/offers': [200, offersOf({ plans: [down, current, up] })],
  'GET /api/plan': [200, page],
  [`POST ${deed}`]: [200, { outcome: { kind: 'done' }, visit }],
} as const

const done = [200, { outcome: { kind: 'done' }, visit }] as const

const effects = () => within(screen.getByRole('heading', { name: /^What changes/ }).parentElement!)
const told = () =>
  effects()
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)

beforeEach(() => setStripe())

test('nobody has to be refused to change: the next larger plan is chosen, its price and all that it changes are shown', async () => {
  await openPortal({ at: '/plan/change', network })
  await moneyButton(/^Pay €12.30 and switch to Business$/)
  expect(screen.getByRole('heading', { level: 1, name: 'Change plan' })).toBeTruthy()
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Team' }).disabled).toBe(true)
  expect(told()).toEqual([
    'Offline maps is added',
    'Map requests1,000 → 50,000',
    'Seats5 → 25',
    expect.stringMatching(/^Map requests, in a short time60 in 1\sminute → 600 in 1\sminute$/),
  ])
})

test('a smaller plan says what stops at once, measured by what is used, and that the rest is credited', async () => {
  await openPortal({ at: '/plan/change?plan=starter_monthly', network })
  await screen.findByRole('button', { name: /^Switch to Starter, nothing is charged now/ })
  expect(screen.getByRole('heading', { name: 'What changes at once' })).toBeTruthy()
  expect(document.body.textContent).toContain('It begins at once.')
  expect(document.body.textContent).toContain('€8.10 is credited to you')
  expect(told()).toEqual([
    'Tiles is no longer part of it',
    'Map requests1,000 → 100You have used 900 in this period, so it stops at once and starts again on Thursday, December 3.',
    'Seats5 → 2You use 3, so nobody can join until 1 seat is free.',
  ])
})

test('a soft limit is only exceeded, and where nothing is known of the use nothing is said of it', async () => {
  const soft: PlanOffer = {
    ...down,
    changes: [
      { kind: 'limit', meter: requests, after: { included: 100, hard: false }, used: 900 },
      { kind: 'seats', before: 5 },
      { kind: 'limit', meter: { ...requests, id: 'routes', name: 'Routing' }, before: { included: 5, hard: true } },
    ],
  }
  await openPortal({
    at: '/plan/change',
    network: { ...network, 'GET /api/offers': [200, offersOf({ plans: [soft, current] })] },
  })
  await screen.findByRole('button', { name: /^Switch/ })
  expect(told()).toEqual([
    'Map requestsnone → 100You have used 900 in this period, so you are above it at once.',
    'Seats5 → no limit',
    'Routing5 → none',
  ])
})

const later: PlanOffer = {
  ...down,
  quote: { due: eur(0), later: { at: noon + 11 * DAY, due: eur(19_00) } },
}
test('a smaller plan begins with the next period: the day, what it costs then, what stays until then, and no card', async () => {
  const { said, router } = await openPortal({
    at: '/plan/change?plan=starter_monthly',
    network: {
      ...network,
      'GET /api/offers': [200, offersOf({ plans: [later, current, up] })],
      'POST /api/plan': done,
    },
  })
  const button = await screen.findByRole('button', { name: /^Change to Starter on Thursday, December 3/ })
  const text = document.body.textContent
  expect(text).toContain('From Thursday, December 3, every month€19.00')
  expect(text).toContain(
    'Nothing is charged now. Until Thursday, December 3 everything stays as you have paid for it, and you can undo this.',
  )
  expect(screen.getByRole('heading', { name: 'What changes on Thursday, December 3' })).toBeTruthy()
  expect(told()).toEqual([
    'Tiles is no longer part of it',
    'Map requests1,000 → 100You have used 900 in this period. From Thursday, December 3 on that is more than it includes.',
    'Seats5 → 2You use 3: from Thursday, December 3 on nobody can join until 1 seat is free.',
  ])
  expect(screen.queryByText(/•• 4242/)).toBeNull()
  await userEvent.dblClick(button)
  await screen.findByRole('heading', { level: 1, name: 'No plan yet' })
  expect(router.state.location.pathname).toBe('/plan')
  expect(said.filter(({ method, path }) => method === 'POST' && path === '/api/plan').map(({ body }) => body)).toEqual([
    {
      act: 'change',
      plan: {
        invoices: [],
        price: 'starter_monthly',
        subscription: 'sub_team',
        quantity: 1,
        total: eur(0),
        later: { at: noon + 11 * DAY, due: eur(19_00) },
      },
    },
  ])
})

test('a sum of that day that is not the usual one says what comes after it', async () => {
  const taxed = { at: noon + 11 * DAY, due: eur(16_00), tax: eur(2_55) }
  const plans = [{ ...later, quote: { due: eur(0), later: taxed } }, current]
  await openPortal({ at: '/plan/change', network: { ...network, 'GET /api/offers': [200, offersOf({ plans })] } })
  await screen.findByRole('button', { name: /^Change to Starter/ })
  const text = document.body.textContent
  expect(text).toContain('On Thursday, December 3€16.00Then €19.00 every month.Includes €2.55 tax.')
})

test('while a smaller plan is planned, what costs more is to be seen once that is undone', async () => {
  const smaller = { ...later, key: 'solo_monthly', name: 'Solo', price: eur(9_00) }
  const offers = [
    offersOf({ plans: [smaller, later, current], planned: plannedChange }),
    offersOf({ plans: [later, current, up] }),
  ]
  const { said } = await openPortal({
    at: '/plan/change',
    network: { ...network, 'GET /api/offers': () => [200, offers[posts()] ?? {}], 'POST /api/plan': done },
  })
  const posts = () => Number(said?.some(({ path, method }) => method === 'POST' && path === '/api/plan') ?? false)
  await screen.findByText('Changes to Starter on Thursday, December 3')
  expect(screen.getByText('From Dec 3')).toBeTruthy()
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Starter' }).disabled).toBe(true)
  expect(screen.queryByRole('radio', { name: 'Business' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Undo the change' }))
  await moneyButton(/^Pay €12.30 and switch to Business$/)
  expect(screen.getByRole('status').textContent).toContain('The plan stays as it is')
  expect(said.find(({ method, path }) => method === 'POST' && path === '/api/plan')?.body).toEqual({
    act: 'undo',
    subscription: 'sub_team',
  })
})

test('what was shown is sent, and afterwards the plan page says what was paid', async () => {
  const { said, router } = await openPortal({ at: '/plan/change', network })
  await userEvent.click(await moneyButton(/^Pay €12.30/))
  await screen.findByRole('heading', { level: 1, name: 'No plan yet' })
  expect(router.state.location.pathname).toBe('/plan')
  expect(said.find(({ path }) => path === deed)?.body).toMatchObject({
    plan: { price: 'business_monthly', subscription: 'sub_team', proratedAt: noon, total: eur(12_30) },
  })
})

test('whose plan cannot be changed now is told so, with the way back', async () => {
  await openPortal({ at: '/plan/change', network: { ...network, 'GET /api/offers': [200, offersOf({})] } })
  await screen.findByText('There is no other plan to change to now')
  expect(screen.getByRole('link', { name: 'Back to your plan' }).getAttribute('href')).toBe('/plan')
  expect(screen.queryByRole('button', { name: /^(Pay|Switch)/ })).toBeNull()
})

test('without prices nothing can be chosen', async () => {
  await openPortal({
    at: '/plan/change',
    network: { ...network, 'GET /api/offers': problem(503, 'stripe-unreachable') },
  })
  expect((await screen.findByRole('alert')).textContent).toContain('We could not ask for the prices')
  expect(screen.queryByRole('button', { name: /^(Pay|Switch)/ })).toBeNull()
})

test('who may not pay is led to the page that they may read', async () => {
  const { router } = await openPortal({
    at: '/plan/change',
    network: {
      ...network,
      'GET /api/visit': [200, { ...visit, mayPay: false }],
      'GET /api/plan': [200, { ...page, mayPay: false }],
    },
  })
  await screen.findByRole('heading', { level: 1, name: 'No plan yet' })
  expect(router.state.location.pathname).toBe('/plan')
})
