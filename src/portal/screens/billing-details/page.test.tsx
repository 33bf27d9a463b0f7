// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { BillingDetails } from '#contract/billing-details.ts'
import { here, inOrder, openPortal, problem, visitOf, type Network } from '#portal/stage.tsx'

const path = '/api/fixes/billing-details'
const acme = {
  name: 'Acme GmbH',
  address: { line1: 'Torstraße 1', postal_code: '10119', city: 'Berlin', country: 'DE' },
  email: 'invoices@acme.example',
  taxIds: [],
  recipients: [],
} as const
const done = [200, { outcome: { kind: 'done' }, visit: visitOf(inOrder) }] as const

const pageOf = (
  details: Partial<NonNullable<BillingDetails['details']>> = {},
  differs: Partial<BillingDetails> = {},
) => ({
  ...here,
  details: { ...acme, ...details },
  invoiceWaits: false,
  payers: [{ id: 'u_jo', name: 'Jo', role: 'billing_admin', reachable: true }],
  ...differs,
})

type Answer = Network[string]
const open = async (page: unknown, answer: Answer = done) => {
  const opened = await openPortal({
    at: '/billing-details',
    network: {
      'GET /api/billing-details': typeof page === 'function' ? (page as never) : [200, page],
      [`POST ${path}`]: answer,
    },
  })
  await screen.findByRole('heading', { level: 1, name: /billing details/i })
  return { ...opened, sent: () => opened.said.filter((one) => one.path === path).map(({ body }) => body) }
}
const field = (name: string | RegExp) => screen.getByRole('textbox', { name })
const save = () => userEvent.click(screen.getByRole('button', { name: /Save changes/ }))
async function retype(name: string | RegExp, text: string) {
  await userEvent.clear(field(name))
  await userEvent.type(field(name), text)
}

test('it says that invoices already made out stay as they are', async () => {
  await open(pageOf())
  expect(screen.getByText(/from the next one on. Invoices already made out stay as they are/)).toBeTruthy()
})

test('only what was touched is sent, of an address all of it', async () => {
  const { sent } = await open(pageOf())
  await retype('Name on your invoices', 'Acme Holding')
  await save()
  await screen.findByText(/^Saved/)
  await retype('City', 'Potsdam')
  await save()
  await waitFor(() => expect(sent()).toHaveLength(2))
  expect(sent()).toEqual([{ name: 'Acme Holding' }, { address: { ...acme.address, city: 'Potsdam' } }])
})

test('without a change nothing is sent, and that is said', async () => {
  const { sent } = await open(pageOf())
  await save()
  expect(await screen.findByText('Nothing is changed yet.')).toBeTruthy()
  expect(sent()).toEqual([])
})

test('what another tab has saved is shown; what is typed here stays', async () => {
  let name = 'Acme GmbH'
  const { client } = await open(() => [200, pageOf({ name })])
  await retype('City', 'Potsdam')
  name = 'Acme Holding'
  await client.refetchQueries({ queryKey: ['billing-details'] })
  await waitFor(() => expect((field('Name on your invoices') as HTMLInputElement).value).toBe('Acme Holding'))
  expect((field('City') as HTMLInputElement).value).toBe('Potsdam')
})

test('what Stripe refuses is said at its field, which is gone to, and nothing typed is lost', async () => {
  const [status, body] = problem(400, 'invalid-request')
  const errors = [{ path: 'email', message: 'no' }]
  await open(pageOf(), [status, { ...(body as object), errors }])
  await retype('Name on your invoices', 'Acme Holding')
  await retype('E-mail address for invoices', 'a@b.example')
  await save()
  const wrong = await screen.findByText('Invoices cannot be sent to this address. Check it.')
  expect(wrong).toBeTruthy()
  await expect.poll(() => document.activeElement).toBe(field('E-mail address for invoices'))
  expect((field('Name on your invoices') as HTMLInputElement).value).toBe('Acme Holding')
})

test('an address that cannot be one is not sent', async () => {
  const { sent } = await open(pageOf())
  await retype('E-mail address for invoices', 'nobody')
  await save()
  expect(await screen.findByText(/Enter an e-mail address such as/)).toBeTruthy()
  expect(sent()).toEqual([])
})

