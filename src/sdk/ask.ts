import { decisionFrom, parseAnswer, unavailable, type Decision, type Question } from './decision.ts'
import { Memory } from './memory.ts'
import type { CheckRequest } from './wire.ts'

export type AskOptions = {
  readonly portal: URL
  readonly key: string
  readonly onUnavailable: 'allow' | 'refuse'
  readonly fetch: typeof globalThis.fetch
  /** Unix milliseconds. */
  readonly now: () => number
  /** Milliseconds to wait for an ordinary check. */
  readonly timeout: number
  readonly onError: (error: Error) => void
}

/** Milliseconds. A fresh check waits for Stripe. */
const FRESH_TIMEOUT = 3_000
const STALE_LIMIT = 15 * 60_000

export type Asker = {
  ask(question: Question): Promise<Decision>
  forget(account: string): void
}

/** Asks the portal, remembers what it said, and never makes up a refusal when it says nothing. */
export function createAsker(options: AskOptions): Asker {
  const memory = new Memory()
  const flights = new Map<string, Promise<Decision>>()

  async function ask(question: Question): Promise<Decision> {
    const whole = JSON.stringify(bodyOf(question))
    if (!question.fresh) {
      const cached = recent(question, whole)
      if (cached) return { ...cached, source: 'cache' }
    }
    const flying = flights.get(whole)
    // A ticket works once, so who shares an answer does not share the way in.
    if (flying) return asShared(await flying)
    const flight = send(question, whole).finally(() => flights.delete(whole))
    flights.set(whole, flight)
    return flight
  }

  function recent(question: Question, whole: string) {
    const known = memory.recall(question.account, subjectOf(question))
    if (!known || options.now() - known.at >= known.maxAge * 1_000) return undefined
    return known.decision.allowed || known.question === whole ? known.decision : undefined
  }

  async function send(question: Question, whole: string): Promise<Decision> {
    const turn = memory.nextTurn()
    try {
      const answer = await post(question)
      const decision = decisionFrom(answer)
      if (question.fresh) memory.forget(question.account)
      memory.store(question.account, subjectOf(question), question.fresh ? memory.nextTurn() : turn, {
        decision,
        question: whole,
        at: options.now(),
        maxAge: answer.cache.max_age,
      })
      return decision
    } catch (error) {
      options.onError(error instanceof Error ? error : new Error(String(error)))
      return lastKnown(question)
    }
  }

  async function post(question: Question) {
    const response = await options.fetch(new URL('/v1/checks', options.portal), {
      method: 'POST',
      headers: { authorization: `Bearer ${options.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(bodyOf(question)),
      signal: AbortSignal.timeout(question.fresh ? Math.max(FRESH_TIMEOUT, options.timeout) : options.timeout),
      redirect: 'error',
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`the portal answered a check with ${response.status}: ${text.slice(0, 300)}`)
    const answer = parseAnswer(JSON.parse(text))
    if (!answer) throw new Error('the portal answered a check with something that is not an answer')
    return answer
  }

  function lastKnown(question: Question): Decision {
    const known = memory.recall(question.account, subjectOf(question))
    if (known && options.now() - known.at <= STALE_LIMIT) return { ...known.decision, source: 'stale' }
    return options.onUnavailable === 'allow' ? { allowed: true, source: 'unavailable', warnings: [] } : unavailable()
  }

  return { ask, forget: (account) => memory.forget(account) }
}

function asShared(decision: Decision): Decision {
  return decision.source === 'portal' ? { ...decision, source: 'cache' } : decision
}

/** What a decision is about; the way back and the kind of client do not change it. */
function subjectOf({ actor, feature, meter, quantity, apiKey, audience }: Question): string {
  return JSON.stringify([actor, feature, meter, quantity, apiKey, audience])
}

function bodyOf(question: Question): CheckRequest {
  const { account, actor, feature, meter, quantity, apiKey, audience } = question
  const { reason, retryAfter, returnTo, state, client, fresh } = question
  return {
    account,
    ...(actor !== undefined && { actor }),
    ...(feature !== undefined && { feature }),
    ...(meter !== undefined && { meter }),
    ...(quantity !== undefined && { quantity }),
    ...(apiKey !== undefined && { api_key: apiKey }),
    ...(audience !== undefined && { audience }),
    ...(reason !== undefined && { reason }),
    ...(retryAfter !== undefined && { retry_after: retryAfter }),
    ...(returnTo !== undefined && { return_to: returnTo }),
    ...(state !== undefined && { state }),
    client: client ?? 'program',
    fresh: fresh ?? false,
  }
}
