// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import type { PauseCause } from '#diagnosis/account.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import { accountInGoodStanding, noon, subscription } from '#diagnosis/samples.ts'
import { setStripe } from '#portal/payments/stripe-stage.ts'
import { check, openPortal, visitOf } from '#portal/stage.tsx'

const at = `/fix/resume?check=${check}`
beforeEach(() => setStripe())

function visitPausedBy(pausedBy: PauseCause) {
  const account = accountInGoodStanding({ subscriptions: [subscription({ status: 'paused', pausedBy })] })
  return visitOf(diagnose(account, {}, { graceDays: 7 }, noon))
}

test.each([
  ['trial_end_without_payment_method', /trial of Team ended without a card/],
  ['pause_requested', /was paused at your account’s request/],
  ['first_payment_failure', /because a payment failed/],
  ['final_payment_failure', /because a payment failed/],
] as const)('%s is told in words, with what going on costs', async (cause, words) => {
  await openPortal({ at, network: { 'GET /api/visit': [200, visitPausedBy(cause)] } })
  await screen.findByRole('button', { name: 'Pay €49.00 and resume' })
  expect(document.body.textContent).toMatch(words)
  expect(screen.getByText(/every month/)).toBeTruthy()
})

test('what resuming charges is the sum with its tax, not the list price', async () => {
  const quote = { due: { amount: 58_31, currency: 'eur' }, tax: { amount: 9_31, currency: 'eur' } }
  const visit = { ...visitPausedBy('pause_requested'), goOn: { subscription: 'sub_team', quote } }
  await openPortal({ at, network: { 'GET /api/visit': [200, visit] } })
  expect(await screen.findByRole('button', { name: 'Pay €58.31 and resume' })).toBeTruthy()
  expect(document.body.textContent).toContain('€9.31')
})

test('what Stripe’s system has paused only the merchant can release: no amount is asked for', async () => {
  await openPortal({ at, network: { 'GET /api/visit': [200, visitPausedBy('system')] } })
  expect(await screen.findByRole('link', { name: 'Contact Northwind' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Pay/ })).toBeNull()
})
