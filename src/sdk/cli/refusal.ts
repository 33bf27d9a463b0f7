import { clean, safeUrl } from './clean.ts'

/** What this program takes from a refusal; every text is harmless, every address may be opened. */
export type Refusal = {
  readonly status: number
  readonly reason: string
  readonly title: string
  readonly detail: string | undefined
  readonly who: string
  readonly retry: string
  /** Units that would be served at once, with `retry: smaller_request`. */
  readonly remaining: number | undefined
  /** RFC 3339. */
  readonly resetsAt: string | undefined
  /** Undefined where the refusal names an address that nobody should open. */
  readonly link: URL | undefined
  readonly code: string | undefined
  readonly label: string
  /** Interval in seconds. */
  readonly poll: { readonly url: URL; readonly interval: number } | undefined
}

type Fields = Readonly<Record<string, unknown>>

/** Reads the body of a fix402 refusal (RFC 9457 with our members); undefined when it is not one. */
export function parseRefusal(body: unknown): Refusal | undefined {
  if (!isRecord(body) || !isRecord(body['fix']) || !isRecord(body['poll'])) return undefined
  const { fix, poll } = body
  const [reason, title, address] = [textOf(body, 'reason'), textOf(body, 'title'), textOf(fix, 'url')]
  if (reason === undefined || title === undefined || address === undefined) return undefined
  const link = safeUrl(fix['short_url']) ?? safeUrl(fix['url'])
  const look = safeUrl(poll['url'])
  const subject = isRecord(body['subject']) ? body['subject'] : {}
  return {
    status: numberOf(body, 'status') ?? 402,
    reason,
    title,
    detail: textOf(body, 'detail'),
    who: textOf(fix, 'who') ?? 'billing_admin',
    retry: textOf(body, 'retry') ?? 'after_fix',
    remaining: numberOf(subject, 'remaining'),
    resetsAt: textOf(body, 'resets_at'),
    link,
    code: textOf(fix, 'code'),
    label: textOf(fix, 'label') ?? 'See what is wrong',
    // A portal is asked at its own address and at no other that a refusal may name.
    poll: link && look?.origin === link.origin ? { url: look, interval: numberOf(poll, 'interval') ?? 5 } : undefined,
  }
}

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text member made harmless; of another type it counts as absent (RFC 9457 §3.1). */
export function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name]
  return typeof value === 'string' ? clean(value) || undefined : undefined
}

function numberOf(fields: Fields, name: string): number | undefined {
  const value = fields[name]
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}
