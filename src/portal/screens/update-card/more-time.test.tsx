// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { diagnose } from '#diagnosis/diagnose.ts'
import { accountThatOwes, noon } from '#diagnosis/samples.ts'
import { generic, setStripe, visitThatOwes } from '#portal/payments/stripe-stage.ts'
import { check, openPortal } from '#portal/stage.tsx'

const DAY = 86_400

beforeEach(() => setStripe())

test.each([
  ['update-card', accountThatOwes({ payment: { state: 'requires_payment_method', error: generic } })],
  ['pay-invoice', accountThatOwes({ collection: 'send_invoice', payment: { state: 'none' } })],
] as const)(
  'whom support gave more time reads on %s until when everything goes on, and not that it stopped',
  async (fix, account) => {
    const grace = { until: noon + 5 * DAY, invoices: ['in_october'] }
    const diagnosis = diagnose({ ...account, grace }, {}, { graceDays: 7 }, noon)
    const visit = visitThatOwes({ diagnosis })
    await openPortal({ at: `/fix/${fix}?check=${check}`, network: { 'GET /api/visit': [200, visit] } })
    expect(await screen.findByText(/Maps API goes on until Friday, November 27\./)).toBeTruthy()
    expect(screen.queryByText(/is paused/)).toBeNull()
  },
)
