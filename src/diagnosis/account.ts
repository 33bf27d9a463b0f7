import type { Money } from './money.ts'
import type { Reason } from './reason.ts'
import type { Cap, CreditBalance, RateWindow, UsageReading } from './usage.ts'

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
  /** `uncollectible` was written off and can still be paid; only a subscription's latest one is read. */
  readonly status: 'open' | 'uncollectible'
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
    /** The bank's customer contests a charge of it: nobody may be asked to pay it again. */
    readonly disputed?: boolean
  }
}

/** An invoice that Stripe could not finish: without a usable address no tax can be reckoned. */
export type Draft = { readonly invoice: string; readonly problem?: 'location' | 'other' }

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

/** One of the prices that a subscription bills; `key` is the price's lookup key, by which the merchant's plans are named. */
export type Item = {
  readonly id: string
  readonly price: string
  readonly key?: string
  readonly quantity: number
  /** What one piece costs for one interval; absent where that depends on usage. */
  readonly each?: Money
  /** A smaller plan, or fewer of it, is the item already; what was paid for before holds until its period ends. */
  readonly keeps?: Kept
}

/** What an item was until its owner chose less of it. */
export type Kept = {
  readonly price: string
  readonly key?: string
  readonly quantity: number
  readonly until: Instant
  /** It was set to end then, and the choice of less took that back. */
  readonly ends?: true
  /** What its plan is called, where that is known. */
  readonly plan?: string
  readonly each?: Money
}

export type Subscription = {
  readonly id: string
  readonly status: SubscriptionStatus
  readonly plan: string
  readonly items: readonly Item[]
  readonly quantity: number
  /** Of all its items for one interval; absent where it depends on usage. */
  readonly price?: Money
  /** ISO 4217, in small letters; absent in readings that did not keep it. */
  readonly currency?: string
  /** The price is no longer sold: Stripe begins no new subscription with it. */
  readonly withdrawn?: boolean
  readonly interval?: Interval
  readonly created: Instant
  /** Usage is counted from here to `periodEnd`; absent where that was not read. */
  readonly periodStart?: Instant
  readonly periodEnd: Instant
  readonly trialEnd?: Instant
  readonly cancelAt?: Instant
  readonly endedAt?: Instant
  readonly pausedBy?: PauseCause
  /** Its own pinned default; charged before the customer's. */
  readonly method?: Method
  readonly latestInvoice?: string
  /** Its latest invoice, where that is still a draft. */
  readonly draft?: Draft
  /** A change waits for its invoice to be paid; until then everything stays as it was. */
  readonly changing?: { readonly expires: Instant }
  /** The merchant asks for no money for now (Stripe's `pause_collection`); access stays. */
  readonly uncollected?: boolean
  /** A schedule drives it: only the merchant changes its plan. */
  readonly scheduled?: boolean
}

/** The fields that an invoice may need. */
export const detailFields = ['name', 'address', 'tax_id'] as const
export type DetailField = (typeof detailFields)[number]

/** Why the merchant holds an account; the note is theirs and may be read by the customer. */
export type Hold = { readonly since: Instant; readonly note?: string }

/** More time than the merchant's policy gives, for these invoices: over when they are paid, or at `until`. */
export type Grace = { readonly until: Instant; readonly invoices: readonly string[] }

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
  /** Which billing details are on file; absent where that was not read. */
  readonly details?: readonly DetailField[]
  readonly subscriptions: readonly Subscription[]
  /** Invoices that can be paid: open, or a subscription's latest one where it was written off; newest first. */
  readonly openInvoices: readonly Invoice[]
  /** A charge is contested and the bank has not decided for the merchant. */
  readonly dispute?: { readonly since: Instant }
  readonly hold?: Hold
  /** What the merchant's support has granted. */
  readonly grace?: Grace
  /** This period's readings. What is absent is unknown, which is not zero. */
  readonly usage?: readonly UsageReading[]
  readonly credits?: CreditBalance
  readonly caps?: readonly Cap[]
  readonly rates?: readonly RateWindow[]
  /** How many seats are taken, as the app last said. */
  readonly seats?: number
}

/** What was asked for, as the app told it: a hint. Live state decides. */
export type AccessRequest = {
  readonly feature?: string
  readonly meter?: string
  /** How much of the meter is wanted now; 1 where it is not said. */
  readonly quantity?: number
  /** The key of the app's own API that was used: it may have a spend cap of its own. */
  readonly apiKey?: string
  /** What the app itself says is wrong, in words that only the app's key can say. */
  readonly told?: Told
}

/** Believed only where our own facts are silent, and only until `until` (by default a quarter of an hour). */
export type Told = { readonly reason: Reason; readonly at: Instant; readonly until?: Instant }

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
