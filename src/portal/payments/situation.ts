import type { ApiError } from '#portal/api/http.ts'
import type { NamedInvoice, PaidBefore, Refused } from '#contract/deed.ts'
import type { DeclineGroup } from '#diagnosis/decline.ts'

export type Step = 'saving' | 'bank' | 'paying' | 'reading'

/** Of several invoices: what is paid, which one nobody knows about, and which were not tried. */
export type UnknownAmong = {
  readonly paid?: PaidBefore
  readonly unclear?: NamedInvoice
  readonly untried?: readonly NamedInvoice[]
}

/** Where a deed with money stands, in the person's eyes. One of these at a time. */
export type Situation =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly step: Step }
  | {
      readonly kind: 'declined'
      readonly decline: DeclineGroup
      readonly sameCardCanWork: boolean
      /** Of several invoices, those that were paid before. */
      readonly paid?: PaidBefore
    }
  /** No bank was asked. */
  | { readonly kind: 'refused'; readonly because: Refused; readonly paid?: PaidBefore }
  | { readonly kind: 'invalid'; readonly message: string }
  /** A bank account was added that cannot be charged yet. */
  | { readonly kind: 'waiting' }
  /** The bank's check was not seen through: no money has been taken, and it can go on. */
  | { readonly kind: 'unfinished' }
  /** Nobody knows yet whether money moved. */
  | ({ readonly kind: 'unknown' } & UnknownAmong)
  /** What is owed is not what was shown; nothing was charged. */
  | { readonly kind: 'stale' }
  /** Nothing was sent. */
  | { readonly kind: 'offline' }
  /** Stripe or our server said no before any money was asked for. */
  | { readonly kind: 'unavailable' }
  /** Whoever tests stolen cards tries many; so we stop for an hour. */
  | { readonly kind: 'too-many' }
  | { readonly kind: 'signed-out'; readonly error: ApiError }
  /** The next screen is on its way. */
  | { readonly kind: 'over' }

/** Whether nothing about money is going on, so that what is shown may still change. */
export function isCalm({ kind }: Situation): boolean {
  return kind !== 'busy' && kind !== 'over' && kind !== 'unknown'
}

/** Whether what was said is about the card of the last try, and over once another one is chosen. */
export function isOfTheCard({ kind }: Situation): boolean {
  return kind === 'invalid' || kind === 'declined' || kind === 'refused'
}
