import type { Refusal } from '#contract/problem.ts'
import type { Blocker, Diagnosis } from '#diagnosis/diagnosis.ts'
import { fixLabels } from '#diagnosis/fix-labels.ts'
import { reasonFacts, type Reason } from '#diagnosis/reason.ts'
import type { Reader } from './audience.ts'
import type { Config } from './config.ts'
import { detailOf, endOf, iso } from './refusal-detail.ts'
import { POLL_SECONDS, waitHeaders } from './refusal-headers.ts'
import { sentenceOf } from './refusal-sentences.ts'
import { alternativesTo, scopes, subjectOf } from './refusal-subject.ts'
import { codeUrl } from './short-code.ts'
import type { AccountRecord } from './store/accounts.ts'
import type { CheckRecord } from './store/checks.ts'

/** What the portal knows of a refusal when it puts it into words. */
export type Ground = {
  readonly config: Pick<Config, 'origin' | 'policy'>
  readonly record: AccountRecord
  readonly check: CheckRecord
  /** As this reader may know it. */
  readonly diagnosis: Diagnosis
  readonly reader: Reader
  /** Visitors get none. */
  readonly code: string | undefined
  /** Unix seconds. */
  readonly expires: number
  /** Units that would be served at once, where the request is refused only for asking more. */
  readonly remaining: number | undefined
}

const BODY_BYTES = 8_192

/** The ready-made answer to a refused request: RFC 9457 body of at most 8 KB, and the headers that belong to it. */
export function refusalFor(ground: Ground): { status: number; headers: Record<string, string>; problem: Refusal } {
  const { check, diagnosis, remaining } = ground
  const [first] = diagnosis.blockers
  const problem = fit(bodyOf(ground))
  return {
    status: problem.status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Content-Language': 'en',
      'Cache-Control': 'no-store',
      Vary: 'Accept, Origin, Sec-Fetch-Mode',
      Link: `<${problem.fix.url}>; rel="payment"; title="${problem.fix.label}"`,
      'Access-Control-Expose-Headers': 'Link, Retry-After, RateLimit, RateLimit-Policy',
      ...waitHeaders(first, { meter: check.meter, now: check.created, left: remaining ?? 0 }),
    },
    problem,
  }
}

function bodyOf({ config, record, check, diagnosis, reader, code, expires, remaining }: Ground): Refusal {
  const { origin, policy } = config
  const [first] = diagnosis.blockers
  const reason = first?.reason ?? 'unknown'
  const { slug, status, title, retry } = reasonFacts[reason]
  const resetsAt = iso(endOf(first))
  const subject = reader === 'visitor' ? undefined : subjectOf(policy, check, first, remaining)
  return {
    type: `${origin}/problems/${slug}`,
    title,
    status,
    ...(first && { detail: sentenceOf(first) }),
    instance: `urn:fix402:check:${check.id}`,
    reason,
    blockers: diagnosis.blockers.map((blocker) => {
      const detail = detailOf(blocker)
      return { reason: blocker.reason, ...(detail && { detail }) }
    }),
    scope: remaining === undefined ? scopes[reason] : 'request',
    ...(reader !== 'visitor' && {
      account: { id: record.account, ...(reader !== 'stranger' && { label: record.label }) },
    }),
    ...(subject && { subject }),
    fix: fixOf(origin, check, first, { code, expires }, subject),
    poll: { url: `${origin}/v1/checks/${check.id}`, interval: POLL_SECONDS },
    ...(resetsAt !== undefined && { resets_at: resetsAt }),
    retry: remaining === undefined ? retry : 'smaller_request',
    request_id: check.id,
  }
}

function fixOf(
  origin: string,
  { app }: CheckRecord,
  blocker: Blocker | undefined,
  { code, expires }: { code: string | undefined; expires: number },
  subject: Refusal['subject'],
): Refusal['fix'] {
  const label = fixLabels[blocker?.fix ?? 'diagnosis']
  const who = blocker?.who ?? 'billing_admin'
  if (code === undefined) return { url: plainFixUrl(origin, app), label, who }
  const url = codeUrl(origin, code)
  const alternatives = alternativesTo(blocker, subject ?? {})
  return {
    url,
    short_url: url,
    code,
    label,
    who,
    expires_at: iso(expires),
    ...(alternatives.length > 0 && { alternatives: [...alternatives] }),
  }
}

/** A link that names the app only, and perhaps what it believes is wrong; who follows it must show who they are. */
export function plainFixUrl(origin: string, app: string, reason?: Reason): string {
  const url = new URL('/fix', origin)
  url.searchParams.set('app', app)
  if (reason !== undefined) url.searchParams.set('reason', reason)
  return url.href
}

/** Everything but the figures has a bound of its own, so the body that is too large goes without them. */
function fit(problem: Refusal): Refusal {
  if (Buffer.byteLength(JSON.stringify(problem)) <= BODY_BYTES) return problem
  return { ...problem, blockers: problem.blockers.map(({ reason }) => ({ reason })) }
}
