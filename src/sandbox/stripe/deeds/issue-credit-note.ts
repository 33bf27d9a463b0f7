import { newId } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { Charge, Refund } from '#sandbox/stripe/objects/charge.ts'
import { newCreditNote, type CreditNote } from '#sandbox/stripe/objects/credit-note.ts'
import { mergeMetadata, type Metadata } from '#sandbox/stripe/objects/customer.ts'
import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import { find, rows, timeOf, type World } from '#sandbox/stripe/world.ts'
import { moveBalance } from './move-balance.ts'
import { change, record } from './record-event.ts'
import { refundCharge } from './refund-charge.ts'
import { markPaid } from './settle-invoice.ts'

/** Amounts in minor units of the invoice's currency. */
export type CreditWanted = {
  amount?: number | undefined
  credit_amount?: number | undefined
  refund_amount?: number | undefined
  out_of_band_amount?: number | undefined
  memo?: string | undefined
  metadata?: Metadata | null | undefined
  reason?: string | undefined
}

/**
 * Takes back a part of what an invoice asks for: first of what is still to be paid, then of what was paid, which goes
 * back to the card, to the customer's balance or outside Stripe.
 * @throws {Refusal} 400 for an invoice that is no demand, for more than it asked, and where the parts do not add up
 */
export function issueCreditNote(world: World, invoice: Invoice, wanted: CreditWanted): CreditNote {
  if (invoice.status === 'draft' || invoice.status === 'void')
    throw invalid(`You cannot create a credit note on an invoice with status: ${invoice.status}.`)
  const { credit_amount: credit = 0, refund_amount: refunded = 0, out_of_band_amount: elsewhere = 0 } = wanted
  const owed = invoice.status === 'paid' ? 0 : invoice.amount_remaining
  const amount = wanted.amount ?? credit + refunded + elsewhere
  const before = Math.min(amount, owed)
  const after = amount - before
  requireSense(world, invoice, amount)
  if (credit + refunded + elsewhere !== after)
    throw invalid(
      `The sum of credit amount, refund amount and out of band amount (${credit + refunded + elsewhere}) must equal the post payment amount (${after}).`,
    )
  const refund = refunded === 0 ? undefined : refundCharge(world, paidCharge(world, invoice), { amount: refunded })
  const id = newId('cn')
  const earlier = rows(world, 'credit_note').filter((note) => note.invoice === invoice.id).length
  const entry = credit === 0 ? null : newId('cbtxn')
  const note = newCreditNote({
    id,
    amount,
    created: timeOf(world, invoice.customer),
    currency: invoice.currency,
    customer: invoice.customer,
    customer_balance_transaction: entry,
    invoice: invoice.id,
    memo: wanted.memo ?? null,
    metadata: mergeMetadata({}, wanted.metadata),
    number: `${invoice.number ?? ''}-CN-${String(earlier + 1).padStart(2, '0')}`,
    out_of_band_amount: elsewhere === 0 ? null : elsewhere,
    pdf: `${world.origin}/credit_note/${id}/pdf`,
    post_payment_amount: after,
    pre_payment_amount: before,
    reason: wanted.reason ?? null,
    refunds: refund === undefined ? [] : [linked(refund)],
  })
  world.tables.credit_note.set(id, note)
  record(world, 'credit_note.created', note)
  lower(world, invoice, { before, after })
  if (entry !== null) addToBalance(world, note, entry, credit)
  return note
}

function requireSense(world: World, invoice: Invoice, amount: number): void {
  const charge = world.tables.charge.get(intentOf(world, invoice)?.latest_charge ?? '')
  const byNotes = invoice.pre_payment_credit_notes_amount + invoice.post_payment_credit_notes_amount
  const refunds = rows(world, 'credit_note').flatMap((note) => (note.invoice === invoice.id ? note.refunds : []))
  const withoutNote = (charge?.amount_refunded ?? 0) - refunds.reduce((all, one) => all + one.amount_refunded, 0)
  const most = invoice.total - byNotes - withoutNote
  if (amount < 1 || amount > most)
    throw invalid(
      `The credit note amount (${amount}) must be positive and not exceed what can be credited (${most}).`,
      {
        param: 'amount',
      },
    )
  if (intentOf(world, invoice)?.status === 'processing')
    throw invalid('You cannot create a credit note while a payment of this invoice is processing.')
}

function lower(world: World, invoice: Invoice, { before, after }: { before: number; after: number }): void {
  change(world, invoice, 'invoice.updated', () => {
    invoice.pre_payment_credit_notes_amount += before
    invoice.post_payment_credit_notes_amount += after
    invoice.amount_due -= before
    invoice.amount_remaining -= before
  })
  if (before === 0) return
  const intent = intentOf(world, invoice)
  if (invoice.amount_remaining === 0) markPaid(world, invoice, null)
  else if (intent !== undefined) {
    intent.amount = invoice.amount_remaining
    for (const payment of rows(world, 'invoice_payment'))
      if (payment.invoice === invoice.id) payment.amount_requested = invoice.amount_remaining
  }
}

function addToBalance(world: World, note: CreditNote, id: string, credit: number): void {
  const customer = find(world, 'customer', note.customer)
  change(world, customer, 'customer.updated', () => {
    const { id: credit_note, invoice } = note
    moveBalance(world, customer, -credit, { id, type: 'credit_note', credit_note, invoice })
  })
}

function paidCharge(world: World, invoice: Invoice): Charge {
  const charge = world.tables.charge.get(intentOf(world, invoice)?.latest_charge ?? '')
  if (charge === undefined) throw invalid('This invoice has no charge that could be refunded.')
  return charge
}

function intentOf(world: World, invoice: Invoice) {
  return world.tables.payment_intent.get(invoice.sandbox.intent ?? '')
}

function linked({ amount, id }: Refund): CreditNote['refunds'][number] {
  return { amount_refunded: amount, payment_record_refund: null, refund: id, type: 'refund' }
}
