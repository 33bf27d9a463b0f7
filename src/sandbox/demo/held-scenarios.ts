import { acme, paid } from './acme.ts'
import { healthy, paidToday, type Builder } from './building.ts'
import { codes, ensureCode, type Code } from './codes.ts'
import { customerSince, letTimePass, subscribe } from './customer.ts'
import type { PriceKey } from './prices.ts'
import type { Scenario } from './promise.ts'

/** Someone who began with this plan so many days ago, and to whom `afterwards` happens now. */
function begun(
  price: PriceKey,
  { daysAgo = 12, differs = {}, afterwards = async () => {} }: Partial<Beginning> = {},
): Builder {
  return async (studio, who) => {
    const customer = await customerSince(studio, daysAgo, { ...who, card: 'pm_card_visa' })
    const subscription = await subscribe(studio, customer, price, differs)
    await letTimePass(studio, customer)
    await afterwards(studio, subscription)
    return { customer: customer.id, subscriptions: [subscription] }
  }
}

type Beginning = {
  readonly daysAgo: number
  readonly differs: Parameters<typeof subscribe>[3]
  readonly afterwards: (studio: Parameters<Builder>[0], subscription: string) => Promise<unknown>
}

/** Codes to try are there wherever somebody looks around. */
const withCodes: Builder = async (studio, who) => {
  for (const code of Object.keys(codes) as Code[]) await ensureCode(studio.stripe, code)
  return healthy(studio, who)
}

/** Studio for five, as `threeSeats` is for three. */
const fiveSeats: Builder = async (studio, who) =>
  begun('studio_monthly', { differs: { items: [{ price: studio.prices.studio_monthly, quantity: 5 }] } })(studio, who)

/** What the plan page has to tell of plans that stop nobody. */
export const heldScenarios = {
  'codes-to-try': {
    ...acme,
    title: 'Promotion codes to try',
    description: 'SPRING25 is good, LASTYEAR has run out, HELLO10 is only for a first payment.',
    build: withCodes,
    promised: paid,
    reasons: [],
  },
  discounted: {
    ...acme,
    title: 'With a discount',
    description: 'A quarter off for three months, by a code.',
    build: begun('team_monthly', {
      afterwards: async ({ stripe }, id) =>
        stripe.subscriptions.update(id, { discounts: [{ promotion_code: await ensureCode(stripe, 'SPRING25') }] }),
    }),
    promised: paid,
    reasons: [],
  },
  cancelling: {
    ...acme,
    title: 'To end with its period',
    description: 'Cancelled a moment ago; it can still be kept.',
    build: begun('team_monthly', {
      afterwards: ({ stripe }, id) => stripe.subscriptions.update(id, { cancel_at_period_end: true }),
    }),
    promised: paid,
    reasons: [],
  },
  'paused-as-asked': {
    ...acme,
    title: 'Paused as asked',
    description: 'Paused in the middle of a paid month: resuming before its end costs nothing.',
    build: begun('team_monthly', {
      afterwards: ({ stripe }, id) =>
        stripe.subscriptions.pause(id, { type: 'subscription', bill_for: { unused_time_from: { type: 'none' } } }),
    }),
    promised: { subscriptions: ['paused'], card: '4242' },
    reasons: ['subscription_paused'],
  },
  yearly: {
    ...acme,
    title: 'Paid by the year',
    description: 'Pro, and ten months to go.',
    build: begun('pro_yearly', { daysAgo: 60 }),
    promised: paid,
    reasons: [],
  },
  'on-trial': {
    ...acme,
    title: 'On trial',
    description: 'Eighteen days of thirty are left, and a card is on file.',
    build: begun('business_monthly', { differs: { trial_period_days: 30 } }),
    promised: { subscriptions: ['trialing'], card: '4242' },
    reasons: [],
    says: { seats: 7, used: { requests: 12_000 } },
  },
  'seats-to-spare': {
    ...acme,
    title: 'More seats than people',
    description: 'Five seats at a price for each, and three are taken.',
    build: fiveSeats,
    promised: paid,
    reasons: [],
    says: { seats: 3 },
  },
  'larger-than-needed': {
    ...acme,
    title: 'A larger plan than needed',
    description: 'Business, with seven people and 120,000 requests in this month.',
    build: begun('business_monthly'),
    promised: paid,
    reasons: [],
    says: { seats: 7, used: { requests: 120_000 } },
  },
  'two-plans': {
    ...acme,
    title: 'Two plans, paid',
    description: 'Team and the traffic add-on, each by itself.',
    build: async (studio, who) => {
      const built = await paidToday(studio, who)
      const addon = await subscribe(studio, { id: built.customer }, 'addon_monthly')
      return { ...built, subscriptions: [...built.subscriptions, addon] }
    },
    promised: { subscriptions: ['active', 'active'], card: '4242' },
    reasons: [],
  },
} as const satisfies Record<string, Scenario>
