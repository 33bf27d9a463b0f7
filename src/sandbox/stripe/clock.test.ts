import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerBank, customerWith, monthly, openBench, refusal, type Bench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(async () => {
  expect(await bench.violations()).toEqual([])
  await bench.close()
})

const hour = 3600
const day = 24 * hour
const start = Date.UTC(2026, 0, 31, 12) / 1000
const at = (year: number, month: number, date: number, hours = 12) => Date.UTC(year, month - 1, date, hours) / 1000

async function clockAt(seconds = start) {
  const { id } = await bench.stripe.testHelpers.testClocks.create({ frozen_time: seconds })
  const to = async (target: number) => {
    const answer = await bench.stripe.testHelpers.testClocks.advance(id, { frozen_time: target })
    expect(answer.status).toBe('advancing')
    expect((await bench.stripe.testHelpers.testClocks.retrieve(id)).status).toBe('ready')
  }
  return { id, to }
}

type Clock = Awaited<ReturnType<typeof clockAt>>

async function subscribed(template = 'pm_card_visa', extra: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const clock = await clockAt()
  const { customer, method } = await customerWith(bench, template, clock.id)
  const items = [{ price: await monthly(bench) }]
  const { id } = await bench.stripe.subscriptions.create({ customer, items, ...extra })
  return { clock, customer, method, id }
}

/** A subscription whose renewal on 28 February failed. */
async function pastDue(decline = '4000000000000341') {
  const made = await subscribed()
  await bench.lever('POST', `payment_methods/${made.method}`, { behaves_as: decline })
  await made.clock.to(at(2026, 2, 28, 14))
  return { ...made, invoice: await latest(made.id) }
}

async function latest(id: string): Promise<Stripe.Invoice> {
  const subscription = await bench.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
  return subscription.latest_invoice as Stripe.Invoice
}

const statusOf = async (id: string) => (await bench.stripe.subscriptions.retrieve(id)).status

describe('a renewal', () => {
  it('drafts at the boundary, is charged about an hour later, and keeps the day of the month', async () => {
    const { clock, id } = await subscribed()
    await clock.to(at(2026, 2, 28, 12))
    expect(await latest(id)).toMatchObject({ status: 'draft', billing_reason: 'subscription_cycle' })
    await clock.to(at(2026, 2, 28, 14))
    expect(await latest(id)).toMatchObject({ status: 'paid', attempt_count: 1, amount_paid: 4900 })
    const subscription = await bench.stripe.subscriptions.retrieve(id)
    expect(subscription.items.data[0]?.current_period_end).toBe(at(2026, 3, 31))
  })

  it('that is declined makes the subscription past due and names the next attempt', async () => {
    const { id, customer, invoice } = await pastDue()
    expect(await statusOf(id)).toBe('past_due')
    expect(invoice).toMatchObject({ status: 'open', attempt_count: 1, next_payment_attempt: at(2026, 3, 1, 13) })
    expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({ delinquent: true })
  })

  it('is retried after 1, 3, 5 and 7 days and then left alone', async () => {
    const { clock, id, customer } = await pastDue()
    await clock.to(at(2026, 3, 10))
    expect(await latest(id)).toMatchObject({ status: 'open', attempt_count: 5, next_payment_attempt: null })
    const failed = (await bench.stripe.charges.list({ customer })).data.filter((charge) => charge.status === 'failed')
    expect(failed).toHaveLength(5)
    expect(await statusOf(id)).toBe('past_due')
  })

  it('becomes unpaid or canceled after the last try where the merchant chose so', async () => {
    for (const [after, status] of [
      ['unpaid', 'unpaid'],
      ['cancel', 'canceled'],
    ]) {
      await bench.lever('POST', 'settings', { after_retries: after })
      const { clock, id } = await pastDue()
      await clock.to(at(2026, 3, 10))
      expect(await statusOf(id)).toBe(status)
    }
    await bench.lever('POST', 'settings', { after_retries: 'past_due' })
  })

  it('is paid by the next retry once a good card is the default', async () => {
    const { clock, id, customer } = await pastDue()
    const good = await bench.stripe.paymentMethods.attach('pm_card_visa', { customer })
    await bench.stripe.customers.update(customer, { invoice_settings: { default_payment_method: good.id } })
    expect(await statusOf(id)).toBe('past_due')
    await clock.to(at(2026, 3, 2))
    expect([await statusOf(id), (await latest(id)).status]).toEqual(['active', 'paid'])
  })

  it('is never tried again on a stolen card, though the schedule goes on', async () => {
    const { clock, id, customer } = await pastDue('4000000000009979')
    await clock.to(at(2026, 3, 4))
    expect(await latest(id)).toMatchObject({ attempt_count: 3 })
    const failed = (await bench.stripe.charges.list({ customer })).data.filter((charge) => charge.status === 'failed')
    expect(failed).toHaveLength(1)
  })

  it('that needs the cardholder waits for the bank’s check', async () => {
    const { id, customer, invoice } = await pastDue('4000002760003184')
    const expand = ['payments.data.payment.payment_intent']
    const open = await bench.stripe.invoices.retrieve(invoice.id, { expand })
    const intent = open.payments?.data[0]?.payment.payment_intent as Stripe.PaymentIntent
    expect([await statusOf(id), open.status, intent.status]).toEqual(['past_due', 'open', 'requires_action'])
    await answerBank(intent, 'complete')
    expect(await statusOf(id)).toBe('active')
    expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({ delinquent: false })
  })

  it('paid by hand makes the subscription active at once', async () => {
    const { id, customer, invoice } = await pastDue()
    const good = await bench.stripe.paymentMethods.attach('pm_card_visa', { customer })
    await bench.stripe.invoices.pay(invoice.id, { payment_method: good.id, off_session: false })
    expect(await statusOf(id)).toBe('active')
  })

  it('written off or voided leaves the subscription active', async () => {
    for (const deed of ['markUncollectible', 'voidInvoice'] as const) {
      const { id, invoice } = await pastDue()
      await bench.stripe.invoices[deed](invoice.id)
      expect(await statusOf(id)).toBe('active')
    }
  })

  it('follows the most recent invoice only', async () => {
    const { clock, id, customer, invoice } = await pastDue()
    await clock.to(at(2026, 3, 31, 14))
    const newer = await latest(id)
    const good = await bench.stripe.paymentMethods.attach('pm_card_visa', { customer })
    await bench.stripe.invoices.pay(invoice.id, { payment_method: good.id })
    expect(await statusOf(id)).toBe('past_due')
    await bench.stripe.invoices.pay(newer.id, { payment_method: good.id })
    expect(await statusOf(id)).toBe('active')
  })
})

