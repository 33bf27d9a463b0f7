import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { InvoiceDetailsSchema, InvoicePageSchema, OwedSchema, type InvoicePage } from '#contract/invoice.ts'
import { cardDeclined, chargeContested, healthy, paymentProcessing } from '#sandbox/demo/building.ts'
import { customerSince } from '#sandbox/demo/customer.ts'
import { creditedInvoice, everyInvoice, refundedInvoice, tenThousandInvoices } from '#sandbox/demo/histories.ts'
import type { Lab } from '#sandbox/demo/lab.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from './stripe/test-desk.ts'
import { openTestPortal, type Browser, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
let bench: Bench
let portal: TestPortal
let lab: Lab
let desk: Desk

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin)
  desk = openDesk(portal, bench)
  const { stripe, lever } = bench
  lab = { stripe, lever, prices: await ensurePrices(stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})
afterEach(() => desk.heal())

async function list(browser: Browser, query = ''): Promise<InvoicePage> {
  const { body, text } = await browser.get(`/api/invoices${query}`)
  return InvoicePageSchema.parse(body, { error: () => text })
}
const statesOf = ({ invoices }: InvoicePage) => invoices.map(({ state }) => state)
const details = async ({ browser }: Pick<Stay, 'browser'>, id: string) =>
  InvoiceDetailsSchema.parse((await browser.get(`/api/invoices/${id}`)).body)

test('every invoice is listed, newest first, each as it stands', async () => {
  const { browser } = await desk.enter(everyInvoice(lab, who))
  const page = await list(browser)
  expect(statesOf(page)).toEqual([
    'due',
    'confirm',
    'overdue',
    'paid',
    'overdue',
    'paid',
    'written_off',
    'void',
    'paid',
    'refunded',
    'partly_refunded',
    'credited',
    'partly_credited',
    'paid',
    'paid',
    'paid',
  ])
  const dates = page.invoices.map(({ date }) => date)
  expect(dates).toEqual(dates.toSorted((a, b) => b - a))
  expect(page.invoices.filter(({ payable }) => payable).map(({ state }) => state)).toEqual([
    'due',
    'confirm',
    'overdue',
    'overdue',
  ])
})

test('where Stripe does not search, the newest five hundred are looked through, and it is said that these were all', async () => {
  const { id: customer } = await customerSince(lab, 1_000, { ...who, card: 'pm_card_visa' })
  const history = { count: 700, from: lab.now - 990 * 86_400, every: 86_400, amount: 9_90, charged: 0 }
  await lab.lever('POST', `customers/${customer}/history`, history)
  const { browser } = await desk.enter(Promise.resolve({ customer, subscriptions: [] }))
  for (const status of [400, 403]) {
    await desk.fault({ method: 'GET', path: '^/v1/invoices/search', kind: 'error', status, times: 3 })
    const [found, older, unknown] = [
      await list(browser, '?number=300'),
      await list(browser, '?number=100'),
      await list(browser, '?number=9'),
    ]
    expect(found.invoices.map(({ number }) => number?.slice(-4))).toEqual(['0300'])
    expect([found.searched, older.invoices, older.searched, unknown.searched]).toEqual([undefined, [], 500, 500])
    await desk.heal()
  }
})

test('a dispute, and what the merchant gave back, are told apart', async () => {
  const contested = await desk.enter(chargeContested(lab, who))
  expect(statesOf(await list(contested.browser))[0]).toBe('disputed')
  const refunded = await desk.enter(refundedInvoice(lab, who))
  expect((await list(refunded.browser)).invoices[0]).toMatchObject({
    state: 'refunded',
    refunded: { amount: 49_00, currency: 'eur' },
  })
  const credited = await desk.enter(creditedInvoice(lab, who))
  expect((await list(credited.browser)).invoices[0]).toMatchObject({
    state: 'partly_refunded',
    refunded: { amount: 10_00 },
    credited: { amount: 15_00 },
  })
})

test('what is to pay, what is paid and the rest are apart, and each list goes on where it was left', async () => {
  const { browser } = await desk.enter(everyInvoice(lab, who))
  expect(statesOf(await list(browser, '?status=to-pay'))).toEqual(['due', 'confirm', 'overdue', 'overdue'])
  expect(statesOf(await list(browser, '?status=other')).toSorted()).toEqual(['void', 'written_off'])
  const paid = await list(browser, '?status=paid')
  expect(paid.invoices.every(({ state }) => !['due', 'overdue', 'void'].includes(state))).toBe(true)
})

test('ten thousand are read page by page without a gap, by year, and by number', async () => {
  const { browser, customer } = await desk.enter(tenThousandInvoices(lab, who))
  const first = await list(browser)
  const second = await list(browser, `?after=${first.more}`)
  const third = await list(browser, `?after=${second.more}`)
  expect([first, second, third].map(({ invoices }) => invoices.length)).toEqual([25, 100, 100])
  const ids = [first, second, third].flatMap(({ invoices }) => invoices.map(({ id }) => id))
  const asStripe = (await bench.stripe.invoices.list({ customer, limit: 100 })).data.map(({ id }) => id)
  expect(ids.slice(0, 100)).toEqual(asStripe)
  expect(new Set(ids).size).toBe(225)

  const year = new Date(portal.clock.now * 1_000).getUTCFullYear() - 1
  const before = await list(browser, `?year=${year}`)
  expect(new Set(before.invoices.map(({ date }) => new Date(date * 1_000).getUTCFullYear()))).toEqual(new Set([year]))
  expect(first.years).toContain(year)

  const sought = third.invoices[40]?.number ?? ''
  expect((await list(browser, `?number=${sought.toLowerCase()}`)).invoices.map(({ number }) => number)).toEqual([
    sought,
  ])
  expect((await list(browser, '?number=7')).invoices.map(({ number }) => number)).toEqual([
    sought.replace(/-\d+$/, '-0007'),
  ])
  expect((await list(browser, '?number=NOT-0001')).invoices).toEqual([])
  expect((await browser.get('/api/invoices?number=%22%20OR%20number%3A%22')).status).toBe(400)
  expect((await browser.get('/api/invoices?after=in_gone')).status).toBe(400)
})

