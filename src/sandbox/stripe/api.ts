import { takeFault, type Fault } from './faults.ts'
import { newId } from './ids.ts'
import {
  documented,
  malformed,
  noRoute,
  Refusal,
  secretKeyRequired,
  unauthorized,
  type ErrorBody,
  type Wire,
} from './kernel/errors.ts'
import { checkExpand, expand } from './kernel/expand.ts'
import { parseForm, type FormValue } from './kernel/form.ts'
import type { IdempotencyKeys } from './kernel/idempotency.ts'
import { findRoute, type Call, type Route } from './kernel/router.ts'
import { links, resolver } from './links.ts'
import { apiVersion } from './objects/event.ts'
import { isTooMany, type RateLimit } from './rate-limit.ts'
import { routes } from './routes.ts'
import type { World } from './world.ts'

export type Request = {
  method: string
  path: string
  query: string
  body: string
  headers: { [name: string]: string | undefined }
}
export type Response = { status: number; headers: { [name: string]: string }; body: string }

/** `drop` closes the connection without an answer. */
export type Answer = Response | 'drop'

export type ApiParts = {
  world: World
  keys: IdempotencyKeys
  faults: Fault[]
  rate: { limit: RateLimit | null }
  /** Sees every call and its answer; the contract check hangs here. */
  observe: (call: { request: Request; response: Response; publishable: boolean }) => void
}

/** Answers one call to the Stripe API. Everything that changes state happens in one turn, so calls never interleave. */
export async function answerApi(parts: ApiParts, request: Request): Promise<Answer> {
  const fault = takeFault(parts.faults, request)
  if (fault !== undefined && fault.kind !== 'hang' && fault.kind !== 'slow') await wait(fault.delay)
  if (fault?.kind === 'reset') return 'drop'
  const id = newId('req', 14)
  let publishable = false
  let response: Response
  try {
    if (isTooMany(parts.rate.limit, Date.now())) throw new Refusal(429, tooMany, true)
    if (fault?.kind === 'error') throw new Refusal(fault.status, faultBody(fault.status), true)
    const prepared = prepare(request)
    publishable = prepared.call.key === 'publishable'
    const run = () => execute(parts, prepared, id)
    response = await once(parts, request, prepared.raw, id, fault, run)
  } catch (thrown) {
    response = refuse(request, id, thrown, publishable)
  }
  if (fault?.kind === 'hang') return 'drop'
  if (fault?.kind === 'error_after_effect')
    response = refuse(request, id, new Refusal(fault.status, faultBody(fault.status)), false)
  parts.observe({ request, response, publishable })
  return response
}

type Prepared = {
  route: Route
  call: Omit<Call, 'world'>
  deed: (call: Call) => Wire
  expands: string[]
  raw: { [name: string]: FormValue }
}

// Whatever is refused here never began: nothing is remembered, nothing changed.
function prepare(request: Request): Prepared {
  const found = findRoute(routes, request.method, request.path)
  const raw = parseForm(
    request.method !== 'GET' ? [request.body, request.query].filter((part) => part !== '').join('&') : request.query,
  )
  const key = keyKind(request, raw)
  if (found === undefined) throw noRoute(request.method, request.path)
  const { route, ids } = found
  if (key === 'publishable' && !route.browser) throw secretKeyRequired()
  const expands = raw['expand'] === undefined ? [] : route.expands(raw['expand'], 'expand')
  const deed = route.read(raw)
  checkExpand(links, route.answers, expands)
  return { route, raw, expands, deed, call: { ids, key, version: request.headers['stripe-version'] ?? null } }
}

function keyKind(request: Request, raw: { [name: string]: FormValue }): 'secret' | 'publishable' {
  const [scheme = '', token = ''] = (request.headers['authorization'] ?? '').split(' ')
  const basic = scheme.toLowerCase() === 'basic' ? Buffer.from(token, 'base64').toString().split(':')[0] : undefined
  const key = (scheme.toLowerCase() === 'bearer' ? token : basic) ?? (typeof raw['key'] === 'string' ? raw['key'] : '')
  if (key === '') {
    const message =
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
    throw unauthorized(message)
  }
  if (/^(sk|rk)_test_/.test(key)) return 'secret'
  if (key.startsWith('pk_test_')) return 'publishable'
  throw unauthorized(`Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(8)}`)
}

