import type { InvoicePapers } from '#contract/invoice.ts'
import type { Method } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { declineGroup } from '#diagnosis/decline.ts'
import type { Money } from '#diagnosis/money.ts'
import Stripe from 'stripe'
import { ask, idOf, type StripeClient } from './client.ts'
import { intentIdOf } from './facts.ts'
import { disputeOf, isShown, listedFrom, type ListedInvoice } from './invoice-list.ts'

export type Papers = { readonly invoice: ListedInvoice; readonly papers: InvoicePapers }

/** Stripe's own addresses of an invoice's papers: told to nobody but the browser that asked for one. */
export type PaperLinks = { readonly pdf: string | undefined; readonly receipt: string | undefined }

/** Everything about one invoice of this customer; undefined where there is no such demand. Throws StripeUnreachable. */
export async function readPapers(stripe: StripeClient, customer: string, id: string): Promise<Papers | undefined> {
  const invoice = await own(stripe, customer, id)
  if (!invoice) return undefined
  const intentId = intentIdOf(invoice)
  const [lines, notes, intent, charges, refunds, disputes] = await ask(
    Promise.all([
      invoice.lines.has_more ? stripe.invoices.listLineItems(id, { limit: 100 }) : invoice.lines,
      stripe.creditNotes.list({ invoice: id, limit: 100 }),
      intentId === undefined ? undefined : stripe.paymentIntents.retrieve(intentId, { expand: ['latest_charge'] }),
      of(intentId, (payment_intent) => stripe.charges.list({ payment_intent, limit: 100 })),
      of(intentId, (payment_intent) => stripe.refunds.list({ payment_intent, limit: 100 })),
      of(intentId, (payment_intent) => stripe.disputes.list({ payment_intent, limit: 10 })),
    ]),
  )
  const money = (amount: number): Money => ({ amount, currency: invoice.currency })
  const applied = (invoice.ending_balance ?? invoice.starting_balance) - invoice.starting_balance
  const names = new Map(invoice.discounts.map((discount) => nameOf(discount)))
  return {
    invoice: listedFrom(invoice, intent, intent && (await disputeOf(stripe, intent))),
    papers: {
      lines: lines.data.map(({ id, description, amount, quantity, period }) => ({
        id,
        about: description ?? '',
        amount: money(amount),
        period,
        ...compact({ quantity: quantity ?? undefined }),
      })),
      moreLines: lines.has_more,
      subtotal: money(invoice.subtotal),
      discounts: (invoice.total_discount_amounts ?? []).map(({ amount, discount }) => ({
        id: idOf(discount) ?? '',
        amount: money(amount),
        ...compact({ name: names.get(idOf(discount) ?? '') }),
      })),
      taxes: (invoice.total_taxes ?? [])
        .filter(({ amount }) => amount !== 0)
        .map(({ amount, tax_behavior }) => ({ amount: money(amount), inclusive: tax_behavior === 'inclusive' })),
      total: money(invoice.total),
      ...(applied !== 0 && invoice.status !== 'void' && { creditApplied: money(applied) }),
      attempts: charges.map(attemptFrom),
      paidElsewhere:
        invoice.status === 'paid' && invoice.amount_paid > 0 && !charges.some(({ status }) => status === 'succeeded'),
      creditNotes: notes.data.map(({ id, number, created, amount, status }) => ({
        id,
        number,
        at: created,
        amount: money(amount),
        voided: status === 'void',
      })),
      refunds: refunds.map(({ id, created, amount, currency, status }) => ({
        id,
        at: created,
        amount: { amount, currency },
        state: refundStates[status ?? ''] ?? 'pending',
      })),
      disputes: disputes
        .filter(({ status }) => !status.startsWith('warning'))
        .map(({ id, created, amount, currency, status }) => ({
          id,
          at: created,
          amount: { amount, currency },
          state: status === 'won' ? 'won' : status === 'lost' ? 'lost' : 'pending',
        })),
    },
  }
}

/** Throws StripeUnreachable; undefined where there is no such demand. */
export async function readPaperLinks(
  stripe: StripeClient,
  customer: string,
  id: string,
): Promise<PaperLinks | undefined> {
  const invoice = await own(stripe, customer, id)
  if (!invoice) return undefined
  const charges = await of(intentIdOf(invoice), (payment_intent) => ask(stripe.charges.list({ payment_intent })))
  const paid = charges.find(({ status }) => status === 'succeeded')
  return { pdf: invoice.invoice_pdf ?? undefined, receipt: paid?.receipt_url ?? undefined }
}

/** The address of a credit note's PDF. Throws StripeUnreachable; undefined for another customer's. */
export async function readCreditNoteLink(
  stripe: StripeClient,
  customer: string,
  id: string,
): Promise<string | undefined> {
  const note = await ask(stripe.creditNotes.retrieve(id)).catch(absent)
  return note && idOf(note.customer) === customer ? note.pdf : undefined
}

async function own(stripe: StripeClient, customer: string, id: string): Promise<Stripe.Invoice | undefined> {
  const invoice = await ask(stripe.invoices.retrieve(id, { expand: ['payments', 'discounts.source.coupon'] })).catch(
    absent,
  )
  return invoice && idOf(invoice.customer) === customer && isShown(invoice) ? invoice : undefined
}

function absent(error: unknown): undefined {
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing') return undefined
  throw error
}

async function of<T>(
  intent: string | undefined,
  list: (intent: string) => Promise<{ data: readonly T[] }>,
): Promise<readonly T[]> {
  return intent === undefined ? [] : (await list(intent)).data
}

function nameOf(discount: Stripe.Invoice['discounts'][number]): readonly [string, string | undefined] {
  if (typeof discount === 'string') return [discount, undefined]
  const coupon = 'source' in discount ? discount.source.coupon : undefined
  return [discount.id, typeof coupon === 'object' ? (coupon?.name ?? undefined) : undefined]
}

const refundStates: Readonly<Record<string, 'done' | 'pending' | 'failed'>> = {
  succeeded: 'done',
  pending: 'pending',
  requires_action: 'pending',
  failed: 'failed',
  canceled: 'failed',
}

/** The bank's codes stay here: what leaves is what to do about them. */
function attemptFrom(charge: Stripe.Charge): InvoicePapers['attempts'][number] {
  const { amount, created: at, currency, failure_code: code, id, outcome, receipt_url, status } = charge
  const error = compact({
    declineCode: outcome?.reason ?? undefined,
    adviceCode: outcome?.advice_code ?? undefined,
    networkAdviceCode: outcome?.network_advice_code ?? undefined,
  })
  const declined = { result: 'declined', decline: declineGroup({ code: code ?? 'card_declined', ...error }) } as const
  return {
    id,
    at,
    amount: { amount, currency },
    method: methodOf(charge),
    receipt: status === 'succeeded' && receipt_url !== null,
    ...(status === 'failed' ? declined : { result: status === 'succeeded' ? 'paid' : 'pending' }),
  }
}

function methodOf({ payment_method, payment_method_details: details }: Stripe.Charge): Method {
  const face = details?.card ?? details?.us_bank_account ?? details?.sepa_debit
  return {
    id: payment_method ?? '',
    kind: details?.type ?? 'unknown',
    ...compact({
      brand: details?.card?.brand ?? undefined,
      last4: face?.last4 ?? undefined,
      expMonth: details?.card?.exp_month,
      expYear: details?.card?.exp_year,
    }),
  }
}
