import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerBank, customerWith, monthly, openBench, openInvoice, refusal, type Bench, idOf } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const card = (number: string) => ({
  'payment_method_data[type]': 'card',
  'payment_method_data[card][number]': number,
  'payment_method_data[card][exp_month]': '12',
  'payment_method_data[card][exp_year]': '34',
  'payment_method_data[card][cvc]': '123',
})

async function setUp(number: string): Promise<{ customer: string; intent: Stripe.SetupIntent }> {
  const { stripe } = bench
  const { id: customer } = await stripe.customers.create()
  const intent = await stripe.setupIntents.create({ customer, metadata: { portal_session: 'ps_1' } })
  return { customer, intent: await confirmed(intent, number) }
}

async function confirmed(intent: Stripe.SetupIntent, number: string): Promise<Stripe.SetupIntent> {
  await bench.asPage('POST', `/v1/setup_intents/${intent.id}/confirm`, {
    client_secret: String(intent.client_secret),
    return_url: 'https://portal.example/back',
    ...card(number),
  })
  return bench.stripe.setupIntents.retrieve(intent.id)
}

describe('a page with a publishable key', () => {
  it('confirms what it has the secret of, and learns nothing of the customer', async () => {
    const { stripe } = bench
    const { id: customer } = await stripe.customers.create()
    const intent = await stripe.setupIntents.create({ customer, metadata: { secret_note: 'x' } })
    const path = `/v1/setup_intents/${intent.id}`
    const { body } = await bench.asPage('POST', `${path}/confirm`, {
      client_secret: String(intent.client_secret),
      ...card('4242424242424242'),
    })
    expect(body.status).toBe('succeeded')
    expect('customer' in body || 'metadata' in body).toBe(false)
    const read = await bench.asPage('GET', path, { client_secret: String(intent.client_secret) })
    expect([read.status, 'customer' in read.body]).toEqual([200, false])
    expect((await stripe.setupIntents.retrieve(intent.id)).customer).toBe(customer)
  })

  it('is turned away with a wrong secret, without one, and from everything else', async () => {
    const { id } = await bench.stripe.setupIntents.create()
    const path = `/v1/setup_intents/${id}`
    expect((await bench.asPage('GET', path, { client_secret: 'seti_x_secret_y' })).status).toBe(400)
    expect((await bench.asPage('GET', path)).status).toBe(400)
    const { status, body } = await bench.asPage('GET', '/v1/customers')
    expect([status, body.error?.code]).toEqual([403, 'secret_key_required'])
  })

  it('gets the declined intent without customer and metadata too', async () => {
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const id = await openInvoice(bench, customer)
    const invoice = await bench.stripe.invoices.retrieve(id, { expand: ['confirmation_secret'] })
    const secret = String(invoice.confirmation_secret?.client_secret)
    const { status, body } = await bench.asPage('POST', `/v1/payment_intents/${secret.split('_secret_')[0]}/confirm`, {
      client_secret: secret,
      ...card('4000000000009995'),
    })
    expect([status, body.error]).toMatchObject([
      402,
      { decline_code: 'insufficient_funds', payment_intent: { status: 'requires_payment_method' } },
    ])
    expect(JSON.stringify(body)).not.toContain(customer)
  })
})

describe('saving a card the bank wants to check', () => {
  it('waits for the cardholder, then is on file and good without the cardholder', async () => {
    const { stripe } = bench
    const { customer, intent } = await setUp('4000002500003155')
    expect([intent.status, intent.next_action?.type]).toEqual(['requires_action', 'use_stripe_sdk'])
    expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([])
    const page = await answerBank(intent, 'complete')
    expect(page).toContain('src="/3ds.js"')
    const done = await stripe.setupIntents.retrieve(intent.id)
    expect(done.status).toBe('succeeded')
    const method = idOf(done.payment_method)
    const invoice = await openInvoice(bench, customer)
    const paid = await stripe.invoices.pay(invoice, { payment_method: method, off_session: true })
    expect(paid.status).toBe('paid')
  })

  it('fails when the cardholder does', async () => {
    const { customer, intent } = await setUp('4000002500003155')
    await answerBank(intent, 'fail')
    const failed = await bench.stripe.setupIntents.retrieve(intent.id)
    expect(failed).toMatchObject({
      status: 'requires_payment_method',
      last_setup_error: { code: 'setup_intent_authentication_failure' },
    })
    expect((await bench.stripe.customers.listPaymentMethods(customer)).data).toEqual([])
  })
})

