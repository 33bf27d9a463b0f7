// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { MethodsPage } from '#contract/methods.ts'
import { blockStripe, moneyButton, setStripe } from '#portal/payments/stripe-stage.ts'
import { done, pageOf, saved, second } from '#portal/screens/payment-methods/methods-stage.ts'
import { inOrder, openPortal, problem, visitOf, type Network } from '#portal/stage.tsx'

const setup = '/api/fixes/update-card/setup'
const assign = '/api/payment-methods/assign'
let keys = 0

/** Each with its own key, so that each test loads Stripe.js anew. */
function open(page: MethodsPage, network: Network = {}, search = '') {
  keys += 1
  const stripe = { publishableKey: `pk_test_add_${keys}`, script: 'https://js.test/v3', sandbox: false }
  return openPortal({
    at: `/payment-methods/add${search}`,
    network: {
      'GET /api/payment-methods': [200, page],
      'GET /api/visit': [200, visitOf(inOrder, { stripe })],
      [`POST ${setup}`]: [200, { setupIntent: 'seti_1', clientSecret: 'seti_1_secret_1' }],
      [`POST ${assign}`]: done,
      ...network,
    },
  })
}

const wishes = (said: Awaited<ReturnType<typeof open>>['said']) =>
  said.filter(({ path }) => path === assign).map(({ body }) => body)

beforeEach(() => setStripe())

test('a new one is charged for everything unless something else is wished, and a double click adds it once', async () => {
  const { said, router } = await open(pageOf())
  const save = await moneyButton(/^Save/)
  fireEvent.click(save)
  fireEvent.click(save)
  await waitFor(() => expect(router.state.location.pathname).toBe('/payment-methods'))
  expect(await screen.findByText('It is saved')).toBeTruthy()
  expect(wishes(said)).toEqual([{ with: { setupIntent: 'seti_1' }, isDefault: true, plans: ['sub_addon'] }])
})

test.each([
  [/^Make it the default/, { isDefault: true, plans: [] }],
  [/^Only keep it/, { isDefault: false, plans: [] }],
])('where %s is wished, nothing more is changed', async (choice, wish) => {
  const { said, router } = await open(pageOf())
  await userEvent.click(await screen.findByRole('radio', { name: choice }))
  await userEvent.click(await moneyButton(/^Save/))
  await waitFor(() => expect(router.state.location.pathname).toBe('/payment-methods'))
  expect(wishes(said)).toEqual([{ with: { setupIntent: 'seti_1' }, ...wish }])
})

test('the first one becomes the default without being asked', async () => {
  const { said } = await open(pageOf({ methods: [] }))
  expect(await screen.findByText(/^It becomes the default/)).toBeTruthy()
  expect(screen.queryByRole('radio')).toBeNull()
  await userEvent.click(await moneyButton(/^Save/))
  await waitFor(() => expect(wishes(said)).toEqual([{ with: { setupIntent: 'seti_1' }, isDefault: true, plans: [] }]))
})

test('one that replaces another takes exactly the places of that one', async () => {
  const { said } = await open(pageOf({ methods: [saved(), second] }), {}, '?instead=pm_amex')
  expect(await screen.findByRole('heading', { level: 1, name: /^Replace American Express/ })).toBeTruthy()
  await userEvent.click(await moneyButton(/^Save and replace/))
  await waitFor(() =>
    expect(wishes(said)).toEqual([{ with: { setupIntent: 'seti_1' }, isDefault: false, plans: ['sub_addon'] }]),
  )
})

test('when giving it its place gets no answer, a second click does not ask for the card again', async () => {
  let lost = true
  let confirmed = 0
  setStripe({
    confirmSetup: () => {
      confirmed += 1
      return { setupIntent: { id: 'seti_1', status: 'succeeded' } }
    },
  })
  const { router } = await open(pageOf(), { [`POST ${assign}`]: () => (lost ? problem(503, 'unavailable') : done) })
  await userEvent.click(await moneyButton(/^Save/))
  expect(await screen.findByRole('alert')).toBeTruthy()
  lost = false
  await userEvent.click(await moneyButton(/^Save/))
  await waitFor(() => expect(router.state.location.pathname).toBe('/payment-methods'))
  expect(confirmed).toBe(1)
})

test('a card that its bank declines is told of, no money was taken, and another one can be tried', async () => {
  const error = { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline', message: 'No.' }
  setStripe({ confirmSetup: () => ({ error }) })
  const { said } = await open(pageOf())
  await userEvent.click(await moneyButton(/^Save/))
  expect((await screen.findByRole('alert')).textContent).toContain('No money was taken')
  expect(wishes(said)).toEqual([])
  setStripe()
  await userEvent.click(await moneyButton(/^Save/))
  await waitFor(() => expect(wishes(said)).toHaveLength(1))
})

test('where Stripe’s fields do not load there is no button to save, and they can be loaded again', async () => {
  blockStripe()
  await open(pageOf())
  const script = () => document.querySelector('script[src="https://js.test/v3"]')
  await waitFor(() => expect(script()).toBeTruthy())
  fireEvent.error(script()!)
  expect(await screen.findByText('The card fields did not load')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Save/ })).toBeNull()
  expect(screen.getByRole('button', { name: 'Load the card fields again' })).toBeTruthy()
})

test('one whose bank’s check was cut short goes on there and is not typed again', async () => {
  const unfinished = { setupIntent: 'seti_9', clientSecret: 'seti_9_secret_9', saved: false }
  const stripe = { publishableKey: 'pk_test_unfinished', script: 'https://js.test/v3', sandbox: false }
  setStripe({ handleNextAction: () => ({ setupIntent: { id: 'seti_9', status: 'succeeded' } }) })
  const { said } = await open(pageOf(), { 'GET /api/visit': [200, visitOf(inOrder, { unfinished, stripe })] })
  expect(await screen.findByText(/is almost saved: your bank still wants to check it is you/)).toBeTruthy()
  await userEvent.click(await moneyButton(/^Continue to/))
  await waitFor(() => expect(wishes(said)).toMatchObject([{ with: { setupIntent: 'seti_9' } }]))
  expect(said.some(({ path }) => path === setup)).toBe(false)
})

test.each([
  ['who may not pay', { mayPay: false, shown: false }],
  ['an account that could not be read', { source: 'mirror' as const }],
])('%s is led back to the list, which says why', async (_, differs) => {
  const { router } = await open(pageOf(differs))
  await waitFor(() => expect(router.state.location.pathname).toBe('/payment-methods'))
  expect(await screen.findByRole('heading', { level: 1, name: 'Payment methods' })).toBeTruthy()
})
