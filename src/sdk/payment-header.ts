import { fromBase64Url } from './base64url.ts'

/**
 * A challenge of the Payment scheme (draft-httpauth-payment, in RFC 9110 §11.6.1's grammar): its parameters by their names
 * in lower case; undefined when it is none, or lacks one that every challenge has.
 */
export function parseChallenge(value: string): Readonly<Record<string, string>> | undefined {
  const scheme = /^Payment +/i.exec(value)
  if (!scheme) return undefined
  const parameter =
    /([\w!#$%&'*+.^`|~-]+)[ \t]*=[ \t]*(?:"((?:[ !#-[\]-~]|\\[ -~])*)"|([\w!#$%&'*+.^`|~-]+))(?:[ \t]*,[ \t]*|$)/y
  const found = new Map<string, string>()
  parameter.lastIndex = scheme[0].length
  while (parameter.lastIndex < value.length) {
    const [, name = '', quoted, token = ''] = parameter.exec(value) ?? []
    if (name === '' || found.has(name.toLowerCase())) return undefined
    found.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/gu, '$1') ?? token)
  }
  const whole = ['id', 'realm', 'method', 'intent', 'request'].every((name) => found.get(name))
  return whole ? Object.fromEntries(found) : undefined
}

/** The credential in an `Authorization` header of the Payment scheme: base64url of a JSON object. */
export function readCredential(authorization: string | null): Readonly<Record<string, unknown>> | undefined {
  const [, token] = /^Payment +([\w-]+)=*$/i.exec(authorization?.trim() ?? '') ?? []
  const bytes = token === undefined ? undefined : fromBase64Url(token)
  const credential = bytes && recordFrom(bytes)
  return isRecord(credential?.['challenge']) && 'payload' in credential ? credential : undefined
}

/** Whether a `PAYMENT-SIGNATURE` header has the shape of an x402 payment: base64 of its JSON. */
export function isX402Payment(header: string): boolean {
  const bytes = fromBase64Url(header.trim().replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))
  const payment = bytes && recordFrom(bytes)
  return typeof payment?.['x402Version'] === 'number' && isRecord(payment['accepted']) && isRecord(payment['payload'])
}

/** RFC 4648 §4, of the text in UTF-8. */
export function base64Of(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}

function recordFrom(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
