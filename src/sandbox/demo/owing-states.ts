import { lag, under } from './lab.ts'
import * as move from './moves.ts'
import type { State } from './state.ts'

/** A renewal failed, and a week of grace is over. */
export const pastDueStates = {
  S30: {
    title: 'The renewal failed',
    reach: (lab, who) => move.pastDue(lab, who),
    seen: ['past_due', 'open', 'requires_payment_method'],
    reason: 'card_declined',
  },
  S31: {
    title: 'The renewal waits for the bank’s check',
    reach: (lab, who) => move.pastDue(lab, who, move.asksBank),
    seen: ['past_due', 'open', 'requires_action'],
    reason: 'authentication_required',
  },
  S32: {
    title: 'Past due, paid by a bank debit on its way',
    reach: async (lab, who) => {
      const made = await move.pastDue(lab, who)
      await move.payByDebit(lab, made)
      return made
    },
    seen: ['past_due', 'open', 'processing'],
    reason: 'payment_processing',
  },
  S33: {
    title: 'Past due, a new method set and never confirmed',
    reach: async (lab, who) => {
      const made = await move.pastDue(lab, who)
      const method = await move.newDefault(lab, made.customer)
      const { stripe } = lab
      const { data } = await stripe.paymentIntents.list({ customer: made.customer, limit: 1 })
      await stripe.paymentIntents.update(data[0]?.id ?? '', { payment_method: method })
      return made
    },
    seen: ['past_due', 'open', 'requires_confirmation'],
    reason: 'invoice_overdue',
  },
  S34: {
    title: 'An invoice that was sent is late, and nobody tried to pay it',
    reach: move.overdueInvoice,
    seen: ['past_due', 'open', null],
    reason: 'invoice_overdue',
  },
  S35: {
    title: 'A newer draft stands above the failed invoice',
    reach: (lab, who) => move.pastDueTwice(lab, who, 0),
    seen: ['past_due', 'draft', null],
    reason: 'card_declined',
  },
  S36: {
    title: 'The latest invoice is void, the one before still failed',
    reach: async (lab, who) => {
      const made = await move.pastDueTwice(lab, who, 2)
      await lab.stripe.invoices.voidInvoice(await move.latest(lab, made))
      return made
    },
    seen: ['past_due', 'void', 'canceled'],
    reason: 'card_declined',
  },
  S37: {
    title: 'Written off a moment ago',
    reach: async (lab, who) => {
      const made = await move.pastDue(lab, who)
      await lag(lab, made.id, true)
      await lab.stripe.invoices.markUncollectible(await move.latest(lab, made))
      return made
    },
    seen: ['past_due', 'uncollectible', 'requires_payment_method'],
    reason: null,
  },
} as const satisfies Record<string, State>

/** No retry is left, and the merchant keeps such a subscription open. */
export const unpaidStates = {
  S40: {
    title: 'No retry is left',
    reach: move.unpaid,
    seen: ['unpaid', 'open', 'requires_payment_method'],
    reason: 'card_declined',
  },
  S41: {
    title: 'Unpaid, with newer drafts',
    reach: (lab, who) => move.pastDueTwice(lab, who, 2, { after_retries: 'unpaid' }),
    seen: ['unpaid', 'draft', null],
    reason: 'card_declined',
  },
  S42: {
    title: 'Unpaid, the bank asks',
    reach: async (lab, who) => {
      const made = await move.unpaid(lab, who)
      const method = await move.newDefault(lab, made.customer, 'pm_card_authenticationRequired')
      const owed = await move.latest(lab, made)
      await move.refused(lab.stripe.invoices.pay(owed, { payment_method: method, off_session: false }))
      return made
    },
    seen: ['unpaid', 'open', 'requires_action'],
    reason: 'authentication_required',
  },
  S43: {
    title: 'Unpaid, a bank debit is on its way',
    reach: async (lab, who) => {
      const made = await move.unpaid(lab, who)
      await move.payByDebit(lab, made)
      return made
    },
    seen: ['unpaid', 'open', 'processing'],
    reason: 'payment_processing',
  },
  S44: {
    title: 'Written off while unpaid',
    reach: async (lab, who) => {
      const made = await move.unpaid(lab, who)
      await lab.stripe.invoices.markUncollectible(await move.latest(lab, made))
      return made
    },
    seen: ['unpaid', 'uncollectible', 'requires_payment_method'],
    reason: 'card_declined',
  },
} as const satisfies Record<string, State>

/** Canceled after a renewal that failed, once `before` was done. */
const canceledOwing = (number: string, before?: (...made: Parameters<typeof move.payByDebit>) => Promise<void>) => {
  const reach: State['reach'] = async (lab, who) => {
    const made = await move.pastDue(lab, who, number)
    await before?.(lab, made)
    await lab.stripe.subscriptions.cancel(made.id)
    return made
  }
  return reach
}

/** Ended. */
export const endedStates = {
  S50: {
    title: 'Ended as asked',
    reach: async (lab, who) => {
      const made = await move.subscribed(lab, who, move.ONE_RENEWAL, { cancel_at_period_end: true })
      await move.untilNow(lab, made)
      return made
    },
    seen: ['canceled', 'paid', 'succeeded'],
    reason: 'subscription_canceled',
  },
  S51: {
    title: 'Ended after the last retry, with a debt',
    reach: (lab, who) => under(lab, { after_retries: 'cancel' }, () => move.pastDue(lab, who)),
    seen: ['canceled', 'open', 'requires_payment_method'],
    reason: 'subscription_canceled',
  },
  S52: {
    title: 'Ended while a bank debit is on its way',
    reach: canceledOwing(move.declines, move.payByDebit),
    seen: ['canceled', 'open', 'processing'],
    reason: 'payment_processing',
  },
  S53: {
    title: 'Ended while the bank asks',
    reach: canceledOwing(move.asksBank),
    seen: ['canceled', 'open', 'requires_action'],
    reason: 'subscription_canceled',
  },
  S54: {
    title: 'Ended, its invoice void',
    reach: async (lab, who) => {
      const made = await canceledOwing(move.declines)(lab, who)
      await lab.stripe.invoices.voidInvoice(await move.latest(lab, made))
      return made
    },
    seen: ['canceled', 'void', 'canceled'],
    reason: 'subscription_canceled',
  },
  S55: {
    title: 'Ended and written off',
    reach: async (lab, who) => {
      const made = await canceledOwing(move.declines)(lab, who)
      await lab.stripe.invoices.markUncollectible(await move.latest(lab, made))
      return made
    },
    seen: ['canceled', 'uncollectible', 'requires_payment_method'],
    reason: 'subscription_canceled',
  },
  S56: {
    title: 'Ended with a draft left over',
    reach: async (lab, who) => {
      const made = await move.subscribed(lab, who, move.ONE_RENEWAL)
      await move.toRenewal(lab, made)
      await lab.stripe.subscriptions.cancel(made.id)
      await move.untilNow(lab, made)
      return made
    },
    seen: ['canceled', 'draft', null],
    reason: 'subscription_canceled',
  },
} as const satisfies Record<string, State>
