import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customerWith, monthly, openBench, refusal, type Bench } from './test-bench.ts'
import { at, latest, subscribed } from './test-clock.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const taken = (invoice: Stripe.Invoice) => invoice.total_discount_amounts?.map((one) => one.amount)

describe('a coupon', () => {
  it.each([
    ['once', 4900],
    ['forever', 3675],
  ] as const)(
    'that holds %s is in the preview, in the charge, and in the next month accordingly',
    async (duration, next) => {
      const { stripe } = bench
      const coupon = await stripe.coupons.create({ percent_off: 25, duration })
      const { clock, customer } = await subscribed(bench)
      const items = [{ price: await monthly(bench) }]
      const discounts = [{ coupon: coupon.id }]
      const preview = await stripe.invoices.createPreview({ customer, subscription_details: { items }, discounts })
      const made = await stripe.subscriptions.create({ customer, items, discounts })
      const first = await latest(bench, made.id)
      expect([preview.total, first.amount_paid, taken(first)]).toEqual([3675, 3675, [1225]])
      expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1)
      expect((await stripe.invoices.createPreview({ subscription: made.id })).total).toBe(next)
      await clock.to(at(2026, 2, 28, 14))
      expect((await latest(bench, made.id)).amount_paid).toBe(next)
    },
  )

  it('of a fixed sum takes no more than there is', async () => {
    const { stripe } = bench
    const coupon = await stripe.coupons.create({ amount_off: 9000, currency: 'eur', duration: 'once' })
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const items = [{ price: await monthly(bench) }, { price: await monthly(bench, 1000) }]
    const made = await stripe.subscriptions.create({
      customer,
      items,
      discounts: [{ coupon: coupon.id }],
      expand: ['latest_invoice.discounts.source.coupon'],
    })
    const invoice = made.latest_invoice as Stripe.Invoice
    expect([invoice.subtotal, invoice.total, invoice.status, taken(invoice)]).toEqual([5900, 0, 'paid', [5900]])
    expect(invoice.discounts).toMatchObject([{ source: { coupon: { id: coupon.id } } }])
  })

  it('is taxed after it is taken off', async () => {
    const { stripe } = bench
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' })
    const { customer } = await customerWith(bench, 'pm_card_visa')
    await stripe.customers.update(customer, { address: { country: 'DE' } })
    const preview = await stripe.invoices.createPreview({
      customer,
      automatic_tax: { enabled: true },
      discounts: [{ coupon: coupon.id }],
      subscription_details: { items: [{ price: await monthly(bench, 10_000) }] },
    })
    expect([preview.subtotal, preview.total, preview.total_taxes?.[0]?.amount]).toEqual([10_000, 5950, 950])
  })

  it.each([
    ['once', 9900 - 3675],
    ['forever', 7425 - 3675],
  ] as const)('that holds %s is given back as it was taken when the plan changes', async (duration, total) => {
    const { stripe } = bench
    const coupon = await stripe.coupons.create({ percent_off: 25, duration })
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const discounts = [{ coupon: coupon.id }]
    const made = await stripe.subscriptions.create({ customer, items: [{ price: await monthly(bench) }], discounts })
    const item = made.items.data[0]!
    const change = {
      items: [{ id: item.id, price: await monthly(bench, 9900) }],
      proration_behavior: 'always_invoice' as const,
      proration_date: item.current_period_start,
    }
    const preview = await stripe.invoices.createPreview({ subscription: made.id, subscription_details: change })
    await stripe.subscriptions.update(made.id, change)
    expect([preview.total, (await latest(bench, made.id)).amount_paid]).toEqual([total, total])
  })

  it('behind a promotion code is found by it, and refused when it is spent', async () => {
    const { stripe } = bench
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'once' })
    const code = await stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'WELCOME',
      max_redemptions: 1,
    })
    expect((await stripe.promotionCodes.list({ code: 'welcome', active: true })).data[0]?.id).toBe(code.id)
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const order = { customer, items: [{ price: await monthly(bench) }], discounts: [{ promotion_code: code.id }] }
    const made = await stripe.subscriptions.create(order)
    expect((await latest(bench, made.id)).total).toBe(4410)
    expect((await refusal(stripe.subscriptions.create(order))).code).toBe('coupon_expired')
  })
})
