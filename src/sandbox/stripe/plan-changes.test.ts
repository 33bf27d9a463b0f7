import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advance } from '#sandbox/demo/customer.ts'
import { newDefault, trial, wantThree } from '#sandbox/demo/moves.ts'
import { answerBank, customerWith, idOf, monthly, openBench, refusal, type Bench } from './test-bench.ts'
import { at, day, hour, latest, start, subscribed, type Subscribed } from './test-clock.ts'
import { labOf, who } from './test-lab.ts'
import { intentOf, seen } from './test-moves.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

async function priceOf(
  amount: number,
  currency = 'eur',
  recurring: Stripe.PriceCreateParams.Recurring = { interval: 'month' },
) {
  const { stripe } = bench
  const product = await stripe.products.create({ name: 'Team' })
  return (await stripe.prices.create({ product: product.id, currency, unit_amount: amount, recurring })).id
}
const itemOf = async (id: string) => (await bench.stripe.subscriptions.retrieve(id)).items.data[0]?.id ?? ''
type Change = Stripe.InvoiceCreatePreviewParams.SubscriptionDetails & Stripe.SubscriptionUpdateParams
/** Previews a change, makes it, and gives both invoices. */
async function both(made: { id: string }, change: Change) {
  const { stripe } = bench
  const preview = await stripe.invoices.createPreview({ subscription: made.id, subscription_details: change })
  await stripe.subscriptions.update(made.id, { ...change, payment_behavior: 'pending_if_incomplete' })
  return { preview, charged: await latest(bench, made.id) }
}
const amounts = (invoice: Stripe.Invoice) => ({
  lines: invoice.lines.data.map((line) => line.amount),
  total: invoice.total,
  due: invoice.amount_due,
})

describe('a change is charged to the last minor unit as its preview said', () => {
  it.each([
    ['euro', 'eur', 4900, 9900],
    ['yen, which has no decimals', 'jpy', 1000, 3333],
    ['Kuwaiti dinar, whose third decimal is always 0', 'kwd', 15_000, 33_330],
    ['a cheaper plan, whose difference becomes credit', 'eur', 9900, 4900],
  ])('in %s', async (_, currency, from, to) => {
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const items = [{ price: await priceOf(from, currency) }]
    const made = await bench.stripe.subscriptions.create({ customer, items })
    const [item] = made.items.data
    const third = Math.floor((item!.current_period_end - item!.current_period_start) / 3)
    const { preview, charged } = await both(made, {
      items: [{ id: item!.id, price: await priceOf(to, currency) }],
      proration_behavior: 'always_invoice',
      proration_date: item!.current_period_start + third,
    })
    expect(amounts(charged)).toEqual(amounts(preview))
    expect(charged.status).toBe('paid')
    expect(Math.sign(preview.total)).toBe(Math.sign(to - from))
    expect(preview.lines.data).toHaveLength(2)
    const step = currency === 'kwd' ? 10 : 1
    expect(preview.lines.data.filter((line) => line.amount % step !== 0)).toEqual([])
    const after = (await bench.stripe.customers.retrieve(customer)) as Stripe.Customer
    expect(after.balance).toBe(Math.min(0, preview.total))
    expect((await bench.stripe.subscriptions.retrieve(made.id)).items.data[0]?.price.unit_amount).toBe(to)
  })

  it('from a month to a year: the rest of the month is credit, the year begins now', async () => {
    const made = await subscribed(bench)
    await made.clock.to(start + 10 * day)
    const yearly = await priceOf(49_000, 'eur', { interval: 'year' })
    const { preview, charged } = await both(made, {
      items: [{ id: await itemOf(made.id), price: yearly }],
      proration_behavior: 'always_invoice',
      proration_date: start + 10 * day,
    })
    expect(amounts(charged)).toEqual(amounts(preview))
    expect([charged.lines.data[0]?.amount, charged.lines.data[1]?.amount]).toEqual([-3150, 49_000])
    const after = await bench.stripe.subscriptions.retrieve(made.id)
    expect([after.billing_cycle_anchor, after.items.data[0]?.current_period_end]).toEqual([
      start + 10 * day,
      at(2027, 2, 10),
    ])
  })

  it('with what else waits for the next invoice, and with credit', async () => {
    const { stripe } = bench
    const made = await subscribed(bench)
    await stripe.invoiceItems.create({ customer: made.customer, amount: 700, currency: 'eur' })
    await stripe.customers.update(made.customer, { balance: -300 })
    const { preview, charged } = await both(made, {
      items: [{ id: await itemOf(made.id), quantity: 2 }],
      proration_behavior: 'always_invoice',
      proration_date: start,
    })
    expect(preview).toMatchObject({ total: 4900 + 700, amount_due: 5300 })
    expect(amounts(charged)).toEqual(amounts(preview))
  })

  it('when it waits for the next invoice', async () => {
    const made = await subscribed(bench)
    const change = { items: [{ id: await itemOf(made.id), quantity: 2 }], proration_date: start + 5 * day }
    await made.clock.to(start + 5 * day)
    const { stripe } = bench
    const preview = await stripe.invoices.createPreview({ subscription: made.id, subscription_details: change })
    await stripe.subscriptions.update(made.id, change)
    const next = await stripe.invoices.createPreview({ subscription: made.id })
    await made.clock.to(at(2026, 2, 28, 14))
    const renewed = await latest(bench, made.id)
    expect([preview.total, next.total, renewed.amount_paid]).toEqual([renewed.total, renewed.total, renewed.total])
    const recurring = await stripe.invoices.createPreview({ subscription: made.id, preview_mode: 'recurring' })
    expect(recurring.total).toBe(9800)
  })

  it('nothing during a trial, where the next invoice shows the new price', async () => {
    const made = await trial(await labOf(bench, start), who)
    await newDefault(bench, made.customer)
    const change = {
      items: [{ id: await itemOf(made.id), price: await priceOf(9900) }],
      proration_behavior: 'always_invoice' as const,
    }
    const { preview, charged } = await both(made, change)
    expect([preview.total, charged.total]).toEqual([9900, 0])
    await advance(bench, made.clock, start + 15 * day)
    expect(await latest(bench, made.id)).toMatchObject({ status: 'paid', total: 9900 })
  })

  it('for a subscription that does not exist yet', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const items = [{ price: await priceOf(4900), quantity: 2 }]
    const preview = await stripe.invoices.createPreview({ customer, subscription_details: { items } })
    const made = await stripe.subscriptions.create({ customer, items })
    expect(preview.total).toBe(9800)
    expect(amounts(await latest(bench, made.id))).toEqual(amounts(preview))
  })
})

