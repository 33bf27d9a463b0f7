import Stripe from 'stripe'
import { advance, customerSince, letTimePass, saveCard, subscribe, type Studio, type Who } from './customer.ts'
import { behaveAs, under, type Lab } from './lab.ts'

/** A subscription in the time of its customer's own clock. */
export type Reached = {
  readonly customer: string
  readonly clock: string
  /** The subscription; empty where there is none. */
  readonly id: string
  /** The card that it began with. */
  readonly card?: string
}

const DAY = 86_400
const HOUR = 3_600

/** Days: one renewal lies nine to twelve days back, beyond the usual grace. */
export const ONE_RENEWAL = 40
/** Days: two renewals lie back. */
const TWO_RENEWALS = 70
const TRIAL = 14

/** Test numbers of https://docs.stripe.com/testing. */
export const declines = '4000000000000341'
export const asksBank = '4000002760003184'
export const debit = 'pm_sepaDebit_processing_de'

type Differs = Partial<Stripe.SubscriptionCreateParams> & { readonly card?: string }

/** A monthly subscription begun this many days ago; time stands still there until it is moved. */
export async function subscribed(
  lab: Lab,
  who: Who,
  daysAgo: number,
  { card = 'pm_card_visa', ...differs }: Differs = {},
): Promise<Reached & { readonly card: string }> {
  const customer = await customerSince(lab, daysAgo, { ...who, card })
  const id = await subscribe(lab, customer, 'team_monthly', differs)
  return { customer: customer.id, clock: customer.clock, id, card: customer.card ?? '' }
}

/** The same, with a first renewal that met a card which behaves as this number. Time passes until now, retries included. */
export async function pastDue(lab: Lab, who: Who, number = declines): Promise<Reached> {
  const made = await subscribed(lab, who, ONE_RENEWAL)
  await behaveAs(lab, made.card, number)
  await untilNow(lab, made)
  return made
}

/** Declined renewals, and a moment ago the second of them. `hours` is how long ago it began. */
export async function pastDueTwice(lab: Lab, who: Who, hours: number, settings = {}): Promise<Reached> {
  const made = await subscribed(lab, who, TWO_RENEWALS)
  await behaveAs(lab, made.card, declines)
  await under(lab, settings, async () => advance(lab, made.clock, (await renewal(lab, made.id)) + 10 * DAY))
  await advance(lab, made.clock, (await renewal(lab, made.id)) + hours * HOUR)
  return made
}

/** No retry is left, and the merchant has chosen to keep such a subscription open. */
export function unpaid(lab: Lab, who: Who): Promise<Reached> {
  return under(lab, { after_retries: 'unpaid' }, () => pastDue(lab, who))
}

type Missing = Stripe.SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod

/** A trial of 14 days without a card, begun this many days ago. */
export async function trial(lab: Lab, who: Who, daysAgo = 0, missing: Missing = 'create_invoice'): Promise<Reached> {
  const customer = await customerSince(lab, daysAgo, who)
  const id = await subscribe(lab, customer, 'team_monthly', {
    trial_period_days: TRIAL,
    trial_settings: { end_behavior: { missing_payment_method: missing } },
  })
  return { customer: customer.id, clock: customer.clock, id }
}

/** A trial that ran out without a card the day before `daysAgo`. */
export async function pausedTrial(lab: Lab, who: Who, daysAgo = 0): Promise<Reached> {
  const made = await trial(lab, who, daysAgo + TRIAL + 1, 'pause')
  await advance(lab, made.clock, lab.now - daysAgo * DAY)
  return made
}

export function resume({ stripe }: Pick<Studio, 'stripe'>, { id }: Reached): Promise<unknown> {
  return stripe.subscriptions.resume(id, { payment_behavior: 'resume_on_payment_success' })
}

