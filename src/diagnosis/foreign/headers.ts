import type { Evidence } from './evidence.ts'

/** Names in lower case. */
export type Headers = Readonly<Record<string, string>>

/** Windows of a rate, in seconds; a longer one is a quota that a plan gives. */
const RATE_WINDOW = 3_600

/**
 * What header fields prove: `RateLimit` (draft-ietf-httpapi-ratelimit-headers), the older `X-RateLimit-*`, and a challenge of
 * the "Payment" authentication scheme or of x402, which asks a program for money and nobody else.
 */
export function readHeaders(headers: Headers): Evidence[] {
  const value = (name: string) => headers[name]?.slice(0, 2_000)
  const found: Evidence[] = []
  // A payment of a program's was tried, and what the body says is said of it.
  if (value('payment-response') !== undefined || value('x-payment-response') !== undefined) {
    found.push({ reasons: ['unknown'], weight: 'sure', who: 'developer' })
  }
  if (/(?:^|,)\s*payment\s/i.test(value('www-authenticate') ?? '') || value('payment-required') !== undefined) {
    found.push({ reasons: ['unknown'], weight: 'likely', who: 'developer' })
  }
  const sentry = value('x-sentry-rate-limits')
  if (sentry !== undefined && /_usage_exceeded\b/.test(sentry)) {
    found.push({ reasons: ['usage_limit_exceeded'], weight: 'likely' })
  }
  // Xero: of which of its limits it is.
  const problem = value('x-rate-limit-problem')
  if (problem === 'day') found.push({ reasons: ['usage_limit_exceeded'], weight: 'likely' })
  if (problem === 'minute') found.push({ reasons: ['rate_limited'], weight: 'likely' })
  if (isSpentRate(value)) found.push({ reasons: ['rate_limited'], weight: 'likely' })
  return found
}

function isSpentRate(value: (name: string) => string | undefined): boolean {
  const spent = /;\s*r=0(?:\D|$)/.test(value('ratelimit') ?? '')
  const window = /;\s*w=(\d{1,10})/.exec(value('ratelimit-policy') ?? value('ratelimit-limit') ?? '')?.[1]
  const reset = /;\s*t=(\d{1,10})/.exec(value('ratelimit') ?? '')?.[1]
  if (spent) return Number(window ?? reset ?? RATE_WINDOW + 1) <= RATE_WINDOW
  const left = ['x-ratelimit-remaining', 'ratelimit-remaining', 'x-rate-limit-remaining'].map(value)
  const wait = Number(value('retry-after') ?? Number.NaN)
  return left.includes('0') && wait <= RATE_WINDOW
}
