import { IntegrationError } from './integration-error.ts'

const SECRET = /^((pi|seti)_[A-Za-z0-9]+)_secret_[A-Za-z0-9_-]+$/

export type IntentKind = 'payment' | 'setup'

const KINDS: Record<string, IntentKind> = { pi: 'payment', seti: 'setup' }

export type SecretParts = { id: string; kind: IntentKind }

export function readSecret(secret: unknown): SecretParts | undefined {
  const match = typeof secret === 'string' ? SECRET.exec(secret) : null
  const kind = KINDS[match?.[2] ?? '']
  return match?.[1] !== undefined && kind !== undefined ? { id: match[1], kind } : undefined
}

/** @throws IntegrationError in Stripe.js's own words when `secret` is no client secret of a wanted kind. */
export function requireSecret(secret: unknown, where: string, wanted?: IntentKind): string {
  const parts = readSecret(secret)
  if (parts === undefined || typeof secret !== 'string' || (wanted !== undefined && parts.kind !== wanted)) {
    throw new IntegrationError(
      `Invalid value for ${where}: value should be a client secret of the form \${id}_secret_\${secret}. You specified: ${String(secret)}.`,
    )
  }
  return secret
}

export const intentPath = ({ id, kind }: SecretParts): string => `/v1/${kind}_intents/${id}`
