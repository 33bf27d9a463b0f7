import { Parking, ParkingEnded, type ParkingOptions } from './parking.ts'
import { sleepFor } from './poll.ts'
import type { Refusal } from './wire.ts'

export { ParkingEnded }
export type { Refusal }

/** Somebody has to mend this before the request makes sense again. */
export class PaymentRequiredError extends Error {
  override readonly name = 'PaymentRequiredError'
  /** For retry libraries: repeating changes nothing, `park` does. */
  readonly retryable = false
  readonly problem: Refusal
  readonly #parking: Parking

  constructor(problem: Refusal, parking: Parking = commonParking) {
    const { title, detail, fix } = problem
    super(`${title}${detail === undefined ? '' : ` – ${detail}`}. A person can mend it: ${fix.short_url ?? fix.url}`)
    this.problem = problem
    this.#parking = parking
  }

  /**
   * Resolves when the refusal is lifted: then repeat the request, with the same Idempotency-Key. All who wait for the same
   * account share one poll. Rejects with `ParkingEnded` when it never will be, and with the signal's reason.
   */
  park({ signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    return this.#parking.park(this.problem, signal)
  }
}

export type PaidFetchOptions = ParkingOptions & {
  /** Waits for refusals to be lifted and repeats the request, instead of throwing at once. */
  readonly park?: boolean
}

const commonParking = new Parking()
/** How often a request is refused again although the portal says that nothing is in its way. */
const MOST_REPEATS = 8
const statuses = new Set([402, 403, 429, 503])

/**
 * `fetch`, but a refusal of fix402 is thrown as a `PaymentRequiredError`. One for each account whose credentials it is
 * used with: with `park`, while an account is refused as a whole its further requests are not even sent.
 */
export function createPaidFetch({ park = false, ...options }: PaidFetchOptions = {}): typeof globalThis.fetch {
  const parking = new Parking(options)
  const send: typeof globalThis.fetch = (...request) => (options.fetch ?? globalThis.fetch)(...request)

  async function sendOnce(request: Request): Promise<Response> {
    const response = await send(request)
    const problem = await readRefusal(response)
    if (problem) throw new PaymentRequiredError(problem, parking)
    return response
  }

  async function sendUntilServed(request: Request): Promise<Response> {
    const { signal } = request
    if (!isSafe(request) && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID())
    }
    for (let repeats = 0; ; repeats += 1) {
      const whole = parking.whole()
      if (whole) await parking.park(whole, signal)
      try {
        return await sendOnce(request.clone())
      } catch (error) {
        if (!(error instanceof PaymentRequiredError) || repeats === MOST_REPEATS || !isWorthWaiting(error)) throw error
        // The app may not have noticed yet what the portal knows.
        if (repeats > 0) await pause(options, error.problem.poll.interval, signal)
        await error.park({ signal })
      }
    }
  }

  return (input, init) => {
    const request = new Request(input, init)
    return park ? sendUntilServed(request) : sendOnce(request)
  }
}

/** `fetch`, but a refusal of fix402 is thrown as a `PaymentRequiredError`. */
export const fetchPaid: typeof globalThis.fetch = createPaidFetch()

/** The refusal in an answer, which can still be read afterwards; undefined where it is none of fix402's (RFC 9457). */
export async function readRefusal(response: Response): Promise<Refusal | undefined> {
  if (!statuses.has(response.status) || !response.headers.get('content-type')?.includes('json')) return undefined
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  return isRefusal(body) ? body : undefined
}

function isRefusal(body: unknown): body is Refusal {
  if (typeof body !== 'object' || body === null) return false
  const { reason, title, fix, poll } = body as Partial<Refusal>
  if (typeof reason !== 'string' || typeof title !== 'string') return false
  return typeof fix?.url === 'string' && typeof poll?.url === 'string' && typeof poll.interval === 'number'
}

/** A smaller request would be served at once, and some never will be: that is for the caller to know. */
function isWorthWaiting({ problem }: PaymentRequiredError): boolean {
  return problem.retry !== 'never' && problem.retry !== 'smaller_request'
}

function isSafe({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

async function pause({ sleep = sleepFor }: ParkingOptions, seconds: number, signal: AbortSignal): Promise<void> {
  await sleep(seconds * 1_000, signal)
  signal.throwIfAborted()
}
