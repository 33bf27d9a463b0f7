import type { Allowed, Refused } from './decision.ts'

type Remembered = {
  readonly decision: Allowed | Refused
  /** The whole question: a refusal is only repeated to the very same one, because it names the way back. */
  readonly question: string
  /** Unix milliseconds. */
  readonly at: number
  /** Seconds. */
  readonly maxAge: number
}

type OfAccount = {
  /** Answers to questions asked before this turn are too old to be kept. */
  readonly since: number
  readonly subjects: Map<string, Remembered>
}

const ACCOUNTS = 5_000
const SUBJECTS_PER_ACCOUNT = 100

/** The decisions last heard, bounded: the account and the subject not used for longest go first. */
export class Memory {
  readonly #accounts = new Map<string, OfAccount>()
  #turn = 0

  /** Call when a question is sent; the answer is stored under the turn that this gives. */
  nextTurn(): number {
    return ++this.#turn
  }

  recall(account: string, subject: string): Remembered | undefined {
    return this.#accounts.get(account)?.subjects.get(subject)
  }

  store(account: string, subject: string, turn: number, remembered: Remembered): void {
    const known = this.#accounts.get(account) ?? { since: 0, subjects: new Map<string, Remembered>() }
    if (turn <= known.since) return
    renew(this.#accounts, account, known, ACCOUNTS)
    renew(known.subjects, subject, remembered, SUBJECTS_PER_ACCOUNT)
  }

  /** Forgets an account, and also whatever is still on its way to it. */
  forget(account: string): void {
    renew(this.#accounts, account, { since: this.#turn, subjects: new Map() }, ACCOUNTS)
  }
}

/** A Map keeps the order of insertion, so the first key is the one renewed least recently. */
function renew<V>(map: Map<string, V>, key: string, value: V, limit: number): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= limit) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
