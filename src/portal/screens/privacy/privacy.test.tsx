// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Privacy } from '#contract/privacy.ts'
import { here, openPortal, problem } from '#portal/stage.tsx'

const HOUR = 3_600
const at = '/privacy'
const privacy: Privacy = {
  ...here,
  sessions: [
    {
      id: 'ses_1',
      here: true,
      browser: 'Chrome',
      system: 'Windows',
      how: 'app',
      since: here.now - HOUR,
      seen: here.now,
    },
    {
      id: 'ses_2',
      here: false,
      browser: 'Safari',
      system: 'iPhone',
      how: 'email',
      since: here.now - 3 * HOUR,
      seen: here.now - HOUR,
    },
    { id: 'ses_3', here: false, how: 'letter', since: here.now - 2 * HOUR, seen: here.now - 2 * HOUR },
  ],
  others: 2,
  looks: [],
}
const knows = (differs: Partial<Privacy> = {}) => ({ 'GET /api/sessions': [200, { ...privacy, ...differs }] }) as const
const signedOut = { 'POST /api/session/hint': [200, { kind: 'sign_in', merchant: here.merchant, mail: true }] } as const

test('each place says device, way in and when it was last seen; this one is marked and cannot be ended by itself', async () => {
  await openPortal({ at, network: knows() })
  await screen.findByRole('heading', { name: 'Privacy & sign-ins' })
  const [first, second, third] = within(document.querySelector('main')!).getAllByRole('listitem').slice(-3)
  expect(first?.textContent).toMatch(/^Chrome on WindowsThis browserOpened from Maps API on /)
  expect(second?.textContent).toMatch(/^Safari on iPhoneSigned in by a code on .*Last seen on .*Sign out$/)
  expect(third?.textContent).toMatch(/^A browser we do not knowOpened from a letter on /)
  expect(within(first!).queryByRole('button')).toBeNull()
})

test('one place is ended with one click, and the list is read again', async () => {
  let ended = false
  const { said } = await openPortal({
    at,
    network: {
      'GET /api/sessions': () => [
        200,
        { ...privacy, sessions: privacy.sessions.filter(({ id }) => !ended || id !== 'ses_2') },
      ],
      'DELETE /api/sessions/ses_2': () => {
        ended = true
        return [200, null]
      },
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out Safari on iPhone' }))
  await expect.poll(() => screen.queryByText('Safari on iPhone')).toBeNull()
  const told = await screen.findByText('Safari on iPhone is signed out.')
  await expect.poll(() => document.activeElement?.contains(told)).toBe(true)
  expect(said.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual(['/api/sessions/ses_2'])
})

test('signing out everywhere says first what it does, and then nothing is known here any more', async () => {
  const { said, router, client } = await openPortal({
    at,
    network: { ...knows(), ...signedOut, 'POST /api/session/end-all': [200, null] },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out everywhere' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Sign out everywhere?' }))
  expect(dialog.getByText(/all 3 places. This browser/)).toBeTruthy()
  expect(said.some(({ path }) => path === '/api/session/end-all')).toBe(false)
  await userEvent.click(dialog.getByRole('button', { name: /^Sign out everywhere/ }))
  await expect.poll(() => router.state.location.pathname).toBe('/sign-in')
  expect(said.find(({ path }) => path === '/api/session/end-all')?.body).toEqual({ who: 'me' })
  expect(client.getQueryData(['privacy'])).toBeUndefined()
})

test('who closes the question while everything is being ended is led out all the same', async () => {
  const { router } = await openPortal({
    at,
    network: { ...knows(), ...signedOut, 'POST /api/session/end-all': [200, null] },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out everywhere' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Sign out everywhere?' }))
  fireEvent.click(dialog.getByRole('button', { name: /^Sign out everywhere/ }))
  fireEvent.click(dialog.getByRole('button', { name: 'Cancel' }))
  await expect.poll(() => router.state.location.pathname).toBe('/sign-in')
})

test('an owner signs everybody out, and is told how many; nobody else is offered it', async () => {
  const { said, router } = await openPortal({
    at,
    network: { ...knows(), ...signedOut, 'POST /api/session/end-all': [200, null] },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Sign everybody out' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Sign everybody out?' }))
  expect(dialog.getByText(/2 other people or browsers/).textContent).toContain('Acme GmbH')
  await userEvent.click(dialog.getByRole('button', { name: /^Sign everybody out/ }))
  await expect.poll(() => router.state.location.pathname).toBe('/sign-in')
  expect(said.find(({ path }) => path === '/api/session/end-all')?.body).toEqual({ who: 'everybody' })

  const { others: _, ...unasked } = privacy
  await openPortal({ at, network: { 'GET /api/sessions': [200, unasked] } })
  await screen.findByRole('button', { name: 'Sign out everywhere' })
  expect(screen.queryByRole('button', { name: 'Sign everybody out' })).toBeNull()
})

test('everything is downloaded after a code, without a second click', async () => {
  const kept: Blob[] = []
  URL.createObjectURL = (content) => {
    kept.push(content as Blob)
    return '#kept'
  }
  URL.revokeObjectURL = () => {}
  let proved = false
  await openPortal({
    at,
    network: {
      ...knows(),
      'GET /api/export': () => (proved ? [200, { account: 'acme' }] : problem(403, 'step-up-needed')),
      'POST /api/step-up': [200, { kind: 'sent', to: 'k•••@acme.test', expires: here.now + 600 }],
      'POST /api/step-up/confirm': () => {
        proved = true
        return [200, { kind: 'proved' }]
      },
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: /^Download everything/ }))
  await userEvent.type(await screen.findByLabelText('Code from the e-mail'), '123456')
  expect(await screen.findByText('The file is with your downloads.')).toBeTruthy()
  expect(kept).toHaveLength(1)
})

test('a member sees their own places, and who can download the rest', async () => {
  const { others: _, ...unasked } = privacy
  const member = { ...unasked, mayPay: false, member: { id: 'u_sam', role: 'member' as const } }
  await openPortal({ at, network: { 'GET /api/sessions': [200, member] } })
  expect(await screen.findByText(/Owners and billing admins of/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Download/ })).toBeNull()
})

test('support’s looks are told with who and why, and that there were none is told as well', async () => {
  await openPortal({ at, network: knows() })
  expect(await screen.findByText(/^Nobody from support has looked at your account/)).toBeTruthy()
  const look = {
    at: here.now - HOUR,
    staff: 'Robin of Northwind',
    deed: 'read-account' as const,
    reason: 'You wrote to us about invoice 42',
  }
  await openPortal({ at, network: knows({ looks: [look] }) })
  expect(await screen.findByText(/^Support looked at your account on/)).toBeTruthy()
  expect(document.querySelector('main')?.textContent).toContain('Robin of Northwind: You wrote to us about invoice 42')
})

test.each([
  ['the connection breaks', 'lost' as const],
  ['the server has a fault', problem(500, 'internal')],
])('when %s, that is said and nothing else changes', async (_, answer) => {
  await openPortal({ at, network: { ...knows(), 'DELETE /api/sessions/ses_2': answer } })
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out Safari on iPhone' }))
  expect((await screen.findByRole('alert')).textContent).toContain('That did not work')
  expect(screen.getByText('Safari on iPhone')).toBeTruthy()
})
