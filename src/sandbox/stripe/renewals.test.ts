import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerBank, openBench, type Bench } from './test-bench.ts'
import { at, latest, pastDue, statusOf, subscribed } from './test-clock.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

describe('a renewal', () => {
  it('drafts at the boundary, is charged about an hour later, and keeps the day of the month', async () => {
    const { clock, id } = await subscribed(bench)
    await clock.to(at(2026, 2, 28, 12))
    expect(await latest(bench, id)).toMatchObject({ status: 'draft', billing_reason: 'subscription_cycle' })
    await clock.to(at(2026, 2, 28, 14))
    expect(await latest(bench, id)).toMatchObject({ status: 'paid', attempt_count: 1, amount_paid: 4900 })
    const subscription = await bench.stripe.subscriptions.retrieve(id)
    expect(subscription.items.data[0]?.current_period_end).toBe(at(2026, 3, 31))
  })

  it('that is declined makes the subscription past due and names the next attempt', async () => {
    const { id, customer, invoice } = await pastDue(bench)
    expect(await statusOf(bench, id)).toBe('past_due')
    expect(invoice).toMatchObject({ status: 'open', attempt_count: 1, next_payment_attempt: at(2026, 3, 1, 13) })
    expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({ delinquent: true })
  })

  it('is retried after 1, 3, 5 and 7 days and then left alone', async () => {
    const { clock, id, customer } = await pastDue(bench)
    await clock.to(at(2026, 3, 10))
    expect(await latest(bench, id)).toMatchObject({ status: 'open', attempt_count: 5, next_payment_attempt: null })
    const failed = (await bench.stripe.charges.list({ customer })).data.filter((charge) => charge.status === 'failed')
    expect(failed).toHaveLength(5)
    expect(await statusOf(bench, id)).toBe('past_due')
  })

  it('becomes unpaid or canceled after the last try where the merchant chose so', async () => {
    for (const [after, status] of [
      ['unpaid', 'unpaid'],
      ['cancel', 'canceled'],
    ]) {
      await bench.lever('POST', 'settings', { after_retries: after })
      const { clock, id } = await pastDue(bench)
      await clock.to(at(2026, 3, 10))
      expect(await statusOf(bench, id)).toBe(status)
    }
    await bench.lever('POST', 'settings', { after_retries: 'past_due' })
  })

  it('is paid by the next retry once a good card is the default', async () => {
    const { clock, id, customer } = await pastDue(bench)
    const good = await bench.stripe.paymentMethods.attach('pm_card_visa', { customer })
    await bench.stripe.customers.update(customer, { invoice_settings: { default_payment_method: good.id } })
    expect(await statusOf(bench, id)).toBe('past_due')
    await clock.to(at(2026, 3, 2))
    expect([await statusOf(bench, id), (await latest(bench, id)).status]).toEqual(['active', 'paid'])
  })

  it('is never tried again on a stolen card, though the schedule goes on', async () => {
    const { clock, id, customer } = await pastDue(bench, '4000000000009979')
    await clock.to(at(2026, 3, 4))
    expect(await latest(bench, id)).toMatchObject({ attempt_count: 3 })
    const failed = (await bench.stripe.charges.list({ customer })).data.filter((charge) => charge.status === 'failed')
    expect(failed).toHaveLength(1)
  })

  it('that needs the cardholder waits for the bank’s check', async () => {
    const { id, customer, invoice } = await pastDue(bench, '4000002760003184')
    const expand = ['payments.data.payment.payment_intent']
    const open = await bench.stripe.invoices.retrieve(invoice.id, { expand })
    const intent = open.payments?.data[0]?.payment.payment_intent as Stripe.PaymentIntent
    expect([await statusOf(bench, id), open.status, intent.status]).toEqual(['past_due', 'open', 'requires_action'])
    await answerBank(intent, 'complete')
    expect(await statusOf(bench, id)).toBe('active')
    expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({ delinquent: false })
  })

  it('paid by hand makes the subscription active at once', async () => {
    const { id, customer, invoice } = await pastDue(bench)
    const good = await bench.stripe.paymentMethods.attach('pm_card_visa', { customer })
    await bench.stripe.invoices.pay(invoice.id, { payment_method: good.id, off_session: false })
    expect(await statusOf(bench, id)).toBe('active')
  })

  it('written off or voided leaves the subscription active', async () => {
    for (const deed of ['markUncollectible', 'voidInvoice'] as const) {
      const { id, invoice } = await pastDue(bench)
      await bench.stripe.invoices[deed](invoice.id)
      expect(await statusOf(bench, id)).toBe('active')
    }
  })

  it('follows the most recent invoice only', async () => {
    const { clock, id, customer, invoice } = await pastDue(bench)
    await clock.to(at(2026, 3, 31, 14))
    const newer = await latest(bench, id)
    const good = await bench.stripe.paymentMethods.attach('pm_card_visa', { customer })
    await bench.stripe.invoices.pay(invoice.id, { payment_method: good.id })
    expect(await statusOf(bench, id)).toBe('past_due')
    await bench.stripe.invoices.pay(newer.id, { payment_method: good.id })
    expect(await statusOf(bench, id)).toBe('active')
  })
})
