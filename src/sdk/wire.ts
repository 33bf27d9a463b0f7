// What is said between app and portal, without the schemas that the portal checks it by.

export type KnownReason =
  | 'account_frozen'
  | 'payment_processing'
  | 'authentication_required'
  | 'subscription_incomplete'
  | 'card_declined'
  | 'card_expired'
  | 'invoice_overdue'
  | 'subscription_paused'
  | 'subscription_canceled'
  | 'trial_ended'
  | 'no_payment_method'
  | 'billing_details_missing'
  | 'spend_cap_reached'
  | 'credits_exhausted'
  | 'usage_limit_exceeded'
  | 'seat_limit'
  | 'plan_lacks_feature'
  | 'upstream_billing'
  | 'rate_limited'
  | 'unknown'
/** An open set: what this version does not know is to be treated as `unknown`. */
type Reason = KnownReason | (string & {})

/** Who can mend it. */
type Who = 'payer' | 'billing_admin' | 'vendor' | 'nobody' | 'developer'

/** An RFC 9457 problem document. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly code: string
  readonly errors?: readonly { readonly path: string; readonly message: string }[]
  /** Seconds to wait between two polls from now on. */
  readonly interval?: number
  readonly request_id: string
}

/** The body of a refusal: a problem document by which a program can act without a browser. */
export type Refusal = {
  readonly type: string
  readonly title: string
  readonly status: 402 | 403 | 429 | 503
  readonly detail?: string
  readonly instance: string
  readonly reason: Reason
  /** Everything that holds now, in the order in which it must be treated; the first one's reason is `reason`. */
  readonly blockers: readonly { readonly reason: Reason; readonly detail?: Readonly<Record<string, unknown>> }[]
  readonly scope: 'account' | 'subject' | 'request'
  /** Left out for visitors. */
  readonly account?: { readonly id: string; readonly label?: string }
  readonly subject?: {
    readonly feature?: string
    readonly meter?: string
    readonly requested?: number
    /** So much would be served at once. */
    readonly remaining?: number
    readonly limit?: number
    /** What is counted, in the plural. */
    readonly unit?: string
  }
  readonly fix: {
    readonly url: string
    /** The same, short enough to be typed. */
    readonly short_url?: string
    readonly code?: string
    /** The app's own address that lets its signed-in person in at once. */
    readonly app_url?: string
    readonly label: string
    readonly who: Who
    /** Until when the code is good, RFC 3339 in UTC. */
    readonly expires_at?: string
    readonly alternatives?: readonly { readonly label: string; readonly url?: string }[]
  }
  /** Where to ask, every so many seconds, whether it is lifted. */
  readonly poll: { readonly url: string; readonly interval: number }
  /** When it passes by itself, RFC 3339 in UTC. */
  readonly resets_at?: string
  readonly retry: 'after_fix' | 'after_reset' | 'poll' | 'smaller_request' | 'never'
  readonly request_id: string
}

/** Something that will block later unless it is mended. */
export type Warning = {
  /** The page that explains it. */
  readonly type?: string
  readonly reason: Reason
  /** When it will, RFC 3339 in UTC. */
  readonly at?: string
  readonly title?: string
  readonly fix?: { readonly url: string; readonly label: string; readonly who?: Who }
}

/** `POST /v1/checks`. */
export type CheckRequest = {
  account: string
  actor?: string
  feature?: string
  meter?: string
  quantity?: number
  /** Who will read the refusal: somebody of the account, or a visitor to whom its billing is none of their business. */
  audience?: 'account' | 'visitor'
  client?: 'browser' | 'program'
  api_key?: string
  reason?: string
  retry_after?: number
  return_to?: string
  state?: string
  fresh?: boolean
}

/** Seconds for which the answer may be used again. */
type Cache = { readonly max_age: number }

export type CheckAnswer =
  | { readonly allowed: true; readonly cache: Cache; readonly warnings?: readonly Warning[] }
  | {
      readonly allowed: false
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly problem: Refusal
      readonly browser?: { readonly location: string }
      readonly cache: Cache
    }

/** What an app vouches for. Times are unix seconds. */
export type TicketClaims = {
  readonly iss: string
  readonly aud: string
  readonly sub: string
  readonly act: string
  readonly rol?: 'owner' | 'billing_admin' | 'member' | 'viewer'
  readonly chk?: string
  readonly rsn?: string
  readonly ret?: string
  readonly st?: string
  readonly iat: number
  readonly exp: number
  readonly jti: string
}
