// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Visit } from '#contract/visit.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import { noon } from '#diagnosis/samples.ts'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const at = `/fix/wait-for-vendor?check=${check}`

function interrupted(evidence: object = {}, differs: Partial<Visit> = {}) {
  const blocker = { reason: 'upstream_billing', fix: 'wait-for-vendor', who: 'vendor', ...evidence } as Blocker
  return visitOf({ ...inOrder, verdict: 'blocked', access: false, blockers: [blocker] }, differs)
}

test('it is said whose fault it is, that nothing is charged, and that nobody knows how long', async () => {
  await openPortal({ at, network: { 'GET /api/visit': [200, interrupted()] } })
  await screen.findByRole('heading', { name: 'The service is interrupted on our side' })
  expect(document.body.textContent).toContain('Nothing is wrong with your account')
  expect(document.body.textContent).toContain('nothing is charged')
  expect(screen.getByText('not known yet')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /pay/i })).toBeNull()
  expect(screen.getByRole('link', { name: 'Contact Northwind' })).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'See the status page' })).toBeNull()
})

test('an expected end and a status page are named where there are some', async () => {
  const merchant = { name: 'Northwind', statusUrl: 'https://status.northwind.test/' }
  await openPortal({ at, network: { 'GET /api/visit': [200, interrupted({ until: noon + 1_800 }, { merchant })] } })
  expect(await screen.findByText('by Nov 22, 12:30 PM UTC')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'See the status page' }).getAttribute('href')).toBe(
    'https://status.northwind.test/',
  )
})

test('the page looks again by itself and goes on when it works', async () => {
  const visits = [interrupted(), visitOf(inOrder)]
  const { router } = await openPortal({
    at,
    network: {
      'GET /api/visit': () => [200, visits.length > 1 ? visits.shift() : visits[0]],
      'POST /api/return': 'lost',
    },
  })
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'), { timeout: 8_000 })
})

test('a lost session is told as such when somebody looks again', async () => {
  let ended = false
  await openPortal({
    at,
    network: { 'GET /api/visit': () => (ended ? problem(401, 'no-session') : [200, interrupted()]) },
  })
  const again = await screen.findByRole('button', { name: /Check again/ })
  ended = true
  await userEvent.click(again)
  await screen.findByRole('heading', { name: 'You are signed out' })
  expect(screen.getByRole('link', { name: 'Back to Maps API' })).toBeTruthy()
})
