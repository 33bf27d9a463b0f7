import type Stripe from 'stripe'
import { customerWith, monthly, type Bench } from './test-bench.ts'

/** Where the clocks of these tests begin: a month's end, when months differ. UTC seconds. */
export const start = Date.UTC(2026, 0, 31, 12) / 1000
export const hour = 3600
export const day = 24 * hour

export const at = (year: number, month: number, date: number, hours = 12) =>
  Date.UTC(year, month - 1, date, hours) / 1000

export type Clock = { id: string; to: (target: number) => Promise<void> }

/** A test clock; `to` advances it and waits until it is ready. */
export async function clockAt({ stripe }: Bench): Promise<Clock> {
  const { testClocks } = stripe.testHelpers
  const { id } = await testClocks.create({ frozen_time: start })
  const to = async (target: number) => {
    const answer = await testClocks.advance(id, { frozen_time: target })
    const after = await testClocks.retrieve(id)
    if (answer.status !== 'advancing' || after.status !== 'ready') throw new Error('The clock did not advance.')
  }
  return { id, to }
}

export type Subscribed = { clock: Clock; customer: string; method: string; id: string }

/** A monthly subscription in the time of its own clock. */
export async function subscribed(
  bench: Bench,
  template = 'pm_card_visa',
  extra: Partial<Stripe.SubscriptionCreateParams> = {},
): Promise<Subscribed> {
  const clock = await clockAt(bench)
  const { customer, method } = await customerWith(bench, template, clock.id)
  const items = [{ price: await monthly(bench) }]
  const { id } = await bench.stripe.subscriptions.create({ customer, items, ...extra })
  return { clock, customer, method, id }
}

/** A subscription whose renewal on 28 February failed as this test card does. */
export async function pastDue(
  bench: Bench,
  decline = '4000000000000341',
): Promise<Subscribed & { invoice: Stripe.Invoice }> {
  const made = await subscribed(bench)
  await bench.lever('POST', `payment_methods/${made.method}`, { behaves_as: decline })
  await made.clock.to(at(2026, 2, 28, 14))
  return { ...made, invoice: await latest(bench, made.id) }
}

export async function latest({ stripe }: Pick<Bench, 'stripe'>, id: string): Promise<Stripe.Invoice> {
  const subscription = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
  return subscription.latest_invoice as Stripe.Invoice
}

export async function statusOf({ stripe }: Bench, id: string): Promise<string> {
  return (await stripe.subscriptions.retrieve(id)).status
}
