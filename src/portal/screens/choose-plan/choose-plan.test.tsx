// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { diagnose } from '#diagnosis/diagnose.ts'
import { accountInGoodStanding, noon, visa } from '#diagnosis/samples.ts'
import {
  asTeam,
  business,
  eur,
  offersOf,
  planOffer,
  visitAfterTrial,
  visitOverLimit,
  visitWithoutFeature,
} from '#portal/buying/buying-stage.ts'
import { moneyButton, setStripe } from '#portal/payments/stripe-stage.ts'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const at = `/fix/choose-plan?check=${check}`
const deed = '/api/fixes/choose-plan'
const healed = visitOf(inOrder)
const network = {
  'GET /api/visit': [200, visitWithoutFeature()],
  'GET /api/offers': [200, offersOf({ plans: asTeam })],
  [`POST ${deed}`]: [200, { outcome: { kind: 'done' }, visit: healed }],
} as const
const start = {
  ...network,
  'GET /api/visit': [200, visitAfterTrial()],
  'GET /api/offers': [200, offersOf({ plans: [planOffer(), business] })],
} as const

beforeEach(() => setStripe())

test('after a trial the cheapest plan is chosen beforehand, and its price is the amount', async () => {
  await openPortal({ at, network: start })
  await screen.findByRole('heading', { name: 'Your trial has ended' })
  expect(await moneyButton(/^Start Team for €49.00$/)).toBeTruthy()
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Team' }).checked).toBe(true)
  expect(document.body.textContent).toContain('Team, every month')
})

test('a change says what is charged today, for what, and what comes after', async () => {
  await openPortal({ at, network })
  await moneyButton(/^Pay €12.30 and switch to Business$/)
  expect(screen.getByText('Today, for the rest of this period')).toBeTruthy()
  expect(document.body.textContent).toContain('Then €149.00 every month.')
})

test('the plan that helps is marked and chosen; the one that does not cannot be paid for', async () => {
  await openPortal({ at, network })
  await moneyButton(/^Pay/)
  expect(screen.getByText('Opens Maps API')).toBeTruthy()
  expect(screen.getByText('Your plan now')).toBeTruthy()
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Team' }).disabled).toBe(true)
})

test('what sets the plans apart is on them; what all have is said once', async () => {
  await openPortal({ at, network: start })
  await moneyButton(/^Start/)
  expect(screen.getAllByText('Offline maps')).toHaveLength(1)
  expect(screen.getByText('50,000 requests')).toBeTruthy()
  expect(document.body.textContent).toContain('In every plan: Tiles.')
})

test('the address may choose the plan beforehand', async () => {
  await openPortal({ at: `${at}&plan=business_monthly`, network: start })
  expect(await moneyButton(/^Start Business for €149.00$/)).toBeTruthy()
})

test('choosing another plan changes amount and button, and is not called a changed amount', async () => {
  await openPortal({ at, network: start })
  await moneyButton(/^Start Team/)
  await userEvent.click(screen.getByRole('radio', { name: 'Business' }))
  await moneyButton(/^Start Business for €149.00$/)
  expect(screen.queryByText('The amount has changed')).toBeNull()
})

test('a double click pays once, for exactly the plan, the amount and the instant that were shown', async () => {
  const { said, router } = await openPortal({ at, network })
  const button = await moneyButton(/^Pay/)
  fireEvent.click(button)
  fireEvent.click(button)
  await screen.findByRole('heading', { name: 'Paid €12.30' })
  expect(router.state.location.pathname).toBe('/fix/all-clear')
  expect(said.filter(({ path }) => path === deed).map(({ body }) => body)).toEqual([
    {
      check,
      with: { method: visa.id },
      plan: {
        invoices: [],
        price: 'business_monthly',
        quantity: 1,
        subscription: 'sub_team',
        proratedAt: noon,
        total: eur(12_30),
      },
    },
  ])
})

test('where nothing is due now the button says so, the credit is named and nothing is called paid', async () => {
  const smaller = planOffer({ subscription: 'sub_team', quote: { due: eur(0), credit: eur(8_10), proratedAt: noon } })
  await openPortal({ at, network: { ...network, 'GET /api/offers': [200, offersOf({ plans: [smaller] })] } })
  const button = await moneyButton(/^Switch to Team, nothing is charged now$/)
  expect(document.body.textContent).toContain('€8.10 is credited to you')
  await userEvent.click(button)
  await screen.findByRole('heading', { name: 'It is done, and nothing was charged now' })
})

test('tax is named where there is some', async () => {
  const taxed = { ...business, quote: { due: eur(149_00), tax: eur(23_79) } }
  await openPortal({ at, network: { ...start, 'GET /api/offers': [200, offersOf({ plans: [taxed] })] } })
  await moneyButton(/^Start/)
  expect(document.body.textContent).toContain('Includes €23.79 tax.')
})

test('amounts without decimals are what they are', async () => {
  const yen = (amount: number) => ({ amount, currency: 'jpy' })
  const plan = planOffer({ price: yen(5_400), quote: { due: yen(5_400) } })
  await openPortal({ at, network: { ...start, 'GET /api/offers': [200, offersOf({ plans: [plan] })] } })
  expect((await moneyButton(/^Start Team/)).textContent).toMatch(/[¥￥]5,400/)
})

