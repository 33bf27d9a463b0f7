import { afterAll, beforeAll, expect, test } from 'vitest'
import { InvoicePageSchema, type InvoicePage } from '#contract/invoice.ts'
import { cardDeclined, healthy } from '#sandbox/demo/building.ts'
import { creditedInvoice, everyInvoice } from '#sandbox/demo/histories.ts'
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

async function list(browser: Browser, query = ''): Promise<InvoicePage> {
  const { body, text } = await browser.get(`/api/invoices${query}`)
  return InvoicePageSchema.parse(body, { error: () => text })
}
const statesOf = ({ invoices }: InvoicePage) => invoices.map(({ state }) => state)
const oldestOf = async ({ browser }: Stay) => (await list(browser)).invoices.at(-1)?.id ?? ''

test('papers open at Stripe only, and only for whom they are', async () => {
  const stay = await desk.enter(creditedInvoice(lab, who))
  const id = await oldestOf(stay)
  const opened = async (path: string) => {
    const { status, headers } = await stay.browser.get(path)
    return [status, headers.get('location')]
  }
  expect(await opened(`/api/invoices/${id}/pdf`)).toEqual([303, `${bench.origin}/invoice/${id}/pdf`])
  const [status, receipt] = await opened(`/api/invoices/${id}/receipt`)
  expect([status, String(receipt).startsWith(`${bench.origin}/receipt/ch_`)]).toEqual([303, true])
  const [note] = (await bench.stripe.creditNotes.list({ customer: stay.customer })).data
  expect(await opened(`/api/credit-notes/${note?.id}/pdf`)).toEqual([303, note?.pdf])

  const stranger = await desk.enter(healthy(lab, who))
  for (const path of [`invoices/${id}`, `invoices/${id}/pdf`, `invoices/${id}/receipt`, `credit-notes/${note?.id}/pdf`])
    expect([path, (await stranger.browser.get(`/api/${path}`)).status]).toEqual([path, 404])
})

test('an address that is not Stripe’s is never opened', async () => {
  const elsewhere = await openTestPortal(bench.origin, {
    stripe: { ...portal.config.stripe, sandbox: false },
    clock: portal.clock,
  })
  const { customer } = await healthy(lab, who)
  await elsewhere.register('acct_real', { stripe_customer: customer })
  const browser = elsewhere.browser()
  await browser.enter('acct_real')
  const [newest] = (await list(browser)).invoices
  expect((await browser.get(`/api/invoices/${newest?.id}/pdf`)).status).toBe(404)
  await elsewhere.close()
})

test('a member sees numbers, days and states, and no amount, card or paper', async () => {
  const stay = await desk.enter(everyInvoice(lab, who))
  const member = portal.browser()
  await member.enter(stay.account, 'sam')
  const { text } = await member.get('/api/invoices')
  expect(text).not.toMatch(/"amount"|last4|"brand|pm_|"pdf":true|"receipt":true|"payable":true/)
  const page = await list(member)
  expect(statesOf(page)).toEqual(statesOf(await list(stay.browser)))
  expect(page.payers).toEqual(['Anna', 'Jo'])
  const id = page.invoices[0]?.id ?? ''
  const one = await member.get(`/api/invoices/${id}`)
  expect(one.status).toBe(200)
  expect(one.text).not.toMatch(/"amount"|last4|"papers"/)
  for (const path of [`invoices/${id}/pdf`, `invoices/${id}/receipt`, 'invoices.csv', 'invoices/to-pay'])
    expect([path, (await member.get(`/api/${path}`)).status]).toEqual([path, 403])
})

test('a guest’s link opens none of it', async () => {
  const stay = await desk.enter(cardDeclined(lab, who))
  const { toPay } = await list(stay.browser)
  const plan = { invoices: [stay.invoice], total: toPay?.debts[0]?.total }
  const made = await stay.browser.post('/api/guest-links', { fix: 'pay-invoice', plan })
  const token = (made.body as { url: string }).url.split('#g=')[1]
  const guest = portal.browser()
  await guest.post('/api/session/guest', { token, accept: true })
  for (const path of ['invoices', `invoices/${stay.invoice}`, `invoices/${stay.invoice}/pdf`, 'invoices.csv'])
    expect([path, (await guest.get(`/api/${path}`)).status]).toEqual([path, 403])
})
