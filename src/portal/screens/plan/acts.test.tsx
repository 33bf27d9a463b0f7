// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Holding } from '#contract/holding.ts'
import { noon } from '#diagnosis/samples.ts'
import { inOrder, problem, visitOf } from '#portal/stage.tsx'
import { acts, DAY, done, eur, open, pageOf, told } from './plan-stage.ts'

test('cancelling takes two clicks, says what it means, and asks for a reason that nobody has to give', async () => {
  let page = pageOf([{}])
  const { said } = await open(() => page, {
    'POST /api/plan': () => {
      page = pageOf([{ cancelAt: noon + 11 * DAY, acts: ['keep', 'change'] }])
      return [200, done]
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel plan' }))
  const dialog = within(screen.getByRole('dialog'))
  for (const line of [
    'Access stays until Thursday, December 3.',
    'Nothing more is charged.',
    'What is paid already is not refunded.',
    'Your invoices stay here. What becomes of your data in Maps API, Northwind can tell you.',
    'You can undo this until Thursday, December 3.',
  ])
    expect(told(screen.getByRole('dialog'))).toContain(line)
  await userEvent.click(dialog.getByRole('button', { name: /^Cancel on Thursday, December 3/ }))
  expect((await screen.findByRole('status')).textContent).toContain('Cancelled. Team ends on Thursday, December 3')
  expect(acts(said).map(({ body }) => body)).toEqual([{ act: 'cancel', subscription: 'sub_team', when: 'end' }])
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(screen.getByRole('button', { name: 'Keep the plan' })).toBeTruthy()
})

test('a reason and a word go with it', async () => {
  const { said } = await open(pageOf([{}]), { 'POST /api/plan': [200, done] })
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel plan' }))
  await userEvent.selectOptions(screen.getByLabelText(/Why are you leaving/), 'It costs too much')
  await userEvent.type(screen.getByLabelText(/Anything else/), ' Next year again. ')
  await userEvent.click(screen.getByRole('button', { name: /^Cancel on/ }))
  await waitFor(() => expect(acts(said)).toHaveLength(1))
  expect(acts(said)[0]?.body).toMatchObject({ feedback: 'too_expensive', comment: 'Next year again.' })
})

test('who owes is told that cancelling does not settle it, and what ending it at once means', async () => {
  const late: Partial<Holding> = {
    status: 'past_due',
    standing: 'grace',
    graceEnd: noon + 4 * DAY,
    owed: eur(49_00),
    acts: ['cancel', 'cancel-now'],
  }
  const { said } = await open(pageOf([late]), { 'POST /api/plan': [200, done] })
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel plan' }))
  const dialog = within(screen.getByRole('dialog'))
  expect(told()).toMatch(/€49.00 stays owed.*we go on trying to take it from Visa/)
  expect(dialog.getByText('Unless it is paid, access ends earlier: on Thursday, November 26.')).toBeTruthy()
  expect(dialog.queryByText('Nothing more is charged.')).toBeNull()
  await userEvent.click(dialog.getByRole('radio', { name: 'Now' }))
  expect(told()).toMatch(/€49.00 stays owed.*We no longer take it by ourselves/)
  expect(dialog.getByText('Access ends at once.')).toBeTruthy()
  expect(dialog.getByText(/This cannot be undone/)).toBeTruthy()
  await userEvent.click(dialog.getByRole('button', { name: /^End Team now/ }))
  await waitFor(() => expect(acts(said)[0]?.body).toMatchObject({ when: 'now' }))
})

test('what was cancelled is kept by one click', async () => {
  let page = pageOf([{ cancelAt: noon + 11 * DAY, acts: ['keep'] }])
  const { said } = await open(() => page, {
    'POST /api/plan': () => {
      page = pageOf([{}])
      return [200, done]
    },
  })
  await userEvent.dblClick(await screen.findByRole('button', { name: 'Keep the plan' }))
  expect((await screen.findByRole('status')).textContent).toContain('Team goes on. Nothing was charged now.')
  expect(acts(said).map(({ body }) => body)).toEqual([{ act: 'keep', subscription: 'sub_team' }])
  expect(screen.queryByRole('button', { name: 'Keep the plan' })).toBeNull()
})

test('a pause says that access stops, until when what was paid stays theirs, and what comes after', async () => {
  const { said } = await open(pageOf([{}]), { 'POST /api/plan': [200, done] })
  await userEvent.click(await screen.findByRole('button', { name: 'Pause' }))
  const dialog = within(screen.getByRole('dialog'))
  for (const words of [
    'Maps API stops at once.',
    'until Thursday, December 3 stays yours',
    'After that a new period begins when you resume, for €49.00.',
  ])
    expect(told(screen.getByRole('dialog'))).toContain(words)
  await userEvent.click(dialog.getByRole('button', { name: /^Pause Team now/ }))
  await waitFor(() => expect(acts(said)[0]?.body).toEqual({ act: 'pause', subscription: 'sub_team' }))
})

const good = {
  kind: 'good',
  discount: { id: 'promo_1', name: 'Spring', code: 'SPRING25', percent: 25, once: false, months: 3 },
  before: eur(49_00),
  after: eur(36_75),
  at: noon + 11 * DAY,
}

test('a code shows the next invoice with it before it is taken, and the sum that was shown is what is agreed to', async () => {
  const { said } = await open(pageOf([{}]), { 'POST /api/plan/code': [200, good], 'POST /api/plan': [200, done] })
  await userEvent.click(await screen.findByRole('button', { name: 'Enter a promotion code' }))
  await userEvent.type(screen.getByLabelText('Code'), 'spring25 {Enter}')
  const dialog = within(screen.getByRole('dialog'))
  expect(await dialog.findByText('€36.75')).toBeTruthy()
  expect(told()).toContain('Spring: 25% off each invoice for 3 months')
  expect(dialog.getByText('Next invoice, Thursday, December 3')).toBeTruthy()
  expect(dialog.getByText('€49.00')).toBeTruthy()
  expect(acts(said)).toEqual([])
  await userEvent.click(dialog.getByRole('button', { name: /^Use SPRING25/ }))
  expect((await screen.findByRole('status')).textContent).toContain('The code is taken')
  expect(acts(said)[0]?.body).toEqual({ act: 'code', subscription: 'sub_team', code: 'spring25', next: eur(36_75) })
})

test('a sum that no longer holds takes nothing, and is asked for anew before it can be agreed to', async () => {
  let after = eur(36_75)
  const { said } = await open(pageOf([{}]), {
    'POST /api/plan/code': () => [200, { ...good, after }],
    'POST /api/plan': [200, { outcome: { kind: 'stale' }, visit: visitOf(inOrder) }],
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Enter a promotion code' }))
  await userEvent.type(screen.getByLabelText('Code'), 'SPRING25{Enter}')
  await userEvent.click(await screen.findByRole('button', { name: /^Use SPRING25/ }))
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was done')
  expect(screen.queryByRole('button', { name: /^Use/ })).toBeNull()
  after = eur(40_00)
  await userEvent.click(screen.getByRole('button', { name: /^Show what it takes off/ }))
  await userEvent.click(await screen.findByRole('button', { name: /^Use SPRING25/ }))
  await waitFor(() => expect(acts(said)).toHaveLength(2))
  expect(acts(said)[1]?.body).toMatchObject({ next: eur(40_00) })
})

test.each([
  ['unknown', 'There is no such code. Check how it is spelled.'],
  ['expired', 'This code has run out.'],
  ['used-up', 'This code has been used as often as it may be.'],
  ['not-yours', 'This code is for another customer.'],
  ['first-time', 'This code is only for a first payment.'],
  ['not-applicable', 'This code takes nothing off Team.'],
  ['held', 'You have this code already.'],
])('a code that is %s says so at its field, and typing on takes the words away', async (why, words) => {
  await open(pageOf([{}]), { 'POST /api/plan/code': [200, { kind: 'refused', why }] })
  await userEvent.click(await screen.findByRole('button', { name: 'Enter a promotion code' }))
  const field = screen.getByLabelText('Code')
  await userEvent.type(field, 'NOPE{Enter}')
  await screen.findByText(words)
  expect(field.getAttribute('aria-describedby')).toBe('code-error')
  await userEvent.type(field, 'X')
  expect(screen.queryByText(words)).toBeNull()
  expect(screen.queryByRole('button', { name: /^Use/ })).toBeNull()
})

test('a discount stands there with its end, and is removed only after a second word', async () => {
  const discounts = [{ id: 'di_1', name: 'Spring', percent: 25, once: false, ends: noon + 90 * DAY }]
  const { said } = await open(pageOf([{ discounts, acts: ['remove-code'] }]), { 'POST /api/plan': [200, done] })
  await screen.findByRole('button', { name: 'Remove' })
  expect(told()).toContain('Spring: 25% off each invoice until Saturday, February 20')
  await userEvent.click(screen.getByRole('button', { name: 'Remove' }))
  expect(acts(said)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: /^Remove the discount/ }))
  await waitFor(() =>
    expect(acts(said)[0]?.body).toEqual({ act: 'remove-code', subscription: 'sub_team', discount: 'di_1' }),
  )
})

test.each([
  ['stale', [200, { outcome: { kind: 'stale' }, visit: visitOf(inOrder) }], 'Something has changed since'],
  [
    'unknown',
    [200, { outcome: { kind: 'unknown' }, visit: visitOf(inOrder) }],
    'We do not know yet whether it was done',
  ],
  ['refused by a silent Stripe', problem(503, 'stripe-unreachable'), 'It was not done'],
  ['lost on the way', 'lost', 'The connection broke'],
] as const)(
  'an act that is %s says whether it was done, and is asked again under the same key',
  async (kind, answer, words) => {
    const { said } = await open(pageOf([{}]), { 'POST /api/plan': answer })
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel plan' }))
    const button = screen.getByRole('button', { name: /^Cancel on/ })
    await userEvent.click(button)
    expect((await screen.findByRole('alert')).textContent).toContain(words)
    await userEvent.click(button)
    await waitFor(() => expect(acts(said)).toHaveLength(2))
    const [first, second] = acts(said).map(({ headers }) => headers.get('idempotency-key'))
    expect(first === second).toBe(kind !== 'stale')
  },
)

test('a planned change is undone with one click, and that is said', async () => {
  const planned = { at: noon + 11 * DAY, plan: 'Starter', quantity: 1, seatsOnly: false, mayUndo: true }
  let undone = false
  const { said } = await open(() => pageOf([undone ? {} : { planned }]), {
    'POST /api/plan': () => {
      undone = true
      return [200, done]
    },
  })
  await userEvent.dblClick(await screen.findByRole('button', { name: 'Undo the change' }))
  expect((await screen.findByRole('status')).textContent).toContain('Team stays as it is. Nothing was charged now.')
  expect(screen.queryByText(/^Changes to Starter/)).toBeNull()
  expect(acts(said).map(({ body }) => body)).toEqual([{ act: 'undo', subscription: 'sub_team' }])
})
