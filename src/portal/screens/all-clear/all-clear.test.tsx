// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { accountThatOwes, noon, visa } from '#diagnosis/samples.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const at = `/fix/all-clear?check=${check}`
const owes = diagnose(accountThatOwes(), {}, { graceDays: 7 }, noon)
// A fragment, because a test page cannot leave its document.
const go = { kind: 'go', url: '#back-in-maps', notice: 'none' }

test('after paying, the amount and the card are named and the person is taken back', async () => {
  const { said } = await openPortal({
    at,
    state: { paid: { amount: 49_00, currency: 'eur' }, method: visa },
    network: { 'GET /api/visit': [200, visitOf(inOrder)], 'POST /api/return': [200, go] },
  })
  await screen.findByRole('heading', { name: 'Paid €49.00' })
  expect(screen.getByText('From Visa •• 4242. Maps API works again.')).toBeTruthy()
  expect(await screen.findByText('Taking you back to Maps API…')).toBeTruthy()
  await waitFor(() => expect(window.location.hash).toBe('#back-in-maps'), { timeout: 5_000 })
  expect(said.filter(({ path }) => path === '/api/return').map(({ body }) => body)).toEqual([{ check }])
})

test('who wants to stay is not taken away, and can still go', async () => {
  await openPortal({
    at,
    network: { 'GET /api/visit': [200, visitOf(inOrder)], 'POST /api/return': [200, { ...go, url: '#left' }] },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Stay here' }))
  expect(screen.getByText('You can close this page, or go on when you like.')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Go to Maps API' }).getAttribute('href')).toBe('#left')
  expect(screen.queryByText('Taking you back to Maps API…')).toBeNull()
})

test('who arrives when it is already fixed is told so, and that nothing was charged', async () => {
  await openPortal({ at, network: { 'GET /api/visit': [200, visitOf(inOrder)], 'POST /api/return': [200, go] } })
  await screen.findByRole('heading', { name: 'Nothing is in the way' })
  expect(screen.getByText(/has been fixed already, and nothing was charged now/)).toBeTruthy()
})

test('when the second look disagrees nobody is sent back, and the new state is shown', async () => {
  const visits = [visitOf(inOrder), visitOf(owes)]
  const { router } = await openPortal({
    at,
    network: {
      'GET /api/visit': () => [200, visits.length > 1 ? visits.shift() : visits[0]],
      'POST /api/return': [200, { kind: 'still_blocked' }],
    },
  })
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/pay-invoice'))
})

test('an address we do not know as the app is not followed by itself', async () => {
  await openPortal({
    at,
    network: {
      'GET /api/visit': [200, visitOf(inOrder)],
      'POST /api/return': [200, { ...go, notice: 'return_not_registered' }],
    },
  })
  await screen.findByText('We do not know the page you came from, so Maps API opens at its start.')
  expect(screen.queryByRole('button', { name: 'Stay here' })).toBeNull()
  expect(screen.getByRole('link', { name: 'Go to Maps API' })).toBeTruthy()
})

test('when we cannot ask once more there is still a way to the app', async () => {
  await openPortal({
    at,
    network: { 'GET /api/visit': [200, visitOf(inOrder)], 'POST /api/return': problem(503, 'stripe-unreachable') },
  })
  await screen.findByRole('alert')
  expect(screen.getByRole('link', { name: 'Go to Maps API' }).getAttribute('href')).toBe('https://maps.test/')
})

test('who came without a refusal finds the app, and is not sent anywhere', async () => {
  const { check: _, ...visit } = visitOf(inOrder)
  const { said } = await openPortal({ at: '/fix/all-clear', network: { 'GET /api/visit': [200, visit] } })
  expect((await screen.findByRole('link', { name: 'Go to Maps API' })).getAttribute('href')).toBe('https://maps.test/')
  expect(said.some(({ path }) => path === '/api/return')).toBe(false)
})
