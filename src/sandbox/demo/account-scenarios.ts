import { acme, paid } from './acme.ts'
import { healthy, taxNumbers } from './building.ts'
import { crowd } from './members.ts'
import type { Scenario } from './promise.ts'

/** Nothing is wrong; what the pages of the account show is worth a look. */
export const accountScenarios = {
  'many-people': {
    ...acme,
    title: 'Sixty people',
    description: 'Acme has grown, and somebody in it has a very long name.',
    build: healthy,
    promised: paid,
    reasons: [],
    says: { members: crowd },
  },
  'tax-numbers': {
    ...acme,
    title: 'Three tax numbers',
    description: 'The tax office knows one, does not know the other, and has not answered about the third.',
    build: taxNumbers,
    promised: paid,
    reasons: [],
  },
} as const satisfies Record<string, Scenario>
