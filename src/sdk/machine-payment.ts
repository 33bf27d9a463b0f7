import type { ProgramAnswer } from './refuse.ts'
import { base64Of, isX402Payment, parseChallenge, readCredential } from './payment-header.ts'

/** `PaymentRequired` of x402 version 2 (specs/transports-v2/http.md), as the server libraries of x402 make it. */
export type X402Offer = {
  readonly x402Version: number
  readonly error?: string
  readonly resource: { readonly url: string; readonly [member: string]: unknown }
  readonly accepts: readonly { readonly scheme: string; readonly [member: string]: unknown }[]
  readonly [member: string]: unknown
}

/** What a machine may pay for this one request, where the account's own trouble allows it. Off unless given. */
export type MachinePayment = {
  readonly x402?: X402Offer | undefined
  /** Values of `WWW-Authenticate`, one challenge of the Payment scheme each. Make them anew for every request. */
  readonly challenges?: readonly string[] | undefined
  /** Whether the payment that a request carries is good, and taken: what it says yes to is served. */
  readonly verify?: ((request: Request) => Promise<boolean>) | undefined
}

export type PaymentTerms = {
  readonly machinePayment?: MachinePayment | undefined
  /** The status of refusals that no machine payment lifts, for those who claim conformance with the Payment scheme. */
  readonly unpayableStatus?: 403 | undefined
}

/** Reasons that a payment for one request may lift (the contract's table marks them). */
const payable = new Set(['trial_ended', 'credits_exhausted', 'usage_limit_exceeded', 'plan_lacks_feature'])
/** Blockers that may stand beside them: everything that comes before is a debt or a hold, and is settled first. */
const bearable = new Set([
  ...payable,
  'no_payment_method',
  'billing_details_missing',
  'spend_cap_reached',
  'seat_limit',
  'upstream_billing',
  'rate_limited',
])

/** Bytes of all headers together: many servers and proxies take no more. */
const MOST = 8_192
/** For the status line, and what the server and proxies add. */
const RESERVED = 1_024

type Problem = {
  readonly title: string
  readonly reason?: string
  readonly blockers?: readonly { readonly reason: string }[]
}

/** Whether a request carries a payment: `none` also for one that is not good, which is then refused as usual. */
export async function paymentOf(
  request: Request,
  { machinePayment }: PaymentTerms,
  onError: OnError,
): Promise<'valid' | 'malformed' | 'none'> {
  const { x402, challenges, verify } = machinePayment ?? {}
  if (!verify) return 'none'
  const signed = x402 ? request.headers.get('payment-signature') : null
  if (signed !== null && !isX402Payment(signed)) return 'malformed'
  // A credential of the Payment scheme that cannot be read is answered with a fresh challenge, as that draft has it.
  const authorized = challenges ? readCredential(request.headers.get('authorization')) : undefined
  if (signed === null && !authorized) return 'none'
  try {
    return (await verify(request)) ? 'valid' : 'none'
  } catch (error) {
    onError(error instanceof Error ? error : new Error(String(error)))
    return 'none'
  }
}

/** A payment that cannot be read is the caller's fault: 400, as x402's HTTP transport has it. */
export function refuseMalformed(): Response {
  const problem = {
    type: 'about:blank',
    title: 'The payment cannot be read',
    status: 400,
    detail: 'PAYMENT-SIGNATURE must be the base64 of a JSON object with x402Version, accepted and payload.',
    code: 'malformed_payment',
    request_id: crypto.randomUUID(),
  }
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  return new Response(JSON.stringify(problem), { status: 400, headers })
}

/**
 * The refusal with the offers added, where there are any and the account's trouble allows it; otherwise as it was, so that
 * a wallet sees at once that there is nothing to sign.
 */
export function offerPayment(
  refusal: ProgramAnswer,
  problem: Problem,
  { machinePayment, unpayableStatus }: PaymentTerms,
  onError: OnError,
): ProgramAnswer {
  const { status, headers, body } = refusal
  if (status !== 402) return refusal
  const { x402, challenges } = offersOf((isPayable(problem) && machinePayment) || {}, problem, headers, onError)
  if (!x402 && challenges.length === 0) {
    return unpayableStatus
      ? { ...refusal, status: unpayableStatus, body: { ...body, status: unpayableStatus } }
      : refusal
  }
  const offered = new Headers(headers)
  offered.set('cache-control', 'no-store')
  if (x402) offered.set('payment-required', x402.header)
  for (const challenge of challenges) offered.append('www-authenticate', challenge.value)
  expose(offered, [
    ...(x402 ? ['PAYMENT-REQUIRED', 'PAYMENT-RESPONSE'] : []),
    ...(challenges.length > 0 ? ['WWW-Authenticate', 'Payment-Receipt'] : []),
  ])
  const [challenge] = challenges
  return {
    status,
    headers: offered,
    body: { ...body, ...x402?.members, ...(challenge && { challengeId: challenge.id }) },
  }
}

function isPayable({ reason, blockers = [] }: Problem): boolean {
  return reason !== undefined && payable.has(reason) && blockers.every((blocker) => bearable.has(blocker.reason))
}

type OnError = (error: Error) => void

/** What can be said in a header: an operator's slip must not turn a refusal into a failure. */
function offersOf({ x402, challenges = [] }: MachinePayment, { title }: Problem, headers: Headers, onError: OnError) {
  let room = [...headers].reduce((left, [name, value]) => left - name.length - value.length - 4, MOST - RESERVED)
  const fits = (name: string, value: string) => {
    const left = room - name.length - value.length - 4
    if (left < 0) {
      onError(new Error(`${name} is left out: the headers would be longer than ${MOST} bytes`))
      return false
    }
    room = left
    return true
  }
  const header = x402 && base64Of(JSON.stringify(x402))
  return {
    x402:
      x402 && header !== undefined && fits('PAYMENT-REQUIRED', header)
        ? { header, members: membersOf(x402, title) }
        : undefined,
    challenges: challenges.flatMap((value) => {
      const id = parseChallenge(value)?.['id']
      if (id === undefined) onError(new Error('a challenge is left out: it is not one of the Payment scheme'))
      return id !== undefined && fits('WWW-Authenticate', value) ? [{ id, value }] : []
    }),
  }
}

/** For clients that read only the body. */
function membersOf({ x402Version, error, resource, accepts }: X402Offer, title: string) {
  return { x402Version, error: error ?? title, resource, accepts }
}

function expose(headers: Headers, names: readonly string[]): void {
  const known = headers.get('access-control-expose-headers')
  headers.set('access-control-expose-headers', [...(known === null ? [] : [known]), ...names].join(', '))
}
