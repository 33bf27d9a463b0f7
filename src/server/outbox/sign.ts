import { createHmac } from 'node:crypto'

/**
 * The headers of one delivery (Standard Webhooks 1.0.0), signed with every key the app may hold while it is changed.
 * `digests` are the SHA-256 of the app's keys, hex; `now` is unix seconds.
 */
export function signedHeaders(
  digests: readonly string[],
  { id, body, now }: { id: string; body: string; now: number },
): Record<string, string> {
  const content = `${id}.${now}.${body}`
  const signatures = digests.map((digest) => {
    const signature = createHmac('sha256', secretOf(digest)).update(content).digest('base64')
    return `v1,${signature}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(now), 'webhook-signature': signatures.join(' ') }
}

/** What stands behind `whsec_`, in base64: made from the app's key, so that there is no second secret to copy. */
function secretOf(digest: string): Buffer {
  return createHmac('sha256', Buffer.from(digest, 'hex')).update('fix402 webhook').digest()
}
