// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { Visit } from '#contract/visit.ts'
import type { Subscription } from '#diagnosis/account.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import { accountInGoodStanding, noon, subscription, visa } from '#diagnosis/samples.ts'
import { moneyButton, setStripe } from '#portal/payments/stripe-stage.ts'
import { check, inOrder, openPortal, visitOf } from '#portal/stage.tsx'

const at = `/fix/renew?check=${check}`
beforeEach(() => setStripe())

function visitAfter(differs: Partial<Subscription> = {}) {
  const ended = subscription({ status: 'canceled', endedAt: noon - 86_400, ...differs })
  return visitOf(diagnose(accountInGoodStanding({ subscriptions: [ended] }), {}, { graceDays: 7 }, noon))
}

test('what ended, when, what it costs and how often are said before the one button', async () => {
  await openPortal({ at, network: { 'GET /api/visit': [200, visitAfter()] } })
  await screen.findByRole('heading', { name: 'Your subscription has ended' })
  expect(document.body.textContent).toContain('Team ended on Saturday')
  expect(screen.getByText(/every month/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Pay €49.00 and start again' })).toBeTruthy()
})

test('the button asks for exactly what was shown, and the receipt names it', async () => {
  const { said, router } = await openPortal({
    at,
    network: {
      'GET /api/visit': [200, visitAfter()],
      'POST /api/fixes/renew': [200, { outcome: { kind: 'done' }, visit: visitOf(inOrder) }],
    },
  })
  await userEvent.click(await moneyButton(/start again/))
  await screen.findByRole('heading', { name: 'Paid €49.00' })
  expect(said.find(({ path }) => path === '/api/fixes/renew')?.body).toEqual({
    check,
    with: { method: visa.id },
    plan: { invoices: [], subscription: 'sub_team', total: { amount: 49_00, currency: 'eur' } },
  })
  expect(router.state.location.pathname).toBe('/fix/all-clear')
})

const quoted = (amount: number, tax: number): Pick<Visit, 'goOn'> => ({
  goOn: {
    subscription: 'sub_team',
    quote: { due: { amount, currency: 'eur' }, tax: { amount: tax, currency: 'eur' } },
  },
})

test('what is charged is the sum with its tax, and a newer one is shown before anything is asked again', async () => {
  const { said } = await openPortal({
    at,
    network: {
      'GET /api/visit': [200, { ...visitAfter(), ...quoted(58_31, 9_31) }],
      'POST /api/fixes/renew': [
        200,
        { outcome: { kind: 'stale' }, visit: { ...visitAfter(), ...quoted(60_00, 11_00) } },
      ],
    },
  })
  expect(document.body.textContent).not.toContain('€60.00')
  await userEvent.click(await moneyButton(/Pay €58\.31 and start again/))
  expect(await moneyButton(/Pay €60\.00 and start again/)).toBeTruthy()
  expect(document.body.textContent).toContain('€11.00')
  expect(said.find(({ path }) => path === '/api/fixes/renew')?.body).toMatchObject({
    plan: { total: { amount: 58_31, currency: 'eur' } },
  })
})

test('a plan that never began is told apart from one that ended', async () => {
  await openPortal({ at, network: { 'GET /api/visit': [200, visitAfter({ status: 'incomplete_expired' })] } })
  expect(await screen.findByText(/was never finished/)).toBeTruthy()
  expect(screen.getByText(/No money was taken/)).toBeTruthy()
})

test('a plan that is no longer sold leads to the merchant, and has no button with an amount', async () => {
  await openPortal({ at, network: { 'GET /api/visit': [200, visitAfter({ withdrawn: true })] } })
  expect(await screen.findByRole('link', { name: 'Contact Northwind' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Pay/ })).toBeNull()
})

test('when the plan lives again meanwhile the person is told so and pays nothing', async () => {
  const { router } = await openPortal({ at, network: { 'GET /api/visit': [200, visitOf(inOrder)] } })
  await screen.findByRole('heading', { name: /in the way|in order/ })
  expect(router.state.location.pathname).toBe('/fix/all-clear')
})
