// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { invoiceStandings } from '#diagnosis/invoice-standing.ts'
import { noon } from '#diagnosis/samples.ts'
import { problem } from '#portal/stage.tsx'
import { listed, openInvoices, overdue, pageOf } from './invoices-stage.ts'

const debtOf = (...invoices: readonly (typeof overdue)[]) => ({
  total: { amount: invoices.length * 20_00, currency: 'eur' },
  invoices: invoices.map(({ id, due, period }) => ({
    id,
    due,
    period,
    remaining: { amount: 20_00, currency: 'eur' },
  })),
})

async function rowOf(number: string) {
  const link = await screen.findByRole('link', { name: number })
  return within(link.closest('tr')!)
}

test('each says its number, day, period, state, sum and what of it is still due', async () => {
  await openInvoices(pageOf())
  const row = await rowOf('ACME-0008')
  for (const words of ['Nov 12', 'Oct 13 – Nov 12', 'Overdue since Nov 12', '€49.00', '€20.00']) {
    expect(row.getByText(words)).toBeTruthy()
  }
  expect(row.getByRole('link', { name: 'Pay invoice ACME-0008' }).getAttribute('href')).toBe(
    '/fix/pay-invoice?invoice=in_8',
  )
  const paid = await rowOf('ACME-0007')
  expect(paid.getByText('Paid')).toBeTruthy()
  expect(paid.queryByRole('link', { name: /^Pay/ })).toBeNull()
  expect(paid.getByRole('link', { name: /^PDF of invoice ACME-0007/ }).getAttribute('href')).toBe(
    '/api/invoices/in_7/pdf',
  )
})

test('every state there is has words of its own', async () => {
  const invoices = invoiceStandings.map((state) => listed({ id: `in_${state}`, number: state, state }))
  await openInvoices(pageOf({ invoices }))
  const told = await Promise.all(
    invoiceStandings.map(async (state) => (await rowOf(state)).getAllByRole('cell').at(2)?.textContent),
  )
  expect(new Set(told).size).toBe(invoiceStandings.length)
  expect(told.every((words) => (words ?? '').length > 3)).toBe(true)
})

test('one that is open is paid by its own name, several together, and none while a payment is on its way', async () => {
  await openInvoices(pageOf({ toPay: { debts: [debtOf(overdue)], onItsWay: false } }))
  const one = await screen.findByRole('link', { name: 'Pay €20.00' })
  expect(one.getAttribute('href')).toBe('/fix/pay-invoice?invoice=in_8&currency=eur')

  await openInvoices(pageOf({ toPay: { debts: [debtOf(overdue, listed())], onItsWay: false } }))
  const all = await screen.findByRole('link', { name: 'Pay all €40.00' })
  expect(all.getAttribute('href')).toBe('/fix/pay-invoice?invoice=all&currency=eur')

  await openInvoices(pageOf({ toPay: { debts: [], onItsWay: true }, invoices: [listed({ state: 'processing' })] }))
  expect(await screen.findByText('A payment is on its way')).toBeTruthy()
  expect(within(document.querySelector('main')!).queryByRole('link', { name: /^Pay/ })).toBeNull()
})

test('a member sees how they stand and who can pay, no sum and no file', async () => {
  const { total: _, remaining: __, ...bare } = listed({ pdf: false, receipt: false })
  const member = { mayPay: false, seesAmounts: false, payers: ['Anna', 'Jo'], invoices: [bare] }
  const { toPay: ___, ...page } = pageOf(member)
  await openInvoices(page)
  expect(await screen.findByText('Anna and Jo')).toBeTruthy()
  const main = document.querySelector('main')!
  expect(main.textContent).not.toContain('€')
  expect(within(main).queryByRole('link', { name: /PDF|CSV|^Pay/ })).toBeNull()
})

