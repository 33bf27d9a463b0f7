// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { InvoiceDetails, InvoicePapers } from '#contract/invoice.ts'
import { noon, visa } from '#diagnosis/samples.ts'
import { listed } from '#portal/screens/invoices/invoices-stage.ts'
import { here, openPortal, problem } from '#portal/stage.tsx'

const DAY = 86_400
const euro = (amount: number) => ({ amount, currency: 'eur' })

const papers: InvoicePapers = {
  lines: [
    {
      id: 'il_1',
      about: 'Team',
      amount: euro(40_00),
      quantity: 1,
      period: { start: noon - 40 * DAY, end: noon - 10 * DAY },
    },
  ],
  moreLines: false,
  subtotal: euro(40_00),
  discounts: [],
  taxes: [],
  total: euro(40_00),
  attempts: [],
  paidElsewhere: false,
  creditNotes: [],
  refunds: [],
  disputes: [],
}

function detailsOf(differs: Partial<InvoiceDetails> = {}): InvoiceDetails {
  return { ...here, invoice: listed(), seesAmounts: true, payers: [], onItsWay: false, papers, ...differs }
}

async function open(details: InvoiceDetails) {
  const opened = await openPortal({
    at: '/invoices/in_7',
    network: { 'GET /api/invoices/in_7': [200, details], 'GET /api/guest-links': [200, { links: [] }] },
  })
  await screen.findByRole('heading', { level: 1, name: 'Invoice ACME-0007' })
  return opened
}

const main = () => document.querySelector('main')!

test('it adds up in front of the reader: lines, discount, tax, credit, and what is still due', async () => {
  await open(
    detailsOf({
      invoice: listed({ state: 'overdue', remaining: euro(20_00) }),
      papers: {
        ...papers,
        moreLines: true,
        discounts: [{ id: 'di_1', name: 'Spring', amount: euro(4_00) }],
        taxes: [{ amount: euro(6_84), inclusive: false }],
        total: euro(42_84),
        creditApplied: euro(22_84),
      },
    }),
  )
  const sums = main().textContent
  for (const words of ['Subtotal€40.00', 'Spring-€4.00', 'Tax€6.84', 'Total€42.84', 'Taken from your credit-€22.84']) {
    expect(sums).toContain(words)
  }
  expect(sums).toContain('Still due€20.00')
  expect(screen.getByText('The PDF has all lines.')).toBeTruthy()
})

test('each attempt says with what, when and what came of it, and a decline why', async () => {
  const attempt = { id: 'ch_2', at: noon - DAY, amount: euro(40_00), method: visa, receipt: false } as const
  await open(
    detailsOf({
      papers: {
        ...papers,
        attempts: [
          { ...attempt, result: 'paid' },
          { ...attempt, id: 'ch_1', at: noon - 2 * DAY, result: 'declined', decline: 'funds' },
        ],
      },
    }),
  )
  const [paid, declined] = screen
    .getAllByText(/^(Paid with|Declined on)/)
    .map((text) => text.closest('li')?.textContent)
  expect(paid).toMatch(/^Paid with Visa\s••\s4242Nov 21, .*€40.00$/)
  expect(declined).toMatch(/^Declined on Visa\s••\s4242Nov 20, .* UTC.{20,}€40.00$/)
})

test('what came back is told: credit notes with their paper, refunds however they went, and what the bank decided', async () => {
  await open(
    detailsOf({
      invoice: listed({ state: 'charged_back' }),
      papers: {
        ...papers,
        creditNotes: [{ id: 'cn_1', number: 'CN-1', at: noon - DAY, amount: euro(5_00), voided: false }],
        refunds: [
          { id: 're_1', at: noon - DAY, amount: euro(3_00), state: 'done' },
          { id: 're_2', at: noon - DAY, amount: euro(2_00), state: 'pending' },
        ],
        disputes: [{ id: 'dp_1', at: noon - DAY, amount: euro(40_00), state: 'lost' }],
      },
    }),
  )
  expect(screen.getByRole('link', { name: /^PDF of credit note CN-1/ }).getAttribute('href')).toBe(
    '/api/credit-notes/cn_1/pdf',
  )
  for (const words of ['Refund to the card', 'Refund on its way', 'Decided: the bank gave the money back']) {
    expect(screen.getByText(words)).toBeTruthy()
  }
})

test('the invoice and the receipt are two papers, and a paper that is not there is not offered', async () => {
  await open(detailsOf())
  expect(screen.getByRole('link', { name: /^Invoice \(PDF\)/ }).getAttribute('href')).toBe('/api/invoices/in_7/pdf')
  expect(screen.getByRole('link', { name: /^Receipt/ }).getAttribute('href')).toBe('/api/invoices/in_7/receipt')
  await open(detailsOf({ invoice: listed({ receipt: false }) }))
  expect(screen.queryByRole('link', { name: /^Receipt/ })).toBeNull()
})

test('what is due can be paid here or by a link; nothing is asked while a payment is on its way', async () => {
  const invoice = listed({ state: 'due', due: noon + 5 * DAY, remaining: euro(49_00), payable: true })
  const { id, due, period } = invoice
  const debt = { total: euro(49_00), invoices: [{ id, due, period, remaining: euro(49_00) }] }
  await open(detailsOf({ invoice, debt }))
  expect(screen.getByText('Please pay by Friday, November 27.')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Pay €49.00' }).getAttribute('href')).toBe('/fix/pay-invoice?invoice=in_7')
  await userEvent.click(screen.getByRole('button', { name: 'Let somebody without a login pay' }))
  expect(await within(await screen.findByRole('dialog')).findByRole('button', { name: /^Make the link/ })).toBeTruthy()

  await open(detailsOf({ invoice: { ...invoice, payable: false }, onItsWay: true }))
  expect(screen.getByText('Do not pay again. What is still open can be paid once it has arrived.')).toBeTruthy()
  expect(within(main()).queryByRole('link', { name: /^Pay/ })).toBeNull()
})

test('a member reads how it stands and who pays it: no sum, no line, no paper', async () => {
  const { total: _, ...bare } = listed({ state: 'overdue', pdf: false, receipt: false })
  const { papers: __, ...details } = detailsOf({ invoice: bare, mayPay: false, seesAmounts: false, payers: ['Anna'] })
  await open(details)
  expect(screen.getByText('Overdue since Nov 12')).toBeTruthy()
  expect(screen.getByText('Anna')).toBeTruthy()
  expect(main().textContent).not.toContain('€')
  expect(
    within(main())
      .getAllByRole('link')
      .map(({ textContent }) => textContent),
  ).toEqual(['All invoices'])
})

test('an invoice of another account is not there, and the way leads back to the start', async () => {
  await openPortal({ at: '/invoices/in_7', network: { 'GET /api/invoices/in_7': problem(404, 'not-found') } })
  expect(await screen.findByRole('heading', { level: 1, name: 'There is nothing at this address' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Go to the start' }).getAttribute('href')).toBe('/')
})