function execute({ world }: ApiParts, { route, call, deed, expands }: Prepared, id: string): Response {
  const wire = deed({ ...call, world })
  const whole = expand(resolver(world), route.answers, wire, expands)
  return json(200, id, call.key === 'publishable' ? withoutPrivate(whole) : whole, call.version)
}

/** Runs a POST at most once for its idempotency key. */
async function once(
  parts: ApiParts,
  request: Request,
  raw: { [name: string]: FormValue },
  id: string,
  fault: Fault | undefined,
  run: () => Response,
): Promise<Response> {
  const key = request.headers['idempotency-key']
  const now = parts.world.now()
  if (key === undefined || request.method !== 'POST') {
    if (fault?.kind === 'slow' || fault?.kind === 'hang') await wait(fault.delay)
    return inRequest(parts.world, id, null, run)
  }
  const fingerprint = `${request.method} ${request.path} ${JSON.stringify(raw)}`
  const kept = parts.keys.take(key, fingerprint, now)
  if (kept !== undefined) {
    const response = {
      status: kept.status,
      headers: headersFor(id, request.headers['stripe-version'] ?? null),
      body: kept.body,
    }
    return { ...response, headers: { ...response.headers, 'idempotency-key': key, 'idempotent-replayed': 'true' } }
  }
  try {
    if (fault?.kind === 'slow' || fault?.kind === 'hang') await wait(fault.delay)
    const response = inRequest(parts.world, id, key, () => {
      try {
        return run()
      } catch (thrown) {
        if (thrown instanceof Refusal && thrown.early) throw thrown
        return refuse(request, id, thrown, false)
      }
    })
    parts.keys.keep(key, { fingerprint, status: response.status, body: response.body, at: now })
    parts.world.onChange()
    return { ...response, headers: { ...response.headers, 'idempotency-key': key } }
  } finally {
    parts.keys.release(key)
  }
}

function inRequest(world: World, id: string, key: string | null, run: () => Response): Response {
  world.request = { id, idempotency_key: key }
  try {
    return run()
  } finally {
    world.request = null
  }
}

function refuse(request: Request, id: string, thrown: unknown, publishable: boolean): Response {
  const refusal =
    thrown instanceof Refusal
      ? thrown
      : new Refusal(500, {
          type: 'api_error',
          message: `The sandbox failed: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`,
        })
  const log = `https://dashboard.stripe.com/test/logs/${id}`
  const error: Wire = { ...documented(refusal.body), request_log_url: log }
  if (publishable) {
    for (const name of ['payment_intent', 'setup_intent', 'payment_method']) {
      const held = error[name]
      if (typeof held === 'object' && held !== null) error[name] = withoutPrivate({ ...held })
    }
  }
  return json(refusal.status, id, { error }, request.headers['stripe-version'] ?? null)
}

const tooMany: ErrorBody = {
  type: 'rate_limit_error',
  code: 'rate_limit',
  message: 'Request rate limit exceeded. Learn more about rate limits here: https://stripe.com/docs/rate-limits.',
}

function faultBody(status: number): ErrorBody {
  const message = 'An error arranged for this sandbox call.'
  if (status === 429) return { type: 'rate_limit_error', code: 'rate_limit', message }
  return status >= 500 ? { type: 'api_error', message } : malformed(message, undefined, 'fault').body
}

function json(status: number, id: string, body: unknown, version: string | null): Response {
  return { status, headers: headersFor(id, version), body: JSON.stringify(body, null, 2) }
}

function headersFor(id: string, version: string | null): { [name: string]: string } {
  return {
    'content-type': 'application/json',
    'request-id': id,
    'stripe-version': version ?? apiVersion,
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'Request-Id, Stripe-Version',
    'cache-control': 'no-cache, no-store',
  }
}

/** What a page may see: neither whose it is nor what the merchant noted on it. */
function withoutPrivate(wire: Wire): Wire {
  const { customer: _customer, metadata: _metadata, ...rest } = wire
  return rest
}

function wait(milliseconds: number): Promise<void> {
  return milliseconds === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds))
}
