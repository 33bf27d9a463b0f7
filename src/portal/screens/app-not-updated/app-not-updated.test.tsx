// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { accountThatOwes, noon } from '#diagnosis/samples.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import { check, inOrder, openPortal, visitOf } from '#portal/stage.tsx'

const at = `/fix/app-not-updated?check=${check}`
const looping = visitOf(inOrder, { check: { id: check, reported: 'invoice_overdue', returns: 3 } })

test('a person in a loop is told that nothing is left to pay and is not sent back again', async () => {
  const { said } = await openPortal({ at, network: { 'GET /api/visit': [200, looping] } })
  await screen.findByRole('heading', { name: 'Maps API has not noticed yet' })
  expect(screen.getByText(/Nothing is left to pay/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Copy the code' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Try Maps API again' }).getAttribute('href')).toBe('https://maps.test/')
  expect(said.some(({ path }) => path === '/api/return')).toBe(false)
})

test('looking again finds what has changed since', async () => {
  const owes = diagnose(accountThatOwes(), {}, { graceDays: 7 }, noon)
  const visits = [looping, visitOf(owes)]
  const { router } = await openPortal({
    at,
    network: { 'GET /api/visit': () => [200, visits.length > 1 ? visits.shift() : visits[0]] },
  })
  await userEvent.click(await screen.findByRole('button', { name: /Check again/ }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/pay-invoice'))
})
