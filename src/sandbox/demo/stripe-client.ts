import Stripe from 'stripe'

/** The official SDK, pointed at the sandbox by host and port and changed in nothing else. */
export function createStripe(base: string): Stripe {
  const { hostname, port, protocol } = new URL(base)
  return new Stripe('sk_test_demo', {
    host: hostname,
    port: port || (protocol === 'https:' ? 443 : 80),
    protocol: protocol === 'https:' ? 'https' : 'http',
    telemetry: false,
  })
}
