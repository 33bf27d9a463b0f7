import { healthy, type Built } from './building.ts'
import { advance, customerSince, letTimePass, saveCard, subscribe, type Studio, type Who } from './customer.ts'
import type { Lab } from './lab.ts'
import { refused } from './moves.ts'

const DAY = 86_400

/** Stripe moves a clock by two of the shortest periods at most, or by two years. */
async function advanceFar(lab: Lab, clock: string, to: number, step: number): Promise<void> {
  const { frozen_time: from } = await lab.stripe.testHelpers.testClocks.retrieve(clock)
  for (let at = from + step; at < to; at += step) await advance(lab, clock, at)
  await advance(lab, clock, to)
}

/** The newest charge of a customer that took money. */
async function lastCharge({ stripe }: Pick<Studio, 'stripe'>, customer: string): Promise<string> {
  const { data } = await stripe.charges.list({ customer, limit: 10 })
  return data.find(({ status }) => status === 'succeeded')?.id ?? ''
}

/** The merchant gave the last payment back. */
export const refundedInvoice = async (lab: Lab, who: Who): Promise<Built> => {
  const built = await healthy(lab, who)
  await lab.stripe.refunds.create({ charge: await lastCharge(lab, built.customer), reason: 'requested_by_customer' })
  return built
}

/** The merchant took back a part of the last invoice: to the card, and to what the next one takes from. */
export const creditedInvoice = async (lab: Lab, who: Who): Promise<Built> => {
  const built = await healthy(lab, who)
  const { data } = await lab.stripe.invoices.list({ customer: built.customer, status: 'paid', limit: 1 })
  await lab.stripe.creditNotes.create({
    invoice: data[0]?.id ?? '',
    refund_amount: 10_00,
    credit_amount: 5_00,
    memo: 'Two days without tiles',
    reason: 'product_unsatisfactory',
  })
  return built
}

/** Four years of a bill for every few hours: ten thousand of them, and a plan since last month. */
export const tenThousandInvoices = async (lab: Lab, who: Who): Promise<Built> => {
  const customer = await customerSince(lab, 1_500, { ...who, card: 'pm_card_visa' })
  const from = lab.now - 1_499 * DAY
  await lab.lever('POST', `customers/${customer.id}/history`, {
    count: 10_000,
    from,
    every: 12_500,
    amount: 9_90,
    charged: 200,
  })
  await advanceFar(lab, customer.clock, lab.now - 40 * DAY, 700 * DAY)
  const subscription = await subscribe(lab, customer, 'team_monthly')
  await letTimePass(lab, customer)
  return { customer: customer.id, subscriptions: [subscription] }
}

type Bill = { readonly amount: number; readonly about: string; readonly days?: number }

/** A bill for something else, by itself; `days` to pay it by hand, else a card is meant to pay it. */
async function bill({ stripe }: Pick<Studio, 'stripe'>, customer: string, { amount, about, days }: Bill) {
  await stripe.invoiceItems.create({ customer, amount, currency: 'eur', description: about })
  const { id } = await stripe.invoices.create({
    customer,
    auto_advance: false,
    pending_invoice_items_behavior: 'include',
    ...(days !== undefined && { collection_method: 'send_invoice', days_until_due: days }),
  })
  await stripe.invoices.finalizeInvoice(id)
  return id
}

/** Everything that can become of an invoice, but money on its way and a quarrel: those close the others. */
export const everyInvoice = async (lab: Lab, who: Who): Promise<Built> => {
  const { stripe } = lab
  const customer = await customerSince(lab, 250, { ...who, card: 'pm_card_visa' })
  const subscription = await subscribe(lab, customer, 'team_monthly')
  await advanceFar(lab, customer.clock, lab.now - 20 * DAY, 55 * DAY)
  const { data } = await stripe.invoices.list({ customer: customer.id, status: 'paid' })
  const [, second, third, fourth, fifth] = data.map(({ id }) => id)
  await stripe.creditNotes.create({ invoice: second ?? '', refund_amount: 49_00, reason: 'duplicate' })
  await stripe.creditNotes.create({ invoice: third ?? '', refund_amount: 12_00, memo: 'Sorry for the delay' })
  await stripe.creditNotes.create({ invoice: fourth ?? '', out_of_band_amount: 49_00 })
  await stripe.creditNotes.create({ invoice: fifth ?? '', out_of_band_amount: 9_00 })
  await stripe.invoices.voidInvoice(await bill(lab, customer.id, { amount: 80_00, about: 'Ordered by mistake' }))
  await stripe.invoices.markUncollectible(await bill(lab, customer.id, { amount: 30_00, about: 'Setup of long ago' }))
  await stripe.invoices.pay(await bill(lab, customer.id, { amount: 15_00, about: 'By transfer' }), {
    paid_out_of_band: true,
  })
  await bill(lab, customer.id, { amount: 120_00, about: 'Consulting in November', days: 7 })
  await letTimePass(lab, customer)
  const refusing = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id })
  const asking = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer: customer.id })
  const tryWith = async (method: string, about: string, amount: number) => {
    const invoice = await bill(lab, customer.id, { amount, about })
    await refused(stripe.invoices.pay(invoice, { payment_method: method, off_session: false }))
  }
  await tryWith(refusing.id, 'Extra tiles', 19_00)
  await tryWith(asking.id, 'A day of training', 250_00)
  await bill(lab, customer.id, { amount: 60_00, about: 'Printed maps', days: 30 })
  await saveCard(lab, customer, 'pm_card_mastercard')
  return { customer: customer.id, subscriptions: [subscription] }
}
