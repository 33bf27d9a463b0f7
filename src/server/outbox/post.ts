import { lookup } from 'node:dns/promises'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Attempt } from '#server/store/app-events.ts'
import { mayReach } from './may-reach.ts'
import type { WebhookRules } from './webhook-rules.ts'

/** Milliseconds for everything, from the name to the answer (Standard Webhooks: 15 to 30 seconds). */
const PATIENCE = 15_000
/** Of an answer's body: enough to see what went wrong. */
const EXCERPT_CHARACTERS = 200
const EXCERPT_BYTES = 1_024

type Address = { readonly address: string; readonly family: number }
/** All addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>
export type Outcome = Omit<Attempt, 'at'>

const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true })

/**
 * One POST of JSON. The name is resolved once, every address of it is judged, and the connection goes to the judged ones:
 * a name cannot answer otherwise in between. Redirects are not followed. What goes wrong is an outcome, never thrown.
 */
export async function postJson(
  rules: WebhookRules,
  url: string,
  { headers, body }: { headers: Readonly<Record<string, string>>; body: string },
  resolve: Resolve = resolveBySystem,
): Promise<Outcome> {
  const began = performance.now()
  const signal = AbortSignal.timeout(PATIENCE)
  const outcome = await attempt(rules, new URL(url), { headers, body, signal }, resolve).catch(
    (error: unknown): Omit<Outcome, 'milliseconds'> => ({ error: signal.aborted ? 'timeout' : nameOf(error) }),
  )
  return { ...outcome, milliseconds: Math.round(performance.now() - began) }
}

type Sent = { headers: Readonly<Record<string, string>>; body: string; signal: AbortSignal }

async function attempt(rules: WebhookRules, url: URL, sent: Sent, resolve: Resolve) {
  const hostname = url.hostname.replaceAll(/[[\]]/g, '')
  const addresses = isIP(hostname)
    ? [{ address: hostname, family: isIP(hostname) }]
    : await Promise.race([resolve(hostname), aborted(sent.signal)])
  const isSecure = url.protocol === 'https:'
  if (addresses.length === 0 || !addresses.every(({ address }) => mayReach(address, isSecure, rules))) {
    return { error: 'address_not_allowed' }
  }
  const response = await ask(url, addresses, sent)
  const status = response.statusCode ?? 0
  const excerpt = await beginningOf(response)
  const said = { status, ...(excerpt !== '' && { excerpt }) }
  return status >= 200 && status < 300 ? said : { ...said, error: `status_${status}` }
}

function ask(url: URL, addresses: readonly Address[], { headers, body, signal }: Sent): Promise<IncomingMessage> {
  const answerJudged: LookupFunction = (_, { all }, callback) => {
    const [first] = addresses
    if (all) callback(null, [...addresses])
    else callback(null, first?.address ?? '', first?.family)
  }
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      agent: false,
      lookup: answerJudged,
      signal,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'fix402',
        ...headers,
      },
    })
    request.on('response', resolve).on('error', reject).end(body)
  })
}

/** The rest is not waited for: the status is the answer. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      if (chunks.reduce((sum, { length }) => sum + length, 0) >= EXCERPT_BYTES) break
    }
  } catch {
    // An answer that breaks off has still given its status.
  }
  response.destroy()
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replaceAll(/\p{Cc}+/gu, ' ')
  return text.trim().slice(0, EXCERPT_CHARACTERS)
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('timeout')), { once: true })
  })
}

/** A code such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
function nameOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return nameOf(error.errors[0])
  return error instanceof Error && 'code' in error ? String(error.code) : 'no_answer'
}
