import type Stripe from 'stripe'
import { newDefault } from '#sandbox/demo/moves.ts'
import type { Seen } from '#sandbox/demo/state.ts'
import { answerBank, idOf, monthly, type Bench } from './test-bench.ts'
import { latest } from './test-clock.ts'

/** Whose billing is mended; a new subscription takes the place of one that is over. */
export type Owner = { customer: string; id: string }

export async function seen({ stripe }: Pick<Bench, 'stripe'>, id: string): Promise<Seen> {
  if (id === '') return [null, null, null]
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

/** Changes the card and pays the invoice that is owed, the newest unless another is named. */
export async function payNew(bench: Bench, { id, customer }: Owner, invoice?: string): Promise<void> {
  const method = await newDefault(bench, customer)
  const owed = invoice ?? (await latest(bench, id)).id
  await bench.stripe.invoices.pay(owed, { payment_method: method, off_session: false })
}

/** The same for the newest invoice that is open, where a later one stands above it. */
export async function payOpen(bench: Bench, made: Owner): Promise<void> {
  const { data } = await bench.stripe.invoices.list({ customer: made.customer, status: 'open' })
  await payNew(bench, made, data[0]?.id)
}

/** The page's part: it confirms the invoice's own intent, with `template` when the intent has no method. */
export async function confirmOnPage(bench: Bench, { id }: Owner, template?: string): Promise<void> {
  const intent = await intentOf(bench, (await latest(bench, id)).id)
  const chosen = template === undefined ? {} : { payment_method: template }
  await bench.asPage('POST', `/v1/payment_intents/${intent.id}/confirm`, {
    client_secret: String(intent.client_secret),
    ...chosen,
  })
}

export async function passBank(bench: Bench, { id }: Owner): Promise<void> {
  await answerBank(await intentOf(bench, (await latest(bench, id)).id), 'complete')
}

export async function settleDebit(bench: Bench, { id }: Owner): Promise<void> {
  const intent = await intentOf(bench, (await latest(bench, id)).id)
  await bench.lever('POST', `payment_intents/${intent.id}/settle`, { outcome: 'succeeded' })
}

/** A new subscription in place of the old; what is mended from here on is the new one. */
export async function subscribeAgain(bench: Bench, owner: Owner): Promise<void> {
  const method = await newDefault(bench, owner.customer)
  const { id } = await bench.stripe.subscriptions.create({
    customer: owner.customer,
    items: [{ price: await monthly(bench) }],
    default_payment_method: method,
    off_session: false,
  })
  owner.id = id
}