test('a lost connection is not called saved, and the second try is the same one', async () => {
  let tries = 0
  const { said } = await openPortal({
    at: '/billing-details',
    network: {
      'GET /api/billing-details': [200, pageOf()],
      [`POST ${path}`]: () => ((tries += 1) === 1 ? problem(503, 'stripe-unreachable') : done),
    },
  })
  await screen.findByRole('heading', { level: 1, name: /billing details/i })
  await retype('Name on your invoices', 'Acme Holding')
  await save()
  await screen.findByText('It was not saved')
  await save()
  await screen.findByText(/^Saved/)
  const keys = said.filter((one) => one.path === path).map(({ headers }) => headers.get('idempotency-key'))
  expect(new Set(keys).size).toBe(1)
})

const numbers = [
  { id: 'txi_1', type: 'eu_vat', value: 'DE000000000', country: 'DE', status: 'verified', name: 'Acme GmbH' },
  { id: 'txi_2', type: 'eu_vat', value: 'ATU11111111', country: 'AT', status: 'unverified' },
  { id: 'txi_3', type: 'eu_vat', value: 'FRAB222222222', country: 'FR', status: 'pending' },
  { id: 'txi_4', type: 'us_ein', value: '12-3456789', country: 'US', status: 'unchecked' },
] as const

test('of every tax number it is said what it is and what the tax office says of it', async () => {
  await open(pageOf({ taxIds: numbers }))
  const told = screen.getAllByRole('listitem').map(({ textContent }) => textContent ?? '')
  const of = (value: string) => told.find((text) => text.includes(value)) ?? ''
  expect(of('DE000000000')).toMatch(/VAT, Germany.*Verified.*Registered to Acme GmbH/)
  expect(of('ATU11111111')).toMatch(/VAT, Austria.*Not confirmed.*tax may be charged/)
  expect(of('FRAB222222222')).toMatch(/Being checked.*has not answered yet/)
  expect(of('12-3456789')).toMatch(/EIN, United States.*Not checked/)
})

test('a tax number is removed only after it was said what follows', async () => {
  const { sent } = await open(pageOf({ taxIds: numbers }))
  await userEvent.click(screen.getByRole('button', { name: 'Remove DE000000000' }))
  const dialog = screen.getByRole('dialog')
  expect(within(dialog).getByText(/left out from the next invoice on/)).toBeTruthy()
  expect(sent()).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: /^Remove DE000000000/ }))
  await waitFor(() => expect(sent()).toEqual([{ removeTaxId: 'txi_1' }]))
  await screen.findByText('DE000000000 is removed.')
})

test('an address that gets no copies any more is said to be gone, and the focus is there', async () => {
  const recipients = ['jo@acme.example', 'finance@acme.example']
  let reads = 0
  const { sent } = await open(() => [200, pageOf({ recipients: (reads += 1) > 1 ? recipients.slice(1) : recipients })])
  await userEvent.click(screen.getByRole('button', { name: 'Remove jo@acme.example' }))
  const told = await screen.findByText('jo@acme.example is removed.')
  expect(document.activeElement?.contains(told)).toBe(true)
  expect(sent()).toEqual([{ recipient: { remove: 'jo@acme.example' } }])
})

test('a tax number is added in its country’s own way', async () => {
  const { sent } = await open(pageOf())
  await userEvent.click(screen.getByRole('button', { name: 'Add a tax number' }))
  await userEvent.type(field('Tax number'), 'de 136 695 976')
  await userEvent.click(screen.getByRole('button', { name: /Add number/ }))
  await waitFor(() => expect(sent()).toEqual([{ taxId: { type: 'eu_vat', value: 'DE136695976' } }]))
})

test('who may not change them sees them, and who can', async () => {
  await open(pageOf({ taxIds: numbers }, { mayPay: false }))
  expect(screen.getByText('Torstraße 1, 10119, Berlin, Germany')).toBeTruthy()
  expect(screen.getByText(/Jo can change them/)).toBeTruthy()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.queryByRole('button')).toBeNull()
})

test('while Stripe is silent nothing is drawn as empty', async () => {
  const { details: _, ...unknown } = pageOf()
  await open(unknown)
  expect(screen.getByRole('heading', { name: 'We could not read your billing details' })).toBeTruthy()
  expect(screen.queryByRole('textbox')).toBeNull()
})

test('an address that an invoice waits for is asked for with what follows', async () => {
  await open(pageOf({}, { invoiceWaits: true }))
  expect(screen.getByText('An invoice waits for your address')).toBeTruthy()
})
