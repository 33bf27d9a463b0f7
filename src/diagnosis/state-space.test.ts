import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Account, Draft, Invoice, PaymentState, Subscription, SubscriptionStatus } from './account.ts'
import { diagnose } from './diagnose.ts'
import type { Fix } from './reason.ts'
import { accountInGoodStanding, noon, openInvoice, subscription } from './samples.ts'

const DAY = 86_400
type InvoiceStatus = 'draft' | 'open' | 'paid' | 'void' | 'uncollectible' | null

/** Status, latest invoice, intent → what stands, and the remedy once no grace is left; `older` is an open invoice before it. */
type Row = {
  readonly is: readonly [SubscriptionStatus | null, InvoiceStatus, PaymentState | null]
  readonly older?: true
  readonly access: 'full' | 'grace' | 'stopped'
  readonly fix?: Fix
  readonly differs?: Partial<Subscription>
}

const byTrial: Partial<Subscription> = { pausedBy: 'trial_end_without_payment_method' }
const byHand: Partial<Invoice> = { collection: 'send_invoice' }

/** Every state that Stripe's subscriptions, invoices and payments can be in together. */
const rows = {
  S00: { is: [null, null, null], access: 'stopped', fix: 'choose-plan' },
  S01: { is: ['incomplete', 'open', 'requires_payment_method'], access: 'stopped', fix: 'finish-subscribing' },
  S02: { is: ['incomplete', 'open', 'requires_action'], access: 'stopped', fix: 'confirm-payment' },
  S03: { is: ['incomplete', 'open', 'requires_confirmation'], access: 'stopped', fix: 'finish-subscribing' },
  S04: { is: ['incomplete', 'open', 'processing'], access: 'stopped', fix: 'await-payment' },
  S05: { is: ['incomplete_expired', 'void', 'canceled'], access: 'stopped', fix: 'renew' },
  S06: { is: ['incomplete', 'void', 'canceled'], access: 'stopped', fix: 'renew' },
  S10: { is: ['trialing', null, null], access: 'full' },
  S11: { is: ['trialing', 'paid', null], access: 'full' },
  S12: { is: ['trialing', 'open', 'requires_payment_method'], access: 'full' },
  S20: { is: ['active', 'paid', 'succeeded'], access: 'full' },
  S21: { is: ['active', 'paid', null], access: 'full' },
  S22: { is: ['active', 'draft', null], access: 'full' },
  S23: { is: ['active', 'open', 'processing'], access: 'full' },
  S24: { is: ['active', 'open', 'requires_payment_method'], access: 'grace', fix: 'pay-invoice' },
  S25: { is: ['active', 'open', 'requires_action'], access: 'grace', fix: 'confirm-payment' },
  S26: { is: ['active', 'open', 'requires_confirmation'], access: 'grace', fix: 'pay-invoice' },
  S27: { is: ['active', 'uncollectible', 'requires_payment_method'], access: 'full' },
  S28: { is: ['active', 'void', 'canceled'], access: 'full' },
  S30: { is: ['past_due', 'open', 'requires_payment_method'], access: 'grace', fix: 'pay-invoice' },
  S31: { is: ['past_due', 'open', 'requires_action'], access: 'grace', fix: 'confirm-payment' },
  S32: { is: ['past_due', 'open', 'processing'], access: 'grace', fix: 'await-payment' },
  S33: { is: ['past_due', 'open', 'requires_confirmation'], access: 'grace', fix: 'pay-invoice' },
  S34: { is: ['past_due', 'open', null], access: 'grace', fix: 'pay-invoice' },
  S35: { is: ['past_due', 'draft', null], older: true, access: 'grace', fix: 'pay-invoice' },
  S36: { is: ['past_due', 'void', 'canceled'], older: true, access: 'grace', fix: 'pay-invoice' },
  S37: {
    is: ['past_due', 'uncollectible', 'requires_payment_method'],
    older: true,
    access: 'grace',
    fix: 'pay-invoice',
  },
  S40: { is: ['unpaid', 'open', 'requires_payment_method'], access: 'stopped', fix: 'pay-invoice' },
  S41: { is: ['unpaid', 'draft', null], older: true, access: 'stopped', fix: 'pay-invoice' },
  S42: { is: ['unpaid', 'open', 'requires_action'], access: 'stopped', fix: 'confirm-payment' },
  S43: { is: ['unpaid', 'open', 'processing'], access: 'stopped', fix: 'await-payment' },
  S44: { is: ['unpaid', 'uncollectible', 'requires_payment_method'], access: 'stopped', fix: 'pay-invoice' },
  S50: { is: ['canceled', 'paid', 'succeeded'], access: 'stopped', fix: 'renew' },
  S51: { is: ['canceled', 'open', 'requires_payment_method'], access: 'stopped', fix: 'renew' },
  S52: { is: ['canceled', 'open', 'processing'], access: 'stopped', fix: 'await-payment' },
  S53: { is: ['canceled', 'open', 'requires_action'], access: 'stopped', fix: 'renew' },
  S54: { is: ['canceled', 'void', 'canceled'], access: 'stopped', fix: 'renew' },
  S55: { is: ['canceled', 'uncollectible', 'requires_payment_method'], access: 'stopped', fix: 'renew' },
  S56: { is: ['canceled', 'draft', null], access: 'stopped', fix: 'renew' },
  S60: {
    is: ['paused', 'paid', null],
    differs: { pausedBy: 'trial_end_without_payment_method' },
    access: 'stopped',
    fix: 'resume',
  },
  S61: {
    is: ['paused', 'paid', 'succeeded'],
    differs: { pausedBy: 'pause_requested' },
    access: 'stopped',
    fix: 'resume',
  },
  S62: { is: ['paused', 'open', 'requires_payment_method'], access: 'stopped', fix: 'pay-invoice' },
  S63: { is: ['paused', 'open', 'requires_action'], access: 'stopped', fix: 'confirm-payment' },
  S64: { is: ['paused', 'open', 'processing'], access: 'stopped', fix: 'await-payment' },
  S65: { is: ['paused', 'void', 'canceled'], differs: byTrial, access: 'stopped', fix: 'resume' },
  S66: { is: ['paused', null, null], differs: byTrial, access: 'stopped', fix: 'resume' },
  S67: { is: ['paused', 'uncollectible', 'requires_payment_method'], access: 'full' },
  S68: { is: ['paused', 'draft', null], differs: byTrial, access: 'stopped', fix: 'resume' },
} as const satisfies Record<string, Row>

