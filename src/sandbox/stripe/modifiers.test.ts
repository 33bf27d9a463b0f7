import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { under } from '#sandbox/demo/lab.ts'
import { debit, newDefault } from '#sandbox/demo/moves.ts'
import { customerWith, monthly, openBench, openInvoice, refusal, type Bench } from './test-bench.ts'
import { at, hour, latest, pastDue, statusOf, subscribed } from './test-clock.ts'
import { seen } from './test-moves.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const renewal = at(2026, 2, 28, 14)

describe('collection on hold', () => {
  it.each([
    ['void', 'void'],
    ['mark_uncollectible', 'uncollectible'],
    ['keep_as_draft', 'draft'],
  ] as const)('by %s makes the renewal %s and asks for no money', async (behavior, status) => {
    const { stripe } = bench
    const { clock, id, customer } = await subscribed(bench)
    await stripe.subscriptions.update(id, { pause_collection: { behavior } })
    await clock.to(renewal)
    expect([await statusOf(bench, id), (await latest(bench, id)).status]).toEqual(['active', status])
    expect((await stripe.charges.list({ customer })).data).toHaveLength(1)
    await stripe.subscriptions.update(id, { pause_collection: '' })
    if (behavior === 'keep_as_draft') await stripe.invoices.update((await latest(bench, id)).id, { auto_advance: true })
    await clock.to(at(2026, 3, 31, 14))
    expect(await latest(bench, id)).toMatchObject({ status: 'paid', created: at(2026, 3, 31) })
    const charged = (await stripe.charges.list({ customer })).data
    expect(charged).toHaveLength(behavior === 'keep_as_draft' ? 3 : 2)
  })
})

describe('a one-off bill', () => {
  const draft = async (customer: string, autoAdvance = false) => {
    await bench.stripe.invoiceItems.create({ customer, amount: 1500, currency: 'eur', description: 'Extra work' })
    return bench.stripe.invoices.create({
      customer,
      auto_advance: autoAdvance,
      pending_invoice_items_behavior: 'include',
      metadata: { order: '7' },
    })
  }

  it('leaves aside what waits unless told to take it, and a deleted draft gives it back', async () => {
    const { customer } = await customerWith(bench, 'pm_card_visa')
    await bench.stripe.invoiceItems.create({ customer, amount: 1500, currency: 'eur' })
    const bare = await bench.stripe.invoices.create({ customer, currency: 'eur' })
    expect(bare.total).toBe(0)
    const taking = await bench.stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include' })
    expect(taking.total).toBe(1500)
    expect(await bench.stripe.invoices.del(taking.id)).toMatchObject({ deleted: true })
    const again = await bench.stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include' })
    expect(again.total).toBe(1500)
  })

  it('takes lines while it is a draft', async () => {
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const bill = await draft(customer)
    const longer = await bench.stripe.invoices.addLines(bill.id, { lines: [{ amount: 500, description: 'More' }] })
    expect([longer.total, longer.lines.data.length]).toEqual([2000, 2])
    await bench.stripe.invoices.finalizeInvoice(bill.id)
    const late = bench.stripe.invoices.addLines(bill.id, { lines: [{ amount: 500 }] })
    expect((await refusal(late)).code).toBe('invoice_not_editable')
  })

  it('goes on by itself after an hour where it may', async () => {
    const { clock, customer } = await subscribed(bench)
    const bill = await draft(customer, true)
    await clock.to(bill.created + 2 * hour)
    expect(await bench.stripe.invoices.retrieve(bill.id)).toMatchObject({ status: 'paid', metadata: { order: '7' } })
  })

  it('that fails is no part of a subscription’s standing', async () => {
    const { stripe } = bench
    const { id, customer, method } = await subscribed(bench)
    await bench.lever('POST', `payment_methods/${method}`, { behaves_as: '4000000000000341' })
    await refusal(stripe.invoices.pay(await openInvoice(bench, customer)))
    expect(await statusOf(bench, id)).toBe('active')
  })

  it('gives back the credit it took when it is voided', async () => {
    const { customer } = await customerWith(bench, 'pm_card_visa')
    await bench.stripe.customers.update(customer, { balance: -500 })
    const id = await openInvoice(bench, customer)
    expect(await bench.stripe.invoices.retrieve(id)).toMatchObject({ amount_due: 1000, starting_balance: -500 })
    expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({ balance: 0 })
    await bench.stripe.invoices.voidInvoice(id)
    expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({ balance: -500 })
  })
})

