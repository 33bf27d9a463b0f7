import type Stripe from 'stripe'
import { answerBank, customerWith, idOf, monthly, type Bench } from './test-bench.ts'
import { at, clockAt, day, latest, pastDue, start, subscribed, type Subscribed } from './test-clock.ts'

/** Whose billing is in a state, and by which clock it lives. */
export type Reached = Omit<Subscribed, 'method'>

/** (subscription, its latest invoice, that invoice's intent) as Stripe answers them; null where there is none. */
export type Seen = [subscription: string | null, invoice: string | null, intent: string | null]

export const card3ds = '4000002760003184'
export const bank = 'pm_usBankAccount_processing'

export async function seen({ stripe }: Bench, id: string): Promise<Seen> {
  const { status, latest_invoice: latestInvoice } = await stripe.subscriptions.retrieve(id)
  if (latestInvoice === null) return [status, null, null]
  const invoice = await stripe.invoices.retrieve(idOf(latestInvoice), {
    expand: ['payments.data.payment.payment_intent'],
  })
  const intent = invoice.payments?.data[0]?.payment.payment_intent as Stripe.PaymentIntent | undefined
  return [status, invoice.status, intent?.status ?? null]
}

export async function intentOf({ stripe }: Bench, invoice: string): Promise<Stripe.PaymentIntent> {
  const { confirmation_secret: secret } = await stripe.invoices.retrieve(invoice, { expand: ['confirmation_secret'] })
  return stripe.paymentIntents.retrieve(String(secret?.client_secret).split('_secret_')[0] ?? '')
}

export async function newDefault({ stripe }: Bench, customer: string, template = 'pm_card_visa'): Promise<string> {
  const method = await stripe.paymentMethods.attach(template, { customer })
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } })
  return method.id
}

/** Changes the card and pays the invoice that is owed, the newest unless another is named. */
export async function payNew(bench: Bench, { id, customer }: Reached, invoice?: string): Promise<void> {
  const method = await newDefault(bench, customer)
  const owed = invoice ?? (await latest(bench, id)).id
  await bench.stripe.invoices.pay(owed, { payment_method: method, off_session: false })
}

export async function payByBank(bench: Bench, { id, customer }: Reached): Promise<void> {
  const method = await bench.stripe.paymentMethods.attach(bank, { customer })
  await bench.stripe.invoices.pay((await latest(bench, id)).id, { payment_method: method.id, off_session: false })
}

/** The page's part: it confirms the invoice's own intent, with `template` when the intent has no method. */
export async function confirmOnPage(bench: Bench, { id }: Reached, template?: string): Promise<void> {
  const intent = await intentOf(bench, (await latest(bench, id)).id)
  const chosen = template === undefined ? {} : { payment_method: template }
  await bench.asPage('POST', `/v1/payment_intents/${intent.id}/confirm`, {
    client_secret: String(intent.client_secret),
    ...chosen,
  })
}

export async function passBank(bench: Bench, { id }: Reached): Promise<void> {
  await answerBank(await intentOf(bench, (await latest(bench, id)).id), 'complete')
}

export async function settleDebit(bench: Bench, { id }: Reached): Promise<void> {
  const intent = await intentOf(bench, (await latest(bench, id)).id)
  await bench.lever('POST', `payment_intents/${intent.id}/settle`, { outcome: 'succeeded' })
}

/** A new subscription in place of the old; what is reached from here on is the new one. */
export async function subscribeAgain(bench: Bench, reached: Reached): Promise<void> {
  const method = await newDefault(bench, reached.customer)
  const { id } = await bench.stripe.subscriptions.create({
    customer: reached.customer,
    items: [{ price: await monthly(bench) }],
    default_payment_method: method,
    off_session: false,
  })
  reached.id = id
}

