import { acme, paid } from './acme.ts'
import { chargeContested, closedForNothing, customerDeleted, healthy } from './building.ts'
import type { Scenario } from './promise.ts'

export const merchantScenarios = {
  'account-on-hold': {
    ...acme,
    title: 'Account on hold',
    description: 'The merchant holds the account back until somebody has called.',
    build: healthy,
    promised: paid,
    reasons: ['account_frozen'],
    says: { hold: { note: 'Please call us about your last order.' } },
  },
  'contested-charge': {
    ...acme,
    title: 'A payment is contested',
    description: 'The cardholder disputes the last charge. The bank decides.',
    build: chargeContested,
    promised: paid,
    reasons: ['account_frozen'],
  },
  'customer-deleted': {
    ...acme,
    title: 'Customer deleted at Stripe',
    description: 'Somebody tidied up in the dashboard. Nothing can be paid any more.',
    build: customerDeleted,
    promised: { subscriptions: ['canceled'], card: null },
    reasons: ['unknown'],
    screen: 'contact-support',
  },
  'nothing-to-pay': {
    ...acme,
    title: 'Closed, and nothing to pay',
    description: 'The plan is unpaid, and its invoice was voided. Nobody can tell why it is closed.',
    build: closedForNothing,
    promised: { subscriptions: ['unpaid'], card: '4242' },
    reasons: ['unknown'],
  },
  'supplier-unpaid': {
    ...acme,
    title: 'The app’s own supplier refuses',
    description: 'The app has not paid for its satellite pictures. Not the customer’s doing.',
    build: healthy,
    promised: paid,
    reasons: ['upstream_billing'],
    tells: { reason: 'upstream_billing', seconds: 600 },
  },
  'feature-on-request': {
    ...acme,
    title: 'A feature that is not sold here',
    description: 'Traffic belongs to a plan that customers cannot choose themselves.',
    build: healthy,
    promised: paid,
    reasons: ['plan_lacks_feature'],
    screen: 'contact-support',
    asks: { feature: 'traffic' },
  },
} as const satisfies Record<string, Scenario>
