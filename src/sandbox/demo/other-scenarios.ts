import { acme, declined, paid } from './acme.ts'
import { cardDeclined, cardExpired, healthy, inGrace } from './building.ts'
import type { Scenario } from './promise.ts'

const pastTheCap = { says: { used: { routes: 12_500 } }, asks: { meter: 'routes', quantity: 100 } } as const

/** Two blockers at once, and people who may not lift one. */
export const mixedScenarios = {
  'two-steps': {
    ...acme,
    title: 'Card expired, and the spending limit reached',
    description: 'Two things to mend in one visit, one after the other.',
    build: cardExpired,
    promised: { subscriptions: ['past_due'], invoice: { ...declined, error: 'expired_card' }, card: '4242' },
    reasons: ['card_expired', 'spend_cap_reached'],
    ...pastTheCap,
  },
  'may-not-pay': {
    ...acme,
    title: 'Member who may not pay',
    description: 'Sam is stopped by a declined card that only Anna and Jo can replace.',
    actor: 'sam',
    build: cardDeclined,
    promised: { subscriptions: ['past_due'], invoice: declined, card: '0341' },
    reasons: ['card_declined'],
  },
  'may-not-spend': {
    ...acme,
    title: 'Member at the spending limit',
    description: 'Sam needs more routes. Anna and Jo decide what may be spent.',
    actor: 'sam',
    build: healthy,
    promised: paid,
    reasons: ['spend_cap_reached'],
    ...pastTheCap,
  },
} as const satisfies Record<string, Scenario>

export const servedScenarios = {
  'app-mistaken': {
    ...acme,
    title: 'Nothing is wrong, the app is mistaken',
    description: 'Everything is paid, but the app insists that a card was declined.',
    build: healthy,
    promised: paid,
    reasons: [],
    mistake: 'card_declined',
  },
  'in-grace': {
    ...acme,
    title: 'In grace: works, with a warning',
    description: 'The renewal failed a few days ago. The maps still work, for now.',
    build: inGrace,
    promised: { subscriptions: ['past_due'], invoice: declined, card: '0341' },
    reasons: [],
  },
  healthy: {
    ...acme,
    title: 'All is well',
    description: 'Paid, and served. To look around in the account.',
    build: healthy,
    promised: paid,
    reasons: [],
  },
} as const satisfies Record<string, Scenario>
