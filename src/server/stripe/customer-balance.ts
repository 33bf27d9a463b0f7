import type { Money } from '#diagnosis/money.ts'
import Stripe from 'stripe'
import { ask, isUnreachable, StripeUnreachable, type StripeClient } from './client.ts'

/** Under which name Stripe keeps which gift of ours an entry is. */
const GIFT = 'fix402_goodwill'
const PAGES = 5

/** The currency that a customer pays in; undefined before there is one, or for a customer who is gone. Throws StripeUnreachable. */
export async function readCurrency(stripe: StripeClient, id: string): Promise<string | undefined> {
  try {
    const customer = await ask(stripe.customers.retrieve(id))
    return customer.deleted ? undefined : (customer.currency ?? undefined)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return undefined
    throw error
  }
}

export type Gift = Money & { readonly customer: string; readonly id: string }

/**
 * Puts money to a customer's credit: it comes off their next invoices (a negative amount is in their favour,
 * https://docs.stripe.com/api/customer_balance_transactions/create). Given once, however often it is asked for within a
 * day. Answers Stripe's entry, or `refused`. Throws StripeUnreachable where nobody knows.
 */
export async function giveMoney(
  stripe: StripeClient,
  { customer, amount, currency, id }: Gift,
): Promise<{ readonly entry: string } | 'refused'> {
  try {
    const entry = await stripe.customers.createBalanceTransaction(
      customer,
      { amount: -amount, currency, description: 'Credit from support', metadata: { [GIFT]: id } },
      { idempotencyKey: `goodwill-${id}`, maxNetworkRetries: 0 },
    )
    return { entry: entry.id }
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return 'refused'
    // The same is being given just now.
    const isTwin = error instanceof Stripe.errors.StripeIdempotencyError
    if (isTwin || isUnreachable(error)) throw new StripeUnreachable('no answer')
    throw error
  }
}

/** Stripe's entry of a gift that was asked for at `since`, unix seconds. Throws StripeUnreachable. */
export async function findGiven(
  stripe: StripeClient,
  { customer, id }: Gift,
  since: number,
): Promise<string | undefined> {
  let after: string | undefined
  for (let page = 0; page < PAGES; page += 1) {
    const { data, has_more } = await ask(
      stripe.customers.listBalanceTransactions(customer, {
        limit: 100,
        ...(after !== undefined && { starting_after: after }),
      }),
    )
    const found = data.find(({ metadata }) => metadata?.[GIFT] === id)
    if (found) return found.id
    const last = data.at(-1)
    // An hour for clocks that differ.
    if (!last || !has_more || last.created < since - 3_600) return undefined
    after = last.id
  }
  throw new StripeUnreachable('too many entries to be sure')
}
