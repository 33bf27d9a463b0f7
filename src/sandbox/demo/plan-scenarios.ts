import { acme, paid } from './acme.ts'
import {
  healthy,
  neverSubscribed,
  notAtStripe,
  subscriptionEnded,
  trialEnded,
  trialPaused,
  withoutAddress,
} from './building.ts'
import type { Scenario } from './promise.ts'

export const planScenarios = {
  'trial-ended': {
    ...acme,
    title: 'Trial ended',
    description: 'Thirty days for nothing are over, and no plan was chosen.',
    build: trialEnded,
    promised: { subscriptions: ['canceled'], card: null },
    reasons: ['trial_ended'],
  },
  'trial-paused': {
    ...acme,
    title: 'Trial ran out without a card',
    description: 'Stripe paused the plan ten days ago. Nothing was ever charged.',
    build: trialPaused,
    promised: { subscriptions: ['paused'], card: null },
    reasons: ['subscription_paused'],
  },
  'subscription-ended': {
    ...acme,
    title: 'Subscription ended',
    description: 'Cancelled, nothing owed. The only way on is to subscribe again.',
    build: subscriptionEnded,
    promised: { subscriptions: ['canceled'], card: '4242' },
    reasons: ['subscription_canceled'],
  },
  'no-plan': {
    ...acme,
    title: 'Never had a plan',
    description: 'A customer with a card who has never subscribed to anything.',
    build: neverSubscribed,
    promised: { subscriptions: [], card: '4242' },
    reasons: ['unknown'],
    screen: 'choose-plan',
  },
  'new-account': {
    ...acme,
    title: 'New account, not at Stripe yet',
    description: 'The app has just made it. Stripe hears of it with the first payment.',
    build: notAtStripe,
    promised: { subscriptions: [], card: null },
    reasons: ['unknown'],
    screen: 'choose-plan',
  },
  'feature-missing': {
    ...acme,
    title: 'The plan lacks a feature',
    description: 'Offline maps come with Business. Team is paid and running.',
    build: healthy,
    promised: paid,
    reasons: ['plan_lacks_feature'],
    asks: { feature: 'offline_maps' },
  },
  'billing-details': {
    ...acme,
    title: 'Billing address missing',
    description: 'All is paid, but the invoices lack an address.',
    build: withoutAddress,
    promised: paid,
    reasons: ['billing_details_missing'],
  },
} as const satisfies Record<string, Scenario>
