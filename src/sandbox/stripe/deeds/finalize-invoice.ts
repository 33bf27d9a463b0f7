import { newId, newSecret, randomText } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { newPaymentIntent, type PaymentIntent } from '#sandbox/stripe/objects/intent.ts'
import { newInvoicePayment } from '#sandbox/stripe/objects/invoice-item.ts'
import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import { find, rows, timeOf, type World } from '#sandbox/stripe/world.ts'
import { methodFor } from './choose-method.ts'
import { moveBalance } from './move-balance.ts'
import { change, record } from './record-event.ts'
import { markPaid } from './settle-invoice.ts'
import { canBeTaxed, failFinalization, locationUnknown } from './total-invoice.ts'

const day = 86_400

/**
 * Makes a draft a real demand: a number, a due date, a payment intent; nothing is charged yet.
 * @throws {Refusal} 400 when it is no draft, or is to be taxed and its customer's address is no use for that
 */
export function finalizeInvoice(world: World, invoice: Invoice): void {
  if (invoice.status !== 'draft')
    throw invalid("This invoice is already finalized, you can't re-finalize a non-draft invoice.", {
      code: 'invoice_not_editable',
    })
  if (!canBeTaxed(world, invoice)) {
    failFinalization(world, invoice)
    throw locationUnknown()
  }
  const customer = find(world, 'customer', invoice.customer)
  const now = timeOf(world, invoice.customer)
  const path = `${world.origin}/invoice/${invoice.id}`
  change(world, invoice, ['invoice.finalized', 'invoice.updated'], () => {
    const rest = invoice.total + customer.balance
    Object.assign(invoice, { starting_balance: customer.balance, ending_balance: Math.min(0, rest) })
    Object.assign(invoice, { amount_due: Math.max(0, rest), amount_remaining: Math.max(0, rest) })
    Object.assign(invoice, { last_finalization_error: null, customer_tax_ids: taxIdsOf(world, invoice.customer) })
    Object.assign(invoice, { status: 'open', effective_at: now, automatically_finalizes_at: null })
    invoice.status_transitions.finalized_at = now
    invoice.number ??= `${customer.invoice_prefix}-${String(customer.next_invoice_sequence).padStart(4, '0')}`
    invoice.hosted_invoice_url = path
    invoice.invoice_pdf = `${path}/pdf`
    if (invoice.collection_method === 'send_invoice')
      invoice.due_date ??= now + (invoice.sandbox.daysUntilDue ?? 30) * day
    if (invoice.amount_due > 0) addIntent(world, invoice, now)
  })
  customer.next_invoice_sequence += 1
  customer.currency ??= invoice.currency
  const used = (invoice.ending_balance ?? 0) - customer.balance
  if (used !== 0) moveBalance(world, customer, used, { type: 'applied_to_invoice', invoice: invoice.id })
  if (invoice.amount_due === 0) markPaid(world, invoice, null)
}

function taxIdsOf(world: World, customer: string): Invoice['customer_tax_ids'] {
  return rows(world, 'tax_id')
    .filter((one) => one.customer === customer)
    .map(({ type, value }) => ({ type, value }))
}

/** The intent of a demand that is open; one that lost it gets another. */
export function intentOf(world: World, invoice: Invoice): PaymentIntent {
  const held = world.tables.payment_intent.get(invoice.sandbox.intent ?? '')
  return held ?? addIntent(world, invoice, timeOf(world, invoice.customer))
}

function addIntent(world: World, invoice: Invoice, now: number): PaymentIntent {
  const id = newId('pi')
  const method = methodFor(world, invoice)
  const intent = newPaymentIntent({
    id,
    created: now,
    client_secret: newSecret(id),
    amount: invoice.amount_due,
    currency: invoice.currency,
  })
  Object.assign(intent, {
    customer: invoice.customer,
    description: descriptions[invoice.billing_reason] ?? `Payment for Invoice ${invoice.number ?? ''}`.trim(),
    payment_method: method?.id ?? null,
    payment_method_types: ['card', 'link', 'us_bank_account'],
    setup_future_usage: invoice.parent === null ? null : 'off_session',
    status: method === undefined ? 'requires_payment_method' : 'requires_confirmation',
  })
  intent.sandbox.invoice = invoice.id
  invoice.sandbox.intent = id
  world.tables.payment_intent.set(id, intent)
  record(world, 'payment_intent.created', intent)
  const payment = newInvoicePayment({
    id: `inpay_${randomText(24)}`,
    amount_requested: invoice.amount_due,
    created: now,
    currency: invoice.currency,
    invoice: invoice.id,
    payment: { payment_intent: id, type: 'payment_intent' },
  })
  world.tables.invoice_payment.set(payment.id, payment)
  return intent
}

const descriptions: { [reason: string]: string } = {
  subscription_create: 'Subscription creation',
  subscription_cycle: 'Subscription update',
  subscription_update: 'Subscription update',
}
