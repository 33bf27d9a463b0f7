import { fromBase64Url, toBase64Url } from './base64url.ts'

/** JSON Web Signatures (RFC 7515, compact) with HS256 and nothing else; the algorithm is pinned (RFC 8725 §3.1). */
export type Signer = {
  /** First eight hex digits of the key's digest: tells keys apart during a change of keys. */
  readonly kid: string
  sign(type: string, claims: object): Promise<string>
  /** The claims of a token of this very type and signature, or undefined. Says nothing about time and audience. */
  verify(type: string, token: string): Promise<Record<string, unknown> | undefined>
}

/** The signing key is the SHA-256 of the app's key, which therefore never leaves the app and the portal's database. */
export async function createSigner(appKey: string): Promise<Signer> {
  const digest = await crypto.subtle.digest('SHA-256', bytesOf(appKey))
  const kid = Array.from(new Uint8Array(digest, 0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const key = await crypto.subtle.importKey('raw', digest, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])

  return {
    kid,
    async sign(type, claims) {
      const text = `${encodeJson({ alg: 'HS256', typ: type, kid })}.${encodeJson(claims)}`
      const signature = await crypto.subtle.sign('HMAC', key, bytesOf(text))
      return `${text}.${toBase64Url(new Uint8Array(signature))}`
    },
    async verify(type, token) {
      const parts = token.split('.')
      const [header = '', claims = '', signature = ''] = parts
      const head = decodeJson(header)
      const signed = fromBase64Url(signature)
      if (parts.length !== 3 || head?.['alg'] !== 'HS256' || head['typ'] !== type || !signed) return undefined
      const genuine = await crypto.subtle.verify('HMAC', key, signed, bytesOf(`${header}.${claims}`))
      return genuine ? decodeJson(claims) : undefined
    },
  }
}

/** Compares without telling by its time how much agrees. */
export async function sameText(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map(async (text) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(text)))),
  )
  if (!a || !b) return false
  return a.reduce((difference, byte, index) => difference | (byte ^ (b[index] ?? 0)), 0) === 0
}

export function bytesOf(text: string) {
  return new TextEncoder().encode(text)
}

function encodeJson(value: object): string {
  return toBase64Url(bytesOf(JSON.stringify(value)))
}

function decodeJson(text: string): Record<string, unknown> | undefined {
  const bytes = fromBase64Url(text)
  if (!bytes) return undefined
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