/** When the running period ends, unix seconds. */
export async function renewal({ stripe }: Pick<Studio, 'stripe'>, id: string): Promise<number> {
  const { items } = await stripe.subscriptions.retrieve(id)
  return items.data[0]?.current_period_end ?? 0
}

/** To the very moment of the renewal, which is a draft for an hour then. */
export async function toRenewal(lab: Lab, { id, clock }: Reached): Promise<void> {
  await advance(lab, clock, await renewal(lab, id))
}

export function untilNow(studio: Studio, { customer: id, clock }: Reached): Promise<void> {
  return letTimePass(studio, { id, clock })
}

/** The subscription's latest invoice. */
export async function latest({ stripe }: Pick<Studio, 'stripe'>, { id }: Reached): Promise<string> {
  const { latest_invoice: invoice } = await stripe.subscriptions.retrieve(id)
  const found = typeof invoice === 'string' ? invoice : invoice?.id
  if (found === undefined) throw new Error(`${id} never had an invoice`)
  return found
}

/** Pays the latest invoice by bank debit, which takes days. */
export async function payByDebit({ stripe }: Studio, made: Reached): Promise<void> {
  const method = await stripe.paymentMethods.attach(debit, { customer: made.customer })
  const owed = await latest({ stripe }, made)
  await stripe.invoices.pay(owed, { payment_method: method.id, off_session: false })
}

/** A payment that is going to be refused: what remains of it is what is wanted. */
export async function refused(payment: Promise<unknown>): Promise<void> {
  await payment.catch((error: unknown) => {
    if (!(error instanceof Stripe.errors.StripeCardError)) throw error
  })
}

/** A bill for something else that names this subscription; not paid yet. */
export async function extraBill({ stripe }: Pick<Studio, 'stripe'>, made: Reached): Promise<string> {
  const { id: subscription, customer } = made
  await stripe.invoiceItems.create({ customer, subscription, amount: 15_00, currency: 'eur' })
  const { id } = await stripe.invoices.create({
    customer,
    subscription,
    auto_advance: false,
    pending_invoice_items_behavior: 'include',
  })
  await stripe.invoices.finalizeInvoice(id)
  return id
}

/** Three instead of one, in force once paid. */
export async function wantThree({ stripe }: Pick<Studio, 'stripe'>, made: { readonly id: string }) {
  const item = (await stripe.subscriptions.retrieve(made.id)).items.data[0]?.id ?? ''
  return stripe.subscriptions.update(made.id, {
    items: [{ id: item, quantity: 3 }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'pending_if_incomplete',
  })
}

/** Paid from credit: nothing is charged. */
export async function fromCredit(lab: Lab, who: Who): Promise<Reached> {
  const customer = await customerSince(lab, 10, { ...who, card: 'pm_card_visa' })
  await lab.stripe.customers.update(customer.id, { balance: -49_00 })
  const made = { customer: customer.id, clock: customer.clock, id: await subscribe(lab, customer, 'team_monthly') }
  await untilNow(lab, made)
  return made
}

/** Taxed by address; at renewal the address was no use any more. */
export async function untaxable(lab: Lab, who: Who): Promise<Reached> {
  const made = await subscribed(lab, who, ONE_RENEWAL, { automatic_tax: { enabled: true } })
  await lab.stripe.customers.update(made.customer, { address: { country: 'US' } })
  await untilNow(lab, made)
  return made
}

/** Sent by e-mail, late by more than a week, and nobody began to pay it. */
export async function overdueInvoice(lab: Lab, who: Who): Promise<Reached> {
  const made = await subscribed(lab, who, 25, { collection_method: 'send_invoice', days_until_due: 14 })
  await untilNow(lab, made)
  await lab.lever('POST', `invoices/${await latest(lab, made)}/forget_intent`)
  return made
}

/** A fresh card as the customer's default. Returns its id. */
export function newDefault(studio: Pick<Studio, 'stripe'>, customer: string, template = 'pm_card_visa') {
  return saveCard(studio, { id: customer }, template)
}
