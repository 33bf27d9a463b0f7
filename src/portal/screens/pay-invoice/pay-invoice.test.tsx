// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { expiredVisa, visa } from '#diagnosis/samples.ts'
import { generic, moneyButton, setStripe, visitThatOwes } from '#portal/payments/stripe-stage.ts'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const at = `/fix/pay-invoice?check=${check}`
const pay = '/api/fixes/pay-invoice'
const mastercard = { ...visa, id: 'pm_master', brand: 'mastercard', last4: '4444' }
const overdue = visitThatOwes({ methods: [visa, expiredVisa, mastercard] })
const healed = visitOf(inOrder)
const network = {
  'GET /api/visit': [200, overdue],
  'POST /api/fixes/update-card/setup': [200, { setupIntent: 'seti_1', clientSecret: 'seti_1_secret_1' }],
  [`POST ${pay}`]: [200, { outcome: { kind: 'done' }, visit: healed }],
} as const

beforeEach(() => setStripe())

test('the card that would be charged anyway is chosen, and the button names it with the sum', async () => {
  const { said, router } = await openPortal({ at, network })
  await userEvent.click(await screen.findByRole('button', { name: /^Pay €49.00 with Visa.*4242$/ }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  expect(said.find(({ path }) => path === pay)?.body).toMatchObject({ with: { method: 'pm_visa' } })
})

test('an expired card is shown as such and cannot be chosen', async () => {
  await openPortal({ at, network })
  const expired = await screen.findByRole<HTMLInputElement>('radio', { name: /0341.*Expired in September 2026/ })
  expect(expired.disabled).toBe(true)
})

test('a new card is typed in place and pays the same invoice', async () => {
  const { said, router } = await openPortal({ at, network })
  await userEvent.click(await screen.findByRole('radio', { name: 'A new card' }))
  await userEvent.click(await moneyButton(/^Pay €49.00 and continue/))
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  expect(said.find(({ path }) => path === pay)?.body).toMatchObject({
    with: { setupIntent: 'seti_1' },
    plan: { invoices: ['in_october'] },
  })
})

test('a card that the bank refuses for good is not offered again; a new one is', async () => {
  const refused = visitThatOwes({ methods: [visa] }, { ...generic, adviceCode: 'do_not_try_again' })
  const outcome = { kind: 'declined', decline: 'bank', sameCardCanWork: false }
  await openPortal({ at, network: { ...network, [`POST ${pay}`]: [200, { outcome, visit: refused }] } })
  await userEvent.click(await screen.findByRole('button', { name: /with Visa/ }))
  expect((await screen.findByRole('alert')).textContent).toContain('No money was taken. Try another card')
  await moneyButton(/^Pay €49.00 and continue/)
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /4242.*Declined/ }).disabled).toBe(true)
})

test('after a reload in the middle of paying nobody is asked to pay again', async () => {
  const before = await openPortal({ at, network: { ...network, [`POST ${pay}`]: 'lost' } })
  await userEvent.click(await screen.findByRole('button', { name: /with Visa/ }))
  await screen.findByText('We are checking with your bank')
  const key = before.said.find(({ path }) => path === pay)?.headers.get('idempotency-key')

  const after = await openPortal({ at, network, reloads: true })
  await screen.findByText('Do not pay again.')
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Check again' }))
  await waitFor(() => expect(after.router.state.location.pathname).toBe('/fix/all-clear'))
  expect(after.said.find(({ path }) => path === pay)?.headers.get('idempotency-key')).toBe(key)
})

test('while nobody knows, the account itself may tell: once it is clear, the person goes on', async () => {
  const visits = [overdue, healed]
  const { client, router } = await openPortal({
    at,
    network: {
      ...network,
      [`POST ${pay}`]: 'lost',
      'GET /api/visit': () => [200, visits.length > 1 ? visits.shift() : visits[0]],
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: /with Visa/ }))
  await screen.findByText('We are checking with your bank')
  await client.invalidateQueries({ queryKey: ['visit'] })
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
})

test('another tab that is paying just now means checking, not failure', async () => {
  await openPortal({ at, network: { ...network, [`POST ${pay}`]: problem(409, 'in-progress') } })
  await userEvent.click(await screen.findByRole('button', { name: /with Visa/ }))
  expect(await screen.findByText('We are checking with your bank')).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('what a tab has done is read again by the others', async () => {
  const { said } = await openPortal({ at, network })
  await screen.findByRole('button', { name: /with Visa/ })
  const looks = () => said.filter(({ path }) => path.startsWith('/api/visit')).length
  const before = looks()
  new BroadcastChannel('fix402').postMessage('changed')
  await waitFor(() => expect(looks()).toBe(before + 1))
})

test('offline nothing is sent, and nothing is sent by itself later', async () => {
  const { said } = await openPortal({ at, network })
  const button = await screen.findByRole('button', { name: /with Visa/ })
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true })
  await userEvent.click(button)
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was charged')
  Reflect.deleteProperty(navigator, 'onLine')
  fireEvent(window, new Event('online'))
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  expect(said.some(({ path }) => path === pay)).toBe(false)
})

test('a bank account that cannot pay in this currency says so and is never chosen, though it is the default', async () => {
  const dollars = { id: 'pm_bank', kind: 'us_bank_account', last4: '6789' }
  await openPortal({
    at,
    network: { ...network, 'GET /api/visit': [200, visitThatOwes({ methods: [dollars, visa] })] },
  })
  await screen.findByRole('button', { name: /^Pay €49.00 with Visa/ })
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /6789.*Pays in USD only/ }).disabled).toBe(true)
})

test.each([
  ['currency', 'cannot pay in this currency', 'A new card'],
  ['method', 'cannot be used any more', 'A new card'],
  ['other', 'cannot be made as it is', /4242/],
] as const)(
  'a payment refused for its %s took no money, and what to do next is said',
  async (because, said, chosen) => {
    const outcome = { kind: 'refused', because }
    await openPortal({ at, network: { ...network, [`POST ${pay}`]: [200, { outcome, visit: overdue }] } })
    await userEvent.click(await screen.findByRole('button', { name: /with Visa/ }))
    const { textContent } = await screen.findByRole('alert')
    expect([textContent?.includes(said), textContent?.includes('No money was taken')]).toEqual([true, true])
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: chosen }).checked).toBe(true))
  },
)

test('of several invoices it stays said, after a reload too, which is paid, which is unclear and which was not tried', async () => {
  const one = (number: string) => ({ id: `in_${number}`, number, amount: { amount: 49_00, currency: 'eur' } })
  const outcome = { kind: 'unknown', paid: [one('A1')], unclear: one('A2'), untried: [one('A3'), one('A4')] }
  await openPortal({ at, network: { ...network, [`POST ${pay}`]: [200, { outcome, visit: overdue }] } })
  await userEvent.click(await screen.findByRole('button', { name: /with Visa/ }))
  await screen.findByText('We are checking with your bank')
  await openPortal({ at, network, reloads: true })
  await screen.findByText('Do not pay again.')
  const { textContent } = screen.getByRole('status')
  expect(textContent).toContain('Paid: A1 (€49.00)')
  expect(textContent).toContain('Not known yet: A2 (€49.00)')
  expect(textContent).toContain('Not tried, no money taken: A3 (€49.00) and A4 (€49.00)')
})
