import type { App } from './config.ts'

/**
 * The address an app wants its customer back at, if it is on one of the app's registered origins; undefined otherwise.
 * The origin is compared exactly after one WHATWG parse (RFC 9700 §2.1); credentials and control characters are refused
 * rather than repaired. A loopback name registered without a port means any port of it: programs take what is free (RFC
 * 8252 §7.3).
 */
export function returnAddress(app: App, wanted: string | undefined): string | undefined {
  if (wanted === undefined || !/^[\x21-\x7e]+$/.test(wanted) || wanted.includes('\\')) return undefined
  // No user, not even an empty one, which the parser would drop.
  if (!/^https?:\/\/[^/@?#]+([/?#]|$)/i.test(wanted) || !URL.canParse(wanted)) return undefined
  const url = new URL(wanted)
  if (!isRegistered(app, url)) return undefined
  url.hash = ''
  return url.href
}

const loopback: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

function isRegistered({ origins }: App, { origin, protocol, hostname }: URL): boolean {
  if (origins.includes(origin)) return true
  return protocol === 'http:' && loopback.includes(hostname) && origins.includes(`http://${hostname}`)
}
