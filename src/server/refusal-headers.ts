import type { Blocker } from '#diagnosis/diagnosis.ts'
import { reasonFacts } from '#diagnosis/reason.ts'
import { endOf } from './refusal-detail.ts'

/** Seconds between polls of a check, as RFC 8628 §3.2 has it by default. */
export const POLL_SECONDS = 5

/**
 * When the refusal says that time cures it, `Retry-After` says when: the end where it is known, else a polite pause.
 * The fields of draft-ietf-httpapi-ratelimit-headers belong to 429: a quota, what is left of it, and the seconds until it
 * begins anew, never later than `Retry-After`.
 */
export function waitHeaders(
  blocker: Blocker | undefined,
  { meter, now, left }: { meter: string | undefined; now: number; left: number },
): Record<string, string> {
  if (!blocker) return {}
  const { retry } = reasonFacts[blocker.reason]
  if (retry !== 'poll' && retry !== 'after_reset') return {}
  const end = endOf(blocker)
  const seconds = end === undefined ? POLL_SECONDS : Math.max(1, end - now)
  const wait = { 'Retry-After': String(seconds) }
  if (blocker.reason !== 'rate_limited' || blocker.limit === undefined || meter === undefined) return wait
  const name = quoted(meter)
  return {
    ...wait,
    RateLimit: `${name};r=${Math.floor(left)};t=${seconds}`,
    'RateLimit-Policy': `${name};q=${blocker.limit};w=${blocker.seconds ?? seconds}`,
  }
}

/** A string of RFC 9651 §3.3.3: printable ASCII only, so that no name breaks the header. */
function quoted(text: string): string {
  return `"${text.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
