import { bytesOf } from './jws.ts'

/** What the portal tells: thin, a reason to ask again. */
export type WebhookEvent = {
  /** The same at every repetition: what has been dealt with under this id needs nothing more. */
  readonly id: string
  /** Such as `access.restored`. An open set: answer 2xx to what you do not know. */
  readonly type: string
  /** When it happened, RFC 3339 in UTC. */
  readonly timestamp: string
  readonly data: Readonly<Record<string, unknown>>
}

/**
 * `unsigned`: a header is missing or unreadable · `too_old`, `too_new`: more than five minutes away from this machine's
 * clock · `wrong_signature`: not signed with this key · `not_an_event`: signed, but not what the portal sends.
 */
export type WebhookFault = 'unsigned' | 'too_old' | 'too_new' | 'wrong_signature' | 'not_an_event'

export type Verified =
  | { readonly genuine: true; readonly event: WebhookEvent }
  | { readonly genuine: false; readonly why: WebhookFault }

export type WebhookRequest = {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  /** Exactly the bytes that came: parsed and printed again, they may be others. */
  readonly body: string | Uint8Array
  /** The app's key; both while one is being changed. */
  readonly key: string | readonly string[]
  /** Unix milliseconds; the machine's clock unless given. */
  readonly now?: number | undefined
}

/** Seconds, as Standard Webhooks suggests. */
const TOLERANCE = 300
const MESSAGE = 'fix402 webhook'

/** Verifies by Standard Webhooks 1.0.0 (`v1`, HMAC-SHA256). Any of several signatures may be the right one. */
export async function verifyWebhook({ headers, body, key, now = Date.now() }: WebhookRequest): Promise<Verified> {
  const [id, sent, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(headers, name),
  )
  if (!id || !signatures || !sent || !/^\d{1,12}$/.test(sent)) return { genuine: false, why: 'unsigned' }
  const age = Math.floor(now / 1_000) - Number(sent)
  if (age > TOLERANCE) return { genuine: false, why: 'too_old' }
  if (age < -TOLERANCE) return { genuine: false, why: 'too_new' }
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  const keys = typeof key === 'string' ? [key] : key
  if (!(await isSigned(`${id}.${sent}.${text}`, signatures, keys))) return { genuine: false, why: 'wrong_signature' }
  const event = eventFrom(id, text)
  return event ? { genuine: true, event } : { genuine: false, why: 'not_an_event' }
}

/**
 * The secret for libraries of other languages: `whsec_` and the base64 of HMAC-SHA256 over the text `fix402 webhook`,
 * keyed with the SHA-256 of the app's key. Nothing else has to be kept secret, and whoever reads it has not got the key.
 */
export async function webhookSecret(key: string): Promise<string> {
  return `whsec_${btoa(String.fromCharCode(...(await secretBytes(key))))}`
}

async function secretBytes(key: string) {
  const digest = await crypto.subtle.digest('SHA-256', bytesOf(key))
  const parent = await crypto.subtle.importKey('raw', digest, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', parent, bytesOf(MESSAGE)))
}

async function isSigned(content: string, signatures: string, keys: readonly string[]): Promise<boolean> {
  const candidates = signatures.split(' ').flatMap((signature) => decode(/^v1,(.+)$/.exec(signature)?.[1]) ?? [])
  for (const key of keys) {
    const hmac = { name: 'HMAC', hash: 'SHA-256' }
    const secret = await crypto.subtle.importKey('raw', await secretBytes(key), hmac, false, ['verify'])
    for (const candidate of candidates) {
      // Compares in constant time.
      if (await crypto.subtle.verify('HMAC', secret, candidate, bytesOf(content))) return true
    }
  }
  return false
}

function decode(base64: string | undefined) {
  if (base64 === undefined) return undefined
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}

function eventFrom(id: string, text: string): WebhookEvent | undefined {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null) return undefined
    const { type, timestamp, data } = body as Partial<Record<keyof WebhookEvent, unknown>>
    if (typeof type !== 'string' || typeof timestamp !== 'string' || typeof data !== 'object' || data === null) {
      return undefined
    }
    return { id, type, timestamp, data: data as Record<string, unknown> }
  } catch {
    return undefined
  }
}

function headerOf(headers: WebhookRequest['headers'], name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? []
  return typeof value === 'string' ? value : value?.[0]
}