describe('a dispute', () => {
  it('is opened by a lever, moved by the merchant and the bank, and the charge remembers it', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    await stripe.invoices.pay(await openInvoice(bench, customer))
    const charge = (await stripe.charges.list({ customer })).data[0]!
    const opened = (await bench.lever('POST', `charges/${charge.id}/dispute`, { kind: 'fraudulent' })) as { id: string }
    expect(await stripe.disputes.retrieve(opened.id)).toMatchObject({ status: 'needs_response', amount: 1500 })
    const sent = await stripe.disputes.update(opened.id, { evidence: { receipt: 'file_1' }, submit: true })
    expect(sent.status).toBe('under_review')
    await bench.lever('POST', `disputes/${opened.id}`, { status: 'won' })
    expect((await stripe.disputes.retrieve(opened.id)).status).toBe('won')
    expect((await stripe.charges.retrieve(charge.id)).disputed).toBe(true)
    const { data } = await stripe.events.list({ type: 'charge.dispute.closed' })
    expect(data[0]?.data.object).toMatchObject({ id: opened.id })
    const inquiry = await bench.lever('POST', `charges/${charge.id}/dispute`, { kind: 'inquiry' })
    expect(inquiry).toMatchObject({ status: 'warning_needs_response' })
  })

  it('is something else than a review, which Radar asks for', async () => {
    const { customer } = await customerWith(bench, 'pm_card_visa')
    await bench.stripe.invoices.pay(await openInvoice(bench, customer))
    const charge = (await bench.stripe.charges.list({ customer })).data[0]!
    await bench.lever('POST', `charges/${charge.id}/review`, { open: true })
    expect((await bench.stripe.charges.retrieve(charge.id)).review).toMatch(/^prv_/)
    await bench.lever('POST', `charges/${charge.id}/review`, { open: false })
    expect((await bench.stripe.charges.retrieve(charge.id)).review).toBeNull()
  })
})

it('money given back, in part and whole, leaves the invoice paid', async () => {
  const { stripe } = bench
  const { customer } = await customerWith(bench, 'pm_card_visa')
  const id = await openInvoice(bench, customer)
  await stripe.invoices.pay(id)
  const { id: charge } = (await stripe.charges.list({ customer })).data[0]!
  await stripe.refunds.create({ charge, amount: 500 })
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 500, refunded: false })
  await stripe.refunds.create({ charge })
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 1500, refunded: true })
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'paid', amount_paid: 1500 })
})

it('a bank account checked with small deposits waits for them to be named', async () => {
  const { stripe } = bench
  const { id: customer } = await stripe.customers.create()
  const ask = () =>
    under(bench, { bank_verification: 'microdeposits' }, () =>
      stripe.setupIntents.create({ customer, payment_method: 'pm_usBankAccount_success', confirm: true }),
    )
  const first = await ask()
  expect([first.status, first.next_action?.type]).toEqual(['requires_action', 'verify_with_microdeposits'])
  const wrong = stripe.setupIntents.verifyMicrodeposits(first.id, { amounts: [1, 2] })
  expect((await refusal(wrong)).code).toBe('payment_method_microdeposit_verification_amounts_mismatch')
  expect((await stripe.setupIntents.verifyMicrodeposits(first.id, { amounts: [32, 45] })).status).toBe('succeeded')
  const second = await ask()
  const code = await stripe.setupIntents.verifyMicrodeposits(second.id, { descriptor_code: 'SM11AA' })
  expect(code.status).toBe('succeeded')
  const third = await ask()
  await refusal(stripe.setupIntents.verifyMicrodeposits(third.id, { amounts: [10, 11] }))
  expect((await stripe.setupIntents.retrieve(third.id)).status).toBe('requires_payment_method')
})

it('a schedule decides about the end, and lets nobody pause', async () => {
  const { stripe } = bench
  const { id } = await subscribed(bench)
  await bench.lever('POST', `subscriptions/${id}`, { schedule: true })
  expect((await stripe.subscriptions.retrieve(id)).schedule).toMatch(/^sub_sched_/)
  expect((await refusal(stripe.subscriptions.update(id, { cancel_at_period_end: true }))).message).toContain('schedule')
  expect((await refusal(stripe.subscriptions.pause(id, { type: 'subscription' }))).statusCode).toBe(400)
})

