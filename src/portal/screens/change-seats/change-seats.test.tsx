// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { SeatsAnswer } from '#contract/holding.ts'
import { noon } from '#diagnosis/samples.ts'
import { eur } from '#portal/buying/buying-stage.ts'
import { moneyButton, setStripe } from '#portal/payments/stripe-stage.ts'
import { here, inOrder, openPortal, visitOf } from '#portal/stage.tsx'

const DAY = 86_400
const { check: _, ...visit } = visitOf(inOrder)
const holding = {
  id: 'sub_studio',
  plan: 'Studio',
  status: 'active',
  standing: 'full',
  quantity: 5,
  bySeat: true,
  periodEnd: noon + DAY,
  uncollected: false,
  scheduled: false,
  terms: { features: [], limits: [], rates: [], seats: 5 },
  discounts: [],
  acts: ['seats'],
}
const page = { ...here, asOf: noon, source: 'live', payers: [], seatsUsed: 3, mayBegin: false, holdings: [holding] }

function answer(quantity: number): SeatsAnswer {
  return {
    subscription: 'sub_studio',
    key: 'studio_monthly',
    held: 5,
    least: 3,
    quantity,
    price: eur(quantity * 12_00),
    interval: { unit: 'month', count: 1 },
    quote:
      quantity > 5
        ? { due: eur((quantity - 5) * 4_00), proratedAt: noon }
        : { due: eur(0), later: { at: noon + DAY, due: eur(quantity * 12_00) } },
    changes: quantity === 5 ? [] : [{ kind: 'seats', before: 5, after: quantity, used: 3 }],
  }
}
const network = {
  'GET /api/visit': [200, visit],
  'GET /api/plan': [200, page],
  'GET /api/plan/seats': (path: string) => [200, answer(Number(/quantity=(\d+)/.exec(path)?.[1]))] as const,
  'POST /api/fixes/add-seats': [200, { outcome: { kind: 'done' }, visit }],
  'POST /api/plan': [200, { outcome: { kind: 'done' }, visit }],
} as const

beforeEach(() => setStripe())

const open = () => openPortal({ at: '/plan/seats', network })
const fewer = () => userEvent.click(screen.getByRole('button', { name: 'One seat fewer' }))

test('more seats say what they cost now and from then on, and are bought by what was shown', async () => {
  const { said, router } = await open()
  await screen.findByText('3 seats are taken.')
  await userEvent.click(await screen.findByRole('button', { name: 'One seat more' }))
  await userEvent.click(await moneyButton(/^Pay €4.00 for 1 more seat$/))
  await screen.findByRole('heading', { level: 1, name: 'Your plan' })
  expect(router.state.location.pathname).toBe('/plan')
  expect(screen.getByRole('status').textContent).toContain('Paid €4.00')
  expect(said.find(({ path }) => path === '/api/fixes/add-seats')?.body).toMatchObject({
    plan: { subscription: 'sub_studio', price: 'studio_monthly', quantity: 6, proratedAt: noon, total: eur(4_00) },
  })
})

test('fewer seats begin with the next period: they ask for no card, and say what they cost then', async () => {
  const { said } = await open()
  await screen.findByText('As many as you have now.')
  await fewer()
  const button = await screen.findByRole('button', { name: /^Reduce to 4 seats on Monday, November 23/ })
  expect(document.body.textContent).toContain('From Monday, November 23, every month for 4 seats€48.00')
  expect(document.body.textContent).toContain('Nothing is charged now.')
  expect(document.body.textContent).toContain('5 → 4')
  expect(screen.queryByRole('radio')).toBeNull()
  await userEvent.click(button)
  await screen.findByRole('heading', { level: 1, name: 'Your plan' })
  expect(screen.getByRole('status').textContent).toContain('It is planned, and nothing was charged')
  expect(said.find(({ method, path }) => method === 'POST' && path === '/api/plan')?.body).toEqual({
    act: 'change',
    plan: {
      invoices: [],
      price: 'studio_monthly',
      subscription: 'sub_studio',
      quantity: 4,
      total: eur(0),
      later: { at: noon + DAY, due: eur(48_00) },
    },
  })
})

test('there are never fewer seats than are taken, and what to do for fewer is said', async () => {
  await open()
  await screen.findByText('As many as you have now.')
  await fewer()
  await fewer()
  await fewer()
  await screen.findByRole('button', { name: /^Reduce to 3 seats/ })
  expect(document.body.textContent).toContain('3 are taken: free some in Maps API to have fewer.')
})

test('while fewer are planned there are at most as many as now, until that is undone', async () => {
  const planned = { at: noon + DAY, plan: 'Studio', quantity: 3, seatsOnly: true, mayUndo: true }
  await openPortal({
    at: '/plan/seats',
    network: {
      ...network,
      'GET /api/plan/seats': (path: string) =>
        [200, { ...answer(Number(/quantity=(\d+)/.exec(path)?.[1])), planned }] as const,
    },
  })
  await screen.findByText('Changes to 3 seats on Monday, November 23')
  expect(screen.getByRole('button', { name: 'One seat more' }).getAttribute('aria-disabled')).toBe('true')
  await fewer()
  await screen.findByRole('button', { name: /^Reduce to 4 seats on/ })
  await fewer()
  await screen.findByText('As planned.')
  expect(screen.queryByRole('button', { name: /^Reduce/ })).toBeNull()
})
