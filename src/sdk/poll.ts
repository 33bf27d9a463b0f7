/** What a poll says of a refusal; a state that this version does not know is a refusal that still stands. */
type Standing = {
  readonly state: string
  readonly allowed: boolean
  readonly reasons: readonly string[]
  /** Seconds. */
  readonly interval: number
}

/**
 * How waiting ended. `resolved`: repeat the request, with the same Idempotency-Key · `expired`, `cancelled`: nothing
 * will come of this refusal any more · `unknown`: the portal does not know it · `timeout`, `aborted`: the caller's word.
 */
export type Outcome = 'resolved' | 'expired' | 'cancelled' | 'unknown' | 'timeout' | 'aborted'

export type PollOptions = {
  /** Seconds between two looks, as the refusal's `poll.interval` says it; the portal may ask for more. */
  readonly interval: number
  /** Seconds after which nobody waits any longer; without it until the portal has an end. */
  readonly timeout?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Told of every answer that was understood, the last one too. */
  readonly onStanding?: ((standing: Standing) => void) | undefined
  /** Told why a look failed; waiting goes on. */
  readonly onTrouble?: ((trouble: Error) => void) | undefined
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Unix milliseconds, as `Date.now`. */
  readonly now?: (() => number) | undefined
  /** Resolves after so many milliseconds, or early when the signal aborts. */
  readonly sleep?: ((milliseconds: number, signal: AbortSignal | undefined) => Promise<void>) | undefined
}

/** Seconds that RFC 8628 §3.5 adds to the interval, for good, when somebody asks too often. */
const SLOW_DOWN = 5
const LEAST_INTERVAL = 1
const LONGEST_TROUBLE = 60
const LOOK_TIMEOUT = 10_000

type Look =
  | { readonly kind: 'standing'; readonly standing: Standing }
  | { readonly kind: 'end'; readonly outcome: 'expired' | 'unknown' }
  | { readonly kind: 'slow-down' }
  | { readonly kind: 'trouble'; readonly error: Error }
/** The answer, and the seconds that its `Retry-After` asks for. */
type Heard = Look & { readonly retryAfter?: number | undefined }

/** Waits until a refusal is lifted, by asking its `poll.url` (unauthenticated: the id in it is the permission). */
export async function pollUntilSettled(url: string, options: PollOptions): Promise<Outcome> {
  const { signal, now = Date.now, sleep = sleepFor } = options
  const end = options.timeout === undefined ? Infinity : now() + options.timeout * 1_000
  let interval = Math.max(options.interval, LEAST_INTERVAL)
  let failures = 0
  for (;;) {
    if (signal?.aborted) return 'aborted'
    const heard = await look(url, options, now)
    if (signal?.aborted) return 'aborted'
    const outcome = outcomeOf(heard)
    if (heard.kind === 'standing') options.onStanding?.(heard.standing)
    if (outcome) return outcome
    if (heard.kind === 'slow-down') interval += SLOW_DOWN
    if (heard.kind === 'standing') interval = Math.max(interval, heard.standing.interval)
    if (heard.kind === 'trouble') options.onTrouble?.(heard.error)
    failures = heard.kind === 'trouble' ? failures + 1 : 0
    const wait = Math.max(heard.retryAfter ?? 0, failures > 0 ? patience(interval, failures) : interval) * 1_000
    if (now() + wait > end) {
      await sleep(Math.max(0, end - now()), signal)
      return signal?.aborted ? 'aborted' : 'timeout'
    }
    await sleep(wait, signal)
  }
}

/** Seconds: twice as long after each failure (RFC 8628 §3.5), so that a portal that restarts is not stormed. */
function patience(interval: number, failures: number): number {
  return Math.min(interval * 2 ** (failures - 1), Math.max(LONGEST_TROUBLE, interval))
}

function outcomeOf(heard: Heard): Outcome | undefined {
  if (heard.kind === 'end') return heard.outcome
  if (heard.kind !== 'standing') return undefined
  const { allowed, state } = heard.standing
  if (allowed || state === 'resolved') return 'resolved'
  return state === 'expired' || state === 'cancelled' ? state : undefined
}

async function look(url: string, options: PollOptions, now: () => number): Promise<Heard> {
  const { fetch = globalThis.fetch, signal } = options
  const limit = AbortSignal.timeout(LOOK_TIMEOUT)
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      redirect: 'error',
    })
    const text = await response.text()
    return { ...read(response.status, text), retryAfter: secondsOf(response.headers.get('retry-after'), now()) }
  } catch (error) {
    return { kind: 'trouble', error: error instanceof Error ? error : new Error(String(error)) }
  }
}

function read(status: number, text: string): Look {
  if (status === 410) return { kind: 'end', outcome: 'expired' }
  if (status === 404) return { kind: 'end', outcome: 'unknown' }
  if (status === 429) return { kind: 'slow-down' }
  const standing = status === 200 ? parseStanding(text) : undefined
  if (standing) return { kind: 'standing', standing }
  return { kind: 'trouble', error: new Error(`the portal answered ${status}`) }
}

function parseStanding(text: string): Standing | undefined {
  const value: unknown = parse(text)
  if (typeof value !== 'object' || value === null) return undefined
  const { state, allowed, reasons, interval } = value as Partial<Record<keyof Standing, unknown>>
  if (typeof state !== 'string' || typeof allowed !== 'boolean') return undefined
  return {
    state,
    allowed,
    reasons: Array.isArray(reasons) ? reasons.filter((reason) => typeof reason === 'string') : [],
    interval: typeof interval === 'number' ? interval : LEAST_INTERVAL,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `Retry-After` in seconds from now (RFC 9110 §10.2.3): seconds, or a date. */
function secondsOf(value: string | null, now: number): number | undefined {
  if (value === null) return undefined
  if (/^\d+$/.test(value.trim())) return Number(value)
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1_000))
}

export function sleepFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    // A longer wait than a timer can hold would end at once.
    const timer = setTimeout(done, Math.min(milliseconds, 2 ** 31 - 1))
    signal?.addEventListener('abort', done)
  })
}
