import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customerWith, openBench, openInvoice, refusal, type Bench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const typed = (number: string, extra: { [field: string]: string } = {}) =>
  bench.asPage('POST', '/v1/payment_methods', {
    type: 'card',
    'card[number]': number,
    'card[exp_month]': '12',
    'card[exp_year]': '34',
    'card[cvc]': '123',
    ...extra,
  })

describe('a card as it is typed', () => {
  it.each([
    ['a wrong digit', '4242424242424241', {}, 'incorrect_number'],
    ['month 13', '4242424242424242', { 'card[exp_month]': '13' }, 'invalid_expiry_month'],
    ['a year gone by', '4242424242424242', { 'card[exp_year]': '2020' }, 'invalid_expiry_year'],
    ['a two-digit code', '4242424242424242', { 'card[cvc]': '12' }, 'invalid_cvc'],
  ])('is refused for %s', async (_, number, extra, code) => {
    const { status, body } = await typed(number, extra)
    expect([status, body.error]).toMatchObject([402, { type: 'card_error', code }])
  })

  it('shows brand, country and last four digits', async () => {
    const { body } = await typed('4000002500003155')
    expect(body['card']).toMatchObject({ brand: 'visa', country: 'FR', last4: '3155', exp_year: 2034 })
    expect((await typed('378282246310005', { 'card[cvc]': '1234' })).body['card']).toMatchObject({ brand: 'amex' })
  })

  it('is no card of this world when it is a live one', async () => {
    const { body } = await typed('4012888888881881')
    const { id } = await bench.stripe.customers.create()
    const error = await refusal(bench.stripe.paymentMethods.attach(String(body.id), { customer: id }))
    expect(error).toMatchObject({ decline_code: 'test_mode_live_card' })
  })
})

describe('a template', () => {
  it('becomes a fresh method each time, attached but nobody’s default', async () => {
    const { stripe } = bench
    const { id: customer } = await stripe.customers.create()
    const one = await stripe.paymentMethods.attach('pm_card_mastercard', { customer })
    const two = await stripe.paymentMethods.attach('pm_card_mastercard', { customer })
    expect(one.id).not.toBe(two.id)
    expect(one.id).not.toBe('pm_card_mastercard')
    const { invoice_settings: settings } = (await stripe.customers.retrieve(customer)) as { invoice_settings: object }
    expect(settings).toMatchObject({ default_payment_method: null })
  })
})

