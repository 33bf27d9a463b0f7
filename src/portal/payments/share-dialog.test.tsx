// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { check, openPortal, problem } from '#portal/stage.tsx'
import { setStripe, visitThatOwes } from './stripe-stage.ts'

const at = `/fix/pay-invoice?check=${check}`
const url = 'https://portal.test/pay#g=secret'
const expires_at = '2026-11-22T12:00:00Z'
const open = { id: 'gl_0123456789abcdefghijkl', total: { amount: 49_00, currency: 'eur' }, opened: false, expires_at }
const visit = visitThatOwes({ payers: [{ id: 'u_jo', name: 'Jo', role: 'billing_admin', reachable: true }] })
const network = {
  'GET /api/visit': [200, visit],
  'GET /api/guest-links': [200, { links: [] }],
  'POST /api/guest-links': [200, { id: open.id, url, expires_at }],
} as const

beforeEach(() => {
  setStripe()
})

async function openDialog() {
  await userEvent.click(await screen.findByRole('button', { name: 'Ask a colleague' }))
  return within(await screen.findByRole('dialog', { name: 'Let somebody else pay' }))
}

test('a payer makes a link for exactly what stands on the screen, and can copy it', async () => {
  const { said } = await openPortal({ at, network })
  const dialog = await openDialog()
  expect(dialog.getByText(/One link for/).textContent).toContain('€49.00')
  await userEvent.type(dialog.getByLabelText('A note for them (optional)'), 'For October')
  await userEvent.click(dialog.getByRole('button', { name: /^Make the link/ }))
  expect(await dialog.findByText(url)).toBeTruthy()
  expect(said.find(({ method, path }) => method === 'POST' && path === '/api/guest-links')?.body).toEqual({
    check,
    fix: 'pay-invoice',
    plan: { invoices: ['in_october'], total: { amount: 49_00, currency: 'eur' } },
    keeps_card: false,
    note: 'For October',
  })
  expect(dialog.getByRole('button', { name: 'Copy the link' })).toBeTruthy()
})

test('with an address it is sent, and an incomplete address is said beside the field', async () => {
  const { said } = await openPortal({ at, network })
  const dialog = await openDialog()
  const field = dialog.getByLabelText('Send it to (optional)')
  await userEvent.type(field, 'finance')
  await userEvent.click(dialog.getByRole('button', { name: /^Send the link/ }))
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(said.some(({ method, path }) => method === 'POST' && path === '/api/guest-links')).toBe(false)
  await userEvent.type(field, '@acme.test')
  await userEvent.click(dialog.getByRole('button', { name: /^Send the link/ }))
  expect(await dialog.findByText(/Sent to finance@acme.test/)).toBeTruthy()
})

test('links that still open are listed, and can be taken back', async () => {
  const lists = [{ links: [{ ...open, email: 'finance@acme.test' }] }, { links: [] }]
  const { said } = await openPortal({
    at,
    network: {
      ...network,
      'GET /api/guest-links': () => [200, lists.length > 1 ? lists.shift() : lists[0]],
      [`DELETE /api/guest-links/${open.id}`]: [200, {}],
    },
  })
  const dialog = await openDialog()
  expect((await dialog.findByText(/For/, { selector: 'span span' })).textContent).toContain('finance@acme.test')
  await userEvent.click(dialog.getByRole('button', { name: 'Take back the link for €49.00' }))
  await waitFor(() => expect(dialog.queryByText('Links that still open')).toBeNull())
  expect(dialog.getByText('The link is taken back.')).toBeTruthy()
  expect(said.some(({ method }) => method === 'DELETE')).toBe(true)
})

test('a link that could not be taken back is not said to be', async () => {
  await openPortal({
    at,
    network: {
      ...network,
      'GET /api/guest-links': [200, { links: [open] }],
      [`DELETE /api/guest-links/${open.id}`]: problem(500, 'internal'),
    },
  })
  const dialog = await openDialog()
  await userEvent.click(await dialog.findByRole('button', { name: 'Take back the link for €49.00' }))
  expect((await dialog.findByRole('alert')).textContent).toContain('The link may still open')
  expect(dialog.queryByText('The link is taken back.')).toBeNull()
})

test('another payer is one click away', async () => {
  const ask = { to: { id: 'u_jo', name: 'Jo', role: 'billing_admin' }, asked: 1, state: 'sending' }
  const { said } = await openPortal({ at, network: { ...network, 'POST /api/asks': [200, ask] } })
  const dialog = await openDialog()
  await userEvent.click(dialog.getByRole('button', { name: 'Ask Jo' }))
  expect(await dialog.findByText('Sent to')).toBeTruthy()
  expect(said.find(({ path }) => path === '/api/asks')?.body).toEqual({ check, to: 'u_jo' })
})

test.each([
  [400, 'invalid-request', 'The amount has changed'],
  [429, 'too-many', 'Too many links were made'],
  [503, 'stripe-unreachable', 'No link was made'],
])('when the server says %i no link was made, and why', async (status, code, words) => {
  await openPortal({ at, network: { ...network, 'POST /api/guest-links': problem(status, code) } })
  const dialog = await openDialog()
  await userEvent.click(dialog.getByRole('button', { name: /^Make the link/ }))
  expect((await dialog.findByRole('alert')).textContent).toContain(words)
})

test('it can be closed, and opened again', async () => {
  await openPortal({ at, network })
  const dialog = await openDialog()
  await userEvent.click(dialog.getByRole('button', { name: 'Close' }))
  expect(screen.queryByRole('dialog')).toBeNull()
  await openDialog()
})
