// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Ask } from '#contract/ask.ts'
import type { Visit } from '#contract/visit.ts'
import { noon } from '#diagnosis/samples.ts'
import { visitThatOwes } from './payments/stripe-stage.ts'
import { check, inOrder, openPortal, problem, visitOf } from './stage.tsx'

const at = `/fix/pay-invoice?check=${check}`
const anna = { id: 'u_anna', name: 'Anna', role: 'owner', reachable: true } as const
const jo = { id: 'u_jo', name: 'Jo', role: 'billing_admin', reachable: true } as const
const asked = (state: Ask['state']): Ask => ({ to: { id: 'u_anna', name: 'Anna', role: 'owner' }, asked: noon, state })

/** A member's visit: nothing of the debt is on the wire. */
function member(differs: Partial<Visit> = {}): Visit {
  const { diagnosis, ...visit } = visitThatOwes(differs)
  const blockers = diagnosis.blockers.map(({ reason, fix, who }) => ({ reason, fix, who }))
  return {
    ...visit,
    member: { id: 'u_sam', name: 'Sam', role: 'member' },
    mayPay: false,
    methods: [],
    diagnosis: { ...diagnosis, blockers: blockers as Visit['diagnosis']['blockers'] },
  }
}

const network = (visit: Visit, answer: readonly [number, unknown] = [200, asked('sending')]) => ({
  'GET /api/visit': [200, visit] as const,
  'POST /api/asks': answer,
})

test('whoever may not pay picks the person, sends, and sees at once that it is on its way', async () => {
  const { said } = await openPortal({ at, network: network(member()) })
  expect(await screen.findByRole('radio', { name: /Anna.*Owner/ })).toHaveProperty('checked', true)
  await userEvent.click(screen.getByRole('radio', { name: /Jo.*Billing admin/ }))
  await userEvent.click(screen.getByRole('button', { name: /^Ask Jo/ }))
  await screen.findByText('The letter is on its way')
  expect(said.find(({ path }) => path === '/api/asks')?.body).toEqual({ check, to: 'u_jo' })
  expect(document.body.textContent).not.toContain('49')
})

test.each([
  ['sent', /Sent at.*Not opened yet.*Not mended yet/],
  ['opened', /Sent at.*Anna opened it.*Not mended yet/],
] as const)('what was asked says that it is %s, and somebody else can be asked', async (state, words) => {
  await openPortal({ at, network: network(member({ ask: asked(state) })) })
  await screen.findByText(/^You asked/)
  expect(document.querySelector('main')?.textContent).toMatch(words)
  await userEvent.click(screen.getByRole('button', { name: 'Ask somebody else' }))
  expect(screen.getByRole('button', { name: /^Ask Jo/ })).toBeTruthy()
})

test('when it is mended, the person who mended it is named and the way back is open', async () => {
  const visits = [member({ ask: asked('opened') }), visitOf(inOrder, { ask: asked('lifted'), mayPay: false })]
  const { client } = await openPortal({
    at,
    network: {
      'GET /api/visit': () => [200, visits.length > 1 ? visits.shift() : visits[0]],
      'POST /api/return': [200, { kind: 'go', url: '#back', notice: 'return_not_registered' }],
    },
  })
  await screen.findByText(/opened it$/)
  await client.invalidateQueries({ queryKey: ['visit'] })
  await screen.findByRole('heading', { name: 'Anna has mended it' })
  expect(await screen.findByRole('link', { name: 'Go to Maps API' })).toBeTruthy()
})

test('a letter that did not arrive is said, and another person is offered first', async () => {
  await openPortal({ at, network: network(member({ ask: asked('failed') })) })
  const notice = await screen.findByRole('alert')
  expect(within(notice).getByText('Our letter to Anna did not arrive')).toBeTruthy()
  expect(screen.getByRole('button', { name: /^Ask Jo/ })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Copy a message instead' })).toBeTruthy()
})

test.each([
  [429, 'too-many', 'You have asked often'],
  [500, 'internal', 'That was not sent'],
])('when the server says %i nothing was sent, and the message can be copied', async (status, code, words) => {
  await openPortal({ at, network: network(member(), problem(status, code)) })
  await userEvent.click(await screen.findByRole('button', { name: /^Ask Anna/ }))
  expect((await screen.findByRole('alert')).textContent).toContain(words)
  expect(screen.getByRole('button', { name: 'Copy a message instead' })).toBeTruthy()
})

test('where no letter can go out, those who can are named and the message is the way', async () => {
  const payers = [anna, jo].map((payer) => ({ ...payer, reachable: false }))
  await openPortal({ at, network: network(member({ payers })) })
  expect(await screen.findByText(/Anna and Jo/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Copy a message for them' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Ask/ })).toBeNull()
})

test('a payer without a name is called by what they are', async () => {
  const { name: _, ...nameless } = anna
  await openPortal({ at, network: network(member({ payers: [nameless] })) })
  expect(await screen.findByRole('button', { name: /^Ask Owner/ })).toBeTruthy()
})

test('where the merchant shows amounts to members, the amount stands there and no way to pay it', async () => {
  await openPortal({ at, network: network(visitThatOwes({ mayPay: false })) })
  await waitFor(() => expect(screen.getByText('€49.00')).toBeTruthy())
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
})
