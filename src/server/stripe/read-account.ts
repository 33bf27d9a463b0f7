import type { Account, Method, Subscription } from '#diagnosis/account.ts'
import type Stripe from 'stripe'
import { ask, type StripeClient } from './client.ts'
import {
  detailsOf,
  isBlocked,
  intentIdOf,
  invoiceFrom,
  methodFrom,
  methodFromReference,
  subscriptionFrom,
  writtenOff,
} from './facts.ts'
import { withFace } from './kept-price.ts'
import { ORDER } from './one-off-invoice.ts'

/** A merchant's names for prices, by lookup key. */
export type PlanNames = Readonly<Record<string, { readonly name: string }>>

export type CustomerFacts = Omit<Account, 'id' | 'asOf' | 'source'>

/**
 * What Stripe says of a customer, in four reads (plus one per product that has no name yet and per
 * price that is kept, remembered, and one per
 * contested charge). Throws StripeUnreachable.
 */
export async function readCustomer(stripe: StripeClient, id: string, plans: PlanNames): Promise<CustomerFacts> {
  const [customer, subscriptions, invoices, intents] = await ask(
    Promise.all([
      stripe.customers.retrieve(id, { expand: ['invoice_settings.default_payment_method', 'tax_ids'] }).catch(absent),
      stripe.subscriptions
        .list({
          customer: id,
          status: 'all',
          limit: 20,
          expand: ['data.default_payment_method', 'data.latest_invoice.payments'],
        })
        .catch(none<Stripe.Subscription>),
      stripe.invoices
        .list({ customer: id, status: 'open', limit: 50, expand: ['data.payments', 'data.default_payment_method'] })
        .catch(none<Stripe.Invoice>),
      stripe.paymentIntents
        .list({ customer: id, limit: 50, expand: ['data.payment_method', 'data.latest_charge'] })
        .catch(none<Stripe.PaymentIntent>),
    ]),
  )
  if (!customer || customer.deleted) return { customer: 'deleted', subscriptions: [], openInvoices: [] }
  const method = methodFromReference(customer.invoice_settings.default_payment_method)
  const intentsById = new Map(intents.data.map((intent) => [intent.id, intent]))
  const contested = await readContested(stripe, intents.data)
  const since = [...contested.values()].toSorted((a, b) => b - a)[0]
  // An order that was not paid is owed by nobody: what it was for was never given.
  const owed = invoices.data.filter(({ metadata }) => metadata?.[ORDER] === undefined)
  const payable = [...owed, ...subscriptions.data.flatMap(writtenOff)].toSorted((a, b) => b.created - a.created)
  return {
    customer: 'present',
    ...(customer.address?.country && { country: customer.address.country }),
    ...(method && { method }),
    details: detailsOf(customer),
    ...(since !== undefined && { dispute: { since } }),
    subscriptions: await Promise.all(
      subscriptions.data.map(async (subscription) =>
        withFaces(stripe, subscriptionFrom(subscription, await planName(stripe, subscription, plans)), plans),
      ),
    ),
    openInvoices: await Promise.all(
      payable.map(async (invoice) => {
        const id = intentIdOf(invoice)
        const intent = id === undefined ? undefined : (intentsById.get(id) ?? (await readIntent(stripe, id)))
        return invoiceFrom(invoice, intent, intent !== undefined && contested.has(intent.id))
      }),
    ),
  }
}

/** What is kept has a name of its own: the price that it was. */
async function withFaces(stripe: StripeClient, subscription: Subscription, plans: PlanNames): Promise<Subscription> {
  if (subscription.items.every(({ keeps }) => keeps === undefined)) return subscription
  const items = subscription.items.map(async (item) =>
    item.keeps ? { ...item, keeps: await withFace(stripe, item.keeps, plans) } : item,
  )
  return { ...subscription, items: await Promise.all(items) }
}

/** The bank's customer contests them and has not lost: https://docs.stripe.com/disputes/how-disputes-work */
const pendingDisputes: readonly string[] = ['needs_response', 'under_review', 'lost']

/** Intents whose charge is contested, and since when. Inquiries change nothing and are nobody's business. */
async function readContested(
  stripe: StripeClient,
  intents: readonly Stripe.PaymentIntent[],
): Promise<ReadonlyMap<string, number>> {
  const disputed = intents.filter(({ latest_charge: charge }) => typeof charge === 'object' && charge?.disputed)
  const found = await Promise.all(
    disputed.map(async ({ id }) => {
      const { data } = await ask(stripe.disputes.list({ payment_intent: id, limit: 10 }))
      return data.filter(({ status }) => pendingDisputes.includes(status)).map(({ created }) => [id, created] as const)
    }),
  )
  return new Map(found.flat())
}

/** Saved methods that can be charged again, newest first. Throws StripeUnreachable. */
export async function readMethods(stripe: StripeClient, customer: string): Promise<readonly Method[]> {
  const { data } = await ask(stripe.customers.listPaymentMethods(customer, { limit: 100 }))
  return data.filter((method) => !isBlocked(method)).map(methodFrom)
}

function readIntent(stripe: StripeClient, id: string): Promise<Stripe.PaymentIntent> {
  return ask(stripe.paymentIntents.retrieve(id, { expand: ['payment_method'] }))
}

const productNames = new Map<string, Promise<string>>()

async function planName(stripe: StripeClient, subscription: Stripe.Subscription, plans: PlanNames): Promise<string> {
  const price = subscription.items.data[0]?.price
  if (!price) return 'Subscription'
  const named = plans[price.lookup_key ?? '']?.name ?? price.nickname
  if (named) return named
  if (typeof price.product !== 'string') return 'name' in price.product ? price.product.name : 'Subscription'
  const product = price.product
  const known = productNames.get(product) ?? ask(stripe.products.retrieve(product)).then(({ name }) => name)
  productNames.set(product, known)
  return known.catch(() => {
    productNames.delete(product)
    return 'Subscription'
  })
}

/** A customer that Stripe never heard of is as gone as a deleted one. */
function absent(error: unknown): undefined {
  if (isMissing(error)) return undefined
  throw error
}

function none<T>(error: unknown): { data: T[] } {
  if (isMissing(error)) return { data: [] }
  throw error
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'resource_missing'
}
