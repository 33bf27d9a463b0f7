import { bankAsks, cardDeclined, cardExpired, noCard, onePinned } from './building.ts'
import { acme, declined } from './acme.ts'
import type { Scenario } from './promise.ts'

export const cardScenarios = {
  'card-expired': {
    ...acme,
    title: 'Card expired',
    description: 'The renewal ten days ago met a card whose month had passed.',
    build: cardExpired,
    promised: { subscriptions: ['past_due'], invoice: { ...declined, error: 'expired_card' }, card: '4242' },
    reasons: ['card_expired'],
  },
  'card-declined': {
    ...acme,
    title: 'Card declined',
    description: 'The bank refused the renewal, and every retry since.',
    build: cardDeclined,
    promised: { subscriptions: ['past_due'], invoice: declined, card: '0341' },
    reasons: ['card_declined'],
  },
  'bank-confirmation': {
    ...acme,
    title: 'Bank wants a confirmation',
    description: 'The card is fine. The bank wants to see the person before it pays.',
    build: bankAsks,
    promised: {
      subscriptions: ['past_due'],
      invoice: { remaining: 49_00, currency: 'eur', intent: 'requires_action' },
      card: '3184',
    },
    reasons: ['authentication_required'],
  },
  'no-card': {
    ...acme,
    title: 'No card on file',
    description: 'Someone removed the only card; the renewal found nothing to charge.',
    build: noCard,
    promised: {
      subscriptions: ['past_due'],
      invoice: { remaining: 49_00, currency: 'eur', intent: 'requires_payment_method' },
      card: null,
    },
    reasons: ['no_payment_method'],
  },
  'two-subscriptions': {
    ...acme,
    title: 'Two subscriptions, one pinned the old card',
    description: 'A new card was saved and pays the plan. The add-on still charges the old, expired one.',
    build: onePinned,
    promised: {
      subscriptions: ['active', 'past_due'],
      invoice: { ...declined, remaining: 19_00, error: 'expired_card' },
      card: '4444',
    },
    reasons: ['card_expired'],
  },
} as const satisfies Record<string, Scenario>
