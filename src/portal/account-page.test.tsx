// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Overview } from '#contract/overview.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import { accountInGoodStanding, noon } from '#diagnosis/samples.ts'
import { here, inOrder, openPortal, problem, visitOf } from './stage.tsx'

const overview: Overview = { ...here, diagnosis: inOrder, subscriptions: [], methods: [], usage: [], openInvoices: [] }

test('while a page of the account is on its way, its frame stands and leads to the other places', async () => {
  await openPortal({ at: '/overview', network: { 'GET /api/overview': 'silent' } })
  await screen.findByRole('heading', { level: 1, name: 'Looking at your account…' })
  const places = within(screen.getByRole('navigation', { name: 'Your account' }))
  expect(places.getByRole('link', { name: /Overview/ }).getAttribute('aria-current')).toBe('page')
  expect(places.getByRole('link', { name: /Invoices/ })).toBeTruthy()
})

test('the first thing on a page of the account leads past its places to the content', async () => {
  await openPortal({ at: '/overview', network: { 'GET /api/overview': [200, overview] } })
  await screen.findByRole('heading', { level: 1, name: 'No plan yet' })
  await userEvent.tab()
  expect(document.activeElement?.textContent).toBe('Skip to the content')
  await userEvent.keyboard('{Enter}')
  expect(document.activeElement).toBe(screen.getByRole('main'))
})

test('a page of the account that fails stands among the others, with its own words and a way on', async () => {
  const { router } = await openPortal({
    at: '/fix/all-clear',
    network: { 'GET /api/visit': [200, visitOf(inOrder)], 'GET /api/overview': problem(500, 'internal') },
  })
  await screen.findByRole('heading', { level: 1 })
  await act(() => router.navigate('/overview'))
  await screen.findByRole('heading', { level: 1, name: 'We could not load this page' })
  expect(screen.getByText('Acme GmbH')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
  expect(within(screen.getByRole('navigation', { name: 'Your account' })).getAllByRole('link')).toHaveLength(5)
})

const onHold = { ...accountInGoodStanding(), dispute: { since: noon - 86_400 } }
test.each([
  ['all-clear', visitOf(inOrder)],
  ['contact-support', visitOf(diagnose(onHold, {}, { graceDays: 7, holdOnDispute: true }, noon))],
])('in the fix %s there is one way through, and no other places to go to', async (fix, visit) => {
  await openPortal({ at: `/fix/${fix}`, network: { 'GET /api/visit': [200, visit] } })
  await screen.findByRole('heading', { level: 1 })
  expect(screen.queryByRole('heading', { name: /could not load/ })).toBeNull()
  expect(screen.queryByRole('navigation')).toBeNull()
})

test('a page whose answer comes soon takes the place of the one before, with nothing grey in between', async () => {
  const people = { ...here, people: [], managed: 'app', mayManage: false, mail: true }
  const { router } = await openPortal({
    at: '/overview',
    network: { 'GET /api/overview': [200, overview], 'GET /api/people': [200, people] },
  })
  await screen.findByRole('heading', { level: 1, name: 'No plan yet' })
  // The page's code is there, its answer takes a while.
  await import('#portal/screens/people/screen.tsx')
  const answer = globalThis.fetch
  globalThis.fetch = async (...asked) => {
    await new Promise((resolve) => setTimeout(resolve, 60))
    return answer(...asked)
  }
  const seen = new Set<string | undefined>()
  const watch = new MutationObserver(() => seen.add(document.querySelector('h1')?.textContent))
  watch.observe(document.body, { childList: true, subtree: true, characterData: true })
  await act(() => router.navigate('/people'))
  await screen.findByRole('heading', { level: 1, name: 'People' })
  watch.disconnect()
  expect([...seen].filter((title) => title !== 'No plan yet')).toEqual(['People'])
})
