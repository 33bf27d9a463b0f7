/** Whom most scenarios happen to. */
export const acme = { label: 'Acme GmbH', actor: 'anna' } as const

/** The open invoice of a month, as a declined renewal leaves it. */
export const declined = {
  remaining: 49_00,
  currency: 'eur',
  intent: 'requires_payment_method',
  error: 'card_declined',
} as const

/** Pays by card, and nothing is owed. */
export const paid = { subscriptions: ['active'], card: '4242' } as const
