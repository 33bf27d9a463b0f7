import type { CheckAnswer, Problem, Refusal, Warning } from './wire.ts'

/** What the app asks: may this account be served? */
export type Question = {
  /** The app's own id of the paying account. */
  readonly account: string
  /** The app's own id of the member who asks; without it the portal cannot let that person in without a sign-in. */
  readonly actor?: string | undefined
  readonly feature?: string | undefined
  readonly meter?: string | undefined
  readonly quantity?: number | undefined
  /** The key of your own API that was used: it may have a spending limit of its own. */
  readonly apiKey?: string | undefined
  /** Who reads the refusal, where it is not somebody of the account: a `visitor` is told nothing about its billing. */
  readonly audience?: 'account' | 'visitor' | undefined
  /** What the app believes is wrong. A hint: the account's live state decides. */
  readonly reason?: string | undefined
  /** With a reason that passes by itself: seconds until then. */
  readonly retryAfter?: number | undefined
  /** Where the person wants to be afterwards, on a registered origin of the app. */
  readonly returnTo?: string | undefined
  /** Opaque, at most 512 characters; comes back with the person. */
  readonly state?: string | undefined
  readonly client?: 'browser' | 'program' | undefined
  /** Ask the portal and let it read Stripe now, instead of using a cached answer. */
  readonly fresh?: boolean | undefined
}

type Yes = Extract<CheckAnswer, { allowed: true }>
type No = Extract<CheckAnswer, { allowed: false }>

/**
 * Where a decision comes from. `portal`: asked just now · `cache`: a recent answer, still valid · `stale`: the portal
 * did not answer, this is the last it said, at most 15 minutes ago · `unavailable`: nothing is known, the app's
 * `onUnavailable` decided.
 */
type Source = 'portal' | 'cache' | 'stale' | 'unavailable'

export type Allowed = { readonly allowed: true; readonly source: Source; readonly warnings: readonly Warning[] }

/** The portal's refusal, to be copied into the answer as it is. */
export type Refused = {
  readonly allowed: false
  readonly source: Exclude<Source, 'unavailable'>
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly problem: Refusal
  /** Where a browser's navigation goes; holds a ticket that works once. */
  readonly location?: string
}

/** Only with `onUnavailable: 'refuse'`: nobody knows. Never a 402, because nobody said that anything is unpaid. */
export type Unavailable = {
  readonly allowed: false
  readonly source: 'unavailable'
  readonly status: 503
  readonly headers: Readonly<Record<string, string>>
  readonly problem: Problem
}

export type Decision = Allowed | Refused | Unavailable

/** The portal's answer as read from the wire; undefined when it is not one. */
export function parseAnswer(body: unknown): CheckAnswer | undefined {
  if (!isRecord(body) || !isRecord(body['cache']) || typeof body['cache']['max_age'] !== 'number') return undefined
  if (body['allowed'] === true) return body as Yes
  return isRefusal(body) ? (body as No) : undefined
}

/** A refusal must be complete before anybody is refused by it. */
function isRefusal(body: Record<string, unknown>): boolean {
  const { allowed, status, headers, problem } = body
  if (allowed !== false || typeof status !== 'number' || status < 400 || status > 599) return false
  return isRecord(headers) && isRecord(problem) && isRecord(problem['fix']) && isRecord(problem['poll'])
}

export function decisionFrom(answer: CheckAnswer): Allowed | Refused {
  if (answer.allowed) return { allowed: true, source: 'portal', warnings: answer.warnings ?? [] }
  const { status, headers, problem, browser } = answer
  return { allowed: false, source: 'portal', status, headers, problem, ...(browser && { location: browser.location }) }
}

/** What is said when nothing is known and the app has chosen to refuse then. */
export function unavailable(): Unavailable {
  return {
    allowed: false,
    source: 'unavailable',
    status: 503,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', 'retry-after': '5' },
    problem: {
      type: 'about:blank',
      title: 'Billing could not be checked',
      status: 503,
      detail: 'Nothing is known to be wrong with this account. Try again in a moment.',
      code: 'billing_unavailable',
      request_id: crypto.randomUUID(),
    },
  }
}

/** The id of the check behind a refusal, as its poll URL names it. */
export function checkOf({ problem }: Refused): string | undefined {
  return /\/v1\/checks\/(chk_[\w-]{22})$/.exec(problem.poll.url)?.[1]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
