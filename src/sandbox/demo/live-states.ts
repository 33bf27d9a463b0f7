import { advance, customerSince } from './customer.ts'
import { behaveAs, lag, under } from './lab.ts'
import * as move from './moves.ts'
import { healthyState, type State } from './state.ts'

const declined = 'pm_card_chargeCustomerFail'

/** No subscription, or one that begins. */
export const beginningStates = {
  S00: {
    title: 'No subscription at all',
    reach: async (lab, who) => {
      const { id: customer, clock } = await customerSince(lab, 0, { ...who, card: 'pm_card_visa' })
      return { customer, clock, id: '' }
    },
    seen: [null, null, null],
    reason: 'unknown',
    screen: 'choose-plan',
  },
  S01: {
    title: 'The first payment was declined',
    reach: (lab, who) => move.subscribed(lab, who, 0, { card: declined }),
    seen: ['incomplete', 'open', 'requires_payment_method'],
    reason: 'subscription_incomplete',
  },
  S02: {
    title: 'The first payment waits for the bank’s check',
    reach: (lab, who) => move.subscribed(lab, who, 0, { card: 'pm_card_authenticationRequired' }),
    seen: ['incomplete', 'open', 'requires_action'],
    reason: 'authentication_required',
  },
  S03: {
    title: 'A method is set and was never confirmed',
    reach: (lab, who) => move.subscribed(lab, who, 0, { payment_behavior: 'default_incomplete' }),
    seen: ['incomplete', 'open', 'requires_confirmation'],
    reason: 'subscription_incomplete',
  },
  S04: {
    title: 'The first payment is a bank debit on its way',
    reach: (lab, who) =>
      under(lab, { during_first_debit: 'incomplete' }, () => move.subscribed(lab, who, 0, { card: move.debit })),
    seen: ['incomplete', 'open', 'processing'],
    reason: 'payment_processing',
  },
  S05: {
    title: 'The first payment was not made in 23 hours',
    reach: async (lab, who) => {
      const made = await move.subscribed(lab, who, 1, { card: declined })
      await move.untilNow(lab, made)
      return made
    },
    seen: ['incomplete_expired', 'void', 'canceled'],
    reason: 'subscription_canceled',
  },
  S06: {
    title: 'The first invoice was voided by hand',
    reach: async (lab, who) => {
      const made = await move.subscribed(lab, who, 0, { card: declined })
      await lag(lab, made.id, true)
      await lab.stripe.invoices.voidInvoice(await move.latest(lab, made))
      return made
    },
    seen: ['incomplete', 'void', 'canceled'],
    reason: 'subscription_canceled',
  },
} as const satisfies Record<string, State>

/** On trial. */
export const trialStates = {
  S10: {
    title: 'A trial that never had an invoice',
    reach: async (lab, who) => {
      const made = await move.trial(lab, who)
      await lab.lever('POST', `subscriptions/${made.id}`, { forget_invoice: true })
      return made
    },
    seen: ['trialing', null, null],
    reason: null,
  },
  S11: {
    title: 'A trial with its free invoice',
    reach: (lab, who) => move.trial(lab, who),
    seen: ['trialing', 'paid', null],
    reason: null,
  },
  S12: {
    title: 'A trial beside a bill that is not paid',
    reach: async (lab, who) => {
      const made = await move.trial(lab, who)
      await move.newDefault(lab, made.customer, declined)
      await move.refused(lab.stripe.invoices.pay(await move.extraBill(lab, made)))
      return made
    },
    seen: ['trialing', 'open', 'requires_payment_method'],
    reason: null,
  },
} as const satisfies Record<string, State>

/** A change of plan that the card's new behaviour keeps from being paid. */
const changing = (number: string): State['reach'] => {
  return async (lab, who) => {
    const made = await move.subscribed(lab, who, 10)
    await move.untilNow(lab, made)
    await behaveAs(lab, made.card, number)
    await move.wantThree(lab, made)
    return made
  }
}

/** Active. */
export const activeStates = {
  S20: {
    title: 'Good standing',
    reach: async (lab, who) => {
      const made = await move.subscribed(lab, who, 10)
      await move.untilNow(lab, made)
      return made
    },
    seen: healthyState,
    reason: null,
  },
  S21: {
    title: 'Good standing, paid from credit',
    reach: move.fromCredit,
    seen: ['active', 'paid', null],
    reason: null,
  },
  S22: {
    title: 'A renewal that cannot be taxed stays a draft',
    reach: move.untaxable,
    seen: ['active', 'draft', null],
    reason: 'billing_details_missing',
  },
  S23: {
    title: 'A bank debit is on its way',
    reach: (lab, who) => move.subscribed(lab, who, 0, { card: move.debit }),
    seen: ['active', 'open', 'processing'],
    reason: null,
  },
  S24: {
    title: 'A change that was not paid',
    reach: changing('4000000000009995'),
    seen: ['active', 'open', 'requires_payment_method'],
    reason: null,
  },
  S25: {
    title: 'A change waits for the bank’s check',
    reach: changing(move.asksBank),
    seen: ['active', 'open', 'requires_action'],
    reason: null,
  },
  S26: {
    title: 'A bill whose payment was never confirmed',
    reach: async (lab, who) => {
      const made = await move.subscribed(lab, who, 25)
      await advance(lab, made.clock, lab.now - 10 * 86_400)
      await move.extraBill(lab, made)
      return made
    },
    seen: ['active', 'open', 'requires_confirmation'],
    reason: 'invoice_overdue',
  },
  S27: {
    title: 'The last invoice was written off',
    reach: async (lab, who) => {
      const made = await move.pastDue(lab, who)
      await lab.stripe.invoices.markUncollectible(await move.latest(lab, made))
      return made
    },
    seen: ['active', 'uncollectible', 'requires_payment_method'],
    reason: null,
  },
  S28: {
    title: 'Collection is paused: the renewal is void',
    reach: async (lab, who) => {
      const made = await move.subscribed(lab, who, move.ONE_RENEWAL)
      await lab.stripe.subscriptions.update(made.id, { pause_collection: { behavior: 'void' } })
      await move.untilNow(lab, made)
      return made
    },
    seen: ['active', 'void', 'canceled'],
    reason: null,
  },
} as const satisfies Record<string, State>