test('a stale price charges nothing, is shown as it is now, and is asked for again', async () => {
  const dearer = asTeam.map((plan) => ({ ...plan, quote: { ...plan.quote, due: eur(13_00), proratedAt: noon + 60 } }))
  let asked = 0
  const outcomes = [{ kind: 'stale' }, { kind: 'done' }]
  const { said } = await openPortal({
    at,
    network: {
      ...network,
      'GET /api/offers': () => [200, offersOf({ plans: (asked += 1) === 1 ? asTeam : dearer })],
      [`POST ${deed}`]: () => {
        const outcome = outcomes.shift()
        return [200, { outcome, visit: outcome?.kind === 'done' ? healed : visitWithoutFeature() }]
      },
    },
  })
  await userEvent.click(await moneyButton(/^Pay €12.30/))
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was charged. It is €13.00 now.')
  await userEvent.click(await moneyButton(/^Pay €13.00/))
  await screen.findByRole('heading', { name: 'Paid €13.00' })
  const [first, second] = said.filter(({ path }) => path === deed)
  expect(second?.body).toMatchObject({ plan: { total: eur(13_00), proratedAt: noon + 60 } })
  expect(second?.headers.get('idempotency-key')).not.toBe(first?.headers.get('idempotency-key'))
})

test('an unknown outcome is never called failed, and a reload in the middle offers no second payment', async () => {
  await openPortal({ at, network: { ...network, [`POST ${deed}`]: 'lost' } })
  await userEvent.click(await moneyButton(/^Pay/))
  await screen.findByText('We are checking with your bank')

  const { said } = await openPortal({ at, network: { ...network, [`POST ${deed}`]: 'lost' }, reloads: true })
  await screen.findByText('We are checking with your bank')
  expect(screen.queryByRole('button', { name: /^(Pay|Start|Switch)/ })).toBeNull()
  expect(screen.queryByText(/failed|No money|Nothing was charged/i)).toBeNull()
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Business' }).checked).toBe(true))
  await userEvent.click(screen.getByRole('button', { name: 'Check again' }))
  await waitFor(() => expect(said.filter(({ path }) => path === deed)).toHaveLength(1))
  expect(said.find(({ path }) => path === deed)?.body).toMatchObject({ plan: { total: eur(12_30) } })
})

test('the bank’s check happens in the same deed, whatever the account tells meanwhile, and the receipt names the sum', async () => {
  const waiting = visitOf(diagnose(accountInGoodStanding({ source: 'none' }), {}, { graceDays: 7 }, noon))
  const { router } = await openPortal({
    at,
    network: {
      ...network,
      [`POST ${deed}`]: [
        200,
        { outcome: { kind: 'confirm', invoice: 'in_change', clientSecret: 'pi_1_secret_1' }, visit: waiting },
      ],
      'POST /api/fixes/confirm-payment': [200, { outcome: { kind: 'done' }, visit: healed }],
    },
  })
  await userEvent.click(await moneyButton(/^Pay/))
  await screen.findByRole('heading', { name: 'Paid €12.30' })
  expect(router.state.location.pathname).toBe('/fix/all-clear')
})

test('a decline took no money and opens the way to another card', async () => {
  await openPortal({
    at,
    network: {
      ...network,
      [`POST ${deed}`]: [
        200,
        { outcome: { kind: 'declined', decline: 'bank', sameCardCanWork: false }, visit: visitWithoutFeature() },
      ],
    },
  })
  await userEvent.click(await moneyButton(/^Pay/))
  expect((await screen.findByRole('alert')).textContent).toContain('No money was taken')
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'A new card' }).checked).toBe(true)
  await moneyButton(/^Pay/)
  expect(screen.getByRole('alert').textContent).toContain('No money was taken')
})

test('what was chosen in another tab is not paid for again', async () => {
  const { client, said, router } = await openPortal({ at, network })
  await moneyButton(/^Pay/)
  client.setQueryData(['visit', check], healed)
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  expect(said.some(({ path }) => path === deed)).toBe(false)
})

test('before the prices are known the plans have their place and nothing can be paid', async () => {
  let answer = (): readonly [number, unknown] => problem(503, 'stripe-unreachable')
  await openPortal({ at, network: { ...network, 'GET /api/offers': () => answer() } })
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('We could not ask for the prices')
  expect(alert.textContent).toContain('Nothing was charged')
  expect(screen.queryByRole('button', { name: /^(Pay|Start)/ })).toBeNull()

  answer = () => [200, offersOf({ plans: asTeam })]
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await moneyButton(/^Pay €12.30/)).toBeTruthy()
})

test('where no plan on offer helps there is a person to ask, and no price', async () => {
  await openPortal({ at, network: { ...network, 'GET /api/offers': [200, offersOf({})] } })
  expect(await screen.findByRole('link', { name: 'Contact Northwind' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
})

test('a used-up limit leads here too, and is lifted by a larger plan', async () => {
  await openPortal({ at, network: { ...network, 'GET /api/visit': [200, visitOverLimit()] } })
  expect(await moneyButton(/^Pay €12.30 and switch to Business$/)).toBeTruthy()
})

test('while a payment is on its way no plan is sold', async () => {
  const visit = visitWithoutFeature()
  const [blocker] = visit.diagnosis.blockers
  const onItsWay = { reason: 'payment_processing', fix: 'await-payment', who: 'nobody' }
  const both = { ...visit, diagnosis: { ...visit.diagnosis, blockers: [onItsWay, blocker] } }
  const { router } = await openPortal({ at, network: { ...network, 'GET /api/visit': [200, both] } })
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/await-payment'))
})

test('whoever may not pay is shown who can, and asks for no price', async () => {
  const { said } = await openPortal({
    at,
    network: { ...network, 'GET /api/visit': [200, visitWithoutFeature({ mayPay: false })] },
  })
  await screen.findByText(/Only billing admins/)
  expect(said.some(({ path }) => path.startsWith('/api/offers'))).toBe(false)
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
})
