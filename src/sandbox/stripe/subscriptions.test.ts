import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customerWith, idOf, monthly, openBench, refusal, type Bench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

describe('an upgrade', () => {
  it('previews to the cent what it then charges, and the preview changes nothing', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const made = await stripe.subscriptions.create({ customer, items: [{ price: await monthly(bench, 4900) }] })
    const [item] = made.items.data
    const bigger = await monthly(bench, 9900)
    const at = item!.current_period_start + Math.floor((item!.current_period_end - item!.current_period_start) / 3)
    const change = {
      items: [{ id: item!.id, price: bigger }],
      proration_behavior: 'always_invoice' as const,
      proration_date: at,
    }
    const preview = await stripe.invoices.createPreview({
      customer,
      subscription: made.id,
      subscription_details: change,
    })
    expect(preview.id).toMatch(/^upcoming_in_/)
    expect(preview.lines.data.map((line) => line.amount)).toEqual([-3267, 6600])
    expect((await stripe.subscriptions.retrieve(made.id)).items.data[0]?.price.unit_amount).toBe(4900)
    const expand = ['latest_invoice']
    const updated = await stripe.subscriptions.update(made.id, {
      ...change,
      payment_behavior: 'pending_if_incomplete',
      expand,
    })
    expect(updated.latest_invoice).toMatchObject({ status: 'paid', amount_paid: preview.total })
    expect(updated.items.data[0]?.price.unit_amount).toBe(9900)
  })

  it('that cannot be paid stays pending, and nothing is sold', async () => {
    const { stripe } = bench
    const { customer, method } = await customerWith(bench, 'pm_card_visa')
    const made = await stripe.subscriptions.create({ customer, items: [{ price: await monthly(bench, 4900) }] })
    await bench.lever('POST', `payment_methods/${method}`, { behaves_as: '4000000000009995' })
    const updated = await stripe.subscriptions.update(made.id, {
      items: [{ id: made.items.data[0]!.id, quantity: 3 }],
      proration_behavior: 'always_invoice',
      payment_behavior: 'pending_if_incomplete',
    })
    expect([updated.status, updated.items.data[0]?.quantity]).toEqual(['active', 1])
    expect(updated.pending_update?.subscription_items?.[0]?.quantity).toBe(3)
    await bench.lever('POST', `payment_methods/${method}`, { behaves_as: '4242424242424242' })
    await stripe.invoices.pay(idOf(updated.latest_invoice))
    const applied = await stripe.subscriptions.retrieve(made.id)
    expect([applied.pending_update, applied.items.data[0]?.quantity]).toEqual([null, 3])
  })
})

describe('creating a subscription', () => {
  it('leaves nothing behind with error_if_incomplete', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_chargeCustomerFail')
    const items = [{ price: await monthly(bench) }]
    const call = stripe.subscriptions.create({ customer, items, payment_behavior: 'error_if_incomplete' })
    expect((await refusal(call)).statusCode).toBe(402)
    expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([])
    expect((await stripe.invoices.list({ customer })).data).toEqual([])
    expect((await stripe.charges.list({ customer })).data).toHaveLength(1)
  })

  it('is incomplete when the first charge is declined', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_chargeCustomerFail')
    const made = await stripe.subscriptions.create({ customer, items: [{ price: await monthly(bench) }] })
    expect(made.status).toBe('incomplete')
    expect(made.billing_mode.type).toBe('flexible')
  })

  it('needs something to charge, unless the payment comes later', async () => {
    const { stripe } = bench
    const { id: customer } = await stripe.customers.create()
    const items = [{ price: await monthly(bench) }]
    expect((await refusal(stripe.subscriptions.create({ customer, items }))).code).toBe('resource_missing')
    const later = await stripe.subscriptions.create({ customer, items, payment_behavior: 'default_incomplete' })
    expect(later.status).toBe('incomplete')
    const trial = await stripe.subscriptions.create({ customer, items, trial_period_days: 14 })
    expect(trial.status).toBe('trialing')
    expect(trial.pending_setup_intent).toMatch(/^seti_/)
  })
})

describe('the end of a subscription', () => {
  it('is final: no update, no resuming, and paying its debt does not revive it', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_chargeCustomerFail')
    const items = [{ price: await monthly(bench) }]
    const made = await stripe.subscriptions.create({ customer, items })
    const canceled = await stripe.subscriptions.cancel(made.id)
    expect(canceled.status).toBe('canceled')
    const update = stripe.subscriptions.update(made.id, { cancel_at_period_end: false })
    expect(await refusal(update)).toMatchObject({ statusCode: 400, code: 'invalid_canceled_subscription_fields' })
    expect((await refusal(stripe.subscriptions.resume(made.id))).statusCode).toBe(400)
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer })
    const paid = await stripe.invoices.pay(idOf(made.latest_invoice), { payment_method: good.id })
    expect([paid.status, paid.auto_advance]).toEqual(['paid', false])
    expect((await stripe.subscriptions.retrieve(made.id)).status).toBe('canceled')
  })

  it('can be called off until it comes', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await monthly(bench) }] })
    const leaving = await stripe.subscriptions.update(id, { cancel_at_period_end: true })
    expect(leaving.cancel_at).toBe(leaving.items.data[0]?.current_period_end)
    const staying = await stripe.subscriptions.update(id, { cancel_at_period_end: false })
    expect([staying.cancel_at, staying.canceled_at]).toEqual([null, null])
  })
})
