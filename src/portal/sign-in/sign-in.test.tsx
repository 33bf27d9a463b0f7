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
const email = 'kim@acme.test'
const sent = [200, { kind: 'sent', expires: 600 }] as const

/** Says the address and asks for a code. */
async function askForCode() {
  await userEvent.type(await screen.findByLabelText('E-mail address'), email)
  await userEvent.click(screen.getByRole('button', { name: /^Send me a code/ }))
  return screen.findByLabelText('Code from the e-mail')
}

test('from a short code by a code in a letter to the refusal, without typing anything twice', async () => {
  let isIn = false
  const { said, router } = await openPortal({
    at: '/r/7KQ2-M4XD',
    network: {
      ...inside,
      'POST /api/session/hint': () => [200, isIn ? { kind: 'entered', check } : stranger],
      'POST /api/session/sign-in': sent,
      'POST /api/session/sign-in/code': () => {
        isIn = true
        return [200, { kind: 'entered' }]
      },
    },
  })
  const field = await askForCode()
  await expect.poll(() => document.activeElement).toBe(field)
  expect([field.getAttribute('autocomplete'), field.getAttribute('inputmode')]).toEqual(['one-time-code', 'numeric'])
  await userEvent.click(field)
  await userEvent.paste(' 123 456')
  await screen.findByRole('heading', { name: 'Nothing is in the way' })
  expect(router.state.location.pathname + router.state.location.search).toBe(`/fix/all-clear?check=${check}`)
  const posted = said
    .filter(({ path }) => path.startsWith('/api/session/sign-in'))
    .map(({ path, body }) => [path, body])
  const hint = { kind: 'code', code: '7KQ2-M4XD' }
  expect(posted).toEqual([
    ['/api/session/sign-in', { email, hint }],
    ['/api/session/sign-in/code', { code: '123456' }],
  ])
})

test('a wrong code is said with the tries that are left, and the field is empty again', async () => {
  await openPortal({
    at: '/sign-in',
    network: {
      'POST /api/session/hint': [200, { kind: 'sign_in', merchant, mail: true }],
      'POST /api/session/sign-in': sent,
      'POST /api/session/sign-in/code': [200, { kind: 'wrong', left: 1 }],
    },
  })
  const field = (await askForCode()) as HTMLInputElement
  await userEvent.type(field, '000000')
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toBe('That is not the code. One try is left.')
  expect(field.value).toBe('')
  await expect.poll(() => document.activeElement).toBe(field)
})

test.each([
  ['spent', 'This code was tried too often'],
  ['expired', 'This code is too old'],
])('a code that is %s says so, and a new one is a click away', async (kind, words) => {
  const { said } = await openPortal({
    at: '/sign-in',
    network: {
      'POST /api/session/hint': [200, { kind: 'sign_in', merchant, mail: true }],
      'POST /api/session/sign-in': sent,
      'POST /api/session/sign-in/code': [200, { kind }],
    },
  })
  await userEvent.type(await askForCode(), '000000')
  expect(await screen.findByText(words)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: /^Send a new code/ }))
  expect(await screen.findByLabelText('Code from the e-mail')).toBeTruthy()
  expect(said.filter(({ path }) => path === '/api/session/sign-in')).toHaveLength(2)
})

test('an address that is none is not sent, and what was typed stays', async () => {
  const { said } = await openPortal({ at: '/r/7KQ2-M4XD', network: { 'POST /api/session/hint': [200, stranger] } })
  const field = (await screen.findByLabelText('E-mail address')) as HTMLInputElement
  await userEvent.type(field, 'kim@acme{Enter}')
  expect((await screen.findByRole('alert')).textContent).toBe('Write the whole address, such as name@example.com.')
  expect([field.value, document.activeElement]).toEqual(['kim@acme', field])
  expect(said.filter(({ path }) => path === '/api/session/sign-in')).toEqual([])
})

test('several accounts are a choice, and the chosen one is entered', async () => {
  const accounts = [
    { app, account: { id: 'a1', label: 'Acme' } },
    { app, account: { id: 'a2', label: 'Acme' } },
    { app: { ...app, id: 'tiles', name: 'Tiles' }, account: { id: 'g', label: 'Globex' } },
  ]
  let isIn = false
  const { said } = await openPortal({
    at: '/sign-in',
    network: {
      ...inside,
      'GET /api/visit': () => (isIn ? [200, visitOf(inOrder)] : signedOut),
      'GET /api/overview': problem(503, 'stripe-unreachable'),
      'POST /api/session/hint': [200, { kind: 'sign_in', merchant, mail: true }],
      'POST /api/session/sign-in': sent,
      'POST /api/session/sign-in/code': [200, { kind: 'choose', elsewhere: false, accounts }],
      'POST /api/session/sign-in/account': () => {
        isIn = true
        return [200, { kind: 'entered' }]
      },
    },
  })
  await userEvent.type(await askForCode(), '123456')
  await screen.findByRole('heading', { name: 'Which account?' })
  expect(screen.getByRole('radio', { name: /a2, in Maps API/ })).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: /Globex/ }))
  await userEvent.click(screen.getByRole('button', { name: /^Go to Globex/ }))
  await expect.poll(() => said.at(-1)?.path).toMatch(/^\/api\/(visit|overview)/)
  expect(said.find(({ path }) => path.endsWith('/account'))?.body).toEqual({ app: 'tiles', account: 'g' })
})

test('who is not a member of the refused account is told so: another address first, their own account beside it', async () => {
  const accounts = [{ app, account: { id: 'g', label: 'Globex' } }]
  await openPortal({
    at: '/r/7KQ2-M4XD',
    network: {
      'POST /api/session/hint': [200, stranger],
      'POST /api/session/sign-in': sent,
      'POST /api/session/sign-in/code': [200, { kind: 'choose', elsewhere: true, accounts }],
    },
  })
  await userEvent.type(await askForCode(), '123456')
  await screen.findByRole('heading', { name: 'This is about another account' })
  expect(document.querySelector('main')?.textContent).toContain(`an account that ${email} is not a member of`)
  expect(screen.getByRole('button', { name: /^Go to Globex/ })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Open it from Maps API instead' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Use another address' }))
  expect(await screen.findByLabelText('E-mail address')).toBeTruthy()
})
