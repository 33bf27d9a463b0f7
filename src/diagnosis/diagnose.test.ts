import { describe, expect, test } from 'vitest'
import type { Account } from './account.ts'
import { diagnose } from './diagnose.ts'
import type { Policy } from './policy.ts'
import {
  accountInGoodStanding,
  accountThatOwes,
  expiredVisa,
  noon,
  openInvoice,
  subscription,
  visa,
} from './samples.ts'

const DAY = 86_400
const policy: Policy = { graceDays: 7 }
const newVisa = { ...visa, id: 'pm_new', last4: '1111' }

function verdict(account: Account, now = noon) {
  return diagnose(account, {}, policy, now)
}

function reasonsOf(account: Account, now = noon) {
  return verdict(account, now).blockers.map(({ reason }) => reason)
}

describe('what is wrong', () => {
  test('a declined card is named, with what the bank meant', () => {
    const account = accountThatOwes({
      payment: {
        state: 'requires_payment_method',
        error: { code: 'card_declined', declineCode: 'insufficient_funds', method: visa },
      },
    })
    expect(verdict(account).blockers).toMatchObject([
      { reason: 'card_declined', fix: 'update-card', decline: 'funds', sameCardCanWork: true, method: visa },
    ])
  })

  test('a stolen card reads exactly like any other refusal', () => {
    const declined = (declineCode: string) =>
      verdict(
        accountThatOwes({
          payment: { state: 'requires_payment_method', error: { code: 'card_declined', declineCode, method: visa } },
        }),
      )
    expect(declined('stolen_card')).toEqual(declined('generic_decline'))
  })

  test("the issuer's advice not to try again outranks what the code says", () => {
    const account = accountThatOwes({
      payment: {
        state: 'requires_payment_method',
        error: {
          code: 'card_declined',
          declineCode: 'insufficient_funds',
          adviceCode: 'do_not_try_again',
          method: visa,
        },
      },
    })
    expect(verdict(account).blockers).toMatchObject([{ sameCardCanWork: false }])
  })

  test('an expired card is the cause even when the bank only said no', () => {
    const account = accountThatOwes(
      {
        payment: {
          state: 'requires_payment_method',
          error: { code: 'card_declined', declineCode: 'generic_decline', method: expiredVisa },
        },
      },
      expiredVisa,
    )
    expect(reasonsOf(account)).toEqual(['card_expired'])
  })

  test('a card works until the last second of its month', () => {
    const december = { ...visa, expMonth: 11, expYear: 2026 }
    const endOfNovember = 1_796_083_200
    const declined = { state: 'requires_payment_method', error: { code: 'card_declined', method: december } } as const
    const account = accountThatOwes({ payment: declined }, december)
    expect(reasonsOf(account, endOfNovember - 1)).toEqual(['card_declined'])
    expect(reasonsOf(account, endOfNovember)).toEqual(['card_expired'])
  })

  test('a payment on its way comes before everything: nobody is asked to pay twice', () => {
    const account = accountThatOwes({ payment: { state: 'processing', method: expiredVisa } }, expiredVisa)
    expect(reasonsOf(account)).toEqual(['payment_processing'])
  })

  test('an older invoice whose payment is on its way holds everything back, and only its sum is named', () => {
    const older = openInvoice({ id: 'in_older', created: noon - 40 * DAY, payment: { state: 'processing' } })
    const account = accountThatOwes({ payment: { state: 'requires_payment_method', error: { code: 'card_declined' } } })
    expect(verdict({ ...account, openInvoices: [...account.openInvoices, older] }).blockers).toMatchObject([
      { reason: 'payment_processing', debt: { total: { amount: 49_00 }, invoices: [{ id: 'in_older' }] } },
    ])
  })

  test('a bank that waits for the person comes before any card rule', () => {
    const account = accountThatOwes({ payment: { state: 'requires_action', method: expiredVisa } }, expiredVisa)
    expect(reasonsOf(account)).toEqual(['authentication_required'])
  })

  test('a charge refused because nobody was there is confirmed, not blamed on the card', () => {
    const error = { code: 'authentication_required', declineCode: 'authentication_required', method: visa }
    expect(reasonsOf(accountThatOwes({ payment: { state: 'requires_payment_method', error } }))).toEqual([
      'authentication_required',
    ])
  })

  test('a bank check that failed can be taken up again', () => {
    const error = { code: 'payment_intent_authentication_failure', method: visa }
    expect(reasonsOf(accountThatOwes({ payment: { state: 'requires_payment_method', error } }))).toEqual([
      'authentication_required',
    ])
  })

  test('a decline of a card that has been replaced is no longer the cause: the invoice is', () => {
    const error = { code: 'card_declined', method: visa }
    const account = accountThatOwes({ payment: { state: 'requires_payment_method', error } }, newVisa)
    expect(verdict(account).blockers).toMatchObject([
      { reason: 'invoice_overdue', fix: 'pay-invoice', method: newVisa },
    ])
  })

  test('a subscription that pinned the old card is not healed by a new default', () => {
    const account = accountInGoodStanding({
      method: newVisa,
      subscriptions: [subscription({ status: 'past_due', method: expiredVisa })],
      openInvoices: [openInvoice()],
    })
    expect(verdict(account).blockers).toMatchObject([{ reason: 'card_expired', method: expiredVisa }])
  })

  test('an invoice that was sent by e-mail blames no card', () => {
    expect(reasonsOf(accountThatOwes({ collection: 'send_invoice' }, expiredVisa))).toEqual(['invoice_overdue'])
  })

  test('no method at all is its own reason', () => {
    const { method: _, ...account } = accountThatOwes()
    expect(reasonsOf(account)).toEqual(['no_payment_method'])
  })

  test('a first payment that was never finished says until when it can be', () => {
    const account = accountInGoodStanding({
      subscriptions: [subscription({ status: 'incomplete', created: noon - 3_600 })],
      openInvoices: [openInvoice({ due: noon - 3_600 })],
    })
    expect(verdict(account).blockers).toMatchObject([
      { reason: 'subscription_incomplete', fix: 'finish-subscribing', expires: noon + 22 * 3_600 },
    ])
  })

  test('two subscriptions that failed for the same card are one blocker with one sum, oldest first', () => {
    const account = accountInGoodStanding({
      method: expiredVisa,
      subscriptions: [
        subscription({ status: 'past_due', method: expiredVisa }),
        subscription({ id: 'sub_addon', status: 'past_due', plan: 'Add-on' }),
      ],
      openInvoices: [
        openInvoice(),
        openInvoice({
          id: 'in_addon',
          subscription: 'sub_addon',
          due: noon - 12 * DAY,
          remaining: { amount: 19_00, currency: 'eur' },
        }),
      ],
    })
    expect(verdict(account).blockers).toMatchObject([
      {
        reason: 'card_expired',
        debt: { total: { amount: 68_00, currency: 'eur' }, invoices: [{ id: 'in_addon' }, { id: 'in_october' }] },
      },
    ])
  })

  test('debts in two currencies are never added up', () => {
    const account = accountInGoodStanding({
      method: expiredVisa,
      subscriptions: [subscription({ status: 'past_due' }), subscription({ id: 'sub_yen', status: 'past_due' })],
      openInvoices: [
        openInvoice(),
        openInvoice({ id: 'in_yen', subscription: 'sub_yen', remaining: { amount: 4_900, currency: 'jpy' } }),
      ],
    })
    const totals = verdict(account).blockers.map((blocker) => 'debt' in blocker && blocker.debt?.total)
    expect(totals).toEqual([
      { amount: 49_00, currency: 'eur' },
      { amount: 4_900, currency: 'jpy' },
    ])
  })

  test('the next automatic try is not announced when it cannot be carried out', () => {
    const error = { code: 'card_declined', declineCode: 'transaction_not_allowed', method: visa }
    const account = accountThatOwes({
      nextAttempt: noon + DAY,
      payment: { state: 'requires_payment_method', error },
    })
    expect(verdict(account).blockers[0]).toHaveProperty('debt.invoices.0.id', 'in_october')
    expect(verdict(account).blockers[0]).not.toHaveProperty('debt.invoices.0.nextAttempt')
  })

  test('a customer deleted at Stripe is nobody we can charge', () => {
    expect(reasonsOf(accountInGoodStanding({ customer: 'deleted', subscriptions: [] }))).toEqual(['unknown'])
  })

  test('an ended subscription is named with its end', () => {
    const ended = subscription({ status: 'canceled', endedAt: noon - DAY })
    expect(verdict(accountInGoodStanding({ subscriptions: [ended] })).blockers).toMatchObject([
      { reason: 'subscription_canceled', plan: 'Team', ended: noon - DAY },
    ])
  })
})
