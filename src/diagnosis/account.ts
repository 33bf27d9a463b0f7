import type { Money } from './money.ts'

/** All instants are unix seconds, UTC. */
export type Instant = number

/** The face of a payment method: what may be shown. Never a full number. */
export type Method = {
  readonly id: string
  readonly kind: string
  readonly brand?: string
  readonly last4?: string
  readonly expMonth?: number
  readonly expYear?: number
}

/** The last thing a bank said about a payment (Stripe's `last_payment_error`). */
export type PaymentError = {
  readonly code: string
  readonly declineCode?: string
  /** The issuer's word on this very charge: do_not_try_again, try_again_later, confirm_card_data. */
  readonly adviceCode?: string
  /** The card network's two digits; only a tie-break. */
  readonly networkAdviceCode?: string
  readonly method?: Method
}

/** Stripe's PaymentIntent status, or `none` where an invoice has no intent. */
export type PaymentState =
  | 'none'
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled'

export type Invoice = {
  readonly id: string
  readonly number?: string
  readonly subscription?: string
  readonly remaining: Money
  readonly created: Instant
  /** When it was or is due: `due_date`, or the moment it was finalized. */
  readonly due: Instant
  readonly period: { readonly start: Instant; readonly end: Instant }
  readonly collection: 'charge_automatically' | 'send_invoice'
  /** When Stripe tries again by itself, if it does. */
  readonly nextAttempt?: Instant
  /** The method this invoice alone would be charged to. */
  readonly method?: Method
  readonly payment: {
    readonly state: PaymentState
    readonly error?: PaymentError
    /** The method that the running or waiting payment uses. */
    readonly method?: Method
  }
}

export type SubscriptionStatus =
  | 'trialing'
  | 'active'
  | 'past_due'
  | 'unpaid'
  | 'incomplete'
  | 'incomplete_expired'
  | 'paused'
  | 'canceled'

/** Why Stripe paused a subscription (`status_details.paused.subscription.type`); an unknown cause is read as `system`. */
export type PauseCause =
  | 'trial_end_without_payment_method'
  | 'pause_requested'
  | 'first_payment_failure'
  | 'final_payment_failure'
  | 'system'

export type Interval = { readonly unit: 'day' | 'week' | 'month' | 'year'; readonly count: number }

export type Subscription = {
  readonly id: string
  readonly status: SubscriptionStatus
  readonly plan: string
  readonly quantity: number
  /** Of all its items for one interval; absent where it depends on usage. */
  readonly price?: Money
  /** The price is no longer sold: Stripe begins no new subscription with it. */
  readonly withdrawn?: boolean
  readonly interval?: Interval
  readonly created: Instant
  readonly periodEnd: Instant
  readonly trialEnd?: Instant
  readonly cancelAt?: Instant
  readonly endedAt?: Instant
  readonly pausedBy?: PauseCause
  /** Its own pinned default; charged before the customer's. */
  readonly method?: Method
  readonly latestInvoice?: string
}

/** Everything the diagnosis may know about a paying customer, at one instant. */
export type Account = {
  readonly id: string
  /** When these facts were read. */
  readonly asOf: Instant
  /** `live`: read just now. `mirror`: an older reading, Stripe did not answer. `none`: nothing could be read. */
  readonly source: 'live' | 'mirror' | 'none'
  readonly customer: 'present' | 'deleted' | 'none'
  /** Of the billing address, ISO 3166-1 alpha-2. */
  readonly country?: string
  /** The customer's default method. */
  readonly method?: Method
  readonly subscriptions: readonly Subscription[]
  /** Invoices with status open, newest first. */
  readonly openInvoices: readonly Invoice[]
}

/** What the merchant decides. */
export type Policy = {
  /** How many days a past-due subscription keeps its access, counted from the due date of its oldest open invoice. */
  readonly graceDays: number
}

/** What was asked for, as the app told it: a hint. Live state decides. */
export type AccessRequest = {
  readonly feature?: string
  readonly meter?: string
  readonly quantity?: number
}

/** Stripe's order for automatic charges: the invoice's, the subscription's, the customer's. */
export function methodFor(account: Account, subscription?: Subscription, invoice?: Invoice): Method | undefined {
  return invoice?.method ?? subscription?.method ?? account.method
}

/** Whether a card's printed month has passed, in UTC. Cards work to the end of the month. */
export function hasExpired(method: Method, now: Instant): boolean {
  if (method.expMonth === undefined || method.expYear === undefined) return false
  const { year, month } = monthOf(now)
  return method.expYear < year || (method.expYear === year && method.expMonth < month)
}

/** Calendar month of an instant in UTC, month 1 to 12. Days-from-civil, inverted (H. Hinnant); no clock, no Date. */
function monthOf(instant: Instant): { year: number; month: number } {
  const days = Math.floor(instant / 86_400) + 719_468
  const era = Math.floor(days / 146_097)
  const dayOfEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month }
}
