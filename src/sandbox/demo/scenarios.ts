import {
  bankAsks,
  cardDeclined,
  cardExpired,
  firstPaymentUnfinished,
  healthy,
  inGrace,
  invoiceByEmail,
  newCardTooLate,
  noCard,
  onePinned,
  paymentProcessing,
  subscriptionEnded,
  trialPaused,
  yen,
  type Builder,
} from './building.ts'

/** The people of every demo account, by the demo's own ids. */
export const members = [
  { id: 'anna', role: 'owner', name: 'Anna', email: 'anna@acme.example' },
  { id: 'jo', role: 'billing_admin', name: 'Jo', email: 'jo@acme.example' },
  { id: 'sam', role: 'member', name: 'Sam', email: 'sam@acme.example' },
] as const
export type MemberId = (typeof members)[number]['id']

/** The state in Stripe that a scenario promises to leave behind, in Stripe's own words. */
type Promised = {
  /** Each subscription's status, in the order in which they were begun. */
  readonly subscriptions: readonly string[]
  readonly invoice?: {
    /** Amount remaining in the currency's smallest unit. */
    readonly remaining: number
    readonly currency: 'eur' | 'jpy'
    readonly intent: 'requires_payment_method' | 'requires_action' | 'processing' | 'none'
    /** `code` of the last payment error. */
    readonly error?: string
  }
  /** The last digits of the card that is charged by default; null when there is none. */
  readonly card: string | null
}

export type Scenario = {
  readonly group: Group
  readonly title: string
  readonly description: string
  readonly label: string
  readonly actor: MemberId
  readonly build: Builder
  readonly promised: Promised
  /** What the portal will call it; null when there is nothing to mend. */
  readonly reason: string | null
  /** What the app wrongly believes, whatever the check says. */
  readonly mistake?: string
}

export const groups = ['The card', 'The invoice', 'Other ways to be stopped', 'Not stopped at all'] as const
export type Group = (typeof groups)[number]

const acme = { label: 'Acme GmbH', actor: 'anna' } as const
const declined = {
  remaining: 49_00,
  currency: 'eur',
  intent: 'requires_payment_method',
  error: 'card_declined',
} as const

