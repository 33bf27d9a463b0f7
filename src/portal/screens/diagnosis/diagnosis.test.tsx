// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import { reasonFacts, type Reason } from '#diagnosis/reason.ts'
import { noon } from '#diagnosis/samples.ts'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const at = `/fix/diagnosis?check=${check}`

/** What a reason does not come without. */
const evidence: Partial<Record<Reason, object>> = {
  account_frozen: { cause: 'hold' },
  trial_ended: { subscription: 'sub_team', ended: noon },
  unknown: { cause: 'unclear' },
}

function blockedBy(reason: Reason, more = evidence[reason]) {
  const { fix, who } = reasonFacts[reason]
  return {
    ...inOrder,
    verdict: 'blocked',
    access: false,
    blockers: [{ reason, fix, who, plan: 'Team', ...more } as Blocker],
  } as const
}

test.each([
  ['unclear', 'We do not know yet what is wrong', 'No reason found in billing'],
  ['no_plan', 'You have no plan yet', 'No plan'],
] as const)('%s has its own words, and the merchant is told all that is known', async (cause, headline, finding) => {
  await openPortal({
    at,
    network: { 'GET /api/visit': [200, visitOf(blockedBy('unknown', { cause, fix: 'diagnosis' }))] },
  })
  await screen.findByRole('heading', { name: headline })
  expect(screen.getByText(finding)).toBeTruthy()
  expect(screen.getByText(check)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Back to Maps API' }).getAttribute('href')).toBe('https://maps.test/')
  expect(screen.getByRole('link', { name: 'Contact Northwind' }).getAttribute('href')).toBe(
    'https://northwind.test/help',
  )
  expect(screen.getByRole('button', { name: /Check again/ })).toBeTruthy()
})

test('an account that could not be read is not called clear, and nothing was charged', async () => {
  await openPortal({
    at,
    network: { 'GET /api/visit': [200, visitOf({ ...inOrder, verdict: 'unchecked', live: false })] },
  })
  await screen.findByRole('heading', { name: 'We could not check your account' })
  expect(screen.getByText(/Nothing was charged/)).toBeTruthy()
  expect(screen.queryByText(/in order|in the way/)).toBeNull()
})

test('looking again answers even when nothing has changed', async () => {
  await openPortal({ at, network: { 'GET /api/visit': [200, visitOf(blockedBy('account_frozen'))] } })
  await userEvent.click(await screen.findByRole('button', { name: /Check again/ }))
  expect(await screen.findByText('We looked again just now. Nothing has changed.')).toBeTruthy()
})

test('looking again while the connection is down says so and keeps what was known', async () => {
  let isDown = false
  await openPortal({
    at,
    network: {
      'GET /api/visit': () =>
        isDown ? problem(503, 'stripe-unreachable') : [200, visitOf(blockedBy('account_frozen'))],
    },
  })
  const again = await screen.findByRole('button', { name: /Check again/ })
  isDown = true
  await userEvent.click(again)
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was changed or charged')
  expect(screen.getByRole('heading', { name: 'Your account is on hold' })).toBeTruthy()
})

test('when the app reported something else, both are named', async () => {
  await openPortal({
    at,
    network: {
      'GET /api/visit': [
        200,
        visitOf(blockedBy('seat_limit'), { check: { id: check, reported: 'credits_exhausted', returns: 0 } }),
      ],
    },
  })
  expect(
    await screen.findByText('Maps API reported: the credits are used up. In fact: all seats are taken.'),
  ).toBeTruthy()
})

test('several blockers are steps, the later ones named', async () => {
  const [first] = blockedBy('account_frozen').blockers
  const [second] = blockedBy('seat_limit').blockers
  await openPortal({
    at,
    network: { 'GET /api/visit': [200, visitOf({ ...blockedBy('account_frozen'), blockers: [first, second] })] },
  })
  const steps = within(await screen.findByRole('list', { name: 'Step 1 of 2' })).getAllByRole('listitem')
  expect(steps[0]?.getAttribute('aria-current')).toBe('step')
  expect(steps.map(({ textContent }) => textContent)).toEqual(['Contact support', '→Add seats'])
})

/** A member, whose colleagues no letter reaches from here. */
const member = {
  mayPay: false,
  member: { id: 'u_sam', name: 'Sam', role: 'member' },
  payers: [
    { id: 'u_anna', name: 'Anna', role: 'owner', reachable: false },
    { id: 'u_jo', name: 'Jo', role: 'billing_admin', reachable: false },
  ],
  methods: [],
} as const

test('who may not pay learns why, who can, and gets a message to send', async () => {
  const user = userEvent.setup()
  await openPortal({ at, network: { 'GET /api/visit': [200, visitOf(blockedBy('trial_ended'), member)] } })
  await screen.findByRole('heading', { name: 'The trial has ended' })
  expect(screen.getByText('Anna and Jo')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Copy a message for them' }))
  await screen.findByText('Copied. Now send it to them')
  const message = await navigator.clipboard.readText()
  expect(message).toContain('Maps API is paused for Acme GmbH: the trial has ended.')
  expect(message).toContain(`/fix?check=${check}`)
})

test('a browser that refuses the clipboard shows the message itself', async () => {
  const user = userEvent.setup()
  navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))
  await openPortal({ at, network: { 'GET /api/visit': [200, visitOf(blockedBy('trial_ended'), member)] } })
  await user.click(await screen.findByRole('button', { name: 'Copy a message for them' }))
  expect((await screen.findByRole('alert')).textContent).toContain('Maps API is paused for Acme GmbH')
})

test('what only the merchant can mend is told to everybody alike', async () => {
  await openPortal({ at, network: { 'GET /api/visit': [200, visitOf(blockedBy('account_frozen'), member)] } })
  await screen.findByRole('heading', { name: 'Your account is on hold' })
  expect(screen.queryByRole('button', { name: 'Copy a message for them' })).toBeNull()
})

test('who may not pay and comes before anything has stopped is told that it will', async () => {
  const warned = { ...inOrder, warnings: [{ reason: 'card_expired', fix: 'update-card' }] } as const
  await openPortal({ at: '/fix/update-card', network: { 'GET /api/visit': [200, visitOf(warned, member)] } })
  await screen.findByRole('heading', { name: 'The card on file has expired' })
  expect(screen.getByText(/It will stop/)).toBeTruthy()
  expect(document.body.textContent).not.toContain('stays paused')
})
