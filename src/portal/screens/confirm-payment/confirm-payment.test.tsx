// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { setStripe, visitThatOwes } from '#portal/payments/stripe-stage.ts'
import { visa } from '#diagnosis/samples.ts'
import { check, inOrder, openPortal, visitOf } from '#portal/stage.tsx'

const at = `/fix/confirm-payment?check=${check}`
const confirm = '/api/fixes/confirm-payment'
const waiting = visitThatOwes({}, { code: 'authentication_required', method: visa })
const healed = visitOf(inOrder)
const asks = { outcome: { kind: 'confirm', invoice: 'in_october', clientSecret: 'pi_1_secret_1' }, visit: waiting }
const visit = { 'GET /api/visit': [200, waiting] } as const

beforeEach(() => setStripe())

/** The server asks the bank first, and then tells what came of it. */
function answering(finished: object) {
  const answers = [asks, finished]
  return { ...visit, [`POST ${confirm}`]: () => [200, answers.shift() ?? finished] as const }
}

test('before the bank’s window opens, it says what that will look like and that no money has moved', async () => {
  await openPortal({ at, network: visit })
  await screen.findByRole('heading', { name: 'Your bank wants to check it is you' })
  expect(screen.getByText(/No money has been taken yet/)).toBeTruthy()
  expect(screen.getByText(/window opens on this page/)).toBeTruthy()
  expect(screen.getAllByRole('button', { name: /Continue|Pay/ })).toHaveLength(1)
})

test('the check is opened, seen through, and its result is the server’s', async () => {
  const { said, router } = await openPortal({ at, network: answering({ outcome: { kind: 'done' }, visit: healed }) })
  await userEvent.click(await screen.findByRole('button', { name: 'Continue to your bank' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  expect(said.filter(({ path }) => path === confirm).map(({ body }) => body)).toEqual([
    { check, invoice: 'in_october', finished: false },
    { check, invoice: 'in_october', finished: true },
  ])
})

test('a check that is closed says that no money has been taken, and can be continued', async () => {
  setStripe({ handleNextAction: () => ({ error: { type: 'invalid_request_error' } }) })
  await openPortal({ at, network: answering(asks) })
  await userEvent.click(await screen.findByRole('button', { name: 'Continue to your bank' }))
  expect((await screen.findByRole('alert')).textContent).toContain('No money has been taken')
  expect(screen.getByRole('button', { name: 'Continue to your bank' }).getAttribute('aria-disabled')).toBeNull()
})

test('a bank that refuses after the check is told as a decline', async () => {
  const declined = { kind: 'declined', decline: 'funds', sameCardCanWork: true }
  await openPortal({ at, network: answering({ outcome: declined, visit: waiting }) })
  await userEvent.click(await screen.findByRole('button', { name: 'Continue to your bank' }))
  expect((await screen.findByRole('alert')).textContent).toContain('No money was taken')
})

test('another card can be used instead', async () => {
  await openPortal({ at, network: visit })
  await userEvent.click(await screen.findByRole('button', { name: 'Use another card' }))
  expect(await screen.findByRole('button', { name: 'Pay €49.00 and continue' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Continue to your bank' })).toBeNull()
})

test('an address that claims success is cleaned and not believed', async () => {
  const claim = `${at}&payment_intent=pi_1&payment_intent_client_secret=x&redirect_status=succeeded`
  const { router } = await openPortal({ at: claim, network: visit })
  await screen.findByRole('button', { name: 'Continue to your bank' })
  await waitFor(() => expect(router.state.location.search).toBe(`?check=${check}`))
})
