import type { Problem } from '#contract/problem.ts'
import type { Context as HonoContext } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { StripeUnreachable } from './stripe/client.ts'
import { DatabaseError } from './store/database.ts'

/** Everything that can go wrong by the caller's doing or by a neighbour's absence: code → status and title. */
export const failures = {
  'invalid-request': [400, 'The request is not valid'],
  'not-authenticated': [401, 'No valid API key was given'],
  'no-session': [401, 'There is no session in this browser'],
  'not-allowed': [403, 'Your role does not allow this'],
  'step-up-needed': [403, 'First prove once more who you are'],
  'cross-site': [403, 'This request did not come from the portal'],
  'not-found': [404, 'There is nothing at this address'],
  'in-progress': [409, 'The same is being done just now'],
  'key-reused': [409, 'This Idempotency-Key belongs to another request'],
  'method-needed': [409, 'Something is charged to this payment method'],
  'stale-link': [410, 'This is too old'],
  'too-large': [413, 'The body is larger than 1 MB'],
  'not-json': [415, 'The body is not sent as JSON'],
  'too-many': [429, 'Too many tries'],
  'wrong-host': [421, 'This address is not served here'],
  internal: [500, 'Something went wrong on our side'],
  'stripe-unreachable': [503, 'Stripe does not answer'],
  'database-unreachable': [503, 'The database does not answer'],
} as const satisfies Record<string, readonly [number, string]>

export type Failure = keyof typeof failures
export const failureCodes = Object.keys(failures) as readonly Failure[]

export class ApiError extends Error {
  override name = 'ApiError'
  readonly code: Failure
  readonly errors: Problem['errors']
  /** Seconds. */
  readonly retryAfter: number | undefined
  readonly interval: number | undefined

  constructor(
    code: Failure,
    detail?: string,
    more: { errors?: Problem['errors']; retryAfter?: number; interval?: number } = {},
  ) {
    super(detail ?? '')
    this.code = code
    this.errors = more.errors
    this.retryAfter = more.retryAfter
    this.interval = more.interval
  }
}

export type Log = {
  error(fields: object, message: string): void
  warn(fields: object, message: string): void
  info(fields: object, message: string): void
}

/** Every failure leaves as problem+json (RFC 9457): never a stack, never a raw message on a 500. */
export function answerFailure(error: unknown, c: HonoContext, log: Log, origin: string): Response {
  const known = recognise(error)
  const requestId = String(c.get('requestId') ?? '')
  if (known.code === 'internal') log.error({ err: error, request_id: requestId, path: c.req.path }, 'request failed')
  const body: Problem = {
    ...problemOf(known.code, { origin, requestId }),
    ...(known.message && { detail: known.message }),
    ...(known.errors && { errors: known.errors }),
    ...(known.interval !== undefined && { interval: known.interval }),
  }
  return c.body(JSON.stringify(body), failures[known.code][0], {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    ...(known.retryAfter !== undefined && { 'Retry-After': String(known.retryAfter) }),
  })
}

/** What is always said; its `type` is a page that explains it. */
export function problemOf(code: Failure, { origin, requestId }: { origin: string; requestId: string }): Problem {
  const [status, title] = failures[code]
  return { type: `${origin}/problems/${code}`, title, status, code, request_id: requestId }
}

/** What kind of failure this is, for those who answer in another way than with a problem document. */
export function recognise(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof StripeUnreachable) return new ApiError('stripe-unreachable', undefined, { retryAfter: 5 })
  if (error instanceof DatabaseError) return new ApiError('database-unreachable', undefined, { retryAfter: 5 })
  // Hono's own: a body that is no JSON.
  if (error instanceof HTTPException && error.status === 400) return new ApiError('invalid-request', error.message)
  // Hono's own: a body of another content type, or of none.
  if (error instanceof HTTPException && error.status === 415) return new ApiError('not-json')
  return new ApiError('internal')
}
