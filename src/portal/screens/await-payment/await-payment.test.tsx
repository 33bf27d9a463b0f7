// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { accountThatOwes, noon } from '#diagnosis/samples.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import { visitThatOwes, generic } from '#portal/payments/stripe-stage.ts'
import { check, inOrder, openPortal, visitOf } from '#portal/stage.tsx'

const at = `/fix/await-payment?check=${check}`
const debit = { id: 'pm_sepa', kind: 'sepa_debit', last4: '3000' }
const onItsWay = visitOf(
  diagnose(accountThatOwes({ payment: { state: 'processing', method: debit } }), {}, { graceDays: 7 }, noon),
)

/** The first visit first, the other one from then on. */
async function openThen(next: object) {
  const visits = [onItsWay, next]
  return openPortal({ at, network: { 'GET /api/visit': () => [200, visits.length > 1 ? visits.shift() : visits[0]] } })
}

test('while money is on its way there is nothing to press that could pay again', async () => {
  await openPortal({ at, network: { 'GET /api/visit': [200, onItsWay] } })
  await screen.findByText(/Do not pay again/)
  expect(screen.getByText('€49.00')).toBeTruthy()
  expect(screen.getByText(/SEPA Direct Debit.*3000/)).toBeTruthy()
  expect(screen.getByText(/You can close this page/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: /pay/i })).toBeNull()
})

test('the page looks again by itself and goes on as soon as the money has arrived', async () => {
  const { router } = await openThen(visitOf(inOrder))
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'), { timeout: 8_000 })
})

test('a payment that fails after all leads to the screen that mends it', async () => {
  const { router } = await openThen(visitThatOwes({}, generic))
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/update-card'), { timeout: 8_000 })
})
