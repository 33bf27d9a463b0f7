import type { Refusal } from '#contract/problem.ts'
import type { Blocker, Diagnosis } from '#diagnosis/diagnosis.ts'
import { reasonFacts, type Fix } from '#diagnosis/reason.ts'
import { detailOf, endOf, iso } from './refusal-detail.ts'
import { codeUrl } from './short-code.ts'
import type { AccountRecord } from './store/accounts.ts'
import type { CheckRecord } from './store/checks.ts'

/** What the link is called, in the refusal's language (English). */
export const fixLabels = {
  'update-card': 'Update card',
  'pay-invoice': 'Pay invoice',
  'confirm-payment': 'Confirm payment',
  'finish-subscribing': 'Finish subscribing',
  'await-payment': 'See the payment',
  renew: 'Renew subscription',
  resume: 'Resume subscription',
  'choose-plan': 'Choose a plan',
  'billing-details': 'Complete billing details',
  'raise-cap': 'Raise spending limit',
  'buy-credits': 'Buy credits',
  'raise-limit': 'Raise limit',
  'add-seats': 'Add seats',
  wait: 'See when it resets',
  'wait-for-vendor': 'See status',
  'contact-support': 'Contact support',
  diagnosis: 'See what is wrong',
} as const satisfies Record<Fix, string>

/** Seconds between polls of a check, as RFC 8628 §3.2 has it by default. */
export const POLL_SECONDS = 5

/**
 * The ready-made answer to a refused request: RFC 9457 body and the headers that belong to it. `remaining` units would be
 * served at once, where the request is refused only for asking more.
 */
export function refusalFor(
  origin: string,
  record: AccountRecord,
  check: CheckRecord,
  diagnosis: Diagnosis,
  { code, expires, remaining }: { code: string; expires: number; remaining: number | undefined },
): { status: number; headers: Record<string, string>; problem: Refusal } {
  const first = diagnosis.blockers[0]
  const reason = first?.reason ?? 'unknown'
  const { slug, status, title } = reasonFacts[reason]
  const retry = remaining === undefined ? reasonFacts[reason].retry : 'smaller_request'
  const resetsAt = iso(endOf(first))
  const fix = first?.fix ?? 'diagnosis'
  const url = codeUrl(origin, code)
  const subject = subjectOf(check, remaining)
  const problem: Refusal = {
    type: `${origin}/problems/${slug}`,
    title,
    status,
    instance: `urn:fix402:check:${check.id}`,
    reason,
    blockers: diagnosis.blockers.map((blocker) => {
      const detail = detailOf(blocker)
      return { reason: blocker.reason, ...(detail && { detail }) }
    }),
    scope: 'account',
    account: { id: record.account, label: record.label },
    ...(subject && { subject }),
    fix: {
      url,
      short_url: url,
      code,
      label: fixLabels[fix],
      who: first?.who ?? 'billing_admin',
      expires_at: iso(expires),
    },
    poll: { url: `${origin}/v1/checks/${check.id}`, interval: POLL_SECONDS },
    ...(resetsAt !== undefined && { resets_at: resetsAt }),
    retry,
    request_id: check.id,
  }
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Content-Language': 'en',
      'Cache-Control': 'no-store',
      Vary: 'Accept, Origin, Sec-Fetch-Mode',
      Link: `<${url}>; rel="payment"; title="${fixLabels[fix]}"`,
      'Access-Control-Expose-Headers': 'Link, Retry-After, RateLimit, RateLimit-Policy',
      ...waitHeaders(first, check, remaining ?? 0),
    },
    problem,
  }
}

/**
 * Nothing is gained by asking before it. The fields of draft-ietf-httpapi-ratelimit-headers belong to 429: a
 * quota, what is left of it, and the seconds until it begins anew, which `Retry-After` says too.
 */
function waitHeaders(blocker: Blocker | undefined, check: CheckRecord, left: number): Record<string, string> {
  if (!blocker) return {}
  const { retry } = reasonFacts[blocker.reason]
  const end = endOf(blocker)
  const seconds = end === undefined ? undefined : Math.max(1, end - check.created)
  if (retry === 'poll') return { 'Retry-After': String(seconds ?? POLL_SECONDS) }
  if (retry !== 'after_reset' || seconds === undefined) return {}
  const wait = { 'Retry-After': String(seconds) }
  if (blocker.reason !== 'rate_limited' || blocker.limit === undefined || check.meter === undefined) return wait
  return {
    ...wait,
    RateLimit: `"${check.meter}";r=${Math.floor(left)};t=${seconds}`,
    'RateLimit-Policy': `"${check.meter}";q=${blocker.limit};w=${blocker.seconds ?? seconds}`,
  }
}

function subjectOf({ feature, meter, quantity }: CheckRecord, remaining: number | undefined): Refusal['subject'] {
  if (feature === undefined && meter === undefined && quantity === undefined) return undefined
  return {
    ...(feature !== undefined && { feature }),
    ...(meter !== undefined && { meter }),
    ...(quantity !== undefined && { requested: quantity }),
    ...(remaining !== undefined && { remaining }),
  }
}
