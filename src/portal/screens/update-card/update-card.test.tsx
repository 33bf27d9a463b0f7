// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { blockStripe, generic, moneyButton, owing, setStripe, visitThatOwes } from '#portal/payments/stripe-stage.ts'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const at = `/fix/update-card?check=${check}`
const declined = visitThatOwes({}, generic)
const healed = visitOf(inOrder)
const setup = { setupIntent: 'seti_1', clientSecret: 'seti_1_secret_1' }
const pay = '/api/fixes/update-card'
const network = {
  'GET /api/visit': [200, declined],
  [`POST ${pay}/setup`]: [200, setup],
  [`POST ${pay}`]: [200, { outcome: { kind: 'done' }, visit: healed }],
} as const
const askingFor = (outcome: object, visit = declined) => ({
  ...network,
  [`POST ${pay}`]: [200, { outcome, visit }] as const,
})

beforeEach(() => setStripe())

test('what is wrong, the account, the sum and the invoice are there before Stripe.js is', async () => {
  blockStripe()
  await openPortal({ at, network: { ...network, 'GET /api/visit': [200, visitThatOwes({}, generic)] } })
  await screen.findByRole('heading', { name: 'Your card was declined' })
  expect(screen.getByText('Acme GmbH')).toBeTruthy()
  expect(screen.getAllByText('€49.00').length).toBeGreaterThan(0)
  expect(screen.getByText(/ACME-0007/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Pay €49.00 and continue' }).getAttribute('aria-disabled')).toBe('true')
})

test('a double click pays once, for exactly what was shown', async () => {
  const { said, router } = await openPortal({ at, network })
  const button = await moneyButton(/^Pay/)
  fireEvent.click(button)
  fireEvent.click(button)
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  const payments = said.filter(({ path }) => path === pay)
  expect(payments.map(({ body }) => body)).toEqual([
    {
      check,
      with: { setupIntent: 'seti_1' },
      plan: { invoices: ['in_october'], total: { amount: 49_00, currency: 'eur' } },
    },
  ])
  expect(payments[0]?.headers.get('idempotency-key')).toMatch(/^[\w-]{36}$/)
})

test('a decline says that no money was taken and keeps the way to another card', async () => {
  const outcomes: object[] = [{ kind: 'declined', decline: 'bank', sameCardCanWork: false }, { kind: 'done' }]
  const { said, router } = await openPortal({
    at,
    network: {
      ...network,
      [`POST ${pay}`]: () => [200, { outcome: outcomes.shift(), visit: outcomes.length > 0 ? declined : healed }],
    },
  })
  await userEvent.click(await moneyButton(/^Pay/))
  expect((await screen.findByRole('alert')).textContent).toContain('No money was taken. Try another card')
  await userEvent.click(await moneyButton(/^Pay/))
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  const keys = said.filter(({ path }) => path === pay).map(({ headers }) => headers.get('idempotency-key'))
  expect(new Set(keys).size).toBe(2)
})

test.each(['stolen_card', 'fraudulent', 'lost_card'])(
  'the hidden decline code %s reads exactly like a generic one',
  async (hidden) => {
    const texts: (string | null)[] = []
    for (const decline_code of ['generic_decline', hidden]) {
      const error = { type: 'card_error', code: 'card_declined', decline_code, message: `It is ${hidden}.` }
      setStripe({ confirmSetup: () => ({ error }) })
      await openPortal({ at, network })
      await userEvent.click(await moneyButton(/^Pay/))
      texts.push((await screen.findByRole('alert')).textContent)
    }
    expect(texts[1]).toBe(texts[0])
    expect(texts[0]).toContain('No money was taken')
  },
)

test('an incomplete card is told in words and nothing is sent', async () => {
  setStripe({ submit: () => ({ error: { type: 'validation_error', message: 'Your card number is incomplete.' } }) })
  const { said } = await openPortal({ at, network })
  await userEvent.click(await moneyButton(/^Pay/))
  expect((await screen.findByRole('alert')).textContent).toContain('Your card number is incomplete.')
  expect(said.some(({ method }) => method === 'POST')).toBe(false)
})

test('an unknown outcome is never called failed and offers no second payment', async () => {
  const { said } = await openPortal({ at, network: { ...network, [`POST ${pay}`]: 'lost' } })
  await userEvent.click(await moneyButton(/^Pay/))
  await screen.findByText('We are checking with your bank')
  expect(screen.getByText('Do not pay again.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
  expect(screen.queryByText(/failed|No money|Nothing was charged/i)).toBeNull()

  await userEvent.click(screen.getByRole('button', { name: 'Check again' }))
  await waitFor(() => expect(said.filter(({ path }) => path === pay)).toHaveLength(2))
  const [first, second] = said.filter(({ path }) => path === pay)
  expect(second?.headers.get('idempotency-key')).toBe(first?.headers.get('idempotency-key'))
  expect(second?.body).toEqual(first?.body)
})

test('a set-up that no answer came to charged nothing, and says so', async () => {
  await openPortal({ at, network: { ...network, [`POST ${pay}/setup`]: 'lost' } })
  await userEvent.click(await moneyButton(/^Pay/))
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was charged')
})

test('a changed amount is shown before anything is charged, and the card is not asked for twice', async () => {
  const dearer = owing(declined, 59_00)
  const outcomes = [
    { outcome: { kind: 'stale' }, visit: dearer },
    { outcome: { kind: 'done' }, visit: healed },
  ]
  const { said } = await openPortal({ at, network: { ...network, [`POST ${pay}`]: () => [200, outcomes.shift()] } })
  await userEvent.click(await moneyButton(/^Pay €49.00/))
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was charged. It is €59.00 now.')
  await userEvent.click(await moneyButton(/^Pay €59.00/))
  await waitFor(() => expect(said.filter(({ path }) => path === pay)).toHaveLength(2))
  expect(said.findLast(({ path }) => path === pay)?.body).toMatchObject({ plan: { total: { amount: 59_00 } } })
  expect(said.filter(({ path }) => path === `${pay}/setup`)).toHaveLength(1)
})

test('an amount that changes while it is being read is said', async () => {
  const { client } = await openPortal({ at, network })
  await moneyButton(/^Pay €49.00/)
  client.setQueryData(['visit', check], owing(declined, 59_00))
  expect(await screen.findByText('The amount has changed')).toBeTruthy()
  expect(await moneyButton(/^Pay €59.00/)).toBeTruthy()
})

test('the bank’s check happens in the same deed, and what came of it is read from the server', async () => {
  const { said, router } = await openPortal({
    at,
    network: {
      ...askingFor({ kind: 'confirm', invoice: 'in_october', clientSecret: 'pi_1_secret_1' }),
      'POST /api/fixes/confirm-payment': [200, { outcome: { kind: 'done' }, visit: healed }],
    },
  })
  await userEvent.click(await moneyButton(/^Pay/))
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  expect(said.find(({ path }) => path === '/api/fixes/confirm-payment')?.body).toMatchObject({ finished: true })
})

test('a bank’s check that is closed took no money and can go on', async () => {
  setStripe({ handleNextAction: () => ({ error: { type: 'invalid_request_error' } }) })
  const confirm = {
    outcome: { kind: 'confirm', invoice: 'in_october', clientSecret: 'pi_1_secret_1' },
    visit: declined,
  }
  await openPortal({
    at,
    network: { ...askingFor(confirm.outcome), 'POST /api/fixes/confirm-payment': [200, confirm] },
  })
  await userEvent.click(await moneyButton(/^Pay/))
  expect((await screen.findByRole('alert')).textContent).toContain('No money has been taken')
  await moneyButton(/^Pay/)
})

test('a card whose bank check was cut short need not be typed again', async () => {
  const unfinished = { ...setup, saved: false, method: { id: 'pm_3155', kind: 'card', brand: 'visa', last4: '3155' } }
  const { said, router } = await openPortal({
    at,
    network: { ...network, 'GET /api/visit': [200, { ...declined, unfinished }] },
  })
  await userEvent.click(await screen.findByRole('button', { name: /Pay €49.00 with Visa.*3155/ }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  expect(said.some(({ path }) => path === `${pay}/setup`)).toBe(false)
})

test('a card that was saved while the page was away is paid with, without a word from Stripe.js', async () => {
  const unfinished = { ...setup, saved: true, method: { id: 'pm_4242', kind: 'card', brand: 'visa', last4: '4242' } }
  blockStripe()
  const { said } = await openPortal({
    at,
    network: { ...network, 'GET /api/visit': [200, { ...declined, unfinished }] },
  })
  expect(await screen.findByText(/is saved\. One step is left/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: /Pay €49.00 with Visa.*4242/ }))
  await waitFor(() => expect(said.some(({ path }) => path === pay)).toBe(true))
})

test('a blocked Stripe.js explains itself and can be retried', async () => {
  blockStripe()
  await openPortal({ at, network: { ...network, 'GET /api/visit': [200, visitThatOwes({}, generic)] } })
  await waitFor(() => expect(script()).toBeTruthy())
  fireEvent.error(script()!)
  expect((await screen.findByRole('alert')).textContent).toMatch(/ad blocker.*Nothing was charged/)
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()

  await userEvent.click(screen.getByRole('button', { name: 'Load the card fields again' }))
  await waitFor(() => expect(script()).toBeTruthy())
  setStripe()
  fireEvent.load(script()!)
  await moneyButton(/^Pay/)
})

test('what was paid meanwhile is not paid again', async () => {
  const { said, router } = await openPortal({ at, network: { ...network, 'GET /api/visit': [200, healed] } })
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  expect(said.some(({ path }) => path.startsWith('/api/fixes'))).toBe(false)
})

test('too many cards stop for an hour, and nothing was charged', async () => {
  await openPortal({ at, network: { ...network, [`POST ${pay}/setup`]: problem(429, 'too-many') } })
  await userEvent.click(await moneyButton(/^Pay/))
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was charged. Wait an hour')
})

test('whoever may not pay is shown who can', async () => {
  await openPortal({ at, network: { ...network, 'GET /api/visit': [200, { ...declined, mayPay: false }] } })
  expect(await screen.findByRole('radio', { name: /Anna/ })).toBeTruthy()
  expect(screen.getByRole('radio', { name: /Jo/ })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
})

function script() {
  return document.querySelector('script[src="https://js.test/v3"]')
}
