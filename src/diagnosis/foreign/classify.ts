import { reasonFacts, type Fix, type Reason, type Who } from '#diagnosis/reason.ts'
import { readBody } from './body.ts'
import { evidenceOf } from './evidence-of-body.ts'
import { settle, type Verdict } from './evidence.ts'
import { readHeaders, type Headers } from './headers.ts'

/** What another system answered. `body` is a JSON value or text; header names in any case. */
export type Foreign = {
  readonly status?: number | undefined
  readonly headers?: Headers | undefined
  readonly body?: unknown
}

type Open = Verdict & { readonly kind: 'open' }

export type Classified = {
  /** `unknown` also where the body can mean several: then nobody is sent to a pay screen. */
  readonly reason: Reason
  readonly fix: Fix
  readonly who: Who
  /** With `unknown`: the reasons that it can mean. */
  readonly ambiguous: readonly Reason[]
}

/**
 * Why another system refuses, as far as its answer says. The body decides, then the header fields, then the status: out of
 * credits is sent as 402, 429, 400 and 401, and proxies rewrite it. Never throws; time is bounded by what is read of the body.
 */
export function classify({ status, headers = {}, body }: Foreign): Classified {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
  const said = readBody(body)
  const { evidence, apart } = evidenceOf(said, status)
  const fields = readHeaders(lower)
  const inBody = settle([...evidence, ...fields.filter(({ weight }) => weight === 'sure')], apart)
  if (inBody.kind === 'named') return named(inBody.reason)
  if (isSilent(inBody)) {
    const inHeaders = settle(fields, () => true)
    if (inHeaders.kind === 'named') return named(inHeaders.reason)
    if (inHeaders.who) return unclear(inHeaders)
    // RFC 6585 §4. The number alone is believed where nothing else was said, for it only asks to wait.
    return status === 429 && isEmpty(body) ? named('rate_limited') : unclear(inHeaders)
  }
  return (
    narrowed(
      inBody,
      fields.flatMap(({ reasons }) => reasons),
      status,
    ) ?? unclear(inBody)
  )
}

function isEmpty(body: unknown): boolean {
  if (typeof body === 'object' && body !== null) return Object.keys(body).length === 0
  return body === undefined || body === null || (typeof body === 'string' && body.trim() === '')
}

function isSilent({ candidates, who }: Open): boolean {
  return candidates.every((reason) => reason === 'unknown') && who === undefined
}

/** Who asks for money means neither that waiting helps nor that something is switched off. */
const elsewhere: ReadonlySet<Reason> = new Set(['rate_limited', 'unknown'])

/** Of the candidates of the body, the one that the header fields or the status leave. */
function narrowed({ candidates, one }: Open, fields: readonly Reason[], status: number | undefined) {
  if (!one) return undefined
  const inFields = candidates.filter((reason) => fields.includes(reason))
  const paid = candidates.filter((reason) => !elsewhere.has(reason))
  const left = inFields.length > 0 ? inFields : status === 402 ? paid : candidates
  const [only, second] = left
  return only && only !== 'unknown' && !second ? named(only) : undefined
}

function named(reason: Reason): Classified {
  const { fix, who } = reasonFacts[reason]
  return { reason, fix, who, ambiguous: [] }
}

function unclear({ candidates, who }: Open): Classified {
  const { fix, who: usual } = reasonFacts.unknown
  return { reason: 'unknown', fix, who: who ?? usual, ambiguous: candidates.filter((reason) => reason !== 'unknown') }
}
