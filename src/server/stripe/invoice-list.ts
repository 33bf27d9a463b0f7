import type { Instant } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import type { BilledInvoice } from '#diagnosis/invoice-standing.ts'
import { isWorthRetrying } from '#diagnosis/decline.ts'
import Stripe from 'stripe'
import { ask, type StripeClient } from './client.ts'
import { intentIdOf, paymentFrom } from './facts.ts'
import { ORDER } from './one-off-invoice.ts'

/** An invoice as it stands in a list; amounts in minor units of `currency`, instants in unix seconds. */
export type ListedInvoice = BilledInvoice & {
  readonly id: string
  readonly number?: string
  /** Printed on it. */
  readonly date: Instant
  readonly period: { readonly start: Instant; readonly end: Instant }
  readonly currency: string
  readonly remaining: number
  /** What its first line says. */
  readonly about?: string
  readonly pdf: boolean
  readonly receipt: boolean
}

export type InvoiceFilter = {
  /** Of these statuses; of all where it is left out. */
  readonly statuses?: readonly Stripe.InvoiceListParams['status'][]
  /** Made within these seconds. */
  readonly created?: { readonly gte: Instant; readonly lt: Instant }
}

/** A place in the list that Stripe no longer knows. */
export class CursorLost extends Error {
  override name = 'CursorLost'
}

export type InvoicePage = {
  readonly invoices: readonly ListedInvoice[]
  readonly more?: string
  /** Only so many of the newest were looked through. */
  readonly searched?: number
}

/** Where a status's own list has come to its end. */
const OVER = '-'

/**
 * A customer's invoices, newest first, `limit` (at most 100) at a time. `after` is the `more` of the page before: Stripe
 * lists one status at a time, so it names where each list was left. No drafts, and no orders that nobody paid. Throws
 * StripeUnreachable and CursorLost.
 */
export async function listInvoices(
  stripe: StripeClient,
  customer: string,
  { statuses = [undefined], created }: InvoiceFilter,
  { after, limit }: { after?: string; limit: number },
): Promise<InvoicePage> {
  const left = after?.split(',') ?? []
  const lists = await Promise.all(
    statuses.map(async (status, index) => {
      if (left[index] === OVER) return { data: [], has_more: false }
      const from = left[index] || undefined
      return hear(
        stripe.invoices.list({
          customer,
          limit,
          expand: ['data.payments'],
          ...compact({ status, created, starting_after: from }),
        }),
      )
    }),
  )
  const merged = lists
    .flatMap(({ data }, list) => data.map((invoice) => ({ invoice, list })))
    .toSorted((a, b) => b.invoice.created - a.invoice.created)
    .slice(0, limit)
  const places = lists.map(({ data, has_more }, list) => {
    const taken = merged.filter((one) => one.list === list)
    return taken.length === data.length && !has_more ? OVER : (taken.at(-1)?.invoice.id ?? left[list] ?? '')
  })
  return {
    invoices: await describe(
      stripe,
      customer,
      merged.map(({ invoice }) => invoice),
    ),
    ...(places.some((place) => place !== OVER) && { more: places.join(',') }),
  }
}

/** How many pages of a hundred are looked through where Stripe does not search. */
const PAGES = 5

/**
 * The customer's invoice with this number; case does not matter. Stripe's search does not know the last minute, and is
 * not there for merchants in India (https://docs.stripe.com/api/invoices/search): then the newest are looked through,
 * and it is said how many where there are more. Throws StripeUnreachable.
 */
export async function findByNumber(stripe: StripeClient, customer: string, number: string): Promise<InvoicePage> {
  const query = `customer:"${customer}" AND number:"${number}"`
  const searching = stripe.invoices.search({ query, limit: 10, expand: ['data.payments'] })
  const found = await ask(searching.then(({ data }) => data).catch(withoutSearch))
  if (found && found.length > 0) return { invoices: await describe(stripe, customer, found) }
  const looked = await lookThrough(stripe, customer, { number, pages: found ? 1 : PAGES })
  const isPart = !found && looked.matches.length === 0 && looked.isMore
  return {
    invoices: await describe(stripe, customer, looked.matches),
    ...(isPart && { searched: looked.count }),
  }
}

/** Refused, which is no word about the invoice. */
function withoutSearch(error: unknown): undefined {
  const isRefused =
    error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripePermissionError
  if (!isRefused) throw error
}

async function lookThrough(
  stripe: StripeClient,
  customer: string,
  { number, pages }: { readonly number: string; readonly pages: number },
) {
  const looked: Stripe.Invoice[] = []
  for (let page = 1; ; page += 1) {
    const last = looked.at(-1)?.id
    const { data, has_more: isMore } = await ask(
      stripe.invoices.list({ customer, limit: 100, expand: ['data.payments'], ...compact({ starting_after: last }) }),
    )
    looked.push(...data)
    const matches = data.filter((invoice) => invoice.number?.toLowerCase() === number.toLowerCase())
    if (matches.length > 0 || !isMore || page === pages) return { matches, isMore, count: looked.length }
  }
}

