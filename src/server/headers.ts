import type { MiddlewareHandler } from 'hono'
import type { Config } from './config.ts'
import type { Env } from './context.ts'
import { ApiError } from './errors.ts'
import { isForwardAuth } from './gateway-headers.ts'
import { randomId } from './token.ts'

/**
 * On every answer, errors included. One policy for all pages, with Stripe's hosts: the portal is one document whose
 * address changes, so a stricter policy elsewhere would follow people onto the payment screens.
 * https://docs.stripe.com/security/guide#content-security-policy
 */
export function securityHeaders(config: Config): MiddlewareHandler<Env> {
  const { policy, script } = portalPolicy(config)
  return headersOf(config.origin, {
    'Content-Security-Policy': policy,
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    'Permissions-Policy': `payment=(self "${script}"), publickey-credentials-get=(self "${script}"), camera=(), microphone=(), geolocation=(), usb=()`,
  })
}

/** The desk's: nothing of Stripe's is ever loaded there. */
export function deskHeaders(origin: string): MiddlewareHandler<Env> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    ...upgrade(origin),
  ].join('; ')
  return headersOf(origin, {
    'Content-Security-Policy': policy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'payment=(), camera=(), microphone=(), geolocation=(), usb=()',
  })
}

function upgrade(origin: string): readonly string[] {
  return origin.startsWith('https://') ? ['upgrade-insecure-requests'] : []
}

function portalPolicy(config: Config): { policy: string; script: string } {
  const script = new URL(config.stripe.script).origin
  const real = script === 'https://js.stripe.com'
  const scripts = real ? 'https://js.stripe.com https://*.js.stripe.com' : script
  const frames = real ? `${scripts} https://hooks.stripe.com` : script
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${scripts}`,
    "style-src 'self'",
    `img-src 'self' data:${real ? ' https://*.stripe.com' : ''}`,
    "font-src 'self'",
    `connect-src 'self'${real ? ' https://api.stripe.com' : ''}`,
    `frame-src ${frames}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    ...upgrade(config.origin),
  ].join('; ')
  return { policy, script }
}

function headersOf(origin: string, own: Readonly<Record<string, string>>): MiddlewareHandler<Env> {
  const headers: Record<string, string> = {
    ...own,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Origin-Agent-Cluster': '?1',
    ...(origin.startsWith('https://') && { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }),
  }
  return async (c, next) => {
    c.set('requestId', randomId('req_'))
    await next()
    // A gateway hands this answer on as the app's own: the portal's policies are not that origin's.
    if (isForwardAuth(c.req.path)) return
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
    c.res.headers.set('X-Request-Id', c.get('requestId'))
    for (const [name, value] of Object.entries(unlessSaid)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    }
  }
}

/** What a route may say otherwise. */
const unlessSaid = { 'Cross-Origin-Resource-Policy': 'same-origin', 'Cache-Control': 'no-store' }

/** Links are built from the configured origin; a request for another host was not meant for us. */
export function requireHost(origin: string): MiddlewareHandler<Env> {
  const { host } = new URL(origin)
  return async (c, next) => {
    if (c.req.header('Host') !== host) throw new ApiError('wrong-host')
    await next()
  }
}
