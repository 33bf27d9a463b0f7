// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const app = { id: 'maps', name: 'Maps API', url: 'https://maps.test/' }
const account = { id: 'acme', label: 'Acme GmbH' }
const merchant = { name: 'Northwind' }
const from = { id: 'me', label: 'Personal' }
const signedOut = problem(401, 'no-session')

test('a fresh link leads to its screen without a click and is exchanged once', async () => {
  const { said, router } = await openPortal({
    at: '/fix',
    ticket: 'abc',
    network: {
      'POST /api/session/exchange': [200, { kind: 'entered', check }],
      'GET /api/visit': [200, visitOf(inOrder)],
      'POST /api/return': [200, { kind: 'still_blocked' }],
    },
  })
  await screen.findByRole('heading', { name: 'Nothing is in the way' })
  expect(router.state.location.pathname + router.state.location.search).toBe(`/fix/all-clear?check=${check}`)
  const exchanges = said.filter(({ path }) => path === '/api/session/exchange')
  expect(exchanges.map(({ body }) => body)).toEqual([{ ticket: 'abc', accept: false }])
  expect(exchanges[0]?.headers.get('x-portal-csrf')).toBe('1')
})

test('an older link names the account and waits for the person', async () => {
  const answers = [
    { kind: 'continue', merchant, account, app },
    { kind: 'entered', check },
  ]
  const { said } = await openPortal({
    at: '/fix',
    ticket: 'abc',
    network: {
      'POST /api/session/exchange': () => [200, answers.shift()],
      'GET /api/visit': [200, visitOf(inOrder)],
      'POST /api/return': [200, { kind: 'still_blocked' }],
    },
  })
  await screen.findByRole('heading', { name: 'Continue to billing of Acme GmbH' })
  expect(said.some(({ path }) => path.startsWith('/api/visit'))).toBe(false)
  await userEvent.click(screen.getByRole('button', { name: /^Continue/ }))
  await screen.findByRole('heading', { name: 'Nothing is in the way' })
  expect(said.filter(({ path }) => path === '/api/session/exchange').at(-1)?.body).toEqual({
    ticket: 'abc',
    accept: true,
  })
})

test("another account's link never replaces a session silently: both are named, at a place of its own, and one can stay", async () => {
  const { said, router } = await openPortal({
    at: '/fix',
    ticket: 'abc',
    network: {
      'POST /api/session/exchange': [200, { kind: 'switch', merchant, from, account, app }],
      'GET /api/visit': signedOut,
    },
  })
  await screen.findByRole('button', { name: /Switch to Acme GmbH/ })
  expect(router.state.location.pathname).toBe('/fix/switch-account')
  expect(screen.getByText('Acme GmbH')).toBeTruthy()
  expect(screen.getByText('Personal')).toBeTruthy()
  expect(screen.getByText('Northwind')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Stay with Personal' }).getAttribute('href')).toBe('/')
  expect(screen.getByRole('link', { name: 'Back to Maps API instead' }).getAttribute('href')).toBe(app.url)
  expect(said).toHaveLength(1)
})

test('who switches goes on to the fix of the new account', async () => {
  const answers = [
    { kind: 'switch', merchant, from, account, app },
    { kind: 'entered', check },
  ]
  const { said, router } = await openPortal({
    at: '/fix',
    ticket: 'abc',
    network: {
      'POST /api/session/exchange': () => [200, answers.shift()],
      'GET /api/visit': [200, visitOf(inOrder)],
      'POST /api/return': [200, { kind: 'still_blocked' }],
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: /Switch to Acme GmbH/ }))
  await screen.findByRole('heading', { name: 'Nothing is in the way' })
  expect(router.state.location.pathname).toBe('/fix/all-clear')
  expect(said.filter(({ path }) => path === '/api/session/exchange').at(-1)?.body).toEqual({
    ticket: 'abc',
    accept: true,
  })
})

test('two accounts of one name are told apart', async () => {
  await openPortal({
    at: '/fix',
    ticket: 'abc',
    network: {
      'POST /api/session/exchange': [
        200,
        { kind: 'switch', merchant, from: { id: 'old', label: 'Acme GmbH' }, account, app },
      ],
    },
  })
  await screen.findByRole('button', { name: /Switch to Acme GmbH \(acme\)/ })
  expect(screen.getByRole('link', { name: 'Stay with Acme GmbH (old)' })).toBeTruthy()
})

test('after a reload of the choice, one goes on where one was signed in', async () => {
  const { router } = await openPortal({
    at: '/fix/switch-account',
    network: { 'GET /api/visit': [200, visitOf(inOrder)], 'POST /api/return': [200, { kind: 'still_blocked' }] },
  })
  await screen.findByRole('heading', { name: 'Nothing is in the way' })
  expect(router.state.location.pathname).toBe('/fix/all-clear')
})

test('a colleague’s letter says who asks, and as whom one goes on', async () => {
  const ask = { from: 'Sam', to: 'Anna' }
  await openPortal({
    at: '/fix',
    ticket: 'ask_1',
    network: { 'POST /api/session/exchange': [200, { kind: 'continue', merchant, account, app, ask }] },
  })
  await screen.findByRole('heading', { name: 'Continue to billing of Acme GmbH' })
  expect(document.querySelector('main')?.textContent).toContain('Sam asks you to mend something. You go on as Anna.')
})

test.each([
  ['used', 'This link was already used'],
  ['expired', 'This link is too old'],
])('a link that is %s says so, shows no account and leads back to the app', async (kind, headline) => {
  await openPortal({
    at: '/fix',
    ticket: 'abc',
    network: { 'POST /api/session/exchange': [200, { kind, merchant, app }] },
  })
  await screen.findByRole('heading', { name: headline })
  expect(screen.queryByText(/Acme/)).toBeNull()
  expect(screen.getByRole('link', { name: 'Back to Maps API for a new link' }).getAttribute('href')).toBe(app.url)
})

test('a broken link still has a way on', async () => {
  await openPortal({
    at: '/fix',
    ticket: 'x',
    network: { 'POST /api/session/exchange': [200, { kind: 'invalid', merchant }] },
  })
  await screen.findByRole('heading', { name: 'This link does not work' })
  expect(screen.getByText('Northwind')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Go back' })).toBeTruthy()
})

test('a connection that breaks while a link is opened is said, and can be tried again', async () => {
  await openPortal({ at: '/fix', ticket: 'abc', network: { 'POST /api/session/exchange': 'lost' } })
  await screen.findByRole('heading', { name: 'You seem to be offline' })
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
})
