import { lag, under } from './lab.ts'
import * as move from './moves.ts'
import type { Seen, State } from './state.ts'

const pausedPaid: Seen = ['paused', 'paid', 'succeeded']

/** A trial without a card that is resumed with this method. */
const resumedWith = (template: string): State['reach'] => {
  return async (lab, who) => {
    const made = await move.pausedTrial(lab, who)
    await move.newDefault(lab, made.customer, template)
    await move.resume(lab, made)
    return made
  }
}

/** Paused. */
export const pausedStates = {
  S60: {
    title: 'The trial ended without a method',
    reach: (lab, who) => move.pausedTrial(lab, who),
    seen: ['paused', 'paid', null],
    reason: 'subscription_paused',
  },
  S61: {
    title: 'Paused as asked',
    reach: async (lab, who) => {
      const made = await move.subscribed(lab, who, 10)
      await move.untilNow(lab, made)
      await lab.stripe.subscriptions.pause(made.id, { type: 'subscription' })
      return made
    },
    seen: pausedPaid,
    reason: 'subscription_paused',
  },
  'S61-by-stripe': {
    title: 'Paused by Stripe',
    reach: async (lab, who) => {
      const made = await move.subscribed(lab, who, 10)
      await move.untilNow(lab, made)
      await lab.lever('POST', `subscriptions/${made.id}`, { pause: 'system' })
      return made
    },
    seen: pausedPaid,
    reason: 'subscription_paused',
    screen: 'contact-support',
  },
  S62: {
    title: 'Paused by the first renewal that failed',
    reach: (lab, who) => under(lab, { after_first_failure: 'pause' }, () => move.pastDue(lab, who)),
    seen: ['paused', 'open', 'requires_payment_method'],
    reason: 'card_declined',
  },
  'S62-last-retry': {
    title: 'Paused by the last retry that failed',
    reach: (lab, who) => under(lab, { after_retries: 'pause' }, () => move.pastDue(lab, who)),
    seen: ['paused', 'open', 'requires_payment_method'],
    reason: 'card_declined',
  },
  S63: {
    title: 'Resuming waits for the bank’s check',
    reach: resumedWith('pm_card_authenticationRequired'),
    seen: ['paused', 'open', 'requires_action'],
    reason: 'authentication_required',
  },
  S64: {
    title: 'Resuming waits for a bank debit',
    reach: resumedWith(move.debit),
    seen: ['paused', 'open', 'processing'],
    reason: 'payment_processing',
  },
  S65: {
    title: 'The resumption invoice ran out',
    reach: async (lab, who) => {
      const made = await move.pausedTrial(lab, who, 2)
      await lab.stripe.subscriptions.resume(made.id)
      await move.untilNow(lab, made)
      return made
    },
    seen: ['paused', 'void', 'canceled'],
    reason: 'subscription_paused',
  },
  S66: {
    title: 'Paused, and never had an invoice',
    reach: async (lab, who) => {
      const made = await move.pausedTrial(lab, who)
      await lab.lever('POST', `subscriptions/${made.id}`, { forget_invoice: true })
      return made
    },
    seen: ['paused', null, null],
    reason: 'subscription_paused',
  },
  S67: {
    title: 'The resumption invoice was written off a moment ago',
    reach: async (lab, who) => {
      const made = await move.pausedTrial(lab, who)
      await lab.stripe.subscriptions.resume(made.id)
      await lag(lab, made.id, true)
      await lab.stripe.invoices.markUncollectible(await move.latest(lab, made))
      return made
    },
    seen: ['paused', 'uncollectible', 'requires_payment_method'],
    reason: null,
  },
  S68: {
    title: 'Paused over a draft, which goes on without ending the pause',
    reach: async (lab, who) => {
      const made = await move.subscribed(lab, who, move.ONE_RENEWAL)
      await move.toRenewal(lab, made)
      await lab.stripe.subscriptions.pause(made.id, { type: 'subscription' })
      return made
    },
    seen: ['paused', 'draft', null],
    reason: 'subscription_paused',
  },
} as const satisfies Record<string, State>
