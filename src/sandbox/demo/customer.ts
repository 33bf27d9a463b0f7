import { setTimeout as pause } from 'node:timers/promises'
import type Stripe from 'stripe'
import type { PriceKey, Prices } from './prices.ts'

/** What a scenario is built with. */
export type Studio = {
  readonly stripe: Stripe
  readonly prices: Prices
  /** Unix seconds: the moment at which the scenario is to be found. */
  readonly now: number
}

/** Who is to be found in a state. */
export type Who = { readonly name: string; readonly email: string }

export type DemoCustomer = {
  readonly id: string
  /** The card on file at the beginning; absent when there is none. */
  readonly card?: string
  /** The clock this customer lives by. */
  readonly clock: string
}

/** Where the demo's customers are: enough for an invoice. */
export const berlin = { line1: 'Torstraße 1', postal_code: '10119', city: 'Berlin', country: 'DE' } as const

const DAY = 86_400

/** A customer who joined the given number of days ago, by a test clock that can be moved up to now. */
export async function customerSince(
  studio: Studio,
  daysAgo: number,
  start: { readonly name: string; readonly email: string; readonly card?: string },
): Promise<DemoCustomer> {
  const { stripe, now } = studio
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: now - daysAgo * DAY, name: start.name })
  const customer = await stripe.customers.create({
    name: start.name,
    email: start.email,
    address: berlin,
    test_clock: clock.id,
  })
  const joined = { id: customer.id, clock: clock.id }
  if (start.card === undefined) return joined
  return { ...joined, card: await saveCard(studio, joined, start.card) }
}

/** Saves one of Stripe's test payment methods and makes it the customer's default. Returns its id. */
export async function saveCard(
  { stripe }: Pick<Studio, 'stripe'>,
  customer: { readonly id: string },
  template: string,
) {
  const { id } = await stripe.paymentMethods.attach(template, { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } })
  return id
}

/** Lets a stored card end with the month that the customer's clock shows, so that the next renewal finds it expired. */
export async function expireCard({ stripe }: Studio, customer: DemoCustomer, card: string) {
  const { frozen_time } = await stripe.testHelpers.testClocks.retrieve(customer.clock)
  const joined = new Date(frozen_time * 1_000)
  await stripe.paymentMethods.update(card, {
    card: { exp_month: joined.getUTCMonth() + 1, exp_year: joined.getUTCFullYear() },
  })
}

export async function subscribe(
  { stripe, prices }: Studio,
  customer: { readonly id: string },
  price: PriceKey,
  differs: Partial<Stripe.SubscriptionCreateParams> = {},
): Promise<string> {
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: prices[price] }],
    ...differs,
  })
  return subscription.id
}

/** Moves the customer's clock to now and waits until Stripe has done everything that fell due. */
export async function letTimePass(studio: Studio, { clock }: DemoCustomer): Promise<void> {
  await advance(studio, clock, studio.now)
}

/** Moves a test clock to a moment (unix seconds) and waits until it is there. Throws when it gets stuck. */
export async function advance({ stripe }: Pick<Studio, 'stripe'>, clock: string, to: number): Promise<void> {
  let { status } = await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to })
  for (let polls = 0; status === 'advancing' && polls < 200; polls += 1) {
    await pause(Math.min(50 * 1.2 ** polls, 1_000))
    status = (await stripe.testHelpers.testClocks.retrieve(clock)).status
  }
  if (status !== 'ready') throw new Error(`the test clock ${clock} is ${status}`)
}

/** The newest open invoice of a customer. */
export async function openInvoice({ stripe }: Studio, customer: { readonly id: string }): Promise<string> {
  const { data } = await stripe.invoices.list({ customer: customer.id, status: 'open', limit: 1 })
  const [invoice] = data
  if (!invoice?.id) throw new Error(`customer ${customer.id} has no open invoice`)
  return invoice.id
}