test('what is looked at is asked of the server, and stands in the address', async () => {
  const { said, router } = await openInvoices(pageOf({ years: [2026, 2025] }), { search: '?status=paid&year=2025' })
  expect((await screen.findByRole('link', { name: 'Paid' })).getAttribute('aria-current')).toBe('true')
  expect(said[0]?.path).toBe('/api/invoices?status=paid&year=2025')
  expect(screen.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')).toBe(
    '/api/invoices.csv?status=paid&year=2025',
  )
  await userEvent.type(screen.getByLabelText('Invoice number'), '0008{enter}')
  await waitFor(() => expect(router.state.location.search).toBe('?number=0008'))
  await waitFor(() => expect(screen.queryByRole('link', { name: 'Download as CSV' })).toBeNull())
  expect(said.map(({ path }) => path)).toContain('/api/invoices?number=0008')
})

test.each([
  ['', 'No invoices yet. The first one stands here once it is made.', false],
  ['?status=to-pay', 'Everything is paid.', true],
  ['?year=2025', 'There are none like this.', true],
  ['?number=NONE-1', 'No invoice has the number NONE-1.', true],
])('where %s finds nothing, it says why, and how to see the others', async (search, words, hasWay) => {
  await openInvoices(pageOf({ invoices: [], years: [2026, 2025] }), { search })
  await waitFor(() => expect(document.querySelector('main')?.textContent).toContain(words))
  expect(screen.queryByRole('link', { name: 'Show all invoices' }) !== null).toBe(hasWay)
})

test('more are read at a click, after what is there; when that fails, what is there stays and it can be tried again', async () => {
  let broken = true
  const further = { 'GET /api/invoices': (path: string) => answer(path) }
  const answer = (path: string): readonly [number, unknown] => {
    if (!path.includes('after=')) return [200, pageOf({ more: 'in_7' })]
    return broken
      ? problem(503, 'unavailable')
      : [200, pageOf({ invoices: [listed({ id: 'in_6', number: 'ACME-0006' })] })]
  }
  const { said } = await openInvoices(pageOf(), { network: further })
  await userEvent.click(await screen.findByRole('button', { name: /^Show more/ }))
  expect((await screen.findByRole('alert')).textContent).toContain('The next ones could not be read. Try again.')
  expect(screen.getByText('ACME-0007')).toBeTruthy()
  broken = false
  await userEvent.click(screen.getByRole('button', { name: /^Show more/ }))
  await waitFor(() => expect(document.activeElement?.textContent).toBe('ACME-0006'))
  expect(said.at(-1)?.path).toBe('/api/invoices?after=in_7')
  expect(screen.queryByRole('button', { name: /^Show more/ })).toBeNull()
})

test('while Stripe is silent those that were open are shown with their time, and nothing known is said to be so', async () => {
  const { toPay: _, ...mirrored } = pageOf({ source: 'mirror', asOf: noon - 3_600, invoices: [overdue] })
  await openInvoices(mirrored)
  expect(await screen.findByText(/^Stripe did not answer just now. These were open at 11:00 AM UTC/)).toBeTruthy()
  expect(screen.queryByLabelText('Invoice number')).toBeNull()

  let source: 'none' | 'live' = 'none'
  await openInvoices(pageOf(), { network: { 'GET /api/invoices': () => [200, pageOf({ source })] } })
  expect(await screen.findByRole('heading', { name: 'We could not read your invoices' })).toBeTruthy()
  source = 'live'
  await userEvent.click(screen.getByRole('button', { name: /^Check again/ }))
  expect(await screen.findByText('ACME-0008')).toBeTruthy()
})

test('where only the newest could be looked through, it is not said that there is no such invoice', async () => {
  await openInvoices(pageOf({ invoices: [], searched: 500 }), { search: '?number=NONE-1' })
  await screen.findByRole('link', { name: 'Show all invoices' })
  expect(document.querySelector('main')?.textContent).toContain(
    'None of the newest 500 invoices has the number NONE-1. Older ones are found by their year in the list.',
  )
})

test('a year that is chosen is shown at once, and what is chosen next is looked for in it', async () => {
  const { router } = await openInvoices(pageOf({ years: [2026, 2025] }))
  const year = await screen.findByLabelText<HTMLSelectElement>('Year')
  globalThis.fetch = () => new Promise(() => {})
  fireEvent.change(year, { target: { value: '2025' } })
  expect(year.value).toBe('2025')
  await userEvent.click(screen.getByRole('link', { name: 'Paid' }))
  await expect.poll(() => router.state.location.search).toBe('?status=paid&year=2025')
})
