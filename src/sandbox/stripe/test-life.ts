import type Stripe from 'stripe'
import { berlin } from '#sandbox/demo/customer.ts'
import type { Prices } from '#sandbox/demo/prices.ts'
import { customerWith, type Bench } from './test-bench.ts'
import { clockAt, day, start, type Clock } from './test-clock.ts'

/** A customer whose life goes by in a test clock's time. */
export type Life = {
  readonly bench: Bench
  readonly prices: Prices
  readonly customer: string
  readonly clock: Clock
  /** Unix seconds: where the clock stands. */
  now: number
}

type Start = { readonly card: string; readonly params: Partial<Stripe.SubscriptionCreateParams> }

/** How a customer may begin. */
export const beginnings = {
  'pays by card': { card: 'pm_card_visa', params: {} },
  'first card declined': { card: 'pm_card_chargeCustomerFail', params: {} },
  'first payment asks the bank': { card: 'pm_card_authenticationRequired', params: {} },
  'on trial without a card': {
    card: '',
    params: { trial_period_days: 14, trial_settings: { end_behavior: { missing_payment_method: 'pause' } } },
  },
  'on a trial that ends': {
    card: '',
    params: { trial_period_days: 14, trial_settings: { end_behavior: { missing_payment_method: 'cancel' } } },
  },
  'pays invoices by hand': {
    card: 'pm_card_visa',
    params: { collection_method: 'send_invoice', days_until_due: 7 },
  },
} as const satisfies Record<string, Start>

export type Beginning = keyof typeof beginnings

export async function begin({ bench, prices }: Pick<Life, 'bench' | 'prices'>, beginning: Beginning): Promise<Life> {
  const { card, params }: Start = beginnings[beginning]
  const clock = await clockAt(bench)
  const customer =
    card === ''
      ? (await bench.stripe.customers.create({ test_clock: clock.id })).id
      : (await customerWith(bench, card, clock.id)).customer
  await bench.stripe.customers.update(customer, { address: berlin })
  await bench.stripe.subscriptions.create({ customer, items: [{ price: prices.team_monthly }], ...params })
  return { bench, prices, customer, clock, now: start }
}

/** What may happen to a customer; each does nothing where it does not apply. */
export const events = {
  'a day passes': (life) => pass(life, 1),
  'eight days pass': (life) => pass(life, 8),
  'a month passes': (life) => pass(life, 31),
  'the card is declined from now on': (life) => behave(life, '4000000000000341'),
  'the bank asks from now on': (life) => behave(life, '4000002760003184'),
  'the card expires': async ({ bench, customer, now }) => {
    const method = await defaultOf(bench, customer)
    const today = new Date(now * 1_000)
    const card = { exp_month: today.getUTCMonth() + 1, exp_year: today.getUTCFullYear() }
    if (method) await bench.stripe.paymentMethods.update(method, { card })
  },
  'the card is removed': async ({ bench, customer }) => {
    const method = await defaultOf(bench, customer)
    if (method) await bench.stripe.paymentMethods.detach(method)
  },
  'the address is removed': ({ bench, customer }) => bench.stripe.customers.update(customer, { address: '' }),
  'a second plan begins': async ({ bench, customer, prices }) => {
    if ((await living(bench, customer)).length !== 1) return
    await tolerate(bench.stripe.subscriptions.create({ customer, items: [{ price: prices.addon_monthly }] }))
  },
  'a plan is canceled': (life) => eachLiving(life, ({ id }) => life.bench.stripe.subscriptions.cancel(id)),
  'a plan is to end with its period': (life) =>
    eachLiving(life, ({ id }) => life.bench.stripe.subscriptions.update(id, { cancel_at_period_end: true })),
  'the merchant pauses collection': (life) =>
    eachLiving(life, ({ id }) =>
      life.bench.stripe.subscriptions.update(id, { pause_collection: { behavior: 'keep_as_draft' } }),
    ),
  'an invoice is voided': (life) => eachOpen(life, ({ id }) => life.bench.stripe.invoices.voidInvoice(id)),
  'an invoice is written off': (life) => eachOpen(life, ({ id }) => life.bench.stripe.invoices.markUncollectible(id)),
  'an invoice is paid by debit': (life) =>
    eachOpen(life, async ({ id }) => {
      const { stripe } = life.bench
      const debit = await stripe.paymentMethods.attach('pm_sepaDebit_processing_de', { customer: life.customer })
      await stripe.invoices.pay(id, { payment_method: debit.id, off_session: false })
    }),
  'a debit fails': (life) => settle(life, 'failed'),
  'a debit comes through': (life) => settle(life, 'succeeded'),
  'the last charge is contested': async ({ bench, customer }) => {
    const { data } = await bench.stripe.charges.list({ customer, limit: 1 })
    const [charge] = data.filter(({ status, disputed }) => status === 'succeeded' && !disputed)
    if (charge) await bench.lever('POST', `charges/${charge.id}/dispute`, {})
  },
} as const satisfies Record<string, (life: Life) => Promise<unknown>>

async function pass(life: Life, days: number): Promise<void> {
  life.now += days * day
  await life.clock.to(life.now)
}

async function behave({ bench, customer }: Life, card: string): Promise<void> {
  const method = await defaultOf(bench, customer)
  if (method) await bench.lever('POST', `payment_methods/${method}`, { behaves_as: card })
}

async function defaultOf({ stripe }: Bench, customer: string): Promise<string | undefined> {
  const found = await stripe.customers.retrieve(customer)
  const method = found.deleted ? undefined : found.invoice_settings.default_payment_method
  return typeof method === 'string' ? method : undefined
}

async function living({ stripe }: Bench, customer: string): Promise<readonly Stripe.Subscription[]> {
  const { data } = await stripe.subscriptions.list({ customer, limit: 100 })
  return data
}

async function eachLiving({ bench, customer }: Life, act: (one: Stripe.Subscription) => Promise<unknown>) {
  for (const one of (await living(bench, customer)).slice(0, 1)) await tolerate(act(one))
}

async function eachOpen({ bench, customer }: Life, act: (one: Stripe.Invoice) => Promise<unknown>) {
  const { data } = await bench.stripe.invoices.list({ customer, status: 'open', limit: 1 })
  for (const one of data) await tolerate(act(one))
}

async function settle({ bench, customer }: Life, outcome: 'succeeded' | 'failed'): Promise<void> {
  const { data } = await bench.stripe.paymentIntents.list({ customer, limit: 100 })
  for (const { id } of data.filter(({ status }) => status === 'processing'))
    await bench.lever('POST', `payment_intents/${id}/settle`, { outcome })
}

/** Stripe itself refuses what does not fit the moment: then nothing happened. */
async function tolerate(act: Promise<unknown>): Promise<void> {
  await act.catch((error: unknown) => {
    if (!(error instanceof Error) || !('type' in error)) throw error
  })
}
