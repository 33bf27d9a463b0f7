// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { accountInGoodStanding, noon, openInvoice, subscription } from '#diagnosis/samples.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import type { PaymentError } from '#diagnosis/account.ts'
import { generic, moneyButton, setStripe } from '#portal/payments/stripe-stage.ts'
import { check, inOrder, openPortal, visitOf } from '#portal/stage.tsx'

const at = `/fix/finish-subscribing?check=${check}`
const pay = '/api/fixes/finish-subscribing'

function incomplete(error?: PaymentError) {
  const account = accountInGoodStanding({
    subscriptions: [subscription({ status: 'incomplete', created: noon - 3_600 })],
    openInvoices: [openInvoice({ payment: { state: 'requires_payment_method', ...(error && { error }) } })],
  })
  return visitOf(diagnose(account, {}, { graceDays: 7 }, noon))
}

beforeEach(() => setStripe())

test('the plan, its first payment and the last hour for it are named, and the saved card pays it', async () => {
  const { said, router } = await openPortal({
    at,
    network: {
      'GET /api/visit': [200, incomplete()],
      [`POST ${pay}`]: [200, { outcome: { kind: 'done' }, visit: visitOf(inOrder) }],
    },
  })
  const why = await screen.findByText(/starts once/)
  expect(why.textContent).toMatch(/Team.*€49.00.*Monday.*23.*UTC/)
  await userEvent.click(screen.getByRole('button', { name: /^Pay €49.00 with Visa/ }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  expect(said.find(({ path }) => path === pay)?.body).toMatchObject({ plan: { invoices: ['in_october'] } })
})

test('when the first try was declined, that is said and a new card is ready', async () => {
  await openPortal({ at, network: { 'GET /api/visit': [200, incomplete(generic)] } })
  expect(await screen.findByText(/Your bank declined the first payment of/)).toBeTruthy()
  expect(await moneyButton(/^Pay €49.00 and continue/)).toBeTruthy()
})
