// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Visit } from '#contract/visit.ts'
import type { DetailField } from '#diagnosis/account.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const at = `/fix/billing-details?check=${check}`
const path = '/api/fixes/billing-details'

function lacking(missing: readonly DetailField[], differs: Partial<Visit> = {}) {
  const blocker = {
    reason: 'billing_details_missing',
    fix: 'billing-details',
    who: 'billing_admin',
    missing,
  } as Blocker
  const diagnosis = { ...inOrder, verdict: 'blocked', access: false, blockers: [blocker] } as const
  return visitOf(diagnosis, { country: 'DE', ...differs })
}

const done = [200, { outcome: { kind: 'done' }, visit: visitOf(inOrder) }] as const
type Answer = readonly [number, unknown] | 'lost'

const open = (visit: Visit, answer: Answer | (() => readonly [number, unknown]) = done) =>
  openPortal({ at, network: { 'GET /api/visit': [200, visit], [`POST ${path}`]: answer, 'POST /api/return': 'lost' } })

const save = async () => userEvent.click(await screen.findByRole('button', { name: /Save and continue/ }))
const field = (name: string | RegExp) => screen.getByRole('textbox', { name })
const sent = (said: readonly { path: string; body: unknown }[]) => said.filter((one) => one.path === path)

async function fillAddress() {
  await userEvent.type(await screen.findByRole('textbox', { name: 'Street and number' }), 'Hauptstraße 1')
  await userEvent.type(field('Postal code'), '10115')
  await userEvent.type(field('City'), 'Berlin')
}

test('only what is missing is asked for', async () => {
  await open(lacking(['tax_id']))
  await screen.findByRole('heading', { name: 'Your billing details are incomplete' })
  expect(screen.getAllByRole('textbox')).toHaveLength(1)
  expect(screen.queryByRole('combobox', { name: 'Country or region' })).toBeNull()
})

test('one button saves an address and its fresh visit leads on, saying what was done', async () => {
  const { said, router } = await open(lacking(['address']))
  await fillAddress()
  await save()
  await screen.findByRole('heading', { name: 'Your billing details are saved' })
  expect(router.state.location.pathname).toBe('/fix/all-clear')
  expect(sent(said).map(({ body }) => body)).toEqual([
    { check, address: { line1: 'Hauptstraße 1', postal_code: '10115', city: 'Berlin', country: 'DE' } },
  ])
})

test('every field tells the browser what it is, so that it can fill it in', async () => {
  await open(lacking(['name', 'address']))
  await screen.findByRole('textbox', { name: 'Street and number' })
  const tokens = [...document.querySelectorAll('input, select')].map((input) => input.getAttribute('autocomplete'))
  expect(tokens).toEqual([
    'billing organization',
    'billing country',
    'billing address-line1',
    'billing address-line2',
    'billing postal-code',
    'billing address-level2',
  ])
})

test('a country is asked for what its addresses have, and for nothing else', async () => {
  await open(lacking(['address']))
  const country = await screen.findByRole('combobox', { name: 'Country or region' })
  await userEvent.selectOptions(country, 'United States')
  expect(field('State')).toBeTruthy()
  expect(field('ZIP code')).toBeTruthy()
  await userEvent.selectOptions(country, 'Ireland')
  expect(field(/County.*optional/)).toBeTruthy()
  expect(field(/Eircode.*optional/)).toBeTruthy()
  await userEvent.selectOptions(country, 'United Arab Emirates')
  expect(field('Emirate')).toBeTruthy()
  expect(screen.queryByRole('textbox', { name: /Postal code|ZIP/ })).toBeNull()
})

