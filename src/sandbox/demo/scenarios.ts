import { accountScenarios } from './account-scenarios.ts'
import { acme } from './acme.ts'
import { cardScenarios } from './card-scenarios.ts'
import { historyScenarios } from './history-scenarios.ts'
import { heldScenarios } from './held-scenarios.ts'
import { invoiceScenarios } from './invoice-scenarios.ts'
import { limitScenarios } from './limit-scenarios.ts'
import { merchantScenarios } from './merchant-scenarios.ts'
import { methodScenarios } from './method-scenarios.ts'
import { mixedScenarios, servedScenarios } from './other-scenarios.ts'
import { planScenarios } from './plan-scenarios.ts'
import type { Scenario } from './promise.ts'
import type { Reason } from './reason.ts'
import { usageScenarios } from './usage-scenarios.ts'
import { stateGroups, stateNames, stateOf, type StateName } from './states.ts'

const named = {
  ...cardScenarios,
  ...invoiceScenarios,
  ...planScenarios,
  ...limitScenarios,
  ...merchantScenarios,
  ...mixedScenarios,
  ...methodScenarios,
  ...servedScenarios,
  ...accountScenarios,
  ...historyScenarios,
  ...heldScenarios,
  ...usageScenarios,
}

type Named = keyof typeof named
/** A readable name, or `state/` and the row of Stripe's state space. */
export type ScenarioName = Named | `state/${StateName}`

/** What the start page shows first, under its headings. */
export const groups: readonly (readonly [title: string, names: readonly ScenarioName[]])[] = [
  ['The card', namesOf(cardScenarios)],
  ['The invoice', namesOf(invoiceScenarios)],
  ['The plan', namesOf(planScenarios)],
  ['A limit', namesOf(limitScenarios)],
  ['Only the merchant can help', namesOf(merchantScenarios)],
  ['Two at once, and who may not pay', namesOf(mixedScenarios)],
  ['What is paid with', namesOf(methodScenarios)],
  ['Not stopped at all', namesOf(servedScenarios)],
  ['The account', namesOf(accountScenarios)],
  ['Something to look up', namesOf(historyScenarios)],
  ['A plan to look at and change', namesOf(heldScenarios)],
  ['Usage to look at', namesOf(usageScenarios)],
]

/** The rows of Stripe's state space, by what the subscription does. */
export const stateScenarios = Object.entries(stateGroups).map(
  ([title, group]) => [title, stateNames.filter((name) => name in group).map(ofRow)] as const,
)

export const scenarioNames: readonly ScenarioName[] = [...namesOf(named), ...stateNames.map(ofRow)]

/** The plainest scenario for each reason, so that a new reason without one does not compile. */
const byReason = {
  account_frozen: 'account-on-hold',
  payment_processing: 'payment-processing',
  authentication_required: 'bank-confirmation',
  subscription_incomplete: 'first-payment',
  card_declined: 'card-declined',
  card_expired: 'card-expired',
  invoice_overdue: 'invoice-overdue',
  subscription_paused: 'trial-paused',
  subscription_canceled: 'subscription-ended',
  trial_ended: 'trial-ended',
  no_payment_method: 'no-card',
  billing_details_missing: 'billing-details',
  spend_cap_reached: 'spend-cap',
  credits_exhausted: 'credits-used-up',
  usage_limit_exceeded: 'usage-limit',
  seat_limit: 'seats-taken',
  plan_lacks_feature: 'feature-missing',
  upstream_billing: 'supplier-unpaid',
  rate_limited: 'rate-limited',
  unknown: 'no-plan',
} as const satisfies Record<Reason, Named>

export function scenarioOf(name: ScenarioName): Scenario {
  return isNamed(name) ? named[name] : ofState(name.slice('state/'.length) as StateName)
}

/** The scenario that goes by this name, or that is the plainest one for this reason. */
export function findScenario(text: string): ScenarioName | undefined {
  if (isReason(text)) return byReason[text]
  return scenarioNames.find((name) => name === text)
}

function ofState(name: StateName): Scenario {
  const { title, reach, seen, reason, screen } = stateOf(name)
  return {
    ...acme,
    title,
    description: seen.map((word) => word ?? 'none').join(' · '),
    build: async (lab, who) => {
      const { customer, id } = await reach(lab, who)
      return { customer, subscriptions: id === '' ? [] : [id] }
    },
    promised: seen,
    reasons: reason === null ? [] : [reason],
    ...(screen && { screen }),
  }
}

function ofRow(name: StateName): ScenarioName {
  return `state/${name}`
}

function isNamed(name: string): name is Named {
  return Object.hasOwn(named, name)
}

function isReason(text: string): text is Reason {
  return Object.hasOwn(byReason, text)
}

function namesOf<T extends string>(table: Readonly<Record<T, unknown>>): readonly T[] {
  return Object.keys(table) as T[]
}
