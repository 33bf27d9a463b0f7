import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customerWith, monthly, openBench, refusal, type Bench } from './test-bench.ts'
import { at, clockAt, day, hour, latest, start, statusOf, subscribed } from './test-clock.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

describe('a first payment nobody makes', () => {
  it('expires after 23 hours and takes its invoice along', async () => {
    const { clock, id } = await subscribed(bench, 'pm_card_chargeCustomerFail')
    expect(await statusOf(bench, id)).toBe('incomplete')
    await clock.to(start + 22 * hour)
    expect(await statusOf(bench, id)).toBe('incomplete')
    await clock.to(start + 24 * hour)
    expect([await statusOf(bench, id), (await latest(bench, id)).status]).toEqual(['incomplete_expired', 'void'])
  })
})

describe('a trial', () => {
  it.each([
    ['create_invoice', 'past_due'],
    ['pause', 'paused'],
    ['cancel', 'canceled'],
  ] as const)('without a card ends as its settings say: %s', async (missing, status) => {
    const clock = await clockAt(bench)
    const { id: customer } = await bench.stripe.customers.create({ test_clock: clock.id })
    const made = await bench.stripe.subscriptions.create({
      customer,
      items: [{ price: await monthly(bench) }],
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: missing } },
    })
    await clock.to(start + 15 * day)
    const ended = await bench.stripe.subscriptions.retrieve(made.id)
    expect(ended.status).toBe(status)
    if (status !== 'paused') return
    expect(ended.status_details?.paused.subscription.type).toBe('trial_end_without_payment_method')
    const resume = { payment_behavior: 'resume_on_payment_success' as const }
    expect((await refusal(bench.stripe.subscriptions.resume(made.id, resume))).statusCode).toBe(400)
    const card = await bench.stripe.paymentMethods.attach('pm_card_visa', { customer })
    await bench.stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } })
    expect((await bench.stripe.subscriptions.resume(made.id, resume)).status).toBe('active')
  })

  it('with a card goes over into the first paid month', async () => {
    const { clock, id } = await subscribed(bench, 'pm_card_visa', { trial_period_days: 14 })
    expect(await statusOf(bench, id)).toBe('trialing')
    await clock.to(start + 15 * day)
    expect([await statusOf(bench, id), (await latest(bench, id)).amount_paid]).toEqual(['active', 4900])
  })
})

describe('a date set for the end', () => {
  it('ends the subscription then, not before', async () => {
    const { clock, id } = await subscribed(bench, 'pm_card_visa', { cancel_at: start + 10 * day })
    await clock.to(start + 9 * day)
    expect(await statusOf(bench, id)).toBe('active')
    await clock.to(start + 11 * day)
    expect(await statusOf(bench, id)).toBe('canceled')
  })

  it('at period end makes no further invoice', async () => {
    const { clock, id, customer } = await subscribed(bench, 'pm_card_visa', { cancel_at_period_end: true })
    await clock.to(at(2026, 3, 2))
    expect(await statusOf(bench, id)).toBe('canceled')
    expect((await bench.stripe.invoices.list({ customer })).data).toHaveLength(1)
  })
})

describe('an invoice that is sent', () => {
  it('has a due date, is never charged by itself, and once late makes the subscription past due', async () => {
    const send = { collection_method: 'send_invoice' as const, days_until_due: 14 }
    const { clock, id, customer } = await subscribed(bench, 'pm_card_visa', send)
    await clock.to(start + 2 * hour)
    expect(await latest(bench, id)).toMatchObject({
      status: 'open',
      due_date: start + hour + 14 * day,
      next_payment_attempt: null,
    })
    await clock.to(start + 14 * day)
    expect(await statusOf(bench, id)).toBe('active')
    await clock.to(start + 20 * day)
    expect((await bench.stripe.charges.list({ customer })).data).toEqual([])
    expect(await statusOf(bench, id)).toBe('past_due')
  })
})

describe('collection on hold', () => {
  it('keeps the invoice as a draft while the subscription stays active', async () => {
    const { clock, id } = await subscribed(bench)
    await bench.stripe.subscriptions.update(id, { pause_collection: { behavior: 'keep_as_draft' } })
    await clock.to(at(2026, 3, 2))
    expect([await statusOf(bench, id), (await latest(bench, id)).status]).toEqual(['active', 'draft'])
    expect((await bench.stripe.subscriptions.update(id, { pause_collection: '' })).pause_collection).toBeNull()
  })
})

describe('a bank debit', () => {
  it('settles by itself after about four days', async () => {
    const { clock, id } = await subscribed(bench, 'pm_sepaDebit_success_de')
    expect([await statusOf(bench, id), (await latest(bench, id)).status]).toEqual(['active', 'open'])
    await clock.to(start + 5 * day)
    expect((await latest(bench, id)).status).toBe('paid')
  })
})

describe('a test clock', () => {
  it('only goes forward, and not further than two periods at a time', async () => {
    const { clock } = await subscribed(bench)
    const back = bench.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: start - 1 })
    expect((await refusal(back)).statusCode).toBe(400)
    const far = bench.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: start + 90 * day })
    expect((await refusal(far)).statusCode).toBe(400)
  })

  it('keeps its customers out of plain lists', async () => {
    const clock = await clockAt(bench)
    const email = 'clocked@example.com'
    await bench.stripe.customers.create({ email, test_clock: clock.id })
    expect((await bench.stripe.customers.list({ email })).data).toEqual([])
    expect((await bench.stripe.customers.list({ email, test_clock: clock.id })).data).toHaveLength(1)
  })
})

describe('the sandbox’s own time', () => {
  it('moves every customer without a clock', async () => {
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const items = [{ price: await monthly(bench) }]
    const { id } = await bench.stripe.subscriptions.create({ customer, items })
    await bench.lever('POST', 'time', { advance_seconds: 32 * day })
    expect((await bench.stripe.invoices.list({ customer, subscription: id })).data).toHaveLength(2)
    await bench.lever('POST', 'time', { offset_seconds: 0 })
  })
})