describe('a change that waits for its payment', () => {
  const cannotPay = (made: Subscribed) =>
    bench.lever('POST', `payment_methods/${made.method}`, { behaves_as: '4000000000009995' })

  it('is given up after 23 hours: its invoice is void, nothing else has changed', async () => {
    const made = await subscribed(bench)
    await cannotPay(made)
    const waiting = await wantThree(bench, made)
    expect(waiting.pending_update?.expires_at).toBe(start + 23 * hour)
    await made.clock.to(start + 24 * hour)
    const after = await bench.stripe.subscriptions.retrieve(made.id)
    expect([after.status, after.pending_update, after.items.data[0]?.quantity]).toEqual(['active', null, 1])
    expect((await latest(bench, made.id)).status).toBe('void')
    const { data } = await bench.stripe.events.list({ type: 'customer.subscription.pending_update_expired' })
    expect(data.map((event) => (event.data.object as { id: string }).id)).toContain(made.id)
  })

  it('is given up when its invoice is voided, and replaced by another change', async () => {
    const made = await subscribed(bench)
    await cannotPay(made)
    const first = idOf((await wantThree(bench, made)).latest_invoice)
    const second = idOf((await wantThree(bench, made)).latest_invoice)
    expect((await bench.stripe.invoices.retrieve(first)).status).toBe('void')
    await bench.stripe.invoices.voidInvoice(second)
    expect((await bench.stripe.subscriptions.retrieve(made.id)).pending_update).toBeNull()
  })

  it('applies once the bank’s check is passed, in a new period too', async () => {
    const made = await subscribed(bench)
    await bench.lever('POST', `payment_methods/${made.method}`, { behaves_as: '4000002760003184' })
    const yearly = await priceOf(49_000, 'eur', { interval: 'year' })
    const waiting = await bench.stripe.subscriptions.update(made.id, {
      items: [{ id: await itemOf(made.id), price: yearly }],
      payment_behavior: 'pending_if_incomplete',
    })
    expect([waiting.items.data[0]?.price.recurring?.interval, waiting.pending_update?.billing_cycle_anchor]).toEqual([
      'month',
      start,
    ])
    await answerBank(await intentOf(bench, idOf(waiting.latest_invoice)), 'complete')
    const after = await bench.stripe.subscriptions.retrieve(made.id)
    expect([after.items.data[0]?.price.id, after.items.data[0]?.current_period_end]).toEqual([yearly, at(2027, 1, 31)])
  })

  it('takes only what Stripe takes with it', async () => {
    const made = await subscribed(bench)
    const with_ = (more: Stripe.SubscriptionUpdateParams) =>
      refusal(bench.stripe.subscriptions.update(made.id, { payment_behavior: 'pending_if_incomplete', ...more }))
    expect(await with_({ metadata: { a: 'b' } })).toMatchObject({ statusCode: 400, param: 'metadata' })
    const items = [{ id: await itemOf(made.id), metadata: { a: 'b' } }]
    expect(await with_({ items })).toMatchObject({ statusCode: 400, param: 'items[0][metadata]' })
  })
})

