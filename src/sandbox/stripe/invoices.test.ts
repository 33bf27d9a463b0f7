import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customerWith, monthly, openBench, openInvoice, refusal, type Bench, idOf } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

type Ledger = { charges: { status: string; invoice: string; amount: number }[] }

describe('paying an invoice', () => {
  it('takes the money once, however many ask at the same time', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const id = await openInvoice(bench, customer)
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => stripe.invoices.pay(id)))
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const ledger = (await bench.lever('GET', `ledger?customer=${customer}`)) as Ledger
    expect(ledger.charges).toMatchObject([{ status: 'succeeded', invoice: id, amount: 1500 }])
  })

  it('says when it is paid already, and when there is nothing to pay with', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const id = await openInvoice(bench, customer)
    await stripe.invoices.pay(id)
    expect(await refusal(stripe.invoices.pay(id))).toMatchObject({
      statusCode: 400,
      message: 'Invoice is already paid',
    })
    const bare = await stripe.customers.create()
    const owed = await openInvoice(bench, bare.id)
    expect(await refusal(stripe.invoices.pay(owed))).toMatchObject({ statusCode: 400, code: 'resource_missing' })
  })

  it('prefers the invoice’s method to the subscription’s, and that to the customer’s', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const own = await stripe.paymentMethods.attach('pm_card_mastercard', { customer })
    const items = [{ price: await monthly(bench) }]
    const made = await stripe.subscriptions.create({ customer, items, default_payment_method: own.id })
    expect((await stripe.charges.list({ customer })).data[0]?.payment_method).toBe(own.id)
    const other = await stripe.paymentMethods.attach('pm_card_amex', { customer })
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: other.id } })
    expect((await stripe.subscriptions.retrieve(made.id)).default_payment_method).toBe(own.id)
  })

  it('out of band settles it without a charge', async () => {
    const { stripe } = bench
    const { id: customer } = await stripe.customers.create()
    const id = await openInvoice(bench, customer)
    expect((await stripe.invoices.pay(id, { paid_out_of_band: true })).status).toBe('paid')
    expect((await stripe.charges.list({ customer })).data).toEqual([])
  })

  it('works on what was written off, and never on what is void', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const off = await openInvoice(bench, customer)
    const marked = await stripe.invoices.markUncollectible(off)
    expect(marked).toMatchObject({
      status: 'uncollectible',
      status_details: { uncollectible: { reason: 'user_forgiven' } },
    })
    expect((await stripe.invoices.pay(off)).status).toBe('paid')
    const gone = await openInvoice(bench, customer)
    await stripe.invoices.voidInvoice(gone)
    expect((await refusal(stripe.invoices.pay(gone))).statusCode).toBe(400)
    const payments = await stripe.invoicePayments.list({ invoice: gone })
    expect(payments.data[0]?.status).toBe('canceled')
  })

  it('uses the customer’s credit first', async () => {
    const { stripe } = bench
    const { id: customer } = await stripe.customers.create({ balance: -2000 })
    const invoice = await stripe.invoices.retrieve(await openInvoice(bench, customer))
    expect(invoice).toMatchObject({ status: 'paid', amount_due: 0, total: 1500, ending_balance: -500 })
  })

  it('leads from a payment intent back to its invoice', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const id = await openInvoice(bench, customer)
    await stripe.invoices.pay(id)
    const charge = (await stripe.charges.list({ customer })).data[0]!
    const payment = { type: 'payment_intent' as const, payment_intent: idOf(charge.payment_intent) }
    const found = await stripe.invoicePayments.list({ payment })
    expect(found.data).toMatchObject([{ invoice: id, status: 'paid', amount_paid: 1500 }])
  })
})

describe('the page of an invoice', () => {
  it('shows what is owed', async () => {
    const { id: customer } = await bench.stripe.customers.create()
    const invoice = await bench.stripe.invoices.retrieve(await openInvoice(bench, customer))
    const page = await fetch(String(invoice.hosted_invoice_url))
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('still due EUR 15.00')])
  })
})

describe('a changed default', () => {
  it('collects nothing by itself', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_chargeCustomerFail')
    const id = await openInvoice(bench, customer)
    await refusal(stripe.invoices.pay(id))
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer })
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: good.id } })
    expect((await stripe.invoices.retrieve(id)).status).toBe('open')
    expect((await stripe.charges.list({ customer })).data).toHaveLength(1)
  })
})

describe('a bank debit', () => {
  it('is on its way until the bank has spoken', async () => {
    const { stripe } = bench
    const { customer, method } = await customerWith(bench, 'pm_sepaDebit_processing_de')
    const id = await openInvoice(bench, customer)
    const expand = ['payments.data.payment.payment_intent']
    const invoice = await stripe.invoices.pay(id, { payment_method: method, off_session: false, expand })
    const intent = invoice.payments?.data[0]?.payment.payment_intent as Stripe.PaymentIntent
    expect([invoice.status, intent.status]).toEqual(['open', 'processing'])
    expect((await refusal(stripe.invoices.pay(id))).statusCode).toBe(400)
    await bench.lever('POST', `payment_intents/${intent.id}/settle`, { outcome: 'succeeded' })
    expect((await stripe.invoices.retrieve(id)).status).toBe('paid')
  })

  it('pays in the currency of its scheme only, and no bank is asked in another', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_usBankAccount_success')
    const id = await openInvoice(bench, customer)
    const { id: method } = await stripe.paymentMethods.attach('pm_usBankAccount_success', { customer })
    const refused = await refusal(stripe.invoices.pay(id, { payment_method: method }))
    expect(refused).toMatchObject({ statusCode: 400, code: 'payment_intent_incompatible_payment_method' })
    expect((await refusal(stripe.invoices.pay(id))).statusCode).toBe(400)
    expect((await stripe.charges.list({ customer })).data).toEqual([])
  })

  it('that comes back leaves its code on charge and intent', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_sepaDebit_success_de')
    const id = await openInvoice(bench, customer)
    await stripe.invoices.pay(id)
    const charge = (await stripe.charges.list({ customer })).data[0]!
    const intent = idOf(charge.payment_intent)
    await bench.lever('POST', `payment_intents/${intent}/settle`, { outcome: 'failed', failure_code: 'account_closed' })
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ status: 'failed', failure_code: 'account_closed' })
    expect(await stripe.paymentIntents.retrieve(intent)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'account_closed' },
    })
    expect((await stripe.invoices.retrieve(id)).status).toBe('open')
  })
})
