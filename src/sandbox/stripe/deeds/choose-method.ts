import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import type { PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import type { World } from '#sandbox/stripe/world.ts'

/** What the bank debits of the sandbox pay in (docs.stripe.com/payments/payment-methods/payment-method-support). */
export const schemeCurrencies: Readonly<Partial<Record<PaymentMethod['type'], string>>> = {
  sepa_debit: 'eur',
  us_bank_account: 'usd',
}

export function paysIn(type: PaymentMethod['type'], currency: string): boolean {
  return (schemeCurrencies[type] ?? currency) === currency
}

/**
 * What an automatic charge takes: the invoice's own method, the subscription's, then the customer's default
 * (docs.stripe.com/billing/subscriptions/payment-methods-setting). One that cannot pay the invoice is not selected
 * (docs.stripe.com/invoicing/payment-methods).
 */
export function methodFor(world: World, invoice: Invoice): PaymentMethod | undefined {
  const subscription = subscriptionOf(world, invoice)
  const id =
    invoice.default_payment_method ?? subscription?.default_payment_method ?? customerDefault(world, invoice.customer)
  const method = world.tables.payment_method.get(id ?? '')
  return method && paysIn(method.type, invoice.currency) ? method : undefined
}

/** What a subscription would charge, before it has an invoice. */
export function methodOfSubscription(world: World, subscription: Subscription): PaymentMethod | undefined {
  return world.tables.payment_method.get(
    subscription.default_payment_method ?? customerDefault(world, subscription.customer) ?? '',
  )
}

export function subscriptionOf(world: World, invoice: Invoice): Subscription | undefined {
  return world.tables.subscription.get(invoice.parent?.subscription_details.subscription ?? '')
}

function customerDefault(world: World, customer: string): string | null {
  return world.tables.customer.get(customer)?.invoice_settings.default_payment_method ?? null
}