/** Runs `deed` while the account is set otherwise. */
export async function under<T>(bench: Bench, settings: { [name: string]: string }, deed: () => Promise<T>): Promise<T> {
  const before = await bench.lever('GET', 'settings')
  await bench.lever('POST', 'settings', settings)
  try {
    return await deed()
  } finally {
    await bench.lever('POST', 'settings', before)
  }
}

export const lag = (bench: Bench, { id }: Reached, on: boolean) =>
  bench.lever('POST', `subscriptions/${id}`, { lag: on })

export async function unpaid(bench: Bench): Promise<Reached> {
  return under(bench, { after_retries: 'unpaid' }, async () => {
    const made = await pastDue(bench)
    await made.clock.to(at(2026, 3, 10))
    return made
  })
}

type Missing = Stripe.SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod

/** A trial of 14 days without a card. */
export async function trial(bench: Bench, missing: Missing = 'create_invoice'): Promise<Reached> {
  const clock = await clockAt(bench)
  const { id: customer } = await bench.stripe.customers.create({ test_clock: clock.id })
  const { id } = await bench.stripe.subscriptions.create({
    customer,
    items: [{ price: await monthly(bench) }],
    trial_period_days: 14,
    trial_settings: { end_behavior: { missing_payment_method: missing } },
  })
  return { clock, customer, id }
}

export async function pausedTrial(bench: Bench): Promise<Reached> {
  const made = await trial(bench, 'pause')
  await made.clock.to(start + 15 * day)
  return made
}

export const resume = (bench: Bench, { id }: Reached) =>
  bench.stripe.subscriptions.resume(id, { payment_behavior: 'resume_on_payment_success' })

/** A bill for something else that names this subscription; not paid yet. */
export async function extraBill(bench: Bench, { id, customer }: Reached): Promise<string> {
  await bench.stripe.invoiceItems.create({ customer, subscription: id, amount: 1500, currency: 'eur' })
  const invoice = await bench.stripe.invoices.create({
    customer,
    subscription: id,
    auto_advance: false,
    pending_invoice_items_behavior: 'include',
  })
  await bench.stripe.invoices.finalizeInvoice(invoice.id)
  return invoice.id
}

/** Three seats instead of one, in force once paid. */
export async function wantThree(bench: Bench, { id }: Reached): Promise<Stripe.Subscription> {
  const item = (await bench.stripe.subscriptions.retrieve(id)).items.data[0]?.id ?? ''
  return bench.stripe.subscriptions.update(id, {
    items: [{ id: item, quantity: 3 }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'pending_if_incomplete',
  })
}

/** A subscription paid from credit: nothing is charged. */
export async function fromCredit(bench: Bench): Promise<Reached> {
  const clock = await clockAt(bench)
  const { customer } = await customerWith(bench, 'pm_card_visa', clock.id)
  await bench.stripe.customers.update(customer, { balance: -4900 })
  const items = [{ price: await monthly(bench) }]
  const { id } = await bench.stripe.subscriptions.create({ customer, items })
  return { clock, customer, id }
}

/** Taxed by address; at renewal the address was no use any more. */
export async function untaxable(bench: Bench): Promise<Reached> {
  const clock = await clockAt(bench)
  const { customer } = await customerWith(bench, 'pm_card_visa', clock.id)
  await bench.stripe.customers.update(customer, { address: { country: 'DE', postal_code: '10115' } })
  const items = [{ price: await monthly(bench) }]
  const { id } = await bench.stripe.subscriptions.create({ customer, items, automatic_tax: { enabled: true } })
  await bench.stripe.customers.update(customer, { address: { country: 'US' } })
  await clock.to(at(2026, 2, 28, 14))
  return { clock, customer, id }
}

export async function overdueInvoice(bench: Bench): Promise<Reached> {
  const made = await subscribed(bench, 'pm_card_visa', { collection_method: 'send_invoice', days_until_due: 14 })
  await made.clock.to(start + 20 * day)
  await bench.lever('POST', `invoices/${(await latest(bench, made.id)).id}/forget_intent`)
  return made
}
