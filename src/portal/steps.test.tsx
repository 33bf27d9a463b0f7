// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import { reasonFacts, type Reason } from '#diagnosis/reason.ts'
import { check, inOrder, openPortal, visitOf } from './stage.tsx'
import { stepsOf } from './steps.tsx'

function visitWith(asked: readonly Reason[], now: readonly Reason[]) {
  const blockers = now.map((reason) => ({ reason, ...reasonFacts[reason], cause: 'hold' }) as unknown as Blocker)
  const verdict = now.length > 0 ? 'blocked' : 'clear'
  return visitOf(
    { ...inOrder, verdict, access: now.length === 0, blockers },
    { check: { id: check, reported: 'unknown', reasons: asked, returns: 0 } },
  )
}

const way = (asked: readonly Reason[], now: readonly Reason[]) => {
  const { done, left } = stepsOf(visitWith(asked, now))
  return [done.map(({ reason }) => reason), left.map(({ reason }) => reason)]
}

test('what is gone is done, in the order in which it was asked for', () => {
  expect(way(['invoice_overdue', 'billing_details_missing', 'seat_limit'], ['seat_limit'])).toEqual([
    ['invoice_overdue', 'billing_details_missing'],
    ['seat_limit'],
  ])
})

test('what was found on the way is one step more', () => {
  expect(way(['billing_details_missing'], ['spend_cap_reached'])).toEqual([
    ['billing_details_missing'],
    ['spend_cap_reached'],
  ])
})

test('a debt under another name is not called done', () => {
  expect(way(['invoice_overdue', 'seat_limit'], ['card_declined', 'seat_limit'])).toEqual([
    [],
    ['card_declined', 'seat_limit'],
  ])
  expect(way(['card_declined'], ['payment_processing'])).toEqual([[], ['payment_processing']])
})

test('of two debts the one that is paid is done', () => {
  expect(way(['card_declined', 'invoice_overdue'], ['invoice_overdue'])).toEqual([
    ['card_declined'],
    ['invoice_overdue'],
  ])
})

test('after the first step the stepper ticks it, and the next screen says what was done and how much is left', async () => {
  await openPortal({
    at: `/fix/contact-support?check=${check}`,
    state: { paid: { amount: 49_00, currency: 'eur' } },
    network: { 'GET /api/visit': [200, visitWith(['card_declined', 'account_frozen'], ['account_frozen'])] },
  })
  const list = await screen.findByRole('list', { name: 'Step 2 of 2' })
  const [first, second] = within(list).getAllByRole('listitem')
  expect(first?.textContent).toContain('Update card (done)')
  expect(second?.getAttribute('aria-current')).toBe('step')
  expect(screen.getByText('Paid €49.00')).toBeTruthy()
  expect(screen.getByText('One thing is left.')).toBeTruthy()
})

test('money that is still on its way is not called paid', async () => {
  await openPortal({
    at: `/fix/await-payment?check=${check}`,
    state: { paid: { amount: 49_00, currency: 'eur' } },
    network: { 'GET /api/visit': [200, visitWith(['card_declined'], ['payment_processing'])] },
  })
  await screen.findByRole('heading', { name: 'Your payment is still on its way' })
  expect(document.body.textContent).not.toContain('Paid')
})

test('at the end all steps are ticked', async () => {
  await openPortal({
    at: `/fix/all-clear?check=${check}`,
    state: { details: true },
    network: { 'GET /api/visit': [200, visitWith(['card_declined', 'billing_details_missing'], [])] },
  })
  await screen.findByRole('heading', { name: 'Your billing details are saved' })
  const list = await screen.findByRole('list', { name: 'All 2 steps are done' })
  expect(within(list).getAllByText(/\(done\)/)).toHaveLength(2)
})
