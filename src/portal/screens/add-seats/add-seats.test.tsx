// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { SeatOffer } from '#contract/offer.ts'
import { noon, visa } from '#diagnosis/samples.ts'
import { asTeam, eur, offersOf, plannedChange, visitWithoutSeats } from '#portal/buying/buying-stage.ts'
import { moneyButton, setStripe } from '#portal/payments/stripe-stage.ts'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const at = `/fix/add-seats?check=${check}`
const deed = '/api/fixes/add-seats'
const healed = visitOf(inOrder)

/** €12.00 a seat and month, of which two thirds of the period are left. */
function seatsFor(quantity: number): SeatOffer {
  return {
    subscription: 'sub_studio',
    key: 'studio_monthly',
    quantity,
    price: eur(12_00 * quantity),
    interval: { unit: 'month', count: 1 },
    quote: { due: eur(8_00 * (quantity - 5)), proratedAt: noon + quantity },
  }
}

const network = {
  'GET /api/visit': [200, visitWithoutSeats()],
  'GET /api/offers': [200, offersOf({ seats: seatsFor(6) })],
  [`POST ${deed}`]: [200, { outcome: { kind: 'done' }, visit: healed }],
} as const

beforeEach(() => setStripe())

test('how many seats are taken, what one more costs today and what all cost from then on are said', async () => {
  await openPortal({ at, network })
  await screen.findByRole('heading', { name: 'All your seats are taken' })
  await moneyButton(/^Pay €8.00 for 1 more seat$/)
  expect(document.body.textContent).toContain('5 of 5 seats are taken')
  expect(document.body.textContent).toContain('Then €72.00 every month for 6 seats.')
})

test('the button asks for exactly the seats and the amount that were shown', async () => {
  const { said } = await openPortal({ at, network })
  await userEvent.click(await moneyButton(/^Pay €8.00/))
  await screen.findByRole('heading', { name: 'Paid €8.00' })
  expect(said.find(({ path }) => path === deed)?.body).toEqual({
    check,
    with: { method: visa.id },
    plan: {
      invoices: [],
      price: 'studio_monthly',
      subscription: 'sub_studio',
      quantity: 6,
      proratedAt: noon + 6,
      total: eur(8_00),
    },
  })
})

test('while another number is being priced nothing can be paid, and it is asked for once', async () => {
  let wished = 6
  const { said } = await openPortal({
    at,
    network: { ...network, 'GET /api/offers': () => [200, offersOf({ seats: seatsFor(wished) })] },
  })
  const button = await moneyButton(/^Pay €8.00/)
  wished = 8
  const more = screen.getByRole('button', { name: 'One seat more' })
  await userEvent.click(more)
  await userEvent.click(more)
  expect(button.getAttribute('aria-disabled')).toBe('true')
  await userEvent.click(button)
  expect(said.some(({ path }) => path === deed)).toBe(false)

  await moneyButton(/^Pay €24.00 for 3 more seats$/)
  const asked = said.map(({ path }) => path).filter((path) => path.includes('seats='))
  expect(asked).toEqual([`/api/offers?check=${check}&seats=8`])
  expect(screen.queryByText('The amount has changed')).toBeNull()
})

test('fewer than would help cannot be wished for', async () => {
  await openPortal({ at, network })
  await moneyButton(/^Pay/)
  expect(screen.getByRole('button', { name: 'One seat fewer' }).getAttribute('aria-disabled')).toBe('true')
  const field = screen.getByLabelText<HTMLInputElement>('Seats in all')
  await userEvent.clear(field)
  await userEvent.type(field, '2{Enter}')
  expect(field.value).toBe('6')
})

test('a seat that somebody frees in the app opens it again, at no cost', async () => {
  let visit = visitWithoutSeats()
  const { said, router } = await openPortal({ at, network: { ...network, 'GET /api/visit': () => [200, visit] } })
  await moneyButton(/^Pay/)
  expect(screen.getByText(/Remove somebody in Maps API, then look again/)).toBeTruthy()
  visit = healed
  await userEvent.click(screen.getByRole('button', { name: /^Check again/ }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  expect(said.some(({ path }) => path === deed)).toBe(false)
})

test('where seats are not sold one by one the larger plans are a step away', async () => {
  const { router } = await openPortal({
    at,
    network: { ...network, 'GET /api/offers': [200, offersOf({ plans: asTeam })] },
  })
  await userEvent.click(await screen.findByRole('link', { name: 'See what Business costs today' }))
  expect(await moneyButton(/^Pay €12.30 and switch to Business$/)).toBeTruthy()
  expect(router.state.location.search).toContain('plan=business_monthly')
})

test('where nothing on offer has more seats there is a person to ask, and a seat can still be freed', async () => {
  await openPortal({ at, network: { ...network, 'GET /api/offers': [200, offersOf({})] } })
  expect(await screen.findByRole('link', { name: 'Contact Northwind' })).toBeTruthy()
  expect(screen.getByText('Or free a seat')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
})

test('prices that cannot be asked for are said, and a seat can still be freed', async () => {
  await openPortal({ at, network: { ...network, 'GET /api/offers': problem(503, 'stripe-unreachable') } })
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was charged')
  expect(screen.getByText('Or free a seat')).toBeTruthy()
})

test('an unknown outcome offers no second payment, also after a reload', async () => {
  await openPortal({ at, network: { ...network, [`POST ${deed}`]: 'lost' } })
  await userEvent.click(await moneyButton(/^Pay/))
  await screen.findByText('We are checking with your bank')
  await openPortal({ at, network, reloads: true })
  await screen.findByText('We are checking with your bank')
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
})

test('while fewer seats are planned, more are sold once that is undone', async () => {
  const planned = { ...plannedChange, plan: 'Studio', quantity: 3, seatsOnly: true }
  await openPortal({ at, network: { ...network, 'GET /api/offers': [200, offersOf({ planned })] } })
  await screen.findByText('Changes to 3 seats on Thursday, December 3')
  expect(screen.getByRole('button', { name: /^Undo the change/ })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
})
