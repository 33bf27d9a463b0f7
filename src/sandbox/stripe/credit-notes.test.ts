import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customerWith, idOf, openBench, openInvoice, refusal, type Bench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

async function paidInvoice() {
  const { customer } = await customerWith(bench, 'pm_card_visa')
  const invoice = await openInvoice(bench, customer)
  await bench.stripe.invoices.pay(invoice)
  return { customer, invoice }
}

describe('a credit note', () => {
  it('lowers what is still owed, and the next payment takes the rest', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const invoice = await openInvoice(bench, customer)
    const note = await stripe.creditNotes.create({ invoice, amount: 500 })
    expect(note).toMatchObject({ amount: 500, pre_payment_amount: 500, post_payment_amount: 0, type: 'pre_payment' })
    expect(await stripe.invoices.pay(invoice)).toMatchObject({
      amount_paid: 1000,
      pre_payment_credit_notes_amount: 500,
    })
    expect((await stripe.charges.list({ customer })).data).toMatchObject([{ amount: 1000, status: 'succeeded' }])
  })

  it('for all that is owed settles the invoice without a charge', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const invoice = await openInvoice(bench, customer)
    await stripe.creditNotes.create({ invoice, amount: 1500 })
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid', amount_paid: 0 })
    expect((await stripe.charges.list({ customer })).data).toEqual([])
  })

  it('of a paid invoice gives money back to the card and to the balance, as it is told', async () => {
    const { stripe } = bench
    const { customer, invoice } = await paidInvoice()
    const note = await stripe.creditNotes.create({ invoice, refund_amount: 1000, credit_amount: 300 })
    expect(note).toMatchObject({ amount: 1300, type: 'post_payment', refunds: [{ amount_refunded: 1000 }] })
    expect((await stripe.refunds.retrieve(idOf(note.refunds[0]?.refund))).amount).toBe(1000)
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -300 })
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({
      status: 'paid',
      post_payment_credit_notes_amount: 1300,
    })
    expect((await stripe.creditNotes.list({ invoice })).data.map(({ id }) => id)).toEqual([note.id])
  })

  it('is refused where its parts do not add up, beyond what was billed, and for a draft', async () => {
    const { stripe } = bench
    const { customer, invoice } = await paidInvoice()
    expect((await refusal(stripe.creditNotes.create({ invoice, amount: 500 }))).message).toContain('must equal')
    expect(await refusal(stripe.creditNotes.create({ invoice, out_of_band_amount: 1501 }))).toMatchObject({
      statusCode: 400,
      param: 'amount',
    })
    const draft = await stripe.invoices.create({ customer, auto_advance: false })
    expect((await refusal(stripe.creditNotes.create({ invoice: draft.id, amount: 1 }))).statusCode).toBe(400)
  })
})

describe('papers', () => {
  it('are a real PDF of the invoice, a page for the receipt of a charge, and a PDF of the credit note', async () => {
    const { stripe } = bench
    const { customer, invoice } = await paidInvoice()
    const { invoice_pdf: pdf, number } = await stripe.invoices.retrieve(invoice)
    const paper = await fetch(pdf ?? '')
    expect(paper.headers.get('content-type')).toBe('application/pdf')
    const text = await paper.text()
    expect(text).toMatch(/^%PDF-1\.4\n[\s\S]*%%EOF\n$/)
    expect(text).toContain(`(Invoice ${number})`)
    const table = Number(/startxref\n(\d+)/.exec(text)?.[1])
    expect(text.slice(table, table + 4)).toBe('xref')
    const [charge] = (await stripe.charges.list({ customer })).data
    const receipt = await fetch(charge?.receipt_url ?? '')
    expect(await receipt.text()).toContain('Paid EUR 15.00')
    const note = await stripe.creditNotes.create({ invoice, out_of_band_amount: 100 })
    expect(await (await fetch(note.pdf)).text()).toContain('(Credited EUR 1.00)')
  })
})

describe('a long history', () => {
  it('is written at once, listed newest first, found by number, and goes on where it ended', async () => {
    const { stripe, lever } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const from = Math.floor(Date.now() / 1000) - 10_000 * 3600
    await lever('POST', `customers/${customer}/history`, { count: 10_000, from, every: 3600, amount: 990, charged: 30 })
    const first = await stripe.invoices.list({ customer, limit: 100, expand: ['data.payments'] })
    const next = await stripe.invoices.list({ customer, limit: 100, starting_after: first.data.at(-1)?.id ?? '' })
    const times = [...first.data, ...next.data].map(({ created }) => created)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(first.data.filter(({ payments }) => payments?.data.length === 1)).toHaveLength(30)
    const number = next.data[50]?.number ?? ''
    const found = await stripe.invoices.search({ query: `customer:"${customer}" AND number:"${number.toLowerCase()}"` })
    expect(found.data.map(({ id }) => id)).toEqual([next.data[50]?.id])
    const later = await openInvoice(bench, customer)
    expect((await stripe.invoices.retrieve(later)).number).toMatch(/-10001$/)
  })
})