describe('a first payment nobody makes', () => {
  it('expires after 23 hours and takes its invoice along', async () => {
    const { clock, id } = await subscribed('pm_card_chargeCustomerFail')
    expect(await statusOf(id)).toBe('incomplete')
    await clock.to(start + 22 * hour)
    expect(await statusOf(id)).toBe('incomplete')
    await clock.to(start + 24 * hour)
    expect([await statusOf(id), (await latest(id)).status]).toEqual(['incomplete_expired', 'void'])
  })
})

describe('a trial', () => {
  it.each([
    ['create_invoice', 'past_due'],
    ['pause', 'paused'],
    ['cancel', 'canceled'],
  ] as const)('without a card ends as its settings say: %s', async (missing, status) => {
    const clock = await clockAt()
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
    const { clock, id } = await subscribed('pm_card_visa', { trial_period_days: 14 })
    expect(await statusOf(id)).toBe('trialing')
    await clock.to(start + 15 * day)
    expect([await statusOf(id), (await latest(id)).amount_paid]).toEqual(['active', 4900])
  })
})

describe('a date set for the end', () => {
  it('ends the subscription then, not before', async () => {
    const { clock, id } = await subscribed('pm_card_visa', { cancel_at: start + 10 * day })
    await clock.to(start + 9 * day)
    expect(await statusOf(id)).toBe('active')
    await clock.to(start + 11 * day)
    expect(await statusOf(id)).toBe('canceled')
  })

  it('at period end makes no further invoice', async () => {
    const { clock, id, customer } = await subscribed('pm_card_visa', { cancel_at_period_end: true })
    await clock.to(at(2026, 3, 2))
    expect(await statusOf(id)).toBe('canceled')
    expect((await bench.stripe.invoices.list({ customer })).data).toHaveLength(1)
  })
})

describe('an invoice that is sent', () => {
  it('has a due date, is never charged by itself and leaves the subscription active', async () => {
    const send = { collection_method: 'send_invoice' as const, days_until_due: 14 }
    const { clock, id, customer } = await subscribed('pm_card_visa', send)
    await clock.to(start + 2 * hour)
    expect(await latest(id)).toMatchObject({
      status: 'open',
      due_date: start + hour + 14 * day,
      next_payment_attempt: null,
    })
    await clock.to(start + 20 * day)
    expect((await bench.stripe.charges.list({ customer })).data).toEqual([])
    expect(await statusOf(id)).toBe('active')
  })
})

describe('collection on hold', () => {
  it('keeps the invoice as a draft while the subscription stays active', async () => {
    const { clock, id } = await subscribed()
    await bench.stripe.subscriptions.update(id, { pause_collection: { behavior: 'keep_as_draft' } })
    await clock.to(at(2026, 3, 2))
    expect([await statusOf(id), (await latest(id)).status]).toEqual(['active', 'draft'])
    expect((await bench.stripe.subscriptions.update(id, { pause_collection: '' })).pause_collection).toBeNull()
  })
})

describe('a bank debit', () => {
  it('settles by itself after about four days', async () => {
    const { clock, id } = await subscribed('pm_usBankAccount_success')
    expect([await statusOf(id), (await latest(id)).status]).toEqual(['active', 'open'])
    await clock.to(start + 5 * day)
    expect((await latest(id)).status).toBe('paid')
  })
})

describe('a test clock', () => {
  it('only goes forward, and not further than two periods at a time', async () => {
    const { clock } = await subscribed()
    const back = bench.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: start - 1 })
    expect((await refusal(back)).statusCode).toBe(400)
    const far = bench.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: start + 90 * day })
    expect((await refusal(far)).statusCode).toBe(400)
  })

  it('keeps its customers out of plain lists', async () => {
    const clock: Clock = await clockAt()
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