describe('paying an invoice the bank wants to check', () => {
  it('is a 402 that carries the waiting intent; after the check the invoice is paid once', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_authenticationRequired')
    const id = await openInvoice(bench, customer)
    const error = await refusal(stripe.invoices.pay(id, { off_session: false }))
    expect(error).toMatchObject({
      statusCode: 402,
      type: 'StripeCardError',
      code: 'invoice_payment_intent_requires_action',
    })
    expect(error.payment_intent?.status).toBe('requires_action')
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'open' })
    expect((await stripe.charges.list({ customer })).data).toEqual([])
    await answerBank(error.payment_intent!, 'complete')
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'paid' })
    expect((await stripe.charges.list({ customer })).data).toMatchObject([{ status: 'succeeded', amount: 1500 }])
  })

  it('off session is declined, and the intent needs a method again', async () => {
    const { customer } = await customerWith(bench, 'pm_card_authenticationRequired')
    const error = await refusal(bench.stripe.invoices.pay(await openInvoice(bench, customer)))
    expect(error).toMatchObject({ statusCode: 402, code: 'authentication_required' })
    expect(error.payment_intent?.status).toBe('requires_payment_method')
  })

  it('keeps the invoice open when the cardholder fails', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_authenticationRequired')
    const id = await openInvoice(bench, customer)
    const error = await refusal(stripe.invoices.pay(id, { off_session: false }))
    await answerBank(error.payment_intent!, 'fail')
    const intent = await stripe.paymentIntents.retrieve(error.payment_intent!.id)
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    })
    expect((await stripe.invoices.retrieve(id)).status).toBe('open')
  })

  it('may still be declined by the issuer after the check', async () => {
    const { stripe } = bench
    const template = 'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds'
    const { customer } = await customerWith(bench, template)
    const id = await openInvoice(bench, customer)
    const error = await refusal(stripe.invoices.pay(id, { off_session: false }))
    await answerBank(error.payment_intent!, 'complete')
    expect(await stripe.paymentIntents.retrieve(error.payment_intent!.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { decline_code: 'insufficient_funds' },
    })
  })

  it('asks for the check on session even when the card is set up, and not off session', async () => {
    const { customer } = await customerWith(bench, 'pm_card_authenticationRequiredSetupForOffSession')
    const on = await refusal(bench.stripe.invoices.pay(await openInvoice(bench, customer), { off_session: false }))
    expect(on.payment_intent?.status).toBe('requires_action')
    expect((await bench.stripe.invoices.pay(await openInvoice(bench, customer))).status).toBe('paid')
  })
})

describe('the bank’s page', () => {
  it('names amount and merchant, takes no inline script, and knows only its own intents', async () => {
    const { customer } = await customerWith(bench, 'pm_card_authenticationRequired')
    const error = await refusal(
      bench.stripe.invoices.pay(await openInvoice(bench, customer, 4900), { off_session: false }),
    )
    const action = error.payment_intent?.next_action?.use_stripe_sdk as { stripe_js: string }
    const response = await fetch(action.stripe_js)
    const html = await response.text()
    expect(html).toContain('EUR 49.00')
    expect(html).not.toContain('<script>')
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect((await fetch(action.stripe_js.replace('_secret_', '_secret_x'))).status).toBe(404)
  })

  it('is a redirect when the server gave a return URL, and goes back there with the outcome', async () => {
    const { stripe } = bench
    const { customer, method } = await customerWith(bench, 'pm_card_authenticationRequired')
    const intent = await stripe.paymentIntents.create({
      amount: 4900,
      currency: 'eur',
      customer,
      payment_method: method,
      confirm: true,
      return_url: 'https://portal.example/back?step=1',
    })
    expect(intent.next_action).toMatchObject({ type: 'redirect_to_url' })
    const page = await answerBank(intent, 'complete')
    const target = /data-return="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
    const back = new URL(String(target))
    expect(back.searchParams.get('step')).toBe('1')
    expect(back.searchParams.get('payment_intent')).toBe(intent.id)
    expect(back.searchParams.get('redirect_status')).toBe('succeeded')
  })
})

describe('a first payment', () => {
  it('with the check waits as incomplete, and starts the subscription once passed', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_threeDSecure2Required')
    const made = await stripe.subscriptions.create({
      customer,
      items: [{ price: await monthly(bench) }],
      payment_settings: { save_default_payment_method: 'on_subscription' },
      expand: ['latest_invoice.payments'],
    })
    expect([made.status, made.default_payment_method]).toEqual(['incomplete', null])
    const invoice = made.latest_invoice as Stripe.Invoice
    const intent = await stripe.paymentIntents.retrieve(idOf(invoice.payments?.data[0]?.payment.payment_intent))
    await answerBank(intent, 'complete')
    const begun = await stripe.subscriptions.retrieve(made.id)
    expect(begun.status).toBe('active')
    expect(begun.default_payment_method).toBe((await stripe.paymentIntents.retrieve(intent.id)).payment_method)
  })

  it('paid in the page with a new card saves that card on the subscription', async () => {
    const { stripe } = bench
    const { id: customer } = await stripe.customers.create()
    const made = await stripe.subscriptions.create({
      customer,
      items: [{ price: await monthly(bench) }],
      payment_behavior: 'default_incomplete',
      payment_settings: { save_default_payment_method: 'on_subscription' },
      expand: ['latest_invoice.confirmation_secret'],
    })
    const secret = String((made.latest_invoice as Stripe.Invoice).confirmation_secret?.client_secret)
    const path = `/v1/payment_intents/${secret.split('_secret_')[0]}/confirm`
    const declined = await bench.asPage('POST', path, { client_secret: secret, ...card('4000000000000002') })
    expect([declined.status, (await stripe.subscriptions.retrieve(made.id)).status]).toEqual([402, 'incomplete'])
    const { body } = await bench.asPage('POST', path, { client_secret: secret, ...card('4242424242424242') })
    expect(body.status).toBe('succeeded')
    const begun = await stripe.subscriptions.retrieve(made.id, { expand: ['latest_invoice'] })
    expect(begun).toMatchObject({ status: 'active', latest_invoice: { status: 'paid' } })
    const methods = await stripe.customers.listPaymentMethods(customer)
    expect(methods.data.map((one) => one.id)).toEqual([begun.default_payment_method])
  })
})
