import { describe, expect, test } from 'vitest'
import type { Account } from './account.ts'
import { diagnose } from './diagnose.ts'
import type { Policy } from './policy.ts'
import { accountInGoodStanding, accountThatOwes, expiredVisa, noon, openInvoice, subscription } from './samples.ts'

const DAY = 86_400
const policy: Policy = { graceDays: 7 }

function verdict(account: Account, now = noon) {
  return diagnose(account, {}, policy, now)
}

describe('access', () => {
  test('an account in good standing is served', () => {
    expect(verdict(accountInGoodStanding())).toMatchObject({
      verdict: 'clear',
      access: true,
      blockers: [],
      warnings: [],
    })
  })

  test('when nothing could be read, nobody is refused and nobody is told that all is well', () => {
    expect(verdict(accountInGoodStanding({ source: 'none' }))).toMatchObject({ verdict: 'unchecked', access: true })
  })

  test('an older reading is judged, and said to be old', () => {
    expect(verdict(accountInGoodStanding({ source: 'mirror' }))).toMatchObject({ verdict: 'clear', live: false })
  })

  test('a late payment keeps its access for the days of grace, to the second', () => {
    const account = accountThatOwes({ due: noon - 7 * DAY + 1 })
    expect(verdict(account)).toMatchObject({ access: true, warnings: [{ at: noon + 1 }] })
    expect(verdict(account, noon + 1)).toMatchObject({ access: false })
  })

  test('a trial is served, and a missing card is only a warning', () => {
    const { method: _, ...account } = accountInGoodStanding({
      subscriptions: [subscription({ status: 'trialing', trialEnd: noon + DAY })],
    })
    expect(verdict(account)).toMatchObject({ access: true, warnings: [{ reason: 'no_payment_method' }] })
  })

  test('a card that will have expired at the next renewal is a warning', () => {
    expect(verdict(accountInGoodStanding({ method: expiredVisa }))).toMatchObject({
      access: true,
      warnings: [{ reason: 'card_expired', at: subscription().periodEnd }],
    })
  })

  test('a subscription that is about to end by choice is not nagged about its card', () => {
    const ending = subscription({ cancelAt: noon + DAY })
    expect(verdict(accountInGoodStanding({ method: expiredVisa, subscriptions: [ending] })).warnings).toEqual([])
  })

  test('an abandoned checkout beside a running subscription takes nothing away', () => {
    const abandoned = subscription({ id: 'sub_other', status: 'incomplete', latestInvoice: 'in_other' })
    const account = accountInGoodStanding({
      subscriptions: [subscription(), abandoned],
      openInvoices: [openInvoice({ id: 'in_other', subscription: 'sub_other' })],
    })
    expect(verdict(account).access).toBe(true)
  })
})
