import type { Instant, Invoice, PaymentError, PaymentState } from './account.ts'
import { declineGroup } from './decline.ts'

/** How an invoice stands, for whoever looks it up. */
export const invoiceStandings = [
  'open',
  'due',
  'overdue',
  'processing',
  'confirm',
  'paid',
  'refunded',
  'partly_refunded',
  'disputed',
  'charged_back',
  'credited',
  'partly_credited',
  'written_off',
  'void',
] as const
export type InvoiceStanding = (typeof invoiceStandings)[number]

/** Everything that decides it. Amounts in minor units of the invoice's currency. */
export type BilledInvoice = {
  readonly status: 'open' | 'paid' | 'void' | 'uncollectible'
  readonly total: number
  readonly paid: number
  /** Given back to the card, by a credit note or without one. */
  readonly refunded: number
  /** Taken back by credit notes, whatever became of the money. */
  readonly credited: number
  readonly due: Instant
  readonly attempted: boolean
  /** No card is charged for it by itself. */
  readonly byHand: boolean
  readonly nextAttempt?: Instant
  readonly payment: { readonly state: PaymentState; readonly error?: PaymentError }
  /** What the bank's customer contests, and the bank has not decided for the merchant. */
  readonly dispute?: 'pending' | 'lost'
}

/** Money on its way outranks every other word for what is not paid: nobody may be asked to pay it again. */
export function standingOf(invoice: BilledInvoice, now: Instant): InvoiceStanding {
  if (invoice.dispute) return invoice.dispute === 'pending' ? 'disputed' : 'charged_back'
  if (invoice.status === 'void') return 'void'
  return invoice.status === 'paid' ? settled(invoice) : unpaid(invoice, now)
}

function settled({ total, paid, refunded, credited }: BilledInvoice): InvoiceStanding {
  if (paid > 0 && refunded >= paid) return 'refunded'
  if (credited > 0 && credited >= total) return 'credited'
  if (refunded > 0) return 'partly_refunded'
  return credited > 0 ? 'partly_credited' : 'paid'
}

function unpaid(
  { status, due, attempted, byHand, nextAttempt, payment }: BilledInvoice,
  now: Instant,
): InvoiceStanding {
  const { state, error } = payment
  if (state === 'processing') return 'processing'
  if (status === 'uncollectible') return 'written_off'
  if (state === 'requires_action' || (error && declineGroup(error) === 'confirm')) return 'confirm'
  // Finalized a moment ago: its card has not been charged yet, and nobody is late.
  if (!attempted && nextAttempt !== undefined && nextAttempt > now) return 'open'
  return due < now || (!byHand && error) ? 'overdue' : 'due'
}

/** Whether somebody may be asked to pay it now: not while its money is on its way, nor what is contested with the bank. */
export function isPayable({ payment }: Invoice): boolean {
  return payment.state !== 'processing' && payment.disputed !== true
}
