import type { Instant } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { ask, idOf, type StripeClient } from './client.ts'
import { intentIdOf, paymentFrom } from './facts.ts'
import { readInvoice, type InvoiceState } from './pay-invoice.ts'

/** The newest charge of an invoice's payment. */
export type LastCharge = {
  readonly at: Instant
  /** Stripe's id of what was charged. */
  readonly method?: string
  readonly status: 'succeeded' | 'pending' | 'failed'
}

/** An invoice with the newest charge of it, where there was one. Undefined for one that is gone. Throws StripeUnreachable. */
export async function readLastCharge(
  stripe: StripeClient,
  id: string,
): Promise<{ readonly invoice: InvoiceState; readonly charge: LastCharge | undefined } | undefined> {
  const invoice = await readInvoice(stripe, id)
  if (!invoice) return undefined
  const intent = intentIdOf(await ask(stripe.invoices.retrieve(id, { expand: ['payments'] })))
  if (intent === undefined) return { invoice, charge: undefined }
  const found = await ask(stripe.paymentIntents.retrieve(intent, { expand: ['latest_charge', 'payment_method'] }))
  const { latest_charge: charge } = found
  return {
    // Read in one go with the charge, so that the two do not contradict each other.
    invoice: { ...invoice, payment: paymentFrom(found) },
    charge:
      typeof charge === 'object' && charge
        ? { at: charge.created, status: statusOf(charge.status), ...compact({ method: idOf(charge.payment_method) }) }
        : undefined,
  }
}

/** Stripe's enums are open: a word that came later says no end. */
function statusOf(status: string): LastCharge['status'] {
  return status === 'succeeded' || status === 'failed' ? status : 'pending'
}
