import { pollUntilSettled, type Outcome } from './poll.ts'
import type { Refusal } from './wire.ts'

export type ParkingOptions = {
  /** Told once of each refusal that somebody begins to wait for: the place to notify a person. */
  readonly onParked?: ((problem: Refusal) => void) | undefined
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Unix milliseconds, as `Date.now`. */
  readonly now?: (() => number) | undefined
  /** Resolves after so many milliseconds, or early when the signal aborts. */
  readonly sleep?: ((milliseconds: number, signal: AbortSignal | undefined) => Promise<void>) | undefined
}

/** Nothing will come of waiting for this refusal any longer. */
export class ParkingEnded extends Error {
  override readonly name = 'ParkingEnded'
  readonly outcome: Exclude<Outcome, 'resolved' | 'aborted'>

  constructor(outcome: ParkingEnded['outcome'], problem: Refusal) {
    super(`${problem.title}: nobody waits for it any longer (${outcome})`)
    this.outcome = outcome
  }
}

type Lot = {
  readonly problem: Refusal
  readonly ended: Promise<Outcome>
  readonly stop: AbortController
  waiting: number
}

/** Where refused requests wait. Those that wait for the same thing share one poll, which ends with the last of them. */
export class Parking {
  readonly #lots = new Map<string, Lot>()
  readonly #options: ParkingOptions

  constructor(options: ParkingOptions = {}) {
    this.#options = options
  }

  /**
   * Resolves when the refusal is lifted. Rejects with `ParkingEnded` when it never will be (expired, cancelled, unknown),
   * and with the signal's reason.
   */
  async park(problem: Refusal, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    const name = nameOf(problem)
    const lot = this.#lots.get(name) ?? this.#open(name, problem)
    const left = new AbortController()
    lot.waiting += 1
    try {
      const outcome = await Promise.race([lot.ended, ...(signal ? [abortOf(signal, left.signal)] : [])])
      signal?.throwIfAborted()
      if (outcome !== 'resolved' && outcome !== 'aborted') throw new ParkingEnded(outcome, problem)
    } finally {
      left.abort()
      lot.waiting -= 1
      if (lot.waiting === 0) this.#close(name, lot)
    }
  }

  /** Undefined unless a whole account is waiting: then whatever else is asked for it would only be refused. */
  whole(): Refusal | undefined {
    return [...this.#lots.values()].find(({ problem }) => problem.scope === 'account')?.problem
  }

  #open(name: string, problem: Refusal): Lot {
    const stop = new AbortController()
    const { onParked, fetch, now, sleep } = this.#options
    const { url, interval } = problem.poll
    const ended = pollUntilSettled(url, { interval, signal: stop.signal, fetch, now, sleep })
    const lot: Lot = { problem, ended, stop, waiting: 0 }
    this.#lots.set(name, lot)
    onParked?.(problem)
    return lot
  }

  /** At once: who comes now must not join a poll that is being stopped. */
  #close(name: string, lot: Lot): void {
    if (this.#lots.get(name) === lot) this.#lots.delete(name)
    lot.stop.abort()
  }
}

/** What is refused alike is lifted alike: a whole account, or the same thing of it. */
function nameOf({ poll, account, scope, subject, reason }: Refusal): string {
  if (account === undefined || scope === 'request') return poll.url
  const { origin } = new URL(poll.url)
  return JSON.stringify(scope === 'account' ? [origin, account.id] : [origin, account.id, reason, subject])
}

function abortOf(signal: AbortSignal, until: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('aborted'), { signal: until }))
}
