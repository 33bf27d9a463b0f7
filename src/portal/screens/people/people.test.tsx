// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { People, Person } from '#contract/people.ts'
import { noon } from '#diagnosis/samples.ts'
import { here, openPortal, problem, type Network } from '#portal/stage.tsx'

const kim: Person = { id: 'u_kim', role: 'owner', name: 'Kim', email: 'kim@acme.example' }
const jo: Person = { id: 'u_jo', role: 'billing_admin', name: 'Jo', email: 'jo@acme.example' }
const sam: Person = { id: 'u_sam', role: 'member', name: 'Sam', email: 'sam@acme.example' }
const lee: Person = { id: 'mbr_lee', role: 'billing_admin', email: 'lee@acme.example', invited: noon - 2 * 86_400 }

const pageOf = (differs: Partial<People> = {}): People => ({
  ...here,
  people: [kim, jo, sam, lee],
  managed: 'portal',
  mayManage: true,
  mail: true,
  ...differs,
})

async function open(page: People, network: Network = {}) {
  const opened = await openPortal({ at: '/people', network: { 'GET /api/people': [200, page], ...network } })
  await screen.findByRole('heading', { level: 1, name: 'People' })
  return { ...opened, did: () => opened.said.filter(({ method }) => method !== 'GET') }
}
const openPerson = async (name: string) => {
  await userEvent.click(screen.getByRole('button', { name: `Change ${name}` }))
  return within(screen.getByRole('dialog'))
}
const told = (text: string) => screen.getAllByRole('status').find(({ textContent }) => textContent === text)
const row = (name: string) => screen.getAllByRole('listitem').find(({ textContent }) => textContent?.startsWith(name))

test('everybody is there with their role, payers first, and whoever has not come yet', async () => {
  await open(pageOf())
  expect(row('Kim')?.textContent).toMatch(/You.*Owner/)
  expect(row('Jo')?.textContent).toMatch(/Billing admin/)
  expect(row('lee@acme.example')?.textContent).toMatch(/Invited 2 days ago.*Billing admin/)
  expect(screen.getByText('Kim and Jo can pay for', { exact: false })).toBeTruthy()
})

test('who cannot pay sees who can, what roles may do, and nothing to press', async () => {
  const people = [kim, jo, sam].map(({ id, role, name = '' }) => ({ id, role, name }))
  await open(pageOf({ people, mayManage: false, mayPay: false, member: { id: 'u_sam', name: 'Sam', role: 'member' } }))
  expect(screen.getByText('Kim and Jo can pay for', { exact: false })).toBeTruthy()
  expect(screen.getByText('Only owners invite people and change roles: Kim.')).toBeTruthy()
  expect(screen.getByText(/Sees how the account stands and asks others to pay/)).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.queryByText(/@/)).toBeNull()
})

test('where the app manages them, it is said and led to', async () => {
  await open(pageOf({ managed: 'app', mayManage: false, peopleUrl: 'https://maps.test/team' }))
  const link = screen.getByRole('link', { name: 'Manage people in Maps API' })
  expect(link.getAttribute('href')).toBe('https://maps.test/team')
  expect(screen.queryByRole('button')).toBeNull()
})

test('whoever invites without a thought for roles gives away no money', async () => {
  const { did } = await open(pageOf(), { 'POST /api/people': [200, pageOf()] })
  await userEvent.type(screen.getByRole('textbox', { name: 'E-mail address' }), 'mia@acme.example')
  await userEvent.click(screen.getByRole('button', { name: /Send invitation/ }))
  await screen.findByText(/The letter is on its way/)
  expect(did().map(({ body }) => body)).toEqual([{ email: 'mia@acme.example', role: 'member' }])
})

test('somebody is invited with a role, and the list has them at once', async () => {
  const mia: Person = { id: 'mbr_mia', role: 'viewer', name: 'Mia', email: 'mia@acme.example', invited: noon }
  const { did } = await open(pageOf(), { 'POST /api/people': [200, pageOf({ people: [kim, jo, sam, lee, mia] })] })
  await userEvent.type(screen.getByRole('textbox', { name: /Name/ }), 'Mia')
  await userEvent.type(screen.getByRole('textbox', { name: 'E-mail address' }), 'mia@acme.example')
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Role' }), 'Viewer')
  await userEvent.click(screen.getByRole('button', { name: /Send invitation/ }))
  expect(await screen.findByText('Invited Mia. The letter is on its way.')).toBeTruthy()
  expect(did().map(({ body }) => body)).toEqual([{ email: 'mia@acme.example', role: 'viewer', name: 'Mia' }])
  expect(row('Mia')?.textContent).toMatch(/Invited today/)
})

