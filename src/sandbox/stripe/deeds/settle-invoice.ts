import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { InvoicePayment } from '#sandbox/stripe/objects/invoice-item.ts'
import type { Invoice, WriteOffReason } from '#sandbox/stripe/objects/invoice.ts'
import { rows, timeOf, type World } from '#sandbox/stripe/world.ts'
import { subscriptionOf } from './choose-method.ts'
import { followPaid, followWrittenOff } from './follow-invoice.ts'
import { moveBalance } from './move-balance.ts'
import { change, record } from './record-event.ts'

/** The invoice is paid, by `method` or (null) by balance or outside Stripe; its subscription follows. */
export function markPaid(world: World, invoice: Invoice, method: string | null): void {
  const now = timeOf(world, invoice.customer)
  change(world, invoice, ['invoice.updated', 'invoice.paid', 'invoice.payment_succeeded'], () => {
    Object.assign(invoice, { amount_paid: invoice.amount_due, amount_remaining: 0 })
    Object.assign(invoice, { status: 'paid', attempted: true, next_payment_attempt: null })
    delete invoice.status_details
    invoice.status_transitions.paid_at = now
  })
  const payment = paymentOf(world, invoice)
  const intent = world.tables.payment_intent.get(invoice.sandbox.intent ?? '')
  if (payment !== undefined && intent?.status === 'succeeded') {
    Object.assign(payment, { status: 'paid', amount_paid: payment.amount_requested })
    payment.status_transitions.paid_at = now
    record(world, 'invoice_payment.paid', payment)
  } else {
    cancelPayment(world, invoice, 'automatic')
  }
  noteDebts(world, invoice.customer)
  followPaid(world, invoice, method)
}

/** @throws {Refusal} 400 unless open or uncollectible */
export function voidInvoice(world: World, invoice: Invoice): void {
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw invalid(
      `You can only pass in open or uncollectible invoices. This invoice isn't open: its status is ${invoice.status}.`,
      { code: 'status_transition_invalid' },
    )
  }
  change(world, invoice, ['invoice.updated', 'invoice.voided'], () => {
    Object.assign(invoice, { status: 'void', auto_advance: false, next_payment_attempt: null })
    invoice.status_transitions.voided_at = timeOf(world, invoice.customer)
  })
  returnBalance(world, invoice)
  cancelPayment(world, invoice, 'void_invoice')
  noteDebts(world, invoice.customer)
  followWrittenOff(world, invoice)
}

/** What the invoice took of the customer's balance, or added to it, is undone. */
function returnBalance(world: World, invoice: Invoice): void {
  const customer = world.tables.customer.get(invoice.customer)
  const used = invoice.starting_balance - (invoice.ending_balance ?? invoice.starting_balance)
  if (customer === undefined || used === 0) return
  change(world, customer, 'customer.updated', () => {
    moveBalance(world, customer, used, { type: 'unapplied_from_invoice', invoice: invoice.id })
  })
}

/** As if the invoice had never been: for a request that was refused. The attempt itself did happen and stays. */
export function withdrawInvoice(world: World, invoice: Invoice): void {
  const { tables } = world
  voidInvoice(world, invoice)
  for (const item of tables.invoiceitem.values()) if (item.invoice === invoice.id) item.invoice = null
  for (const event of tables.event.values()) if (event.data.object['id'] === invoice.id) tables.event.delete(event.id)
  for (const payment of tables.invoice_payment.values())
    if (payment.invoice === invoice.id) tables.invoice_payment.delete(payment.id)
  for (const entry of tables.customer_balance_transaction.values())
    if (entry.invoice === invoice.id) tables.customer_balance_transaction.delete(entry.id)
  tables.invoice.delete(invoice.id)
}

/** Written off, still payable. @throws {Refusal} 400 unless open */
export function markUncollectible(world: World, invoice: Invoice, reason: WriteOffReason): void {
  if (invoice.status !== 'open' && invoice.status !== 'draft') {
    throw invalid('This invoice cannot be marked as uncollectible: it is not open.', {
      code: 'status_transition_invalid',
    })
  }
  change(world, invoice, ['invoice.updated', 'invoice.marked_uncollectible'], () => {
    Object.assign(invoice, {
      status: 'uncollectible',
      auto_advance: false,
      next_payment_attempt: null,
      automatically_finalizes_at: null,
    })
    invoice.status_details = { uncollectible: { reason } }
    invoice.status_transitions.marked_uncollectible_at = timeOf(world, invoice.customer)
  })
  noteDebts(world, invoice.customer)
  followWrittenOff(world, invoice)
}

function cancelPayment(world: World, invoice: Invoice, reason: string): void {
  const intent = world.tables.payment_intent.get(invoice.sandbox.intent ?? '')
  if (intent === undefined || intent.status === 'succeeded' || intent.status === 'canceled') return
  const now = timeOf(world, invoice.customer)
  change(world, intent, 'payment_intent.canceled', () => {
    Object.assign(intent, { status: 'canceled', canceled_at: now, cancellation_reason: reason, next_action: null })
  })
  const payment = paymentOf(world, invoice)
  if (payment === undefined) return
  payment.status = 'canceled'
  payment.status_transitions.canceled_at = now
}

function paymentOf(world: World, invoice: Invoice): InvoicePayment | undefined {
  return rows(world, 'invoice_payment').find((payment) => payment.invoice === invoice.id)
}

/** `customer.delinquent`: the latest invoice that is charged automatically has failed. */
export function noteDebts(world: World, id: string): void {
  const customer = world.tables.customer.get(id)
  if (customer === undefined) return
  const owes = rows(world, 'invoice').some(
    (one) => one.customer === id && one.status === 'open' && one.sandbox.firstFailure !== null && isLive(world, one),
  )
  if (customer.delinquent === owes) return
  change(world, customer, 'customer.updated', () => {
    customer.delinquent = owes
  })
}

function isLive(world: World, invoice: Invoice): boolean {
  return subscriptionOf(world, invoice)?.status !== 'incomplete'
}
