import type { Bench } from './test-bench.ts'
import { at, clockAt, day, hour, latest, pastDue, start, subscribed } from './test-clock.ts'
import { customerWith, refusal } from './test-bench.ts'
import * as move from './test-moves.ts'
import type { Reached, Seen } from './test-moves.ts'

/** How a state of the billing of one customer is reached, how it looks, and what Stripe's remedy for it leads to. */
export type StateRow = {
  id: string
  title: string
  reach: (bench: Bench) => Promise<Reached>
  seen: Seen
  fix?: (bench: Bench, reached: Reached) => Promise<unknown>
  after?: Seen
}

const good: Seen = ['active', 'paid', 'succeeded']
const failing = 'pm_card_chargeCustomerFail'
const renewalDay = at(2026, 2, 28, 12)

/** S00 to S37: beginning, trial, active, past due. */
export const liveRows: StateRow[] = [
  {
    id: 'S00',
    title: 'no subscription at all',
    reach: async (bench) => {
      const clock = await clockAt(bench)
      const { customer } = await customerWith(bench, 'pm_card_visa', clock.id)
      return { clock, customer, id: '' }
    },
    seen: [null, null, null],
    fix: move.subscribeAgain,
    after: good,
  },
  {
    id: 'S01',
    title: 'the first payment was declined',
    reach: (bench) => subscribed(bench, failing),
    seen: ['incomplete', 'open', 'requires_payment_method'],
    fix: move.payNew,
    after: good,
  },
  {
    id: 'S02',
    title: 'the first payment waits for the bank’s check',
    reach: (bench) => subscribed(bench, 'pm_card_authenticationRequired'),
    seen: ['incomplete', 'open', 'requires_action'],
    fix: move.passBank,
    after: good,
  },
  {
    id: 'S03',
    title: 'a method is set and was never confirmed',
    reach: (bench) => subscribed(bench, 'pm_card_visa', { payment_behavior: 'default_incomplete' }),
    seen: ['incomplete', 'open', 'requires_confirmation'],
    fix: move.confirmOnPage,
    after: good,
  },
  {
    id: 'S04',
    title: 'the first payment is a bank debit on its way',
    reach: (bench) => move.under(bench, { during_first_debit: 'incomplete' }, () => subscribed(bench, move.bank)),
    seen: ['incomplete', 'open', 'processing'],
    fix: move.settleDebit,
    after: good,
  },
  {
    id: 'S05',
    title: 'the first payment was not made in 23 hours',
    reach: async (bench) => {
      const made = await subscribed(bench, failing)
      await made.clock.to(start + 24 * hour)
      return made
    },
    seen: ['incomplete_expired', 'void', 'canceled'],
    fix: move.subscribeAgain,
    after: good,
  },
  {
    id: 'S06',
    title: 'the first invoice was voided by hand',
    reach: async (bench) => {
      const made = await subscribed(bench, failing)
      await move.lag(bench, made, true)
      await bench.stripe.invoices.voidInvoice((await latest(bench, made.id)).id)
      return made
    },
    seen: ['incomplete', 'void', 'canceled'],
    fix: (bench, made) => move.lag(bench, made, false),
    after: ['incomplete_expired', 'void', 'canceled'],
  },
  {
    id: 'S10',
    title: 'a trial that never had an invoice',
    reach: async (bench) => {
      const made = await move.trial(bench)
      await bench.lever('POST', `subscriptions/${made.id}`, { forget_invoice: true })
      return made
    },
    seen: ['trialing', null, null],
    fix: async (bench, made) => {
      await move.newDefault(bench, made.customer)
      await made.clock.to(start + 15 * day)
    },
    after: good,
  },
  {
    id: 'S11',
    title: 'a trial with its free invoice',
    reach: (bench) => move.trial(bench),
    seen: ['trialing', 'paid', null],
    fix: async (bench, made) => {
      await move.newDefault(bench, made.customer)
      await made.clock.to(start + 15 * day)
    },
    after: good,
  },
  {
    id: 'S12',
    title: 'a trial beside a bill that is not paid',
    reach: async (bench) => {
      const made = await move.trial(bench)
      await move.newDefault(bench, made.customer, failing)
      const bill = await move.extraBill(bench, made)
      await refusal(bench.stripe.invoices.pay(bill))
      return made
    },
    seen: ['trialing', 'open', 'requires_payment_method'],
    fix: move.payNew,
    after: ['trialing', 'paid', 'succeeded'],
  },
  { id: 'S20', title: 'good standing', reach: (bench) => subscribed(bench), seen: good },
  {
    id: 'S21',
    title: 'good standing, paid from credit',
    reach: move.fromCredit,
    seen: ['active', 'paid', null],
  },
  {
    id: 'S22',
    title: 'a renewal that cannot be taxed stays a draft',
    reach: move.untaxable,
    seen: ['active', 'draft', null],
    fix: async (bench, { id, customer }) => {
      const address = { country: 'DE', postal_code: '10115' }
      await bench.stripe.customers.update(customer, { address, tax: { validate_location: 'immediately' } })
      const draft = await latest(bench, id)
      await bench.stripe.invoices.finalizeInvoice(draft.id)
      await bench.stripe.invoices.pay(draft.id)
    },
    after: good,
  },
  {
    id: 'S23',
    title: 'a bank debit is on its way',
    reach: (bench) => subscribed(bench, move.bank),
    seen: ['active', 'open', 'processing'],
    fix: move.settleDebit,
    after: good,
  },
  {
    id: 'S24',
    title: 'a change that was not paid',
    reach: async (bench) => {
      const made = await subscribed(bench)
      await bench.lever('POST', `payment_methods/${made.method}`, { behaves_as: '4000000000009995' })
      await move.wantThree(bench, made)
      return made
    },
    seen: ['active', 'open', 'requires_payment_method'],
    fix: move.payNew,
    after: good,
  },
  {
    id: 'S25',
    title: 'a change waits for the bank’s check',
    reach: async (bench) => {
      const made = await subscribed(bench)
      await bench.lever('POST', `payment_methods/${made.method}`, { behaves_as: '4000002760003184' })
      await move.wantThree(bench, made)
      return made
    },
    seen: ['active', 'open', 'requires_action'],
    fix: move.passBank,
    after: good,
  },
  {
    id: 'S26',
    title: 'a bill whose payment was never confirmed',
    reach: async (bench) => {
      const made = await subscribed(bench)
      await move.extraBill(bench, made)
      return made
    },
    seen: ['active', 'open', 'requires_confirmation'],
    fix: async (bench, { id }) => bench.stripe.invoices.pay((await latest(bench, id)).id),
    after: good,
  },
  {
    id: 'S27',
    title: 'the last invoice was written off',
    reach: async (bench) => {
      const made = await pastDue(bench)
      await bench.stripe.invoices.markUncollectible(made.invoice.id)
      return made
    },
    seen: ['active', 'uncollectible', 'requires_payment_method'],
    fix: move.payNew,
    after: good,
  },
  {
    id: 'S28',
    title: 'collection is paused: the renewal is void',
    reach: async (bench) => {
      const made = await subscribed(bench)
      await bench.stripe.subscriptions.update(made.id, { pause_collection: { behavior: 'void' } })
      await made.clock.to(renewalDay + 2 * hour)
      return made
    },
    seen: ['active', 'void', 'canceled'],
    fix: async (bench, made) => {
      await bench.stripe.subscriptions.update(made.id, { pause_collection: '' })
      await made.clock.to(at(2026, 3, 31, 14))
    },
    after: good,
  },
]
