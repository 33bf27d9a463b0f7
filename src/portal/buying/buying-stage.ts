import type { Offers, PackOffer, PlanOffer } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import type { AccessRequest, Account } from '#diagnosis/account.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import type { Policy } from '#diagnosis/policy.ts'
import { accountInGoodStanding, noon, subscription } from '#diagnosis/samples.ts'
import { visitOf } from '#portal/stage.tsx'

/** For tests: what a merchant sells, and the people who need more of it. Amounts in cents. */
const DAY = 86_400

const policy: Policy = {
  graceDays: 7,
  plans: {
    team_monthly: {
      name: 'Team',
      features: ['tiles'],
      limits: { requests: { included: 1_000, hard: true } },
      seats: 5,
      offered: true,
    },
    business_monthly: {
      name: 'Business',
      features: ['tiles', 'offline_maps'],
      limits: { requests: { included: 50_000, hard: true } },
      seats: 25,
      offered: true,
    },
  },
  meters: {
    requests: { name: 'Map requests', unit: 'requests' },
    lookups: { name: 'Geocoding', unit: 'lookups', credits: 1 },
  },
}

function visitWith(account: Partial<Account>, request: AccessRequest, differs: Partial<Visit> = {}): Visit {
  return visitOf(diagnose(accountInGoodStanding(account), request, policy, noon), differs)
}

export function visitAfterTrial(differs: Partial<Visit> = {}): Visit {
  const ended = subscription({ status: 'canceled', trialEnd: noon - DAY, endedAt: noon - DAY })
  return visitWith({ subscriptions: [ended] }, {}, differs)
}

export function visitWithoutFeature(differs: Partial<Visit> = {}): Visit {
  return visitWith({}, { feature: 'offline_maps' }, differs)
}

export function visitWithoutSeats(differs: Partial<Visit> = {}): Visit {
  return visitWith({ seats: 5 }, { meter: 'seats' }, differs)
}

/** `balance` credits are left, `needed` are asked for. */
export function visitWithoutCredits(balance = 120, needed = 400, differs: Partial<Visit> = {}): Visit {
  return visitWith({ credits: { balance, asOf: noon } }, { meter: 'lookups', quantity: needed }, differs)
}

/** `used` of 1,000 requests, and `quantity` more are asked for; the limit starts again in nine days. */
export function visitOverLimit(used = 1_000, quantity = 1, differs: Partial<Visit> = {}): Visit {
  const usage = [{ meter: 'requests', used, since: noon - DAY, resets: noon + 9 * DAY, asOf: noon }]
  return visitWith({ usage }, { meter: 'requests', quantity }, differs)
}

export const eur = (amount: number) => ({ amount, currency: 'eur' })
const month = { unit: 'month', count: 1 } as const

export function planOffer(differs: Partial<PlanOffer> = {}): PlanOffer {
  return {
    key: 'team_monthly',
    name: 'Team',
    price: eur(49_00),
    interval: month,
    quantity: 1,
    features: ['tiles'],
    limits: [{ meter: 'requests', name: 'Map requests', unit: 'requests', included: 1_000 }],
    seats: 5,
    current: false,
    helps: true,
    quote: { due: eur(49_00) },
    changes: [],
    ...differs,
  }
}

export const business = planOffer({
  key: 'business_monthly',
  name: 'Business',
  price: eur(149_00),
  features: ['tiles', 'offline_maps'],
  limits: [{ meter: 'requests', name: 'Map requests', unit: 'requests', included: 50_000 }],
  seats: 25,
  quote: { due: eur(149_00) },
})

/** What a change from Team costs: both plans as whoever has Team sees them. */
export const asTeam: readonly PlanOffer[] = [
  planOffer({ current: true, helps: false, subscription: 'sub_team', quote: { due: eur(0), proratedAt: noon } }),
  { ...business, subscription: 'sub_team', quote: { due: eur(12_30), proratedAt: noon } },
]

export const packs: readonly PackOffer[] = [
  { key: 'credits_50000', name: '50,000 credits', credits: 50_000, quote: { due: eur(299_00) }, helps: true },
  { key: 'credits_100', name: '100 credits', credits: 100, quote: { due: eur(1_50) }, helps: false },
  { key: 'credits_1000', name: '1,000 credits', credits: 1_000, quote: { due: eur(10_00) }, helps: true },
]

export function offersOf(differs: Partial<Offers>): Offers {
  return { plans: [], packs: [], caps: [], ...differs }
}

/** A change to less that waits for its day. */
export const plannedChange: NonNullable<Offers['planned']> = {
  at: noon + 11 * DAY,
  plan: 'Starter',
  quantity: 1,
  seatsOnly: false,
  mayUndo: true,
  subscription: 'sub_team',
  key: 'starter_monthly',
}
