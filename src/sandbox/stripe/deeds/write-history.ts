import { newId, newSecret, randomText } from '#sandbox/stripe/ids.ts'
import type { Customer } from '#sandbox/stripe/objects/customer.ts'
import { newPaymentIntent } from '#sandbox/stripe/objects/intent.ts'
import { newInvoicePayment } from '#sandbox/stripe/objects/invoice-item.ts'
import { newInvoice, newInvoiceLine, type Invoice } from '#sandbox/stripe/objects/invoice.ts'
import type { PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import type { World } from '#sandbox/stripe/world.ts'
import { authorized, bookCharge } from './book-charge.ts'
import { describeCustomer } from './total-invoice.ts'

export type History = {
  count: number
  /** When the first was made, UTC seconds, and how many seconds lie between two. */
  from: number
  every: number
  /** Of each, in minor units of `currency`. */
  amount: number
  currency: string
  /** What paid the newest of them, and how many; the older ones were paid outside Stripe, as imported ones are. */
  method: PaymentMethod | undefined
  charged: number
}

/** Paid invoices of long ago, without the events and attempts of each: thousands in a moment. */
export function writeHistory(world: World, customer: Customer, history: History): void {
  for (let index = 0; index < history.count; index++) {
    const at = history.from + index * history.every
    const invoice = paidInvoice(world, customer, history, at)
    world.tables.invoice.set(invoice.id, invoice)
    if (history.method !== undefined && index >= history.count - history.charged)
      charge(world, invoice, history.method, at)
  }
  world.onChange()
}

function paidInvoice({ origin }: World, customer: Customer, { amount, currency, every }: History, at: number): Invoice {
  const id = newId('in')
  const period = { start: at - every, end: at }
  const invoice = newInvoice({
    id,
    created: at,
    customer: customer.id,
    currency,
    billing_reason: 'manual',
    collection_method: 'charge_automatically',
    period_start: period.start,
    period_end: period.end,
    test_clock: customer.test_clock,
    auto_advance: false,
  })
  describeCustomer(invoice, customer)
  const line = newInvoiceLine({
    id: newId('il'),
    amount,
    currency,
    description: 'Map loads',
    invoice: id,
    parent: null,
    period,
    pricing: null,
    quantity: 1,
    subscription: null,
  })
  invoice.lines.data.push(line)
  const number = `${customer.invoice_prefix}-${String(customer.next_invoice_sequence++).padStart(4, '0')}`
  Object.assign(invoice, { number, status: 'paid', attempted: true, effective_at: at, ending_balance: 0 })
  Object.assign(invoice, {
    subtotal: amount,
    subtotal_excluding_tax: amount,
    total: amount,
    total_excluding_tax: amount,
  })
  Object.assign(invoice, { amount_due: amount, amount_paid: amount })
  Object.assign(invoice, { hosted_invoice_url: `${origin}/invoice/${id}`, invoice_pdf: `${origin}/invoice/${id}/pdf` })
  Object.assign(invoice.status_transitions, { finalized_at: at, paid_at: at })
  return invoice
}

function charge(world: World, invoice: Invoice, method: PaymentMethod, at: number): void {
  const id = newId('pi')
  const { amount_due: amount, currency, customer } = invoice
  const intent = newPaymentIntent({ id, created: at, client_secret: newSecret(id), amount, currency })
  Object.assign(intent, { customer, payment_method: method.id, status: 'succeeded', amount_received: amount })
  intent.sandbox.invoice = invoice.id
  invoice.sandbox.intent = id
  world.tables.payment_intent.set(id, intent)
  const made = bookCharge(world, intent, method, 'succeeded', authorized('normal'))
  made.created = at
  intent.latest_charge = made.id
  const payment = newInvoicePayment({
    id: `inpay_${randomText(24)}`,
    amount_requested: amount,
    created: at,
    currency,
    invoice: invoice.id,
    payment: { payment_intent: id, type: 'payment_intent' },
  })
  Object.assign(payment, { status: 'paid', amount_paid: amount })
  payment.status_transitions.paid_at = at
  world.tables.invoice_payment.set(payment.id, payment)
}
