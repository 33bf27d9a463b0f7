import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { everyInvoice, tenThousandInvoices } from '#sandbox/demo/histories.ts'
import type { Lab } from '#sandbox/demo/lab.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk } from './stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

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

test('the whole list is one file of RFC 4180, with amounts that programs read', async () => {
  const { browser } = await desk.enter(everyInvoice(lab, who))
  const { headers, text } = await browser.get('/api/invoices.csv')
  expect(headers.get('content-type')).toContain('text/csv')
  expect(headers.get('content-disposition')).toBe('attachment; filename="invoices.csv"')
  const [head, ...rows] = text.split('\r\n')
  expect(head).toBe('number,date,due,period_start,period_end,state,currency,total,still_due,refunded,credited,about,id')
  expect(rows.at(-1)).toBe('')
  expect(rows.find((row) => row.includes('Printed maps'))).toMatch(
    /^\w+-\d+,[\d-]{10},[\d-]{10},[\d-]{10},[\d-]{10},due,EUR,60\.00,60\.00,0\.00,0\.00,Printed maps,in_\w+$/,
  )
  const open = (await browser.get('/api/invoices.csv?status=to-pay')).text
  expect(open.trim().split('\r\n')).toHaveLength(5)
})

test('a spreadsheet is told that it is Unicode, or umlauts would be others', async () => {
  const { browser } = await desk.enter(everyInvoice(lab, who))
  const request = new Request(new URL('/api/invoices.csv', portal.config.origin), {
    headers: { host: new URL(portal.config.origin).host, cookie: browser.cookie ?? '' },
  })
  const bytes = new Uint8Array(await (await portal.fetch(request)).arrayBuffer())
  expect(Array.from(bytes.subarray(0, 4))).toEqual([0xef, 0xbb, 0xbf, 'n'.charCodeAt(0)])
})

test('a text that a spreadsheet would run is only a text, and commas and quotes stay inside', async () => {
  const { browser, customer } = await desk.enter(everyInvoice(lab, who))
  const description = '=HYPERLINK("https://evil.example","Pay, here")'
  await bench.stripe.invoiceItems.create({ customer, amount: 700, currency: 'eur', description })
  const { id } = await bench.stripe.invoices.create({
    customer,
    auto_advance: false,
    pending_invoice_items_behavior: 'include',
  })
  await bench.stripe.invoices.finalizeInvoice(id)
  const { text } = await browser.get('/api/invoices.csv')
  expect(text).toContain(`,"'=HYPERLINK(""https://evil.example"",""Pay, here"")",${id}\r\n`)
})

test('ten thousand invoices are all in it; a list that breaks off does not look whole', async () => {
  const { browser } = await desk.enter(tenThousandInvoices(lab, who))
  const { text } = await browser.get('/api/invoices.csv')
  expect(text.trim().split('\r\n')).toHaveLength(1 + 10_000 + 2)
  const request = new Request(new URL('/api/invoices.csv', portal.config.origin), {
    headers: { host: new URL(portal.config.origin).host, cookie: browser.cookie ?? '' },
  })
  const response = await portal.fetch(request)
  const reader = response.body?.getReader()
  await reader?.read()
  await desk.fault({ method: 'GET', path: '^/v1/invoices$', kind: 'reset', times: 1_000 })
  const readOn = async () => {
    for (;;) if ((await reader?.read())?.done !== false) return 'ended'
  }
  await expect(readOn()).rejects.toThrow(/./)
})
