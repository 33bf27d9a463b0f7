import type { Stripe } from '@stripe/stripe-js'

/** Whether the bank's window was seen through. What it means for the money only our server says, after reading Stripe. */
export type BankCheck = { readonly kind: 'finished' } | { readonly kind: 'unfinished' }

/** Opens the bank's check of a payment that waits for it (https://docs.stripe.com/payments/3d-secure). Never rejects. */
export async function confirmWithBank(stripe: Stripe, clientSecret: string): Promise<BankCheck> {
  try {
    const { error } = await stripe.handleNextAction({ clientSecret })
    return error ? { kind: 'unfinished' } : { kind: 'finished' }
  } catch {
    // Stripe.js throws when the payment no longer waits, as after another tab was quicker: the server knows more.
    return { kind: 'finished' }
  }
}
