import { BlockList, isIP } from 'node:net'
import type { WebhookRules } from './webhook-rules.ts'

/** Who is behind an address. `never` is nobody whom a webhook could be meant for, whatever the operator allows. */
export type Reach = 'public' | 'private' | 'loopback' | 'never'

/** https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry */
const ranges = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', '198.18.0.0/15', 'fc00::/7', 'fec0::/10'],
  never: [
    '0.0.0.0/8',
    // Link-local, and where clouds hand out their machines' keys.
    '169.254.0.0/16',
    '100.100.100.200/32',
    'fd00:ec2::254/128',
    'fe80::/10',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
    // Multicast, reserved, broadcast.
    '224.0.0.0/4',
    '240.0.0.0/4',
    'ff00::/8',
    // Unspecified, and what wraps an IPv4 address in one of IPv6.
    '::/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '2001::/23',
    '2002::/16',
    '100::/64',
    '2001:db8::/32',
    '3fff::/20',
    '5f00::/16',
  ],
} as const satisfies Record<Exclude<Reach, 'public'>, readonly string[]>

const lists = { loopback: listOf(ranges.loopback), never: listOf(ranges.never), private: listOf(ranges.private) }

export function reachOf(address: string): Reach {
  const plain = unmapped(address)
  const version = isIP(plain)
  if (version === 0) return 'never'
  const family = version === 6 ? 'ipv6' : 'ipv4'
  const kind = (['loopback', 'never', 'private'] as const).find((one) => lists[one].check(plain, family))
  if (kind !== undefined) return kind
  // Beyond 2000::/3 nothing is assigned yet.
  return family === 'ipv6' && !/^[23]/.test(plain) ? 'never' : 'public'
}

/** Plain http is for places that no stranger is on the way to. */
export function mayReach(address: string, isSecure: boolean, rules: WebhookRules): boolean {
  const reach = reachOf(address)
  if (reach === 'public') return isSecure
  return reach !== 'never' && rules[reach]
}

/** An IPv4 address written as one of IPv6 (RFC 4291 §2.5.5.2) is judged as what it is. */
function unmapped(address: string): string {
  const canonical = isIP(address) === 6 ? URL.parse(`http://[${address}]`)?.hostname.slice(1, -1) : address
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical ?? '') ?? []
  if (high === undefined || low === undefined) return canonical ?? ''
  return [high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255]).join('.')
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [net = '', prefix] = range.split('/')
    list.addSubnet(net, Number(prefix), isIP(net) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
