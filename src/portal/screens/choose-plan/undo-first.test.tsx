// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { asTeam, offersOf, plannedChange, visitWithoutFeature } from '#portal/buying/buying-stage.ts'
import { moneyButton, setStripe } from '#portal/payments/stripe-stage.ts'
import { check, openPortal } from '#portal/stage.tsx'

const at = `/fix/choose-plan?check=${check}`
const network = { 'GET /api/visit': [200, visitWithoutFeature()] } as const

beforeEach(() => setStripe())

test('a larger plan is sold once a smaller one that is planned is undone: that is one click and free', async () => {
  let undone = false
  const { said } = await openPortal({
    at,
    network: {
      ...network,
      'GET /api/offers': () => [200, undone ? offersOf({ plans: asTeam }) : offersOf({ planned: plannedChange })],
      'POST /api/plan': () => {
        undone = true
        return [200, { outcome: { kind: 'done' }, visit: visitWithoutFeature() }]
      },
    },
  })
  await screen.findByText('Changes to Starter on Thursday, December 3')
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: /^Undo the change/ }))
  await moneyButton(/^Pay €12.30 and switch to Business$/)
  expect(said.find(({ method, path }) => method === 'POST' && path === '/api/plan')?.body).toEqual({
    act: 'undo',
    subscription: 'sub_team',
  })
})

test('what can no longer be undone has a person to ask', async () => {
  const offers = offersOf({ planned: { ...plannedChange, mayUndo: false } })
  await openPortal({ at, network: { ...network, 'GET /api/offers': [200, offers] } })
  await screen.findByText(/It can no longer be undone here/)
  expect(screen.getByRole('link', { name: /Northwind/ })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Undo the change/ })).toBeNull()
})
