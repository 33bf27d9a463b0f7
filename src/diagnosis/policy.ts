import type { DetailField } from './account.ts'
import type { Money } from './money.ts'

/** What a plan gives, by the meter's or feature's id. */
export type PlanTerms = {
  readonly name: string
  readonly features?: readonly string[]
  /** Units included in a period. A soft limit only warns. */
  readonly limits?: Readonly<Record<string, { readonly included: number; readonly hard: boolean }>>
  /** How many people may use it; `quantity` where every unit bought is a seat. */
  readonly seats?: number | 'quantity'
  /** At most `limit` in each window of `seconds`. */
  readonly rates?: Readonly<Record<string, { readonly limit: number; readonly seconds: number }>>
  /** Customers may choose it themselves. */
  readonly offered?: boolean
}

export type MeterTerms = {
  readonly name: string
  /** What is counted, in the plural: requests, minutes. */
  readonly unit: string
  /** What `per` units cost beyond what is included; counts towards spend caps. */
  readonly price?: Money & { readonly per: number }
  /** How many credits one unit beyond what is included draws. */
  readonly credits?: number
}

/** What the merchant decides. Everything but the grace days may be left out. */
export type Policy = {
  /** How many days a past-due subscription keeps its access, counted from the due date of its oldest open invoice. */
  readonly graceDays: number
  /** By the lookup key of their price. */
  readonly plans?: Readonly<Record<string, PlanTerms>>
  readonly meters?: Readonly<Record<string, MeterTerms>>
  /** Without these the merchant does not serve. */
  readonly requiredDetails?: readonly DetailField[]
  /** A contested charge puts the account on hold. */
  readonly holdOnDispute?: boolean
  /** What an ended subscription still owes is paid before a new one begins. */
  readonly settleBeforeRenewing?: boolean
  /** Credits alone give access; no subscription is needed. */
  readonly prepaid?: boolean
  /** Customers may pause a subscription themselves, and with it their access. */
  readonly allowPause?: boolean
}
