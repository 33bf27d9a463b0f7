import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { InsightSchema } from '#contract/desk-insight.ts'
import { bankAsks } from '#sandbox/demo/building.ts'
import { answerBank } from '#sandbox/stripe/test-bench.ts'
import { openSeat, openTheatre, type Seat, type Theatre } from './test-theatre.ts'

// Stripe answers and tells in its own time.
vi.setConfig({ testTimeout: 60_000 })
let theatre: Theatre
let seat: Seat

beforeAll(async () => {
  theatre = await openTheatre()
  seat = await openSeat(theatre)
}, 120_000)
afterAll(() => theatre?.close())

test('what a bank let through here that Stripe had begun to charge is recovered, once', async () => {
  const { browser, invoice } = await seat.enter(
    bankAsks(theatre.studio, { name: 'Acme GmbH', email: 'anna@acme.example' }),
  )
  const finish = async () => (await browser.deed('confirm-payment', { invoice, finished: true })).outcome.kind
  await browser.deed('confirm-payment', { invoice, finished: false })
  const { stripe } = theatre.bench
  const { payments } = await stripe.invoices.retrieve(invoice, { expand: ['payments.data.payment.payment_intent'] })
  const intent = payments?.data.at(-1)?.payment.payment_intent
  if (typeof intent !== 'object') throw new Error('this invoice has no payment')
  await theatre.allDelivered()
  await answerBank(intent, 'complete')
  expect(await finish()).toBe('done')
  expect(await finish()).toBe('done')
  await theatre.allDelivered()
  const { body } = await seat.agent.get('/api/desk/insight')
  expect(InsightSchema.parse(body)).toMatchObject({
    recovered: [{ amount: 49_00, currency: 'eur' }],
    unsummed: 0,
  })
})
