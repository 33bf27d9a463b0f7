import type { Instant } from './account.ts'
import type { Money } from './money.ts'

/** How much of a meter was used since `since`; starts again at `resets`. Whole units of the merchant's own. */
export type UsageReading = {
  readonly meter: string
  readonly used: number
  readonly since: Instant
  readonly resets?: Instant
  readonly asOf: Instant
}

/** Prepaid units that are left. Never below zero on the wire. */
export type CreditBalance = {
  readonly balance: number
  readonly asOf: Instant
  readonly expires?: Instant
  /** Since when credits should buy themselves and do not: the card was refused, or the month's sum is reached. */
  readonly rechargeStopped?: Instant
}

/** What the customer allows to be spent in a period: by the whole account, or with one key of the app's API. */
export type Cap = {
  readonly apiKey?: string
  readonly limit: Money
  readonly spent: Money
  readonly resets?: Instant
}

/** Requests counted in the window that ends at `resets`. */
export type RateWindow = { readonly meter: string; readonly used: number; readonly resets: Instant }
