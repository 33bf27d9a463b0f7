import { FORWARD_AUTH } from './gateway-headers.ts'

/**
 * Envoy appends what the client asked for to the address it asks at, and keeps its method. With this and a question mark for
 * a prefix it ends in the query; appended to the path, a client's `/../..` would choose among our addresses.
 */
export const APPENDED = `${FORWARD_AUTH}/envoy`

/** The request that a gateway holds while it asks about it. */
export type ForwardedRequest = {
  readonly method: string
  /** As the client addressed it; undefined where the gateway does not say. */
  readonly url: URL | undefined
  /** Those that the gateway passed on. */
  readonly headers: Headers
}

/**
 * Reads `X-Forwarded-Method`, `-Proto`, `-Host` and `-Uri` (Caddy, Traefik), `X-Original-URI` or `X-Original-URL` (nginx),
 * or what Envoy appended. `scheme` is the app's own, where nothing is said.
 */
export function readForwarded(request: Request, scheme: string): ForwardedRequest {
  const { headers } = request
  const asked = new URL(request.url)
  const appended = asked.pathname === APPENDED
  const path = appended ? asked.search.slice(1) : (headers.get('x-forwarded-uri') ?? headers.get('x-original-uri'))
  const proto = headers.get('x-forwarded-proto') ?? scheme
  const host = headers.get('x-forwarded-host') ?? (appended ? headers.get('host') : null)
  const full = path === null || host === null ? headers.get('x-original-url') : `${proto}://${host}${path}`
  return {
    method: appended ? request.method : (headers.get('x-forwarded-method') ?? 'GET').toUpperCase(),
    url: full !== null && URL.canParse(full) ? new URL(full) : undefined,
    headers,
  }
}

const appendedByPortal = ['billing_check', 'billing_result', 'billing_receipt'] as const

/** Where the person may be sent back to: asking for it again must do no more than show it. */
export function wayBack({ method, url }: ForwardedRequest): string | undefined {
  if (!url || (method !== 'GET' && method !== 'HEAD')) return undefined
  if (!url.searchParams.has('billing_check')) return url.href
  const clean = new URL(url)
  for (const parameter of appendedByPortal) clean.searchParams.delete(parameter)
  return clean.href
}
