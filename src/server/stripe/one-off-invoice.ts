import type { Instant } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import Stripe from 'stripe'
import { ask, isUnreachable, StripeUnreachable, type StripeClient } from './client.ts'
import { readInvoice, type InvoiceState } from './pay-invoice.ts'

/** Something that is sold once. */
export type OncePrice = { readonly id: string; readonly key: string; readonly price: Money }

/** Of an order: with it an invoice is found whose answer was lost, and kept apart from what an account owes. */
export const ORDER = 'fix402_order'

/** How long, in seconds, prices are remembered. */
const FRESH_SECONDS = 60
/** As many as Stripe looks up at once (https://docs.stripe.com/api/prices/list). */
const KEYS_AT_ONCE = 10

type Shelf = { readonly until: Instant; readonly prices: ReadonlyMap<string, OncePrice> }
const shelves = new WeakMap<StripeClient, Map<string, Shelf>>()

/** The one-off prices with these lookup keys, remembered for a minute; `now` in unix seconds. Throws StripeUnreachable. */
export async function oncePrices(
  stripe: StripeClient,
  keys: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, OncePrice>> {
  const shelf = shelves.get(stripe) ?? new Map<string, Shelf>()
  shelves.set(stripe, shelf)
  const name = JSON.stringify(keys)
  const known = shelf.get(name)
  if (known && now < known.until) return known.prices
  const prices = await lookUp(stripe, keys)
  shelf.set(name, { until: now + FRESH_SECONDS, prices })
  return prices
}

/** As Stripe has it at this moment. Throws StripeUnreachable. */
export async function oncePrice(stripe: StripeClient, key: string): Promise<OncePrice | undefined> {
  return (await lookUp(stripe, [key])).get(key)
}

async function lookUp(stripe: StripeClient, keys: readonly string[]): Promise<ReadonlyMap<string, OncePrice>> {
  const slices = Array.from({ length: Math.ceil(keys.length / KEYS_AT_ONCE) }, (_, index) =>
    keys.slice(index * KEYS_AT_ONCE, (index + 1) * KEYS_AT_ONCE),
  )
  const pages = await Promise.all(
    slices.map((lookup_keys) => ask(stripe.prices.list({ lookup_keys, active: true, limit: 100 }))),
  )
  const sold = pages.flatMap(({ data }) =>
    data.flatMap(({ id, lookup_key: key, unit_amount: amount, currency, recurring }): readonly OncePrice[] =>
      key === null || amount === null || recurring ? [] : [{ id, key, price: { amount, currency } }],
    ),
  )
  return new Map(sold.map((one) => [one.key, one]))
}

/**
 * What an invoice of this price will ask of the customer: Stripe takes off it what they have to their credit, and adds
 * what they owe (`customer.balance`). Undefined where the customer is billed in another currency. Throws
 * StripeUnreachable. No preview: without a subscription Stripe previews the next renewal instead.
 */
export function dueFor({ price }: OncePrice, customer: BilledCustomer | undefined): Money | undefined {
  if (!customer) return price
  if (customer.currency !== undefined && customer.currency !== price.currency) return undefined
  return { amount: Math.max(0, price.amount + customer.balance), currency: price.currency }
}

export type BilledCustomer = { readonly balance: number; readonly currency: string | undefined }

/** Throws StripeUnreachable. */
export async function readBilled(stripe: StripeClient, id: string): Promise<BilledCustomer> {
  const customer = await ask(stripe.customers.retrieve(id))
  if (customer.deleted) return { balance: 0, currency: undefined }
  return { balance: customer.balance, currency: customer.currency ?? undefined }
}

/** Stripe does not make this invoice: nothing was charged, and asking again would not change it. */
export class BillRefused extends Error {
  override name = 'BillRefused'
}

export type Bill = {
  readonly customer: string
  readonly price: OncePrice
  readonly order: string
  readonly metadata: Readonly<Record<string, string>>
  /** A name for one of the calls, the same whenever it is made again. */
  readonly keyOf: (step: string) => string
}

/**
 * An invoice with one line, finalized and not yet paid. Nothing is charged by it. Each answer may be lost: then Stripe is
 * asked what there is. Throws StripeUnreachable when it stays open what there is, and BillRefused.
 */
export async function billOnce(stripe: StripeClient, bill: Bill): Promise<InvoiceState> {
  const { customer, price, order, metadata, keyOf } = bill
  const draft =
    (await hear(
      stripe.invoices.create(
        {
          customer,
          currency: price.price.currency,
          auto_advance: false,
          collection_method: 'charge_automatically',
          pending_invoice_items_behavior: 'exclude',
          metadata: { ...metadata, [ORDER]: order },
        },
        { idempotencyKey: keyOf('invoice'), maxNetworkRetries: 0 },
      ),
    )) ?? (await findOrdered(stripe, customer, order))
  if (!draft) throw new StripeUnreachable('no invoice')
  await hear(
    stripe.invoiceItems.create(
      { customer, invoice: draft.id, pricing: { price: price.id }, quantity: 1 },
      { idempotencyKey: keyOf('line'), maxNetworkRetries: 0 },
    ),
  )
  const { lines } = await ask(stripe.invoices.retrieve(draft.id))
  if (lines.data.length !== 1) throw new StripeUnreachable('no line')
  await hear(
    stripe.invoices.finalizeInvoice(
      draft.id,
      { auto_advance: false },
      { idempotencyKey: keyOf('finalize'), maxNetworkRetries: 0 },
    ),
  )
  const state = await readInvoice(stripe, draft.id)
  if (!state || state.status === 'draft') throw new StripeUnreachable('not finalized')
  return state
}

/** Silence is undefined. Throws BillRefused. */
async function hear<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (isUnreachable(error)) return undefined
    if (error instanceof Stripe.errors.StripeError) throw new BillRefused(error.message)
    throw error
  }
}

/** The invoice of an order among the customer's hundred newest. Throws StripeUnreachable. */
export async function findOrdered(
  stripe: StripeClient,
  customer: string,
  order: string,
): Promise<{ readonly id: string } | undefined> {
  const { data } = await ask(stripe.invoices.list({ customer, limit: 100 }))
  return data.find(({ metadata }) => metadata?.[ORDER] === order)
}

/** Takes an unpaid invoice away; false where it was paid meanwhile, or is being paid. Throws StripeUnreachable. */
export async function discard(stripe: StripeClient, { id, status }: InvoiceState): Promise<boolean> {
  try {
    if (status === 'draft') await ask(stripe.invoices.del(id))
    if (status === 'open' || status === 'uncollectible') await ask(stripe.invoices.voidInvoice(id))
    return status !== 'paid'
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return false
    throw error
  }
}
