// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { check, inOrder, openPortal, problem, visitOf, type Network } from '#portal/stage.tsx'

const app = { id: 'maps', name: 'Maps API', url: 'https://maps.test/' }
const merchant = { name: 'Northwind', supportUrl: 'https://northwind.test/help' }
const signedOut = problem(401, 'no-session')
const stranger = { kind: 'sign_in', merchant, app, mail: true }
const inside: Network = {
  'GET /api/visit': [200, visitOf(inOrder)],
  'POST /api/return': [200, { kind: 'still_blocked' }],
}
const hintOf = (said: readonly { path: string; body: unknown }[]) =>
  said.filter(({ path }) => path === '/api/session/hint').map(({ body }) => body)

test('a plain address tells a stranger what it claims, and its app stays a way in', async () => {
  const { said } = await openPortal({
    at: '/fix?app=maps&reason=invoice_overdue&return_to=https%3A%2F%2Fmaps.test%2Fa&state=s1&meter=tiles&evil=1',
    network: { 'POST /api/session/hint': [200, { ...stranger, reported: 'invoice_overdue' }] },
  })
  await screen.findByRole('heading', { name: 'Sign in to go on with Maps API' })
  expect(screen.getByText('Maps API says: an invoice is overdue.')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Open it from Maps API instead' }).getAttribute('href')).toBe(app.url)
  const hint = {
    kind: 'plain',
    app: 'maps',
    reason: 'invoice_overdue',
    return_to: 'https://maps.test/a',
    state: 's1',
    meter: 'tiles',
  }
  expect(hintOf(said)).toEqual([{ hint, accept: false }])
})

test('what is longer than the portal takes is left out of a plain address', async () => {
  const { said } = await openPortal({
    at: `/fix?app=maps&reason=card_expired&body=${'x'.repeat(9_000)}`,
    network: { 'POST /api/session/hint': [200, stranger] },
  })
  await screen.findByRole('heading', { name: 'Sign in to go on with Maps API' })
  expect(hintOf(said)).toEqual([{ hint: { kind: 'plain', app: 'maps', reason: 'card_expired' }, accept: false }])
})

test('with a session a plain address becomes a check and leads where live state says', async () => {
  const { said, router } = await openPortal({
    at: '/fix?app=maps&reason=card_expired',
    network: { ...inside, 'POST /api/session/hint': [200, { kind: 'entered', check }] },
  })
  await screen.findByRole('heading', { name: 'Nothing is in the way' })
  expect(router.state.location.pathname + router.state.location.search).toBe(`/fix/all-clear?check=${check}`)
  expect(hintOf(said)).toHaveLength(1)
})

test('signed in to an account that the refusal is not of, one hears of both no more than one may, and can go on either way', async () => {
  const from = { id: 'me', label: 'Personal' }
  await openPortal({
    at: '/r/7KQ2-M4XD',
    network: { 'POST /api/session/hint': [200, { kind: 'elsewhere', merchant, from, app, mail: true }] },
  })
  await screen.findByRole('heading', { name: 'This is about another account' })
  expect(screen.getByRole('link', { name: 'Stay with Personal' }).getAttribute('href')).toBe('/')
  expect(screen.getByRole('link', { name: 'Back to Maps API' }).getAttribute('href')).toBe(app.url)
  await userEvent.click(screen.getByRole('button', { name: 'Use another address' }))
  expect(await screen.findByLabelText('E-mail address')).toBeTruthy()
})

test('another account of the same person is switched to by their own click only', async () => {
  const from = { id: 'me', label: 'Personal' }
  const account = { id: 'acme', label: 'Acme GmbH' }
  let isIn = false
  const { said, router } = await openPortal({
    at: '/r/7KQ2-M4XD',
    network: {
      ...inside,
      'POST /api/session/hint': () =>
        [200, isIn ? { kind: 'entered', check } : { kind: 'switch', merchant, from, account, app }] as const,
    },
  })
  const button = await screen.findByRole('button', { name: /^Switch to Acme GmbH/ })
  expect(hintOf(said)).toEqual([{ hint: { kind: 'code', code: '7KQ2-M4XD' }, accept: false }])
  isIn = true
  await userEvent.click(button)
  await screen.findByRole('heading', { name: 'Nothing is in the way' })
  expect(hintOf(said).at(-1)).toMatchObject({ accept: true })
  expect(router.state.location.search).toBe(`?check=${check}`)
})

test('a code that opens nothing can be typed again, by hand', async () => {
  const { router, said } = await openPortal({
    at: '/r/AAAA-AAAA',
    network: { 'POST /api/session/hint': [200, { kind: 'unknown_code', merchant }] },
  })
  expect((await screen.findByRole('alert')).textContent).toBe(
    'This code is not valid or too old. Type it again, or another one.',
  )
  const field = screen.getByLabelText('Short code')
  await expect.poll(() => document.activeElement).toBe(field)
  await userEvent.type(field, ' 7kq2 m4xd{Enter}')
  await expect.poll(() => router.state.location.pathname).toBe('/r/7kq2%20m4xd')
  await expect.poll(() => hintOf(said).at(-1)).toMatchObject({ hint: { code: '7kq2 m4xd' } })
})

test('after too many codes one is told how long to wait', async () => {
  await openPortal({ at: '/r/AAAA-AAAA', network: { 'POST /api/session/hint': problem(429, 'too-many') } })
  expect((await screen.findByRole('alert')).textContent).toContain('Try again in one minute.')
})

test('where no letters are sent, the app is the way in', async () => {
  await openPortal({
    at: '/fix?app=maps',
    network: { 'POST /api/session/hint': [200, { ...stranger, mail: false }] },
  })
  await screen.findByRole('heading', { name: 'Open this page from your app' })
  expect(screen.getByRole('link', { name: 'Open Maps API' }).getAttribute('href')).toBe(app.url)
})

test('an app that is not connected is said, and there is a way on', async () => {
  await openPortal({
    at: '/fix?app=nope',
    network: { 'POST /api/session/hint': [200, { kind: 'unknown_app', merchant, mail: true }] },
  })
  await screen.findByRole('heading', { name: 'We do not know this app' })
  expect(screen.getByLabelText('E-mail address')).toBeTruthy()
})

test('a stranger at the start is asked who they are', async () => {
  const { router } = await openPortal({
    at: '/',
    network: {
      'GET /api/visit': signedOut,
      'POST /api/session/hint': [200, { kind: 'sign_in', merchant, mail: true }],
    },
  })
  await screen.findByRole('heading', { name: 'Sign in to go on' })
  expect(router.state.location.pathname).toBe('/sign-in')
  expect(screen.getByRole('link', { name: 'I have a short code' }).getAttribute('href')).toBe('/r')
})

test('who was signed out over a refusal signs in by e-mail for that same refusal', async () => {
  await openPortal({ at: `/fix/update-card?check=${check}`, network: { 'GET /api/visit': signedOut } })
  await screen.findByRole('heading', { name: 'You are signed out' })
  expect(screen.getByRole('link', { name: 'Sign in by e-mail' }).getAttribute('href')).toBe(`/fix?check=${check}`)
})

test('a refusal of another account in the address is said, not passed over', async () => {
  const from = { id: 'me', label: 'Personal' }
  await openPortal({
    at: `/fix?check=${check}`,
    network: {
      'GET /api/visit': problem(404, 'not-found'),
      'POST /api/session/hint': [200, { kind: 'elsewhere', merchant, from, app, mail: true }],
    },
  })
  expect(await screen.findByRole('heading', { name: 'This is about another account' })).toBeTruthy()
})
