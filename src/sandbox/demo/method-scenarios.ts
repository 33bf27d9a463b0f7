import { acme, paid } from './acme.ts'
import {
  bankToVerify,
  cardEndsSoon,
  debitOnItsWay,
  manyMethods,
  ownCards,
  trialWithoutCard,
} from './method-building.ts'
import type { Scenario } from './promise.ts'

/** What is saved to pay with, while everything is served. */
export const methodScenarios = {
  'many-methods': {
    ...acme,
    title: 'Twenty payment methods',
    description: 'Cards, wallets, bank accounts and Link; one has expired, one was closed by its bank.',
    build: manyMethods,
    promised: { subscriptions: ['active', 'active'], card: '4242' },
    reasons: [],
  },
  'own-cards': {
    ...acme,
    title: 'Two plans, each with its own card',
    description: 'The plan is charged to the default card, the add-on to one of its own.',
    build: ownCards,
    promised: { subscriptions: ['active', 'active'], card: '4242' },
    reasons: [],
  },
  'card-ends-soon': {
    ...acme,
    title: 'The card ends this month',
    description: 'It still works, but not for the renewal.',
    build: cardEndsSoon,
    promised: paid,
    reasons: [],
  },
  'bank-to-verify': {
    ...acme,
    title: 'Bank account to be verified',
    description:
      'Stripe has sent a cent with a code to the new bank account. Until it is named, nothing is charged there.',
    build: bankToVerify,
    promised: paid,
    reasons: [],
  },
  'debit-on-its-way': {
    ...acme,
    title: 'Bank debit on its way',
    description: 'The renewal is being taken from a bank account, which needs days.',
    build: debitOnItsWay,
    promised: {
      subscriptions: ['active'],
      invoice: { remaining: 49_00, currency: 'eur', intent: 'processing' },
      card: null,
    },
    reasons: [],
  },
  'trial-without-card': {
    ...acme,
    title: 'Trial without a card',
    description: 'Two weeks for nothing; nobody has saved anything to pay with.',
    build: trialWithoutCard,
    promised: { subscriptions: ['trialing'], card: null },
    reasons: [],
  },
} as const satisfies Record<string, Scenario>