describe('a change that cannot be paid', () => {
  const change = async (made: Subscribed, behavior: Stripe.SubscriptionUpdateParams.PaymentBehavior) => {
    await bench.lever('POST', `payment_methods/${made.method}`, { behaves_as: '4000000000009995' })
    return bench.stripe.subscriptions.update(made.id, {
      items: [{ id: await itemOf(made.id), quantity: 3 }],
      proration_behavior: 'always_invoice',
      payment_behavior: behavior,
      ...(behavior === 'error_if_incomplete' && { metadata: { tried: 'yes' } }),
    })
  }

  it('is refused and changes nothing with error_if_incomplete', async () => {
    const made = await subscribed(bench)
    await bench.stripe.invoiceItems.create({ customer: made.customer, amount: 700, currency: 'eur' })
    await bench.stripe.customers.update(made.customer, { balance: -300 })
    const before = await bench.stripe.subscriptions.retrieve(made.id)
    expect(await refusal(change(made, 'error_if_incomplete'))).toMatchObject({
      statusCode: 402,
      decline_code: 'insufficient_funds',
    })
    expect(await bench.stripe.subscriptions.retrieve(made.id)).toEqual(before)
    expect((await bench.stripe.invoices.list({ customer: made.customer })).data).toHaveLength(1)
    expect((await bench.stripe.invoices.createPreview({ subscription: made.id })).amount_due).toBe(4900 + 700 - 300)
  })

  it('leaves an earlier one waiting when it is refused', async () => {
    const made = await subscribed(bench)
    await bench.lever('POST', `payment_methods/${made.method}`, { behaves_as: '4000000000009995' })
    const waiting = idOf((await wantThree(bench, made)).latest_invoice)
    await refusal(change(made, 'error_if_incomplete'))
    const after = await bench.stripe.subscriptions.retrieve(made.id)
    expect([after.pending_update?.subscription_items?.[0]?.quantity, after.latest_invoice]).toEqual([3, waiting])
    expect((await bench.stripe.invoices.retrieve(waiting)).status).toBe('open')
  })

  it.each(['allow_incomplete', 'default_incomplete'] as const)('is in force and owed with %s', async (behavior) => {
    const made = await subscribed(bench)
    const after = await change(made, behavior)
    expect([after.status, after.items.data[0]?.quantity]).toEqual(['past_due', 3])
    await newDefault(bench, made.customer)
    await bench.stripe.invoices.pay(idOf(after.latest_invoice))
    expect(await seen(bench, made.id)).toEqual(['active', 'paid', 'succeeded'])
  })
})

it('a proration date outside the running period is refused', async () => {
  const made = await subscribed(bench)
  const details = { items: [{ id: await itemOf(made.id), quantity: 2 }], proration_date: start - day }
  const call = bench.stripe.invoices.createPreview({ subscription: made.id, subscription_details: details })
  expect(await refusal(call)).toMatchObject({ statusCode: 400, param: 'proration_date' })
})

it('one customer has one currency', async () => {
  const { customer } = await customerWith(bench, 'pm_card_visa')
  await bench.stripe.subscriptions.create({ customer, items: [{ price: await monthly(bench) }] })
  const call = bench.stripe.subscriptions.create({ customer, items: [{ price: await priceOf(900, 'usd') }] })
  expect((await refusal(call)).message).toContain('combine currencies')
})
