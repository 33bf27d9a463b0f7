import { createHash, createHmac } from 'node:crypto'

/**
 * The Standard Webhooks secret with which a portal signs what it sends to the app of this key: HMAC-SHA256 under the
 * SHA-256 of the key, so that there is no second secret to keep.
 */
export function webhookSecret(appKey: string): string {
  const digest = createHash('sha256').update(appKey).digest()
  return `whsec_${createHmac('sha256', digest).update('fix402 webhook').digest('base64')}`
}