const scenarios = {
  'card-expired': {
    ...acme,
    group: 'The card',
    title: 'Card expired',
    description: 'The renewal ten days ago met a card whose month had passed.',
    build: cardExpired,
    promised: { subscriptions: ['past_due'], invoice: { ...declined, error: 'expired_card' }, card: '4242' },
    reason: 'card_expired',
  },
  'card-declined': {
    ...acme,
    group: 'The card',
    title: 'Card declined',
    description: 'The bank refused the renewal, and every retry since.',
    build: cardDeclined,
    promised: { subscriptions: ['past_due'], invoice: declined, card: '0341' },
    reason: 'card_declined',
  },
  'bank-confirmation': {
    ...acme,
    group: 'The card',
    title: 'Bank wants a confirmation',
    description: 'The card is fine. The bank wants to see the person before it pays.',
    build: bankAsks,
    promised: {
      subscriptions: ['past_due'],
      invoice: { remaining: 49_00, currency: 'eur', intent: 'requires_action' },
      card: '3184',
    },
    reason: 'authentication_required',
  },
  'no-card': {
    ...acme,
    group: 'The card',
    title: 'No card on file',
    description: 'Someone removed the only card; the renewal found nothing to charge.',
    build: noCard,
    promised: {
      subscriptions: ['past_due'],
      invoice: { remaining: 49_00, currency: 'eur', intent: 'requires_payment_method' },
      card: null,
    },
    reason: 'no_payment_method',
  },
  'two-subscriptions': {
    ...acme,
    group: 'The card',
    title: 'Two subscriptions, one pinned the old card',
    description: 'A new card was saved and pays the plan. The add-on still charges the old, expired one.',
    build: onePinned,
    promised: {
      subscriptions: ['active', 'past_due'],
      invoice: { ...declined, remaining: 19_00, error: 'expired_card' },
      card: '4444',
    },
    reason: 'card_expired',
  },
  'invoice-overdue': {
    ...acme,
    group: 'The invoice',
    title: 'Invoice overdue, a new card is already on file',
    description: 'The card was replaced after the renewal failed. Nobody paid the invoice that was left.',
    build: newCardTooLate,
    promised: { subscriptions: ['past_due'], invoice: declined, card: '4444' },
    reason: 'invoice_overdue',
  },
  'invoice-by-email': {
    ...acme,
    group: 'The invoice',
    title: 'Invoice sent by e-mail, overdue',
    description: 'A yearly plan, paid by hand. The invoice was due ten days ago.',
    build: invoiceByEmail,
    promised: {
      subscriptions: ['past_due'],
      invoice: { remaining: 490_00, currency: 'eur', intent: 'requires_payment_method' },
      card: null,
    },
    reason: 'invoice_overdue',
  },
  'first-payment': {
    ...acme,
    group: 'The invoice',
    title: 'First payment never finished',
    description: 'A checkout left halfway. It stays open for 23 hours.',
    build: firstPaymentUnfinished,
    promised: {
      subscriptions: ['incomplete'],
      invoice: { remaining: 49_00, currency: 'eur', intent: 'requires_payment_method' },
      card: null,
    },
    reason: 'subscription_incomplete',
  },
  'payment-processing': {
    ...acme,
    group: 'The invoice',
    title: 'Payment is still processing',
    description: 'Paid by bank debit, which takes days. Nobody may be asked to pay twice.',
    build: paymentProcessing,
    promised: {
      subscriptions: ['past_due'],
      invoice: { remaining: 49_00, currency: 'eur', intent: 'processing' },
      card: '0341',
    },
    reason: 'payment_processing',
  },
  'yen-account': {
    ...acme,
    group: 'The invoice',
    title: 'An account in yen',
    description: 'A declined card in a currency without decimals: ¥7,000, not ¥70.00.',
    label: 'Acme KK',
    build: yen,
    promised: {
      subscriptions: ['past_due'],
      invoice: { ...declined, remaining: 7_000, currency: 'jpy' },
      card: '0341',
    },
    reason: 'card_declined',
  },
  'subscription-ended': {
    ...acme,
    group: 'Other ways to be stopped',
    title: 'Subscription ended',
    description: 'Cancelled, nothing owed. The only way on is to subscribe again.',
    build: subscriptionEnded,
    promised: { subscriptions: ['canceled'], card: '4242' },
    reason: 'subscription_canceled',
  },
  'trial-paused': {
    ...acme,
    group: 'Other ways to be stopped',
    title: 'Trial ran out without a card',
    description: 'Stripe paused the plan ten days ago. Nothing was ever charged.',
    build: trialPaused,
    promised: { subscriptions: ['paused'], card: null },
    reason: 'subscription_paused',
  },
  'may-not-pay': {
    ...acme,
    group: 'Other ways to be stopped',
    title: 'Member who may not pay',
    description: 'Sam is stopped by a declined card that only Anna and Jo can replace.',
    actor: 'sam',
    build: cardDeclined,
    promised: { subscriptions: ['past_due'], invoice: declined, card: '0341' },
    reason: 'card_declined',
  },
  'app-mistaken': {
    ...acme,
    group: 'Not stopped at all',
    title: 'Nothing is wrong, the app is mistaken',
    description: 'Everything is paid, but the app insists that a card was declined.',
    build: healthy,
    promised: { subscriptions: ['active'], card: '4242' },
    reason: null,
    mistake: 'card_declined',
  },
  'in-grace': {
    ...acme,
    group: 'Not stopped at all',
    title: 'In grace: works, with a warning',
    description: 'The renewal failed a few days ago. The maps still work, for now.',
    build: inGrace,
    promised: { subscriptions: ['past_due'], invoice: declined, card: '0341' },
    reason: null,
  },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios
export const scenarioNames = Object.keys(scenarios) as ScenarioName[]

export function scenarioOf(name: ScenarioName): Scenario {
  return scenarios[name]
}

export function isScenario(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name)
}
