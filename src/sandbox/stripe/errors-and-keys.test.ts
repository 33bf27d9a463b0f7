import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customerWith, openBench, openInvoice, refusal, type Bench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const post = (path: string, body: string, headers: { [name: string]: string } = {}) =>
  fetch(`${bench.origin}${path}`, {
    method: 'POST',
    body,
    headers: { authorization: 'Bearer sk_test_raw', ...headers },
  })

describe('errors', () => {
  it('answers every failure with an error envelope, an unknown address too', async () => {
    const lost = await fetch(`${bench.origin}/v1/nothing/here`, { headers: { authorization: 'Bearer sk_test_1' } })
    expect(lost.status).toBe(404)
    expect(await lost.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
    expect(lost.headers.get('request-id')).toMatch(/^req_/)
  })

  it('asks for a key, and refuses one that is not for testing', async () => {
    expect((await fetch(`${bench.origin}/v1/customers`)).status).toBe(401)
    const live = await fetch(`${bench.origin}/v1/customers`, { headers: { authorization: 'Bearer sk_live_x' } })
    expect(live.status).toBe(401)
    const basic = await fetch(`${bench.origin}/v1/customers`, {
      headers: { authorization: `Basic ${btoa('rk_test_1:')}` },
    })
    expect(basic.status).toBe(200)
  })

  it('echoes the version it was asked in', async () => {
    const { lastResponse } = await bench.stripe.customers.list()
    expect(lastResponse.headers['stripe-version']).toBe('2026-10-28.endive')
    expect(lastResponse.requestId).toMatch(/^req_/)
  })

  it('lets the HTTP status make the class of the SDK error', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_chargeCustomerFail')
    const invoice = await openInvoice(bench, customer)
    expect(await refusal(stripe.invoices.pay(invoice))).toBeInstanceOf(Stripe.errors.StripeCardError)
    expect(await refusal(stripe.invoices.retrieve('in_none'))).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError)
    await bench.lever('POST', 'faults', { path: '/v1/customers', kind: 'error', status: 429 })
    expect(await refusal(stripe.customers.create())).toBeInstanceOf(Stripe.errors.StripeRateLimitError)
  })

  it('knows payment_method_types as history for callers on endive, and as the present for older ones', async () => {
    const form = 'payment_method_types[]=card'
    const now = await post('/v1/setup_intents', form, { 'stripe-version': '2026-10-28.endive' })
    expect([now.status, await now.json()]).toMatchObject([
      400,
      { error: { code: 'payment_method_types_no_longer_supported' } },
    ])
    expect((await post('/v1/setup_intents', form, { 'stripe-version': '2025-03-31.basil' })).status).toBe(200)
    expect((await post('/v1/setup_intents', form)).status).toBe(200)
  })

  it('takes one way of naming the kinds of method, not two', async () => {
    const both = bench.stripe.setupIntents.create({
      allowed_payment_method_types: ['card'],
      automatic_payment_methods: { enabled: true },
    })
    expect((await refusal(both)).statusCode).toBe(400)
  })

  it('refuses an amount below what can be charged', async () => {
    const tiny = bench.stripe.paymentIntents.create({ amount: 10, currency: 'eur' })
    expect(await refusal(tiny)).toMatchObject({ code: 'amount_too_small' })
  })
})

describe('idempotency keys', () => {
  it('replay the first answer, and say so', async () => {
    const headers = { 'idempotency-key': 'replay-1' }
    const first = await post('/v1/customers', 'name=Once', headers)
    const again = await post('/v1/customers', 'name=Once', headers)
    expect(await again.text()).toBe(await first.text())
    expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([null, 'true'])
  })

  it('replay a decline too, without a second charge', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_chargeCustomerFail')
    const invoice = await openInvoice(bench, customer)
    const pay = () => refusal(stripe.invoices.pay(invoice, {}, { idempotencyKey: `decline-${invoice}` }))
    const [first, second] = [await pay(), await pay()]
    expect([first.statusCode, second.statusCode, second.message]).toEqual([402, 402, first.message])
    expect((await stripe.charges.list({ customer })).data).toHaveLength(1)
  })

  it('belong to one set of parameters', async () => {
    const headers = { 'idempotency-key': 'params-1' }
    await post('/v1/customers', 'name=A', headers)
    const other = await post('/v1/customers', 'name=B', headers)
    expect([other.status, await other.json()]).toMatchObject([400, { error: { type: 'idempotency_error' } }])
  })

  it('are busy while their first request runs', async () => {
    await bench.lever('POST', 'faults', { path: '/v1/products', kind: 'slow', delay_ms: 300 })
    const headers = { 'idempotency-key': 'busy-1' }
    const slow = post('/v1/products', 'name=Slow', headers)
    await expect.poll(async () => (await post('/v1/products', 'name=Slow', headers)).status).toBe(409)
    expect((await slow).status).toBe(200)
    expect((await post('/v1/products', 'name=Slow', headers)).headers.get('idempotent-replayed')).toBe('true')
  })

  it('forget a request that was wrong in form', async () => {
    const headers = { 'idempotency-key': 'form-1' }
    expect((await post('/v1/customers', 'nope=1', headers)).status).toBe(400)
    expect((await post('/v1/customers', 'name=Right', headers)).status).toBe(200)
  })

  it('let a retry after a lost answer find the deed already done', async () => {
    const { customer, method } = await customerWith(bench, 'pm_card_visa')
    const invoice = await openInvoice(bench, customer)
    await bench.lever('POST', 'faults', { path: '/pay$', kind: 'error_after_effect' })
    const headers = { 'idempotency-key': `lost-${invoice}` }
    const pay = () => post(`/v1/invoices/${invoice}/pay`, `payment_method=${method}`, headers)
    expect((await pay()).status).toBe(500)
    const again = await pay()
    expect([again.status, await again.json()]).toMatchObject([200, { status: 'paid' }])
    expect((await bench.stripe.charges.list({ customer })).data).toHaveLength(1)
  })
})

describe('arranged faults', () => {
  it('can drop a connection so that the SDK has to try again', async () => {
    await bench.lever('POST', 'faults', { method: 'POST', path: '/v1/customers$', kind: 'reset' })
    const made = await bench.stripe.customers.create({ name: 'Through' })
    expect(made.name).toBe('Through')
    await bench.lever('DELETE', 'faults')
  })

  it('can meet one customer alone, wherever a call names it, and be taken back alone', async () => {
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const other = await customerWith(bench, 'pm_card_visa')
    const { stripe } = bench
    await bench.lever('POST', 'faults', { kind: 'error', times: 100, about: customer })
    await bench.lever('POST', 'faults', { kind: 'error', path: '/v1/products', times: 100 })
    const named = [
      () => stripe.customers.retrieve(customer),
      () => stripe.invoices.list({ customer }),
      () => stripe.invoiceItems.create({ customer, amount: 100, currency: 'eur' }),
    ]
    for (const call of named) expect((await refusal(call())).statusCode).toBe(500)
    expect((await stripe.customers.retrieve(other.customer)).id).toBe(other.customer)
    await bench.lever('DELETE', 'faults', { about: customer })
    for (const call of named) await call()
    expect((await refusal(stripe.products.list())).statusCode).toBe(500)
    await bench.lever('DELETE', 'faults')
    await stripe.products.list()
  })
})
