import type { AccessRequest, Account } from './account.ts'
import { diagnose } from './diagnose.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { Policy } from './policy.ts'
import type { Reason } from './reason.ts'
import {
  accountInGoodStanding,
  accountThatOwes,
  expiredVisa,
  noon,
  openInvoice,
  subscription,
  visa,
} from './samples.ts'

/** For tests and for examples: one account for every reason, so that a new reason without one does not compile. */

const DAY = 86_400
const HOUR = 3_600

/** What the merchant of the cast sells. */
export const merchantPolicy: Policy = {
  graceDays: 7,
  plans: {
    team_monthly: {
      name: 'Team',
      features: ['tiles'],
      limits: { requests: { included: 1_000, hard: true } },
      seats: 5,
      rates: { requests: { limit: 60, seconds: 60 } },
      offered: true,
    },
    business_monthly: {
      name: 'Business',
      features: ['tiles', 'offline_maps'],
      limits: { requests: { included: 100_000, hard: true } },
      seats: 25,
      offered: true,
    },
  },
  meters: {
    requests: { name: 'Map requests', unit: 'requests' },
    routes: { name: 'Routing', unit: 'routes', price: { amount: 40, currency: 'eur', per: 100 } },
    lookups: { name: 'Geocoding', unit: 'lookups', credits: 1 },
  },
  requiredDetails: ['address'],
}

type Part = { readonly account: Account; readonly request?: AccessRequest }

const eur = (amount: number) => ({ amount, currency: 'eur' })
const reading = { since: noon - 10 * DAY, resets: noon + 20 * DAY, asOf: noon }

export const cast = {
  account_frozen: {
    account: accountInGoodStanding({ hold: { since: noon - DAY, note: 'We are reviewing your last order.' } }),
  },
  payment_processing: { account: accountThatOwes({ payment: { state: 'processing', method: visa } }) },
  authentication_required: { account: accountThatOwes({ payment: { state: 'requires_action', method: visa } }) },
  subscription_incomplete: {
    account: accountInGoodStanding({
      subscriptions: [subscription({ status: 'incomplete', created: noon - HOUR })],
      openInvoices: [openInvoice({ created: noon - HOUR, due: noon - HOUR })],
    }),
  },
  card_declined: {
    account: accountThatOwes({
      payment: {
        state: 'requires_payment_method',
        error: { code: 'card_declined', declineCode: 'do_not_honor', method: visa },
      },
    }),
  },
  card_expired: { account: accountThatOwes({}, expiredVisa) },
  invoice_overdue: { account: accountThatOwes({ collection: 'send_invoice', payment: { state: 'none' } }) },
  subscription_paused: {
    account: accountInGoodStanding({
      subscriptions: [subscription({ status: 'paused', pausedBy: 'trial_end_without_payment_method' })],
    }),
  },
  subscription_canceled: {
    account: accountInGoodStanding({ subscriptions: [subscription({ status: 'canceled', endedAt: noon - DAY })] }),
  },
  trial_ended: {
    account: accountInGoodStanding({
      subscriptions: [subscription({ status: 'canceled', trialEnd: noon - DAY, endedAt: noon - DAY })],
    }),
  },
  no_payment_method: { account: accountThatOwes({}, null) },
  billing_details_missing: { account: accountInGoodStanding({ details: ['name'] }) },
  spend_cap_reached: {
    account: accountInGoodStanding({
      usage: [{ meter: 'routes', used: 12_500, ...reading }],
      caps: [{ limit: eur(50_00), spent: eur(50_00), resets: reading.resets }],
    }),
    request: { meter: 'routes' },
  },
  credits_exhausted: {
    account: accountInGoodStanding({
      usage: [{ meter: 'lookups', used: 4_990, ...reading }],
      credits: { balance: 10, asOf: noon },
    }),
    request: { meter: 'lookups', quantity: 50 },
  },
  usage_limit_exceeded: {
    account: accountInGoodStanding({ usage: [{ meter: 'requests', used: 1_000, ...reading }] }),
    request: { meter: 'requests' },
  },
  seat_limit: { account: accountInGoodStanding({ seats: 5 }), request: { meter: 'seats' } },
  plan_lacks_feature: { account: accountInGoodStanding(), request: { feature: 'offline_maps' } },
  upstream_billing: {
    account: accountInGoodStanding(),
    request: { told: { reason: 'upstream_billing', at: noon - 60 } },
  },
  rate_limited: {
    account: accountInGoodStanding({ rates: [{ meter: 'requests', used: 60, resets: noon + 42 }] }),
    request: { meter: 'requests' },
  },
  unknown: { account: accountInGoodStanding({ subscriptions: [] }) },
} as const satisfies Record<Reason, Part>

/** What the diagnosis says of a member of the cast, at noon. */
export function diagnosisOf(reason: Reason): Diagnosis {
  const { account, request = {} }: Part = cast[reason]
  return diagnose(account, request, merchantPolicy, noon)
}
