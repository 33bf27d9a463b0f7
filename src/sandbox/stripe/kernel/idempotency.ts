import { Refusal } from './errors.ts'

/** One remembered answer, status and body as they were sent. */
export type Kept = { fingerprint: string; status: number; body: string; at: number }

const keptSeconds = 24 * 3600
const longestKey = 255

/** Remembers what each idempotency key was answered, for a day. */
export class IdempotencyKeys {
  readonly kept: Map<string, Kept>
  readonly #running = new Set<string>()

  constructor(kept: Map<string, Kept> = new Map()) {
    this.kept = kept
  }

  /**
   * The earlier answer to this key, or undefined and the key is taken until `keep` or `release`.
   * @throws {Refusal} 400 idempotency_error for other parameters, 409 while the first request runs
   */
  take(key: string, fingerprint: string, now: number): Kept | undefined {
    if (key.length > longestKey) {
      throw new Refusal(
        400,
        { type: 'idempotency_error', message: `Idempotency keys can be at most ${longestKey} characters long.` },
        true,
      )
    }
    if (this.#running.has(key)) {
      const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`
      throw new Refusal(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message }, true)
    }
    const kept = this.kept.get(key)
    if (kept !== undefined && kept.at > now - keptSeconds) {
      if (kept.fingerprint === fingerprint) return kept
      const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`
      throw new Refusal(400, { type: 'idempotency_error', message }, true)
    }
    this.#running.add(key)
    return undefined
  }

  keep(key: string, kept: Kept): void {
    this.#running.delete(key)
    this.kept.set(key, kept)
    for (const [old, { at }] of this.kept) {
      if (at > kept.at - keptSeconds) break
      this.kept.delete(old)
    }
  }

  release(key: string): void {
    this.#running.delete(key)
  }
}