test('one invoice tells its lines, each try with the bank’s word as advice, and when it is tried next', async () => {
  const stay = await desk.enter(cardDeclined(lab, who))
  const { invoice, papers } = await details(stay, stay.invoice)
  expect(invoice).toMatchObject({ state: 'overdue', payable: true, total: { amount: 49_00, currency: 'eur' } })
  expect(papers?.lines).toMatchObject([{ quantity: 1, amount: { amount: 49_00 } }])
  expect(papers?.attempts.length).toBeGreaterThan(1)
  expect(papers?.attempts[0]).toMatchObject({ result: 'declined', decline: 'bank', method: { last4: '0341' } })
})

test('a code that must not be known leaves no trace', async () => {
  const stay = await desk.enter(healthy(lab, who))
  const stolen = await desk.otherCard(stay.customer, 'pm_card_chargeCustomerFail')
  await bench.lever('POST', `payment_methods/${stolen}`, { behaves_as: '4000000000009979' })
  await bench.stripe.invoiceItems.create({ customer: stay.customer, amount: 900, currency: 'eur', description: 'x' })
  const { id } = await bench.stripe.invoices.create({
    customer: stay.customer,
    pending_invoice_items_behavior: 'include',
    auto_advance: false,
  })
  await bench.stripe.invoices.pay(id, { payment_method: stolen }).catch(() => {})
  const { text } = await stay.browser.get(`/api/invoices/${id}`)
  expect(text).toContain('"decline":"bank"')
  expect(text).not.toMatch(/stolen|fraud|lost|seller_message|pickup/)
})

test('refunds, credit notes and what was taken from credit are told', async () => {
  const stay = await desk.enter(creditedInvoice(lab, who))
  const [newest] = (await list(stay.browser)).invoices
  expect((await details(stay, newest?.id ?? '')).papers).toMatchObject({
    refunds: [{ amount: { amount: 10_00 }, state: 'done' }],
    creditNotes: [{ amount: { amount: 15_00 }, voided: false }],
  })
})

test('when Stripe is silent, what was open then is shown as of then, and nothing is called empty', async () => {
  const stay = await desk.enter(cardDeclined(lab, who))
  await list(stay.browser)
  const { now } = portal.clock
  portal.clock.now += 60
  await desk.fault({ method: 'GET', path: '^/v1/', kind: 'reset', times: 1_000 })
  expect(await list(stay.browser)).toMatchObject({
    source: 'mirror',
    asOf: now,
    invoices: [{ id: stay.invoice, state: 'overdue', payable: false }],
    toPay: { debts: [], onItsWay: false },
  })
  expect((await list(stay.browser, '?status=paid')).source).toBe('none')
  expect((await stay.browser.get(`/api/invoices/${stay.invoice}`)).status).toBe(503)
  expect((await stay.browser.get('/api/invoices.csv')).status).toBe(503)
})

test('while one payment is on its way nothing is offered to be paid', async () => {
  const stay = await desk.enter(paymentProcessing(lab, who))
  const page = await list(stay.browser)
  expect(page.toPay).toEqual({ debts: [], onItsWay: true })
  expect(page.invoices[0]).toMatchObject({ state: 'processing', payable: false })
})

test('all that is open is paid oldest first, and where one gets no answer it is said which is paid, unclear and untried', async () => {
  const { browser, customer } = await desk.enter(everyInvoice(lab, who))
  const { toPay } = OwedSchema.parse((await browser.get('/api/invoices/to-pay')).body)
  const [debt] = toPay.debts
  expect(debt?.total).toEqual({ amount: 120_00 + 19_00 + 250_00 + 60_00, currency: 'eur' })
  const [oldest, ...others] = debt?.invoices.map(({ id }) => id) ?? []
  const plan = { invoices: [...others, oldest], total: debt?.total }
  const card = await desk.otherCard(customer, 'pm_card_visa')
  const [, second] = debt?.invoices ?? []
  await desk.fault({ method: 'POST', path: `/v1/invoices/${second?.id}/pay`, kind: 'error', times: 1 })
  const { outcome } = await browser.deed('pay-invoice', { with: { method: card }, plan })
  const [paid, unclear, ...untried] =
    debt?.invoices.map(({ id, number, remaining }) => ({ id, number, amount: remaining })) ?? []
  expect(outcome).toEqual({ kind: 'unknown', paid: [paid], unclear, untried })
  expect(await desk.charges(customer)).toContain(120_00)

  const rest = OwedSchema.parse((await browser.get('/api/invoices/to-pay')).body).toPay.debts[0]
  expect(rest?.total.amount).toBe(19_00 + 250_00 + 60_00)
  const again = { invoices: rest?.invoices.map(({ id }) => id), total: rest?.total }
  expect((await browser.deed('pay-invoice', { with: { method: card }, plan: again })).outcome).toEqual({ kind: 'done' })
  expect(statesOf(await list(browser, '?status=to-pay'))).toEqual([])
  expect(await desk.paidTwice(customer)).toEqual([])
})
