import type { Outcome } from '#contract/deed.ts'

const prefix = 'attempt:'

/** One intention of the person: to do this, for this refusal. It outlives a reload and a lost connection. */
export type Intention = {
  readonly deed: string
  readonly check: string | undefined
}

/** The Idempotency-Key of an intention: made once, the same until its outcome is known. */
export function attemptKey(intention: Intention): string {
  const kept = sessionStorage.getItem(nameOf(intention))
  if (kept !== null) return kept
  const key = crypto.randomUUID()
  sessionStorage.setItem(nameOf(intention), key)
  return key
}

/** After a known outcome the next click is a new intention. While nobody knows, it stays the old one. */
export function renew(intention: Intention): void {
  sessionStorage.removeItem(nameOf(intention))
}

/** Learns from an answer: an unknown outcome keeps its key, and the visit is read again until it is settled. */
export function learn(intention: Intention, outcome: Outcome): void {
  if (outcome.kind === 'unknown') {
    sessionStorage.setItem(unsettledName(intention.check), '1')
    return
  }
  sessionStorage.removeItem(unsettledName(intention.check))
  renew(intention)
}

/** Whether some deed for this refusal has an outcome that nobody knows yet. */
export function isUnsettled(check: string | undefined): boolean {
  return sessionStorage.getItem(unsettledName(check)) !== null
}

function nameOf({ deed, check }: Intention): string {
  return `${prefix}${deed}:${check ?? ''}`
}

function unsettledName(check: string | undefined): string {
  return `unsettled:${check ?? ''}`
}
