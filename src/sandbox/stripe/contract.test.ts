import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { loadContractCheck } from './contract-check.ts'
import { contractDir, customerWith, monthly, openBench, openInvoice, refusal } from './test-bench.ts'

const absent = !existsSync(join(contractDir, 'tools/stripe-contract/validator.mjs'))

// The description of the API is not part of this project; STRIPE_CONTRACT_DIR says where it is.
describe.skipIf(absent)('the pinned API (skipped where no contract folder is found)', () => {
  it('admits every object this sandbox answers with', async () => {
    const bench = await openBench()
    const { stripe } = bench
    const { id: clock } = await stripe.testHelpers.testClocks.create({ frozen_time: 1_767_000_000, name: 'all' })
    const { customer, method } = await customerWith(bench, 'pm_card_visa', clock)
    await stripe.paymentMethods.attach('pm_usBankAccount_success', { customer })
    const bank = await stripe.paymentMethods.attach('pm_sepaDebit_success_at', { customer })
    const link = await stripe.paymentMethods.create({ type: 'link', billing_details: { email: 'ada@acme.example' } })
    await stripe.paymentMethods.attach(link.id, { customer })
    const phone = await stripe.paymentMethods.attach('pm_card_mastercard', { customer })
    await bench.lever('POST', `payment_methods/${phone.id}`, { wallet: 'apple_pay' })
    const closed = await stripe.paymentMethods.attach('pm_usBankAccount_success', { customer })
    await bench.lever('POST', `payment_methods/${closed.id}`, { blocked: 'bank_account_closed' })
    await stripe.invoices.pay(await openInvoice(bench, customer), { payment_method: link.id })
    await stripe.invoices.pay(await openInvoice(bench, customer), { payment_method: phone.id })
    await stripe.customers.listPaymentMethods(customer, { limit: 100 })
    await stripe.paymentMethods.detach(phone.id)
    const deposits = await stripe.setupIntents.create({
      customer,
      payment_method_data: { type: 'us_bank_account', us_bank_account: { account_number: '000123456789' } },
      payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
      confirm: true,
    })
    await stripe.setupIntents.list({ customer, limit: 50, expand: ['data.payment_method'] })
    await refusal(stripe.setupIntents.verifyMicrodeposits(deposits.id, { descriptor_code: 'SM99ZZ' }))
    await stripe.setupIntents.verifyMicrodeposits(deposits.id, { descriptor_code: 'SM11AA' })
    await stripe.paymentMethods.update(method, { metadata: { a: 'b' }, card: { exp_year: 2031 } })
    await stripe.customers.update(customer, {
      shipping: { name: 'Ada', address: { line1: '1' } },
      expand: ['subscriptions', 'tax_ids', 'test_clock', 'invoice_settings.default_payment_method'],
    })
    const price = await monthly(bench)
    const made = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      expand: ['latest_invoice.payments', 'customer', 'items.data.price.product', 'default_payment_method'],
    })
    const invoice = made.latest_invoice as Stripe.Invoice
    await stripe.invoices.retrieve(invoice.id, {
      expand: [
        'confirmation_secret',
        'payments.data.payment.payment_intent',
        'parent.subscription_details.subscription',
      ],
    })
    await stripe.invoices.listLineItems(invoice.id, { expand: ['data.pricing.price_details.price'] })
    await stripe.subscriptions.update(made.id, { cancel_at_period_end: true, metadata: { x: 'y' } })
    await stripe.subscriptions.update(made.id, { pause_collection: { behavior: 'void' }, cancel_at_period_end: false })
    await stripe.subscriptionItems.list({ subscription: made.id })
    await stripe.subscriptions.pause(made.id, { type: 'subscription' })
    await stripe.subscriptions.resume(made.id, { payment_behavior: 'resume_on_payment_success' })
    const owed = await openInvoice(bench, customer)
    await stripe.invoices.pay(owed, { payment_method: bank.id })
    await stripe.invoiceItems.list({ customer, expand: ['data.invoice'] })
    await stripe.testHelpers.testClocks.advance(clock, { frozen_time: 1_767_000_000 + 40 * 86_400 })
    await stripe.testHelpers.testClocks.list()
    await stripe.charges.list({
      customer,
      expand: ['data.payment_intent.latest_charge', 'data.customer', 'data.refunds'],
    })
    await stripe.invoicePayments.list({ invoice: owed, expand: ['data.invoice', 'data.payment.payment_intent'] })
    await stripe.paymentIntents.list({ customer, expand: ['data.latest_charge', 'data.payment_method'] })
    await stripe.setupIntents.list({ customer })
    const intent = await stripe.paymentIntents.create({ amount: 900, currency: 'eur' })
    await refusal(stripe.paymentIntents.confirm(intent.id))
    await stripe.paymentIntents.update(intent.id, { description: 'd' })
    await stripe.paymentIntents.cancel(intent.id)
    const setup = await stripe.setupIntents.create({ customer })
    await stripe.setupIntents.update(setup.id, { description: 'd' })
    await stripe.setupIntents.cancel(setup.id)
    const disputed = await customerWith(bench, 'pm_card_createDispute')
    await stripe.invoices.pay(await openInvoice(bench, disputed.customer))
    await stripe.disputes.list({ expand: ['data.charge'] })
    await stripe.refunds.create({
      payment_intent: (await latestIntent(stripe, disputed.customer)).id,
      expand: ['charge'],
    })
    const papered = await openInvoice(bench, customer)
    await stripe.creditNotes.create({ invoice: papered, amount: 500, memo: 'Sorry', reason: 'order_change' })
    await stripe.invoices.pay(papered)
    await stripe.creditNotes.create({ invoice: papered, refund_amount: 300, credit_amount: 200 })
    const [note] = (await stripe.creditNotes.list({ invoice: papered, expand: ['data.invoice'] })).data
    await stripe.creditNotes.retrieve(note?.id ?? '')
    await stripe.invoices.search({ query: `customer:"${customer}" AND status:"paid"` })
    await stripe.products.list({ expand: ['data.default_price'] })
    await stripe.prices.list({ expand: ['data.product'] })
    await stripe.events.list({ limit: 100 })
    const endpoint = await stripe.webhookEndpoints.create({
      url: 'http://127.0.0.1:9/',
      enabled_events: ['plan.created'],
    })
    await stripe.webhookEndpoints.update(endpoint.id, { disabled: true })
    await stripe.webhookEndpoints.list()
    await stripe.webhookEndpoints.del(endpoint.id)
    await stripe.subscriptions.cancel(made.id)
    await stripe.customers.del(disputed.customer)
    await stripe.testHelpers.testClocks.del(clock)
    const report = (await bench.lever('GET', 'contract')) as { checked: number; violations: unknown[] }
    expect(report.violations).toEqual([])
    expect(report.checked).toBeGreaterThan(50)
    await bench.close()
  })

  it('admits codes and what they take off, an end that is set and taken back, and a pause without credit', async () => {
    const bench = await openBench()
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await monthly(bench) }] })
    const coupon = await stripe.coupons.create({ percent_off: 25, duration: 'forever', name: 'Spring' })
    const promotion = { coupon: coupon.id, type: 'coupon' } as const
    const { id: promotion_code, code } = await stripe.promotionCodes.create({ promotion, code: 'SPRING25' })
    const restrictions = { first_time_transaction: true }
    const { id: first } = await stripe.promotionCodes.create({ promotion, restrictions })
    await refusal(stripe.invoices.createPreview({ subscription: id, discounts: [{ promotion_code: first }] }))
    await stripe.promotionCodes.list({ code, expand: ['data.promotion.coupon'] })
    await stripe.invoices.createPreview({ subscription: id, discounts: [{ promotion_code }] })
    await stripe.subscriptions.update(id, { discounts: [{ promotion_code }] })
    const expand = ['data.discounts.source.coupon', 'data.discounts.promotion_code', 'data.schedule']
    await stripe.subscriptions.list({ customer, expand })
    await stripe.subscriptions.update(id, { discounts: '' })
    await stripe.subscriptions.update(id, {
      cancel_at_period_end: true,
      cancellation_details: { feedback: 'unused', comment: 'Later.' },
    })
    await stripe.subscriptions.update(id, { cancel_at_period_end: false })
    await stripe.subscriptions.pause(id, { type: 'subscription', bill_for: { unused_time_from: { type: 'none' } } })
    await stripe.subscriptions.cancel(id, { invoice_now: false, prorate: false })
    const report = (await bench.lever('GET', 'contract')) as { checked: number; violations: unknown[] }
    expect(report.violations).toEqual([])
    expect(report.checked).toBeGreaterThan(15)
    await bench.close()
  })

  it('would notice a field too many, one too few, and a card error that is no 402', async () => {
    const check = await loadContractCheck(contractDir)
    const request = { method: 'GET', path: '/v1/customers/cus_1', query: '', body: '', headers: {} }
    const headers = { 'request-id': 'req_1', 'stripe-version': '2026-10-28.endive' }
    const see = (status: number, body: unknown) =>
      check.see({ request, response: { status, headers, body: JSON.stringify(body) }, publishable: false })
    see(200, { id: 'cus_1', object: 'customer', deleted: true })
    see(200, { id: 'cus_1', object: 'customer', deleted: true, extra: 1 })
    see(200, { id: 'cus_1', object: 'customer' })
    see(400, { error: { type: 'card_error', message: 'no' } })
    expect([check.report().checked, check.report().violations.length]).toEqual([4, 3])
  })
})

async function latestIntent(stripe: Stripe, customer: string): Promise<Stripe.PaymentIntent> {
  const { data } = await stripe.paymentIntents.list({ customer, limit: 1 })
  return data[0]!
}
