// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { noon } from '#diagnosis/samples.ts'
import { DAY, openMethods, pageOf } from './methods-stage.ts'

const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))

const bank = {
  setupIntent: 'seti_1',
  method: { id: 'pm_bank', kind: 'us_bank_account', last4: '6789' },
  proof: 'code',
  arrives: noon + 2 * DAY,
} as const

test('a bank account to be verified says by when, takes only what can be a code, and counts no typing error', async () => {
  const { said } = await openMethods(pageOf({ awaited: [bank] }), {
    'POST /api/payment-methods/verify': [200, { kind: 'wrong' }],
  })
  expect(screen.getByText(/by Tuesday, November 24/)).toBeTruthy()
  const code = screen.getByLabelText('Code from the statement')
  await userEvent.type(code, 'SM1')
  await press(/^Verify/)
  expect(said.some(({ method }) => method === 'POST')).toBe(false)
  expect(screen.getByText('Six characters that begin with SM')).toBeTruthy()
  await userEvent.type(code, '1aa')
  await press(/^Verify/)
  expect(await screen.findByText('That is not what was sent')).toBeTruthy()
  expect(said.find(({ method }) => method === 'POST')?.body).toEqual({
    setupIntent: 'seti_1',
    proof: { code: 'SM11AA' },
  })
})

test('two amounts are asked for where Stripe sends two, and an account at which the bank looks asks for nothing', async () => {
  await openMethods(pageOf({ awaited: [{ ...bank, proof: 'amounts' }] }))
  expect(screen.getAllByLabelText(/amount in cents/)).toHaveLength(2)
  await openMethods(pageOf({ awaited: [{ ...bank, proof: 'none' }] }))
  expect(screen.getByText(/Your bank is checking this account/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Verify/ })).toBeNull()
})
