import { declined, documented, invalid, type ErrorBody, type Refusal } from '#sandbox/stripe/kernel/errors.ts'
import type { PaymentIntent } from '#sandbox/stripe/objects/intent.ts'
import type { PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import { present } from '#sandbox/stripe/present.ts'
import type { World } from '#sandbox/stripe/world.ts'
import { attempt } from './charge-intent.ts'
import { methodFor, paysIn, schemeCurrencies } from './choose-method.ts'
import { finalizeInvoice, intentOf } from './finalize-invoice.ts'
import { followPayment } from './follow-payment.ts'
import { attachedPaymentMethod } from './mint-payment-method.ts'
import { markPaid } from './settle-invoice.ts'

export type Payment = { payment_method?: string | undefined; off_session: boolean; paid_out_of_band: boolean }

/**
 * Pays an invoice now, as `POST /v1/invoices/{id}/pay` does.
 * @throws {Refusal} 400 when it is paid, void or has a payment on its way; 402 when the card is declined or the bank asks for the cardholder
 */
export function payInvoice(world: World, invoice: Invoice, payment: Payment): void {
  if (invoice.status === 'paid') throw invalid('Invoice is already paid')
  if (invoice.status === 'void') throw invalid('This invoice is void and can no longer be paid.')
  const chosen =
    payment.payment_method === undefined
      ? undefined
      : attachedPaymentMethod(world, payment.payment_method, invoice.customer, 'payment_method')
  if (invoice.status === 'draft') finalizeInvoice(world, invoice)
  if (invoice.amount_remaining === 0) {
    if (invoice.status !== 'draft' && isUnpaid(invoice)) markPaid(world, invoice, null)
    return
  }
  if (payment.paid_out_of_band) return markPaid(world, invoice, null)
  const intent = intentOf(world, invoice)
  if (intent.status === 'processing') {
    throw invalid('This invoice has a payment that is still processing.', {
      code: 'payment_intent_unexpected_state',
      payment_intent: present(world, intent),
    })
  }
  if (intent.status === 'succeeded') throw invalid('Invoice is already paid')
  const method = chosen ?? methodFor(world, invoice)
  if (method === undefined) throw noMethod()
  requireCurrency(method, intent.currency)
  const ended = attempt(world, intent, method, { offSession: payment.off_session })
  followPayment(world, intent, ended)
  if (ended.kind === 'failed') throw declinedBy(world, ended.error, intent)
  if (ended.kind === 'requires_action') throw actionRequired(world, intent)
}

/**
 * A bank account pays in the currency of its scheme only; Stripe refuses before any bank is asked.
 * @throws {Refusal} 400
 */
export function requireCurrency({ type }: PaymentMethod, currency: string): void {
  if (paysIn(type, currency)) return
  const message = `The currency provided (${currency}) is invalid for one or more payment method types on this PaymentIntent. The payment method type ${type} only supports the following currencies: ${schemeCurrencies[type]}. Either correct the provided currency, or use a different PaymentIntent to accept this payment method type.`
  throw invalid(message, { code: 'payment_intent_incompatible_payment_method', param: 'payment_method' })
}

function isUnpaid(invoice: Invoice): boolean {
  return invoice.status !== 'paid'
}

export function noMethod(): Refusal {
  const message =
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.'
  return invalid(message, { code: 'resource_missing' })
}

/** The 402 that carries the error an intent kept, and the intent itself. */
export function declinedBy(world: World, error: ErrorBody, intent: PaymentIntent): Refusal {
  const { type: _, ...body } = error
  return declined({ ...body, payment_intent: present(world, intent) })
}

function actionRequired(world: World, intent: PaymentIntent): Refusal {
  const code = 'invoice_payment_intent_requires_action'
  const message = 'This payment requires additional user action before it can be completed successfully.'
  const { type: _, ...body } = documented({ type: 'card_error', code, message })
  return declined({ ...body, payment_intent: present(world, intent) })
}
