import type { InvoicePage, ListedInvoice } from '#contract/invoice.ts'
import { noon } from '#diagnosis/samples.ts'
import { here, openPortal, type Network } from '#portal/stage.tsx'

const DAY = 86_400

/** For tests: an invoice of last month, paid; each test says only what differs. */
export function listed(differs: Partial<ListedInvoice> = {}): ListedInvoice {
  return {
    id: 'in_7',
    number: 'ACME-0007',
    date: noon - 10 * DAY,
    due: noon - 10 * DAY,
    period: { start: noon - 40 * DAY, end: noon - 10 * DAY },
    state: 'paid',
    total: { amount: 49_00, currency: 'eur' },
    payable: false,
    pdf: true,
    receipt: true,
    ...differs,
  }
}

export const overdue = listed({
  id: 'in_8',
  number: 'ACME-0008',
  state: 'overdue',
  remaining: { amount: 20_00, currency: 'eur' },
  payable: true,
  receipt: false,
})

export function pageOf(differs: Partial<InvoicePage> = {}): InvoicePage {
  return {
    ...here,
    source: 'live',
    asOf: noon,
    invoices: [overdue, listed()],
    years: [2026],
    toPay: { debts: [], onItsWay: false },
    seesAmounts: true,
    payers: [],
    ...differs,
  }
}

/** The list with nobody's links out, at an address that may ask for a part of it. */
export function openInvoices(
  page: InvoicePage,
  { search = '', network = {} }: { search?: string; network?: Network } = {},
) {
  return openPortal({
    at: `/invoices${search}`,
    network: { 'GET /api/invoices': [200, page], 'GET /api/guest-links': [200, { links: [] }], ...network },
  })
}