test('what is left empty is said at its field, which takes the focus, and nothing is sent', async () => {
  const { said } = await open(lacking(['address']))
  await screen.findByRole('textbox', { name: 'Street and number' })
  await save()
  const street = field('Street and number')
  await expect.poll(() => document.activeElement).toBe(street)
  expect(street.getAttribute('aria-invalid')).toBe('true')
  expect(document.getElementById(street.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
    'Enter the street and number.',
  )
  expect(screen.getByText('3 fields need another look')).toBeTruthy()
  expect(sent(said)).toEqual([])
})

test('a tax number is checked for its country, and written as Stripe writes it', async () => {
  const { said } = await open(lacking(['tax_id']))
  const number = await screen.findByRole('textbox', { name: 'Tax number' })
  expect(number.parentElement?.textContent).toContain('Looks like DE123456789.')
  await userEvent.type(number, '12345')
  await save()
  expect(number.parentElement?.textContent).toContain('It should look like DE123456789.')
  await userEvent.clear(number)
  await userEvent.type(number, '136 695 976')
  await save()
  await screen.findByRole('heading', { name: 'Your billing details are saved' })
  expect(sent(said).map(({ body }) => body)).toEqual([{ check, taxId: { type: 'eu_vat', value: 'DE136695976' } }])
})

test('another country’s number can be given as well', async () => {
  const { said } = await open(lacking(['tax_id']))
  const kind = await screen.findByRole('combobox', { name: 'Kind of tax number' })
  const others = within(kind).getByRole('group', { name: 'Other countries' })
  await userEvent.selectOptions(kind, within(others).getByRole('option', { name: 'EIN, United States' }))
  await userEvent.type(field('Tax number'), '123456789')
  await save()
  await screen.findByRole('heading', { name: 'Your billing details are saved' })
  expect(sent(said)[0]?.body).toMatchObject({ taxId: { type: 'us_ein', value: '12-3456789' } })
})

test('what the server would not take is said at its field, and everything typed stays', async () => {
  const [status, body] = problem(400, 'invalid-request')
  const errors = [{ path: 'address.postal_code', message: 'No such place is known in this country' }]
  const answers: (readonly [number, unknown])[] = [[status, { ...(body as object), errors }], done]
  const { said } = await open(lacking(['address']), () => answers.shift() ?? done)
  await fillAddress()
  await save()
  expect(await screen.findByText('No such place is known in this country.')).toBeTruthy()
  await expect.poll(() => document.activeElement).toBe(field('Postal code'))
  expect(field('Street and number')).toHaveProperty('value', 'Hauptstraße 1')
  await userEvent.clear(field('Postal code'))
  await userEvent.type(field('Postal code'), '10117')
  expect(screen.queryByText('No such place is known in this country.')).toBeNull()
  await save()
  await screen.findByRole('heading', { name: 'Your billing details are saved' })
  const keys = sent(said).map((one) => (one as { headers?: Headers }).headers?.get('idempotency-key'))
  expect(keys[0]).toMatch(/^[\w-]{36}$/)
  expect(keys[1]).not.toBe(keys[0])
})

test.each([
  ['a lost connection', 'lost', /The connection broke/],
  ['a server’s fault', problem(500, 'internal'), /It was not saved/],
  ['a Stripe that does not answer', problem(503, 'stripe-unreachable'), /It was not saved/],
  ['a role that was taken away', problem(403, 'not-allowed'), /You may no longer change this/],
  ['another tab', problem(409, 'in-progress'), /It is being saved already/],
] as const)('after %s nothing typed is lost and it can be saved again', async (_, answer, said) => {
  await open(lacking(['address']), answer)
  await fillAddress()
  await save()
  expect((await screen.findByRole('alert')).textContent).toMatch(said)
  expect(field('City')).toHaveProperty('value', 'Berlin')
  expect(screen.getByRole('button', { name: /Save and continue/ }).getAttribute('aria-disabled')).toBeNull()
})

test('a session that ended leads back to the app', async () => {
  await open(lacking(['name']), problem(401, 'no-session'))
  await screen.findByRole('textbox', { name: 'Name on your invoices' })
  await save()
  await screen.findByRole('heading', { name: 'You are signed out' })
  expect(screen.getByRole('link', { name: 'Back to Maps API' })).toBeTruthy()
})

test('who may not pay is not asked to fill anything in', async () => {
  await open(lacking(['address'], { mayPay: false, member: { id: 'u_sam', role: 'member' } }))
  await screen.findByRole('heading', { name: 'Billing details are missing' })
  expect(screen.queryByRole('textbox', { name: 'Street and number' })).toBeNull()
})
