import { afterAll, beforeAll, expect, it } from 'vitest'
import { monthly, openBench, openInvoice, refusal, type Bench } from './test-bench.ts'

let bench: Bench

beforeAll(async () => void (bench = await openBench()))
afterAll(() => bench.close())

it('credit comes off the next invoice, and the ledger tells both', async () => {
  const { stripe } = bench
  const { id: customer } = await stripe.customers.create()
  const given = await stripe.customers.createBalanceTransaction(customer, {
    amount: -500,
    currency: 'eur',
    description: 'Goodwill',
    metadata: { of: 'us' },
  })
  expect(given).toMatchObject({ amount: -500, ending_balance: -500, type: 'adjustment', metadata: { of: 'us' } })
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -500, currency: 'eur' })
  const id = await openInvoice(bench, customer, 1500)
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ amount_due: 1000, starting_balance: -500 })
  const { data } = await stripe.customers.listBalanceTransactions(customer, { expand: ['data.invoice'] })
  expect(data).toMatchObject([{ amount: 500, ending_balance: 0, type: 'applied_to_invoice', invoice: { id } }, given])
  await stripe.invoices.voidInvoice(id)
  const [last] = (await stripe.customers.listBalanceTransactions(customer, { limit: 1 })).data
  expect(last).toMatchObject({ amount: -500, ending_balance: -500, type: 'unapplied_from_invoice' })
})

it('the same key gives once', async () => {
  const { stripe } = bench
  const { id } = await stripe.customers.create()
  const give = () =>
    stripe.customers.createBalanceTransaction(id, { amount: -700, currency: 'eur' }, { idempotencyKey: `give-${id}` })
  expect((await give()).id).toBe((await give()).id)
  expect(await stripe.customers.retrieve(id)).toMatchObject({ balance: -700 })
})

it('a customer who pays in one currency is given no other', async () => {
  const { stripe } = bench
  const { id: customer } = await stripe.customers.create({ source: 'tok_visa' })
  await stripe.subscriptions.create({ customer, items: [{ price: await monthly(bench) }] })
  const refused = await refusal(stripe.customers.createBalanceTransaction(customer, { amount: -1, currency: 'usd' }))
  expect(refused).toMatchObject({ statusCode: 400, param: 'currency' })
})
