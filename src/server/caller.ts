import { isIP } from 'node:net'
import type { Context } from 'hono'
import type { Config } from './config.ts'

/** What is used of @hono/node-server's bindings: HTTP/1 and HTTP/2 have it alike. */
export type Socket = { readonly incoming: { readonly socket: { readonly remoteAddress?: string | undefined } } }

/**
 * Whose request this is, as far as the network knows: the socket's address, or with `TRUSTED_PROXIES=<hops>` the one that
 * the outermost of our own proxies saw. `X-Forwarded-For` is counted from the right, because whatever stands further
 * left was written by the caller (MDN, X-Forwarded-For, "Selecting an IP address"). An IPv6 caller is its /64.
 */
export function callerOf({ trustedProxies }: Pick<Config, 'trustedProxies'>, c: Context): string {
  const forwarded = trustedProxies > 0 ? c.req.header('X-Forwarded-For')?.split(',') : undefined
  return network(forwarded?.at(-trustedProxies)) ?? network(socketOf(c)) ?? 'unknown'
}

/** Absent where a request did not come through a socket: a function calls another. */
function socketOf(c: Context): string | undefined {
  const bindings = c.env as Partial<Socket> | undefined
  return bindings?.incoming?.socket.remoteAddress
}

/** "203.0.113.7", "[2001:db8::1]:443", "::ffff:203.0.113.7" → the part that stands for one customer of a provider. */
function network(text: string | undefined): string | undefined {
  const [, bracketed, plain] = /^\s*(?:"?\[([^\]]+)\](?::\d+)?"?|([^\s]+?))\s*$/.exec(text ?? '') ?? []
  const address = (bracketed ?? plain ?? '').replace(/%.*$/, '')
  if (isIP(address) === 4) return address
  if (isIP(address) === 6) return ipv6Network(address)
  const [, withPort] = /^([\d.]+):\d+$/.exec(address) ?? []
  return withPort !== undefined && isIP(withPort) === 4 ? withPort : undefined
}

function ipv6Network(address: string): string {
  // The URL parser writes every form of an address in one way (WHATWG URL, IPv6 serializer).
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const front = head.split(':').filter(Boolean)
  const back = (tail ?? '').split(':').filter(Boolean)
  const groups = [...front, ...Array.from({ length: 8 - front.length - back.length }, () => '0'), ...back]
  const isMapped = groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff'
  if (!isMapped) return `${groups.slice(0, 4).join(':')}::/64`
  return groups
    .slice(6)
    .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])
    .join('.')
}
