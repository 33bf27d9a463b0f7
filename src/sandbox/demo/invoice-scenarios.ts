import { firstPaymentUnfinished, invoiceByEmail, newCardTooLate, paymentProcessing, yen } from './building.ts'
import { acme, declined } from './acme.ts'
import type { Scenario } from './promise.ts'

export const invoiceScenarios = {
  'invoice-overdue': {
    ...acme,
    title: 'Invoice overdue, a new card is already on file',
    description: 'The card was replaced after the renewal failed. Nobody paid the invoice that was left.',
    build: newCardTooLate,
    promised: { subscriptions: ['past_due'], invoice: declined, card: '4444' },
    reasons: ['invoice_overdue'],
  },
  'invoice-by-email': {
    ...acme,
    title: 'Invoice sent by e-mail, overdue',
    description: 'A yearly plan, paid by hand. The invoice was due ten days ago.',
    build: invoiceByEmail,
    promised: {
      subscriptions: ['past_due'],
      invoice: { remaining: 490_00, currency: 'eur', intent: 'requires_payment_method' },
      card: null,
    },
    reasons: ['invoice_overdue'],
  },
  'first-payment': {
    ...acme,
    title: 'First payment never finished',
    description: 'A checkout left halfway. It stays open for 23 hours.',
    build: firstPaymentUnfinished,
    promised: {
      subscriptions: ['incomplete'],
      invoice: { remaining: 49_00, currency: 'eur', intent: 'requires_payment_method' },
      card: null,
    },
    reasons: ['subscription_incomplete'],
  },
  'payment-processing': {
    ...acme,
    title: 'Payment is still processing',
    description: 'Paid by bank debit, which takes days. Nobody may be asked to pay twice.',
    build: paymentProcessing,
    promised: {
      subscriptions: ['past_due'],
      invoice: { remaining: 49_00, currency: 'eur', intent: 'processing' },
      card: '0341',
    },
    reasons: ['payment_processing'],
  },
  'yen-account': {
    ...acme,
    title: 'An account in yen',
    description: 'A declined card in a currency without decimals: ¥7,000, not ¥70.00.',
    label: 'Acme KK',
    build: yen,
    promised: {
      subscriptions: ['past_due'],
      invoice: { ...declined, remaining: 7_000, currency: 'jpy' },
      card: '0341',
    },
    reasons: ['card_declined'],
  },
} as const satisfies Record<string, Scenario>
