import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Account, PaymentState, SubscriptionStatus } from './account.ts'
import { diagnose } from './diagnose.ts'
import { reasonFacts, reasons } from './reason.ts'
import { accountInGoodStanding, expiredVisa, noon, openInvoice, subscription, visa } from './samples.ts'

const DAY = 86_400
const newVisa = { ...visa, id: 'pm_new', last4: '1111' }

test('every reason has a fix, a status and an order, and blockers always come in that order', () => {
  expect(Object.keys(reasonFacts)).toEqual([...reasons])
  fc.assert(
    fc.property(anyAccount(), fc.integer({ min: 0, max: 30 }), (account, graceDays) => {
      const { access, verdict, blockers } = diagnose(account, {}, { graceDays }, noon)
      expect(access).toBe(blockers.length === 0)
      expect(verdict).toBe(access ? 'clear' : 'blocked')
      const order = blockers.map(({ reason }) => reasons.indexOf(reason))
      expect(order).toEqual(order.toSorted((a, b) => a - b))
      for (const { reason, fix } of blockers) expect(fix).toBe(reasonFacts[reason].fix)
    }),
    { numRuns: 2_000 },
  )
})

function anyAccount(): fc.Arbitrary<Account> {
  const statuses: SubscriptionStatus[] = [
    'trialing',
    'active',
    'past_due',
    'unpaid',
    'incomplete',
    'paused',
    'canceled',
  ]
  const states: PaymentState[] = ['none', 'requires_payment_method', 'requires_action', 'processing', 'canceled']
  const methods = fc.constantFrom(undefined, visa, expiredVisa, newVisa)
  return fc
    .record({
      method: methods,
      subscriptions: fc.array(
        fc.record({
          status: fc.constantFrom(...statuses),
          owes: fc.boolean(),
          state: fc.constantFrom(...states),
          code: fc.constantFrom(undefined, 'card_declined', 'expired_card', 'authentication_required'),
          tried: methods,
          days: fc.integer({ min: 0, max: 40 }),
        }),
        { maxLength: 4 },
      ),
    })
    .map(({ method, subscriptions }) => {
      const { method: _, ...account } = accountInGoodStanding({
        subscriptions: subscriptions.map(({ status }, index) =>
          subscription({
            id: `sub_${index}`,
            status,
            ...(status === 'paused' && { pausedBy: 'pause_requested' as const }),
          }),
        ),
        openInvoices: subscriptions.flatMap(({ owes, state, code, tried, days }, index) =>
          owes
            ? openInvoice({
                id: `in_${index}`,
                subscription: `sub_${index}`,
                due: noon - days * DAY,
                payment: { state, ...(code && { error: { code, ...(tried && { method: tried }) } }) },
              })
            : [],
        ),
      })
      return method ? { ...account, method } : account
    })
}
