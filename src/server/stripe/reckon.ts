import { compact } from '#diagnosis/compact.ts'
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
  const preview = await previewOf(stripe, deed)
  return typeof preview === 'object' ? reckoningOf(preview) : preview
}

/** What a subscription will ask for of itself; `credit` is what was taken off, `carried` what was added from before. */
export type Foreseen = {
  readonly due: Money
  readonly credit?: Money
  readonly carried?: Money
  readonly discount?: Money
  readonly tax?: Money
  /** Sent to be paid by hand. */
  readonly sent: boolean
}

/** Milliseconds: what is foreseen is good to know and not worth more waiting. */
const PATIENCE = 3_000

/** The next invoice of a subscription as it would be now; as `reckon`. Throws StripeUnreachable, soon. */
export async function foresee(stripe: StripeClient, subscription: string): Promise<Foreseen | 'nothing' | undefined> {
  const preview = await previewOf(stripe, { subscription }, { timeout: PATIENCE, maxNetworkRetries: 0 })
  return typeof preview === 'object' ? foreseenIn(preview) : preview
}

async function previewOf(
  stripe: StripeClient,
  deed: Stripe.InvoiceCreatePreviewParams,
  options?: Stripe.RequestOptions,
): Promise<Stripe.Invoice | 'nothing' | undefined> {
  try {
    const preview = await ask(stripe.invoices.createPreview(deed, options))
    return preview.automatic_tax.status === 'requires_location_inputs' ? undefined : preview
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
    return error.statusCode === 404 ? 'nothing' : undefined
  }
}

function reckoningOf(invoice: Stripe.Invoice): Reckoning {
  const { amount_due, currency, total, starting_balance } = invoice
  // A balance in the customer's favour is negative.
  const credit = -(total + starting_balance)
  const tax = taxIn(invoice)
  return {
    due: { amount: amount_due, currency },
    ...(credit > 0 && { credit: { amount: credit, currency } }),
    ...(tax > 0 && amount_due > 0 && { tax: { amount: tax, currency } }),
  }
}

function foreseenIn(invoice: Stripe.Invoice): Foreseen {
  const { amount_due, currency, total, starting_balance, total_discount_amounts, collection_method } = invoice
  const part = (amount: number) => (amount > 0 ? { amount, currency } : undefined)
  return {
    due: { amount: amount_due, currency },
    sent: collection_method === 'send_invoice',
    ...compact({
      credit: starting_balance < 0 ? part(total - amount_due) : undefined,
      carried: part(starting_balance),
      discount: part((total_discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0)),
      tax: amount_due > 0 ? part(taxIn(invoice)) : undefined,
    }),
  }
}

function taxIn({ total_taxes }: Stripe.Invoice): number {
  return (total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0)
}
