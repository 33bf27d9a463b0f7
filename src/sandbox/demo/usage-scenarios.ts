import { acme } from './acme.ts'
import { healthy, withAddon } from './building.ts'
import type { Scenario } from './promise.ts'

/** Nobody is stopped; there is much to look at on the page of usage. */
export const usageScenarios = {
  'heavy-usage': {
    ...acme,
    title: 'Heavy usage',
    description: 'Two plans and a month of reports, by key and by member: one limit that will not last, one exceeded.',
    build: withAddon,
    promised: { subscriptions: ['active', 'active'], card: '4242' },
    reasons: [],
    says: { seats: 4, daily: { requests: 4_200, routes: 310, traffic_updates: 45 } },
  },
  'usage-unknown': {
    ...acme,
    title: 'Usage not reported yet',
    description: 'The app has never said what is used: that is unknown, and not nothing.',
    build: healthy,
    promised: { subscriptions: ['active'], card: '4242' },
    reasons: [],
  },
} as const satisfies Record<string, Scenario>