async function hear<T>(call: Promise<T>): Promise<T> {
  try {
    return await ask(call)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.param === 'starting_after')
      throw new CursorLost(error.message)
    throw error
  }
}

async function describe(
  stripe: StripeClient,
  customer: string,
  found: readonly Stripe.Invoice[],
): Promise<readonly ListedInvoice[]> {
  const invoices = found.filter(isShown)
  const intents = await readIntents(stripe, customer, invoices)
  return Promise.all(
    invoices.map(async (invoice) => {
      const intent = intents.get(intentIdOf(invoice) ?? '')
      return listedFrom(invoice, intent, intent && (await disputeOf(stripe, intent)))
    }),
  )
}

/** A draft is no demand yet, and for an order that was not paid nothing was given. */
export function isShown({ status, metadata }: Stripe.Invoice): boolean {
  if (status === 'draft' || status === null) return false
  return status === 'paid' || metadata?.[ORDER] === undefined
}

/** Seconds by which an intent may be older or younger than the payment that it is for. */
const SLACK = 300

/** The intents behind these invoices, in one question where they were made at one time. */
async function readIntents(
  stripe: StripeClient,
  customer: string,
  invoices: readonly Stripe.Invoice[],
): Promise<ReadonlyMap<string, Stripe.PaymentIntent>> {
  const wanted = new Set(invoices.flatMap((invoice) => intentIdOf(invoice) ?? []))
  if (wanted.size === 0) return new Map()
  const times = invoices.flatMap(({ payments }) => payments?.data.map(({ created }) => created) ?? [])
  const { data } = await ask(
    stripe.paymentIntents.list({
      customer,
      limit: 100,
      created: { gte: Math.min(...times) - SLACK, lte: Math.max(...times) + SLACK },
      expand: ['data.latest_charge'],
    }),
  )
  const found = new Map(data.filter(({ id }) => wanted.has(id)).map((intent) => [intent.id, intent]))
  const missing = [...wanted].filter((id) => !found.has(id))
  const others = await Promise.all(
    missing.map((id) => ask(stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] }))),
  )
  return new Map([...found, ...others.map((intent) => [intent.id, intent] as const)])
}

const pending: readonly string[] = ['needs_response', 'under_review']

/** Inquiries, and what the merchant has won, change nothing. Throws StripeUnreachable. */
export async function disputeOf(
  stripe: StripeClient,
  { id, latest_charge: charge }: Stripe.PaymentIntent,
): Promise<BilledInvoice['dispute']> {
  if (typeof charge !== 'object' || !charge?.disputed) return undefined
  const { data } = await ask(stripe.disputes.list({ payment_intent: id, limit: 10 }))
  if (data.some(({ status }) => pending.includes(status))) return 'pending'
  return data.some(({ status }) => status === 'lost') ? 'lost' : undefined
}

/** An invoice in our words. `intent` with its latest charge. */
export function listedFrom(
  invoice: Stripe.Invoice,
  intent: Stripe.PaymentIntent | undefined,
  dispute: BilledInvoice['dispute'],
): ListedInvoice {
  const [line] = invoice.lines.data
  const charge = typeof intent?.latest_charge === 'object' ? (intent.latest_charge ?? undefined) : undefined
  const payment = paymentFrom(intent)
  const worthwhile = !payment.error || isWorthRetrying(payment.error)
  const { finalized_at: finalized } = invoice.status_transitions
  const next = worthwhile ? (invoice.next_payment_attempt ?? undefined) : undefined
  return {
    id: invoice.id,
    status: invoice.status as ListedInvoice['status'],
    date: invoice.effective_at ?? finalized ?? invoice.created,
    due: invoice.due_date ?? finalized ?? invoice.created,
    period: line?.period ?? { start: invoice.period_start, end: invoice.period_end },
    currency: invoice.currency,
    total: invoice.total,
    remaining: invoice.amount_remaining,
    paid: invoice.amount_paid,
    refunded: charge?.amount_refunded ?? 0,
    credited: invoice.pre_payment_credit_notes_amount + invoice.post_payment_credit_notes_amount,
    attempted: invoice.attempted,
    byHand: invoice.collection_method === 'send_invoice',
    payment,
    pdf: typeof invoice.invoice_pdf === 'string',
    receipt: charge?.status === 'succeeded' && charge.receipt_url !== null,
    ...compact({
      number: invoice.number ?? undefined,
      about: line?.description ?? undefined,
      nextAttempt: next,
      dispute,
    }),
  }
}