it('a deleted customer is all that is left: its subscriptions have ended', async () => {
  const { stripe } = bench
  const { id, customer } = await subscribed(bench)
  await stripe.customers.del(customer)
  const left = await stripe.customers.retrieve(customer, { expand: ['subscriptions', 'tax_ids'] })
  expect(left).toMatchObject({ id: customer, deleted: true })
  expect(left).not.toHaveProperty('tax_ids')
  expect(await statusOf(bench, id)).toBe('canceled')
  const begin = stripe.subscriptions.create({ customer, items: [{ price: await monthly(bench) }] })
  expect((await refusal(begin)).code).toBe('resource_missing')
})

it('where Stripe cannot pause after the last retry, it cancels', async () => {
  const id = await under(bench, { after_retries: 'pause' }, async () => {
    const made = await pastDue(bench)
    await bench.lever('POST', `subscriptions/${made.id}`, { schedule: true })
    await made.clock.to(at(2026, 3, 10))
    return made.id
  })
  expect(await statusOf(bench, id)).toBe('canceled')
})

it('resuming on the first attempt falls past due when it fails; on success only, it stays paused and is tried again', async () => {
  const { stripe } = bench
  for (const [behavior, status] of [
    ['resume_on_payment_attempt', 'past_due'],
    ['resume_on_payment_success', 'paused'],
  ] as const) {
    const { id, clock, method, customer } = await subscribed(bench)
    await stripe.subscriptions.pause(id, { type: 'subscription' })
    await bench.lever('POST', `payment_methods/${method}`, { behaves_as: '4000000000000341' })
    await stripe.subscriptions.resume(id, { payment_behavior: behavior })
    if (behavior === 'resume_on_payment_attempt') await refusal(stripe.invoices.pay((await latest(bench, id)).id))
    expect(await statusOf(bench, id)).toBe(status)
    if (behavior === 'resume_on_payment_attempt') continue
    await newDefault(bench, customer)
    await clock.to(at(2026, 2, 2))
    expect(await seen(bench, id)).toEqual(['active', 'paid', 'succeeded'])
  }
})

it('a bank debit that fails late leaves a begun subscription active and its first invoice void', async () => {
  const { id, customer } = await subscribed(bench, debit)
  const intent = (await bench.stripe.paymentIntents.list({ customer })).data[0]!
  await bench.lever('POST', `payment_intents/${intent.id}/settle`, { outcome: 'failed' })
  expect(await seen(bench, id)).toEqual(['active', 'void', 'canceled'])
})

it('more calls a second than allowed are refused, until the time is over', async () => {
  const { stripe } = bench
  await bench.lever('POST', 'rate_limit', { per_second: 0, seconds: 60 })
  const refused: Stripe.errors.StripeError = await refusal(stripe.customers.list())
  expect(refused).toMatchObject({ statusCode: 429, code: 'rate_limit' })
  await bench.lever('POST', 'rate_limit', { per_second: 25, seconds: 0 })
  expect((await stripe.customers.list()).object).toBe('list')
})

it('a payment that succeeded is seen on the invoice a moment later, and then on the subscription; nothing is charged twice', async () => {
  const { stripe } = bench
  const made = await pastDue(bench)
  const method = await newDefault(bench, made.customer)
  await bench.lever('POST', `invoices/${made.invoice.id}`, { lag: true })
  await bench.lever('POST', `subscriptions/${made.id}`, { lag: true })
  await stripe.invoices.pay(made.invoice.id, { payment_method: method })
  expect(await seen(bench, made.id)).toEqual(['past_due', 'open', 'succeeded'])
  expect((await refusal(stripe.invoices.pay(made.invoice.id))).message).toBe('Invoice is already paid')
  await bench.lever('POST', `invoices/${made.invoice.id}`, { lag: false })
  expect(await seen(bench, made.id)).toEqual(['past_due', 'paid', 'succeeded'])
  await bench.lever('POST', `subscriptions/${made.id}`, { lag: false })
  expect(await seen(bench, made.id)).toEqual(['active', 'paid', 'succeeded'])
})

it('a paused subscription has no invoice to come, but resuming it has', async () => {
  const { stripe } = bench
  const { id } = await subscribed(bench)
  await stripe.subscriptions.pause(id, { type: 'subscription' })
  expect((await refusal(stripe.invoices.createPreview({ subscription: id }))).code).toBe('invoice_upcoming_none')
  const resumed = { subscription: id, subscription_details: { resume_at: 'now' as const } }
  expect((await stripe.invoices.createPreview(resumed)).amount_due).toBe(4900)
})
