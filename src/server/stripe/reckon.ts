import type { Money } from '#diagnosis/money.ts'
import Stripe from 'stripe'
import { ask, type StripeClient } from './client.ts'

/** What an invoice would ask for now, in its currency's smallest unit. */
export type Reckoning = {
  readonly due: Money
  /** Left over for later invoices. */
  readonly credit?: Money
  /** Within `due`. */
  readonly tax?: Money
}

/**
 * Stripe's own reckoning of a deed, which changes nothing (https://docs.stripe.com/api/invoices/create_preview).
 * Undefined where Stripe refuses the deed, or lacks the address without which it cannot be taxed: there is no price
 * then, and none is made up. `nothing` where there is nothing to bill. Throws StripeUnreachable.
 */
export async function reckon(
  stripe: StripeClient,
  deed: Stripe.InvoiceCreatePreviewParams,
): Promise<Reckoning | 'nothing' | undefined> {
  try {
    const preview = await ask(stripe.invoices.createPreview(deed))
    return preview.automatic_tax.status === 'requires_location_inputs' ? undefined : reckoningOf(preview)
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
    return error.statusCode === 404 ? 'nothing' : undefined
  }
}

function reckoningOf({ amount_due, currency, total, starting_balance, total_taxes }: Stripe.Invoice): Reckoning {
  // A balance in the customer's favour is negative.
  const credit = -(total + starting_balance)
  const tax = (total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0)
  return {
    due: { amount: amount_due, currency },
    ...(credit > 0 && { credit: { amount: credit, currency } }),
    ...(tax > 0 && amount_due > 0 && { tax: { amount: tax, currency } }),
  }
}