const [badStatus, bad] = problem(400, 'invalid-request')
test.each([
  [
    'somebody who is there already',
    [badStatus, { ...(bad as object), errors: [{ path: 'email', message: '' }] }],
    /belongs to the account already/,
  ],
  ['too many', problem(429, 'too-many'), /Too many invitations/],
  ['a silent network', 'lost', /The connection broke/],
  ['our own fault', problem(500, 'internal'), /That was not done/],
] as const)('an invitation that fails (%s) says so and keeps what was typed', async (_, answer, said) => {
  await open(pageOf(), { 'POST /api/people': answer })
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'E-mail address' })
  await userEvent.type(field, 'sam@acme.example')
  await userEvent.click(screen.getByRole('button', { name: /Send invitation/ }))
  expect(await screen.findByText(said)).toBeTruthy()
  expect(field.value).toBe('sam@acme.example')
})

test('without letters nobody is invited, and it is said who can', async () => {
  await open(pageOf({ mail: false }))
  expect(screen.getByText(/No letters go out from here.*Northwind can add people/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Send invitation/ })).toBeNull()
})

test('a role is changed against the one that was shown', async () => {
  const { did } = await open(pageOf(), { 'PUT /api/people/u_sam/role': [200, pageOf()] })
  const dialog = await openPerson('Sam')
  await userEvent.selectOptions(dialog.getByRole('combobox'), 'Billing admin')
  expect(dialog.getByText('Sees and pays everything, and changes billing details.')).toBeTruthy()
  await userEvent.click(dialog.getByRole('button', { name: /Save role/ }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(told('Sam: Billing admin from now on.')).toBeTruthy()
  expect(did().map(({ body }) => body)).toEqual([{ role: 'billing_admin', was: 'member' }])
})

test('a role that somebody else changed meanwhile is not overwritten, and that is said', async () => {
  await open(pageOf(), { 'PUT /api/people/u_sam/role': problem(410, 'stale-link') })
  const dialog = await openPerson('Sam')
  await userEvent.selectOptions(dialog.getByRole('combobox'), 'Owner')
  await userEvent.click(dialog.getByRole('button', { name: /Save role/ }))
  expect(await dialog.findByText('Somebody else has changed this')).toBeTruthy()
})

test('removing names who and what follows, and happens only then', async () => {
  const { did } = await open(pageOf(), { 'DELETE /api/people/u_sam': [200, pageOf({ people: [kim, jo] })] })
  const dialog = await openPerson('Sam')
  await userEvent.click(dialog.getByRole('button', { name: /Remove from/ }))
  expect(dialog.getByText(/signed out everywhere at once/)).toBeTruthy()
  expect(did()).toEqual([])
  await userEvent.click(dialog.getByRole('button', { name: /^Remove Sam/ }))
  await waitFor(() => expect(row('Sam')).toBeUndefined())
  expect(screen.queryByRole('dialog')).toBeNull()
  const notice = told('Sam is removed and signed out everywhere.') ?? null
  expect(notice).not.toBeNull()
  expect(document.activeElement?.contains(notice)).toBe(true)
})

test('handing over names both, what each becomes, and that only the other can undo it', async () => {
  const after = pageOf({ mayManage: false, member: { id: 'u_kim', name: 'Kim', role: 'billing_admin' } })
  const { did } = await open(pageOf(), { 'POST /api/people/u_jo/owner': [200, after] })
  const dialog = await openPerson('Jo')
  await userEvent.click(dialog.getByRole('button', { name: 'Hand over ownership' }))
  expect(dialog.getByRole('heading').textContent).toBe('Hand Acme GmbH over to Jo?')
  expect(dialog.getByText(/becomes its owner.*You become a billing admin/)).toBeTruthy()
  expect(dialog.getByText(/Only.*can give it back/)).toBeTruthy()
  await userEvent.click(dialog.getByRole('button', { name: /Hand over to Jo/ }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(did()).toHaveLength(1)
  expect(told('Handed over to Jo. You are a billing admin now.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Change Sam' })).toBeNull()
})

test('nobody is offered to change their own part, nor to hand over to whoever has not come', async () => {
  await open(pageOf())
  expect(screen.queryByRole('button', { name: 'Change Kim' })).toBeNull()
  const dialog = await openPerson('lee@acme.example')
  expect(dialog.queryByRole('button', { name: 'Hand over ownership' })).toBeNull()
  expect(dialog.getByRole('button', { name: 'Send the invitation again' })).toBeTruthy()
})

test('of a thousand people one is found by a part of the name, whatever its accents', async () => {
  const many = Array.from({ length: 997 }, (_, at): Person => ({ id: `u_${at}`, role: 'member', name: `Person ${at}` }))
  await open(pageOf({ people: [kim, jo, ...many, { id: 'u_zoe', role: 'member', name: 'Zoë Müller' }] }))
  expect(screen.getAllByRole('button', { name: /^Change / })).toHaveLength(19)
  await userEvent.type(screen.getByRole('searchbox', { name: 'Find a person' }), 'zoe mul')
  expect(screen.getByText('1 person found')).toBeTruthy()
  expect(screen.getAllByRole('button', { name: /^Change / })).toHaveLength(1)
})
