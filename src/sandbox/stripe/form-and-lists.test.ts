import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customerWith, monthly, openBench, refusal, type Bench, idOf } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const raw = (path: string, body: string, headers: { [name: string]: string } = {}) =>
  fetch(`${bench.origin}${path}`, {
    method: 'POST',
    body,
    headers: { authorization: 'Bearer sk_test_raw', ...headers },
  })

describe('parameters', () => {
  it('refuses a parameter the API does not have, by its nested name', async () => {
    const { stripe } = bench
    const error = await refusal(stripe.customers.create({ invoice_settings: { nope: 'x' } } as object))
    expect(error).toMatchObject({ statusCode: 400, code: 'parameter_unknown', param: 'invoice_settings[nope]' })
  })

  it('says which parameter is missing', async () => {
    const error = await refusal(bench.stripe.paymentIntents.create({ amount: 500 } as never))
    expect(error).toMatchObject({ statusCode: 400, code: 'parameter_missing', param: 'currency' })
  })

  it('reads lists by number and by empty brackets alike', async () => {
    const price = await monthly(bench)
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const numbered = await raw(
      '/v1/subscriptions',
      `customer=${customer}&items[0][price]=${price}&items[0][quantity]=2`,
    )
    const appended = await raw('/v1/subscriptions', `customer=${customer}&items[][price]=${price}&items[][quantity]=2`)
    expect([numbered.status, appended.status]).toEqual([200, 200])
    expect(await appended.json()).toMatchObject({ items: { data: [{ quantity: 2 }] } })
  })

  it('takes an empty string as taking the value back', async () => {
    const { stripe } = bench
    const { id } = await stripe.customers.create({ name: 'Ada', address: { city: 'Berlin' } })
    const cleared = await stripe.customers.update(id, { name: '', address: '' })
    expect(cleared).toMatchObject({ name: null, address: null })
  })

  it('cannot be made to forget a required value by an empty string', async () => {
    expect(await refusal(bench.stripe.products.create({ name: '' }))).toMatchObject({ code: 'parameter_invalid_empty' })
  })

  it('reads a key named like a prototype as nothing but an unknown parameter', async () => {
    const answer = await raw('/v1/customers', '__proto__[name]=x')
    expect(answer.status).toBe(400)
  })
})

describe('metadata', () => {
  it('merges, deletes a key by an empty value and clears by an empty string', async () => {
    const { stripe } = bench
    const { id } = await stripe.customers.create({ metadata: { a: '1', b: '2' } })
    expect((await stripe.customers.update(id, { metadata: { b: '', c: 3 } })).metadata).toEqual({ a: '1', c: '3' })
    expect((await stripe.customers.update(id, { metadata: '' })).metadata).toEqual({})
  })
})

describe('lists', () => {
  it('come newest first, in pages that do not overlap', async () => {
    const { stripe } = bench
    const email = 'pages@example.com'
    const made: string[] = []
    for (let count = 0; count < 5; count++) made.push((await stripe.customers.create({ email })).id)
    const first = await stripe.customers.list({ email, limit: 2 })
    expect(first.data.map((one) => one.id)).toEqual([made[4], made[3]])
    expect([first.has_more, first.url]).toEqual([true, '/v1/customers'])
    const rest = await stripe.customers.list({ email, limit: 3, starting_after: made[3]! })
    expect([rest.data.length, rest.has_more]).toEqual([3, false])
    const back = await stripe.customers.list({ email, limit: 2, ending_before: made[1]! })
    expect([back.data.map((one) => one.id), back.has_more]).toEqual([[made[3], made[2]], true])
    expect(await stripe.customers.list({ email }).autoPagingToArray({ limit: 100 })).toHaveLength(5)
  })

  it('refuse a limit outside 1 to 100', async () => {
    expect(await refusal(bench.stripe.customers.list({ limit: 101 }))).toMatchObject({
      statusCode: 400,
      param: 'limit',
    })
  })

  it('hide canceled subscriptions unless all are asked for', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await monthly(bench) }] })
    await stripe.subscriptions.cancel(id)
    expect((await stripe.subscriptions.list({ customer })).data).toEqual([])
    expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toHaveLength(1)
  })

  it('find prices by lookup key', async () => {
    const { stripe } = bench
    const product = await stripe.products.create({ name: 'Keyed' })
    const price = { product: product.id, currency: 'eur', unit_amount: 900 }
    const { id } = await stripe.prices.create({ ...price, lookup_key: 'keyed_once' })
    expect((await stripe.prices.list({ lookup_keys: ['keyed_once'] })).data.map((one) => one.id)).toEqual([id])
    expect(await refusal(stripe.prices.create({ ...price, lookup_key: 'keyed_once' }))).toMatchObject({
      code: 'resource_already_exists',
    })
  })
})

describe('expanding', () => {
  it('reaches through lists', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    await stripe.subscriptions.create({ customer, items: [{ price: await monthly(bench) }] })
    const { data } = await stripe.subscriptions.list({ customer, expand: ['data.latest_invoice.confirmation_secret'] })
    expect(data[0]?.latest_invoice).toMatchObject({
      object: 'invoice',
      confirmation_secret: { type: 'payment_intent' },
    })
  })

  it('refuses a path that leads nowhere, even where the object is empty', async () => {
    const { stripe } = bench
    const { id } = await stripe.customers.create()
    const error = await refusal(
      stripe.customers.retrieve(id, { expand: ['invoice_settings.default_payment_method.owner'] }),
    )
    expect(error.statusCode).toBe(400)
    expect(error.message).toContain('cannot be expanded')
    expect((await refusal(stripe.customers.create({ expand: ['charge'] }))).statusCode).toBe(400)
  })

  it('goes no deeper than four levels', async () => {
    const { stripe } = bench
    const deep = refusal(stripe.subscriptions.list({ expand: ['data.latest_invoice.payments.data.payment'] }))
    expect((await deep).message).toContain('more than 4 levels')
  })

  it('shows secret and payments of an invoice only when asked', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: await monthly(bench) }] })
    const id = idOf(subscription.latest_invoice)
    const plain = await stripe.invoices.retrieve(id)
    expect('confirmation_secret' in plain || 'payments' in plain).toBe(false)
    const whole = await stripe.invoices.retrieve(id, { expand: ['payments.data.payment.payment_intent'] })
    expect(whole.payments?.data[0]?.payment.payment_intent).toMatchObject({ status: 'succeeded' })
  })
})

describe('deleted things', () => {
  it('answers a deleted customer with 200 and three fields', async () => {
    const { stripe } = bench
    const { id } = await stripe.customers.create()
    await stripe.customers.del(id)
    const { lastResponse, ...deleted } = await stripe.customers.retrieve(id)
    expect([lastResponse.statusCode, deleted]).toEqual([200, { id, object: 'customer', deleted: true }])
    expect(await refusal(stripe.customers.update(id, { name: 'x' }))).toMatchObject({ code: 'resource_missing' })
  })

  it('keeps a detached method readable but never usable again', async () => {
    const { stripe } = bench
    const { customer, method } = await customerWith(bench, 'pm_card_visa')
    await stripe.paymentMethods.detach(method)
    expect((await stripe.paymentMethods.retrieve(method)).customer).toBeNull()
    expect((await refusal(stripe.paymentMethods.attach(method, { customer }))).statusCode).toBe(400)
    const { invoice_settings: settings } = (await stripe.customers.retrieve(customer)) as { invoice_settings: object }
    expect(settings).toMatchObject({ default_payment_method: null })
  })
})