describe('a card the issuer refuses', () => {
  it.each([
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_visa_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
    ['pm_card_visa_chargeDeclinedStolenCard', 'card_declined', 'stolen_card'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', ''],
    ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', ''],
    ['pm_card_chargeDeclinedProcessingError', 'processing_error', ''],
    ['pm_card_visa_chargeDeclinedVelocityLimitExceeded', 'card_declined', 'card_velocity_exceeded'],
  ])('cannot be put on file: %s', async (template, code, decline) => {
    const { stripe } = bench
    const { id: customer } = await stripe.customers.create()
    const attached = await refusal(stripe.paymentMethods.attach(template, { customer }))
    expect(attached).toMatchObject({ statusCode: 402, code })
    expect(attached.decline_code).toBe(decline)
    const setup = stripe.setupIntents.create({ customer, payment_method: template, confirm: true, ...noRedirects })
    const error = await refusal(setup)
    expect(error).toMatchObject({ statusCode: 402, code, setup_intent: { status: 'requires_payment_method' } })
    expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([])
  })

  it('goes through with the wrong code when no code is given', async () => {
    const { body } = await typed('4000000000000127', {})
    const { id: customer } = await bench.stripe.customers.create()
    expect(await refusal(bench.stripe.paymentMethods.attach(String(body.id), { customer }))).toMatchObject({
      code: 'incorrect_cvc',
    })
    const form = { type: 'card', 'card[number]': '4000000000000127', 'card[exp_month]': '1', 'card[exp_year]': '34' }
    const bare = await bench.asPage('POST', '/v1/payment_methods', form)
    expect((await bench.stripe.paymentMethods.attach(String(bare.body.id), { customer })).customer).toBe(customer)
  })
})

const noRedirects = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' as const } }

describe('a decline', () => {
  it('leaves a failed charge, moves the intent back and keeps the invoice open', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_chargeCustomerFail')
    const invoice = await openInvoice(bench, customer)
    const error = await refusal(stripe.invoices.pay(invoice, { off_session: false }))
    expect(error).toMatchObject({ statusCode: 402, code: 'card_declined', decline_code: 'generic_decline' })
    expect(error.payment_intent).toMatchObject({ status: 'requires_payment_method', payment_method: null })
    const charge = await stripe.charges.retrieve(String(error.charge))
    expect(charge).toMatchObject({
      status: 'failed',
      failure_code: 'card_declined',
      outcome: { type: 'issuer_declined' },
    })
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'open', attempt_count: 1, attempted: true })
    await refusal(stripe.invoices.pay(invoice, { off_session: false }))
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ attempt_count: 1 })
    expect((await stripe.charges.list({ customer })).data).toHaveLength(2)
  })

  it('by Radar says blocked on the charge', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_radarBlock')
    const error = await refusal(stripe.invoices.pay(await openInvoice(bench, customer)))
    expect(error.decline_code).toBe('fraudulent')
    expect(await stripe.charges.retrieve(String(error.charge))).toMatchObject({
      outcome: { type: 'blocked', risk_level: 'highest' },
    })
  })

  it('comes for a stored card whose month is over', async () => {
    const { stripe } = bench
    const { customer, method } = await customerWith(bench, 'pm_card_visa')
    await stripe.paymentMethods.update(method, { card: { exp_month: 1, exp_year: 2024 } })
    const error = await refusal(stripe.invoices.pay(await openInvoice(bench, customer)))
    expect(error).toMatchObject({ statusCode: 402, code: 'expired_card' })
  })

  it('can be taught to a stored card, as when its account runs dry', async () => {
    const { customer, method } = await customerWith(bench, 'pm_card_visa')
    await bench.lever('POST', `payment_methods/${method}`, { behaves_as: '4000000000009995' })
    const error = await refusal(bench.stripe.invoices.pay(await openInvoice(bench, customer)))
    expect(error.decline_code).toBe('insufficient_funds')
  })
})

describe('after a charge that went through', () => {
  it('a dispute follows for the cards made for it', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_createDispute')
    await stripe.invoices.pay(await openInvoice(bench, customer))
    const charge = (await stripe.charges.list({ customer })).data[0]
    expect(charge?.disputed).toBe(true)
    const disputes = await stripe.disputes.list({ charge: charge!.id })
    expect(disputes.data[0]).toMatchObject({ reason: 'fraudulent', status: 'needs_response' })
  })

  it('a refund gives back no more than was taken', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    await stripe.invoices.pay(await openInvoice(bench, customer))
    const charge = (await stripe.charges.list({ customer })).data[0]!
    await stripe.refunds.create({ charge: charge.id, amount: 500 })
    expect((await refusal(stripe.refunds.create({ charge: charge.id, amount: 1001 }))).statusCode).toBe(400)
    await stripe.refunds.create({ charge: charge.id })
    const whole = await stripe.charges.retrieve(charge.id, { expand: ['refunds'] })
    expect(whole).toMatchObject({ refunded: true, amount_refunded: 1500 })
    expect(whole.refunds?.data).toHaveLength(2)
  })
})

describe('another customer’s card', () => {
  it('cannot pay, set up, or become a default', async () => {
    const { stripe } = bench
    const theirs = await customerWith(bench, 'pm_card_visa')
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const invoice = await openInvoice(bench, customer)
    const attempts = [
      stripe.invoices.pay(invoice, { payment_method: theirs.method }),
      stripe.customers.update(customer, { invoice_settings: { default_payment_method: theirs.method } }),
      stripe.setupIntents.create({ customer, payment_method: theirs.method, confirm: true, ...noRedirects }),
      stripe.paymentIntents.create({
        amount: 900,
        currency: 'eur',
        customer,
        payment_method: theirs.method,
        confirm: true,
      }),
      stripe.paymentMethods.attach(theirs.method, { customer }),
    ]
    for (const attempt of attempts) expect((await refusal(attempt)).statusCode).toBe(400)
    expect((await stripe.charges.list({ customer: theirs.customer })).data).toEqual([])
  })
})
