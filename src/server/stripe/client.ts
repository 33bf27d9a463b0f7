import Stripe from 'stripe'

/** The version that the SDK is built for; webhook endpoints are pinned to the same. */
const API_VERSION = '2026-10-28.endive'

export type StripeClient = Stripe

/** Stripe did not answer, or not in time. Whether it acted is not known. */
export class StripeUnreachable extends Error {
  override name = 'StripeUnreachable'
}

/**
 * The official SDK, pointed at Stripe or at another address that speaks the same API. Reads are tried twice; money is
 * never moved by a blind retry: those calls carry an idempotency key and `maxNetworkRetries: 0`.
 */
export function createStripe(key: string, apiBase: string): StripeClient {
  const { protocol, hostname, port } = new URL(apiBase)
  return new Stripe(key, {
    apiVersion: API_VERSION,
    protocol: protocol === 'http:' ? 'http' : 'https',
    host: hostname,
    ...(port !== '' && { port: Number(port) }),
    timeout: 10_000,
    maxNetworkRetries: 1,
    telemetry: false,
    appInfo: { name: 'fix402', url: 'https://github.com/fix402/fix402' },
  })
}

/** Whether Stripe said nothing about the customer: no answer, a server error, too many questions, or our key refused. */
export function isUnreachable(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeAPIError ||
    error instanceof Stripe.errors.StripeRateLimitError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError
  )
}

/** Passes Stripe's answer on; no answer becomes StripeUnreachable. */
export async function ask<T>(question: Promise<T>): Promise<T> {
  try {
    return await question
  } catch (error) {
    if (isUnreachable(error)) throw new StripeUnreachable(error instanceof Error ? error.message : 'no answer')
    throw error
  }
}

export function idOf(reference: string | { id: string } | null | undefined): string | undefined {
  return typeof reference === 'string' ? reference : reference?.id
}
