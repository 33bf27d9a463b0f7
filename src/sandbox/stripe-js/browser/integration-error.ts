import type { StripeError } from '@stripe/stripe-js'

/** The merchant's code broke a rule of Stripe.js: thrown at the programmer, never shown to a customer. */
export class IntegrationError extends Error {
  override readonly name = 'IntegrationError'
}

export const CONNECTION_ERROR: StripeError = {
  type: 'api_connection_error',
  message:
    'We are experiencing issues connecting to our payments provider. Please check your internet connection and try again.',
}

export function warnIntegrator(message: string): void {
  // oxlint-disable-next-line no-console -- Stripe.js speaks to the integrator on the console and nowhere else
  console.warn(`[Stripe.js] ${message}`)
}