const policy = {
  graceDays: 7,
  plans: { team_monthly: { name: 'Team', offered: true } },
}
const everyRow: [string, Row][] = Object.entries(rows)

function accountIn({ is: [status, latest, intent], older, differs }: Row): Account {
  if (status === null) return accountInGoodStanding({ subscriptions: [] })
  const draft: Draft = { invoice: 'in_latest' }
  const payable = latest === 'open' || latest === 'uncollectible'
  return accountInGoodStanding({
    subscriptions: [
      subscription({ status, latestInvoice: 'in_latest', ...(latest === 'draft' && { draft }), ...differs }),
    ],
    openInvoices: [
      ...(payable
        ? [
            openInvoice({
              id: 'in_latest',
              status: latest === 'open' ? 'open' : 'uncollectible',
              payment: { state: intent ?? 'none' },
              ...(intent === null && byHand),
            }),
          ]
        : []),
      ...(older ? [openInvoice({ id: 'in_older', created: noon - 30 * DAY })] : []),
    ],
  })
}

test.each(everyRow)(
  '%s: what Stripe says is given the access it should have, and the remedy that heals it',
  (_, row) => {
    const { access, blockers } = diagnose(accountIn(row), {}, policy, noon)
    expect(access).toBe(row.access === 'full')
    expect(blockers.map(({ fix }) => fix)).toEqual(row.fix === undefined ? [] : [row.fix])
  },
)

test.each(everyRow.filter(([, { access }]) => access === 'grace'))(
  '%s: while the grace lasts the app serves and the same remedy is only a warning',
  (_, row) => {
    const { access, blockers, warnings } = diagnose(accountIn(row), {}, { ...policy, graceDays: 60 }, noon)
    expect({ access, blockers }).toEqual({ access: true, blockers: [] })
    expect(warnings.map(({ fix }) => fix)).toContain(row.fix)
  },
)

test('a debt that stops nobody is a warning with its sum', () => {
  const { access, warnings } = diagnose(accountIn(rows.S12), {}, policy, noon)
  expect(access).toBe(true)
  expect(warnings).toMatchObject([{ fix: 'pay-invoice', debt: { total: { amount: 49_00, currency: 'eur' } } }])
})

const collected = new URL('../../../shared/facts/state-space.json', import.meta.url)

test.skipIf(!existsSync(collected))(
  'the table names every state that the collected facts name, with the same access',
  () => {
    const facts = JSON.parse(readFileSync(collected, 'utf8')) as { rows: { id: string; access: string }[] }
    expect(Object.fromEntries(everyRow.map(([id, { access }]) => [id, access]))).toEqual(
      Object.fromEntries(facts.rows.map(({ id, access }) => [id, access])),
    )
  },
)
