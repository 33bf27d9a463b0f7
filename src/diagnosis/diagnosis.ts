import type { DetailField, Instant, Interval, Method, PauseCause } from './account.ts'
import type { DeclineAdvice, DeclineGroup } from './decline.ts'
import type { Money } from './money.ts'
import type { Fix, Reason, Who } from './reason.ts'

/** An invoice as a screen names it before money is asked for. */
export type DueInvoice = {
  readonly id: string
  readonly number?: string
  readonly remaining: Money
  readonly due: Instant
  readonly period: { readonly start: Instant; readonly end: Instant }
  readonly plan?: string
  /** When Stripe tries again by itself; absent when it will not, or when trying the same card cannot work. */
  readonly nextAttempt?: Instant
}

/** What is owed: every open invoice that keeps access closed, oldest first, and their sum. */
export type Debt = {
  readonly invoices: readonly DueInvoice[]
  readonly total: Money
}

/** A subscription that can go on, and what that costs at once; without a price only the merchant can tell. */
type Offered = {
  readonly subscription: string
  readonly plan: string
  readonly price?: Money
  readonly interval?: Interval
}

/** Money and cards are absent where the reader may not see them, and where the app alone told the reason. */
type Evidence = {
  account_frozen: { readonly cause: 'hold' | 'dispute' | 'told'; readonly note?: string }
  payment_processing: { readonly debt?: Debt; readonly method?: Method }
  authentication_required: { readonly debt?: Debt; readonly invoice: string; readonly method?: Method }
  subscription_incomplete: {
    readonly debt?: Debt
    readonly plan: string
    readonly expires: Instant
    readonly decline?: DeclineGroup
    readonly method?: Method
  }
  card_declined: {
    readonly debt?: Debt
    readonly method?: Method
    readonly decline: DeclineGroup
    readonly sameCardCanWork: boolean
    /** The best next act, and who can mend it; absent where the reader may not know why. */
    readonly advice?: Pick<DeclineAdvice, 'act' | 'who'>
  }
  card_expired: { readonly debt?: Debt; readonly method?: Method }
  invoice_overdue: { readonly debt?: Debt; readonly method?: Method }
  subscription_paused: Offered & { readonly cause: PauseCause }
  subscription_canceled: Offered & {
    /** False where the first payment was never finished. */
    readonly began: boolean
    readonly ended?: Instant
  }
  trial_ended: { readonly subscription: string; readonly plan: string; readonly ended: Instant }
  no_payment_method: { readonly debt?: Debt }
  billing_details_missing: {
    readonly missing: readonly DetailField[]
    /** The invoice that waits for them. */
    readonly invoice?: string
  }
  spend_cap_reached: {
    readonly limit?: Money
    readonly spent?: Money
    readonly apiKey?: string
    readonly resets?: Instant
  }
  credits_exhausted: { readonly balance?: number; readonly needed?: number; readonly meter?: Counted }
  usage_limit_exceeded: {
    readonly meter?: Counted
    readonly used?: number
    readonly included?: number
    /** How much was asked for at once, where that alone is more than is left. */
    readonly requested?: number
    readonly resets?: Instant
  }
  seat_limit: { readonly used?: number; readonly seats?: number }
  /** Lookup keys of the plans that have it. */
  plan_lacks_feature: { readonly feature?: string; readonly plans: readonly string[] }
  upstream_billing: { readonly until?: Instant }
  rate_limited: { readonly until?: Instant; readonly limit?: number; readonly seconds?: number }
  unknown: { readonly cause: 'customer_deleted' | 'no_plan' | 'unclear' }
}

/** A meter as it is named to people. */
export type Counted = { readonly id: string; readonly name: string; readonly unit: string }

/** A reason that holds now, with its evidence. */
export type Blocker = {
  [R in Reason]: {
    readonly reason: R
    readonly fix: Fix
    readonly who: Who
    /** Since when it has held, where that is known. */
    readonly since?: Instant
  } & Evidence[R]
}[Reason]

export type BlockerOf<R extends Reason> = Extract<Blocker, { reason: R }>

/** Something that will block later unless it is mended. `at` is when. */
export type Warning = {
  readonly reason: Reason
  readonly fix: Fix
  readonly at?: Instant
  readonly debt?: Debt
  readonly method?: Method
}

export type Diagnosis = {
  /** `unchecked`: nothing could be read, so nobody may be told that all is well, nor be refused. */
  readonly verdict: 'clear' | 'blocked' | 'unchecked'
  /** Whether the app should serve. Fails open: a billing outage must not become a customer's outage. */
  readonly access: boolean
  readonly asOf: Instant
  /** False when the facts are an older reading because Stripe did not answer. */
  readonly live: boolean
  /** In the order in which they are to be treated. */
  readonly blockers: readonly Blocker[]
  readonly warnings: readonly Warning[]
}

/** How a subscription stands towards access. */
export type Standing = 'full' | 'grace' | 'stopped' | 'ended'
