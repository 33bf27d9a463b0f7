// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { AutoRecharge } from '#contract/offer.ts'
import { visa } from '#diagnosis/samples.ts'
import { eur, offersOf, packs, visitOverLimit, visitWithoutCredits } from '#portal/buying/buying-stage.ts'
import { moneyButton, setStripe } from '#portal/payments/stripe-stage.ts'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const at = `/fix/buy-credits?check=${check}`
const deed = '/api/fixes/buy-credits'
const settings = '/api/auto-recharge'
const healed = visitOf(inOrder)
const off: AutoRecharge = { on: false, pack: 'credits_1000', threshold: 100, monthly: eur(50_00) }
const network = {
  'GET /api/visit': [200, visitWithoutCredits()],
  'GET /api/offers': [200, offersOf({ packs, autoRecharge: off })],
  [`POST ${deed}`]: [200, { outcome: { kind: 'done' }, visit: healed }],
  [`PUT ${settings}`]: [200, {}],
} as const

beforeEach(() => setStripe())

test('what is left and what is needed are said, and the smallest pack that is enough is chosen beforehand', async () => {
  await openPortal({ at, network })
  await screen.findByRole('heading', { name: 'Too few credits are left' })
  expect(document.body.textContent).toContain('120 credits are left. This request for Geocoding needs 400.')
  expect(await moneyButton(/^Pay €10.00 for 1,000 credits$/)).toBeTruthy()
  const radios = screen.getAllByRole<HTMLInputElement>('radio', { name: /credits/ })
  expect(radios.map(({ value }) => value)).toEqual(['credits_1000', 'credits_50000', 'credits_100'])
  expect(radios.map(({ disabled }) => disabled)).toEqual([false, false, true])
})

test('the price of one credit is honest: exact where it is, and said to be rounded where it is not', async () => {
  await openPortal({ at, network })
  await moneyButton(/^Pay/)
  expect(document.body.textContent).toContain('€0.01 per credit')
  expect(document.body.textContent).toContain('about €0.006 per credit')
})

test('a double click pays once, for exactly the pack and the amount that were shown', async () => {
  const { said } = await openPortal({ at: `${at}&pack=credits_50000`, network })
  const button = await moneyButton(/^Pay €299.00 for 50,000 credits$/)
  fireEvent.click(button)
  fireEvent.click(button)
  await screen.findByRole('heading', { name: 'Paid €299.00' })
  expect(said.filter(({ path }) => path === deed).map(({ body }) => body)).toEqual([
    { check, with: { method: visa.id }, plan: { invoices: [], price: 'credits_50000', total: eur(299_00) } },
  ])
})

test('nothing tops up by itself unless it is ticked', async () => {
  const { said } = await openPortal({ at, network })
  await moneyButton(/^Pay/)
  expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(false)
  await userEvent.click(await moneyButton(/^Pay/))
  await screen.findByRole('heading', { name: 'Paid €10.00' })
  expect(said.some(({ path }) => path === settings)).toBe(false)
})

test('what is ticked is set up after the purchase, within the limits that were chosen, and said at the end', async () => {
  const { said } = await openPortal({ at, network })
  await moneyButton(/^Pay/)
  await userEvent.click(screen.getByRole('checkbox'))
  expect(screen.getByText(/^If a charge is declined, it stops and we say so. A backup is not charged/)).toBeTruthy()
  await userEvent.selectOptions(screen.getByLabelText('When there are fewer than'), '250 credits left')
  await userEvent.selectOptions(screen.getByLabelText('But in a month never more than'), '€50.00')
  await userEvent.click(await moneyButton(/^Pay €10.00/))
  await screen.findByText(/Automatic top-up is on/)
  const told = said.filter(({ path }) => path === deed || path === settings)
  expect(told.map(({ method, path }) => `${method} ${path}`)).toEqual([`POST ${deed}`, `PUT ${settings}`])
  expect(told[1]?.body).toEqual({ on: true, pack: 'credits_1000', threshold: 250, monthly: eur(50_00) })
})

test('a purchase that came to nothing sets up nothing', async () => {
  const declined = {
    outcome: { kind: 'declined', decline: 'funds', sameCardCanWork: true },
    visit: visitWithoutCredits(),
  }
  const { said } = await openPortal({ at, network: { ...network, [`POST ${deed}`]: [200, declined] } })
  await moneyButton(/^Pay/)
  await userEvent.click(screen.getByRole('checkbox'))
  await userEvent.click(await moneyButton(/^Pay/))
  expect((await screen.findByRole('alert')).textContent).toContain('No money was taken')
  expect(said.some(({ path }) => path === settings)).toBe(false)
})

test('a top-up that could not be set up is said, and the purchase stands', async () => {
  await openPortal({ at, network: { ...network, [`PUT ${settings}`]: problem(503, 'unavailable') } })
  await moneyButton(/^Pay/)
  await userEvent.click(screen.getByRole('checkbox'))
  await userEvent.click(await moneyButton(/^Pay/))
  await screen.findByRole('heading', { name: 'Paid €10.00' })
  expect(screen.getByText(/could not be switched on. Nothing is bought by itself/)).toBeTruthy()
})

test('where it is on that is said with its limits, and it is switched off right here', async () => {
  let recharge: AutoRecharge = { ...off, on: true }
  const { said } = await openPortal({
    at,
    network: {
      ...network,
      'GET /api/offers': () => [200, offersOf({ packs, autoRecharge: recharge })],
      [`PUT ${settings}`]: () => {
        recharge = off
        return [200, off]
      },
    },
  })
  await screen.findByText(/Automatic top-up is on/)
  expect(document.body.textContent).toMatch(/1,000 credits whenever fewer than 100 .* never more than €50.00/)
  expect(screen.queryByRole('checkbox')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Switch it off' }))
  expect((await screen.findByRole<HTMLInputElement>('checkbox')).checked).toBe(false)
  expect(said.find(({ path }) => path === settings)?.body).toMatchObject({ on: false })
})

test('a merchant without automatic top-up offers none', async () => {
  await openPortal({ at, network: { ...network, 'GET /api/offers': [200, offersOf({ packs })] } })
  await moneyButton(/^Pay/)
  expect(screen.queryByRole('checkbox')).toBeNull()
})

test('where no single pack is enough it is said what will be missing, and after paying that the money arrived', async () => {
  const none = packs.map((pack) => ({ ...pack, helps: false }))
  const after = visitWithoutCredits(50_120, 60_000)
  await openPortal({
    at,
    network: {
      ...network,
      'GET /api/visit': [200, visitWithoutCredits(120, 60_000)],
      'GET /api/offers': [200, offersOf({ packs: none })],
      [`POST ${deed}`]: [200, { outcome: { kind: 'done' }, visit: after }],
    },
  })
  await moneyButton(/^Pay €299.00/)
  expect(screen.getByText(/After this one 9,880 credits are still missing/)).toBeTruthy()
  await userEvent.click(await moneyButton(/^Pay €299.00/))
  expect(await screen.findByText('Paid €299.00')).toBeTruthy()
  expect(document.body.textContent).toContain('50,120 credits are left')
})

test('a stale price charges nothing and is shown as it is now', async () => {
  const dearer = packs.map((pack) => ({ ...pack, quote: { due: eur(12_00) } }))
  let asked = 0
  await openPortal({
    at,
    network: {
      ...network,
      'GET /api/offers': () => [200, offersOf({ packs: (asked += 1) === 1 ? packs : dearer })],
      [`POST ${deed}`]: [200, { outcome: { kind: 'stale' }, visit: visitWithoutCredits() }],
    },
  })
  await userEvent.click(await moneyButton(/^Pay €10.00/))
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was charged. It is €12.00 now.')
  expect(await moneyButton(/^Pay €12.00 for 1,000 credits$/)).toBeTruthy()
})

test('an unknown outcome is never called failed; a reload asks the same question under the same name', async () => {
  const before = await openPortal({ at, network: { ...network, [`POST ${deed}`]: 'lost' } })
  await userEvent.click(await moneyButton(/^Pay/))
  await screen.findByText('We are checking with your bank')
  expect(screen.queryByText(/failed|No money|Nothing was charged/i)).toBeNull()

  const { said } = await openPortal({ at, network, reloads: true })
  await screen.findByText('We are checking with your bank')
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Check again' }))
  await screen.findByRole('heading', { name: 'Paid €10.00' })
  const [first, second] = [...before.said, ...said].filter(({ path }) => path === deed)
  expect(second?.body).toEqual(first?.body)
  expect(second?.headers.get('idempotency-key')).toBe(first?.headers.get('idempotency-key'))
})

test('a question of another screen is asked again by the verb of then', async () => {
  sessionStorage.clear()
  const wish = { with: { method: visa.id }, plan: { invoices: [], price: 'business_monthly', total: eur(12_30) } }
  sessionStorage.setItem(`asked:${check}`, JSON.stringify({ deed: 'choose-plan', wish }))
  const { said } = await openPortal({
    at,
    network: { ...network, 'POST /api/fixes/choose-plan': [200, { outcome: { kind: 'done' }, visit: healed }] },
    reloads: true,
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Check again' }))
  await screen.findByRole('heading', { name: 'Paid €12.30' })
  expect(said.some(({ path }) => path === deed)).toBe(false)
})

test('the bank’s check happens in the same deed, and the receipt names the sum', async () => {
  const asks = { kind: 'confirm', invoice: 'in_pack', clientSecret: 'pi_1_secret_1' }
  const { router } = await openPortal({
    at,
    network: {
      ...network,
      [`POST ${deed}`]: [200, { outcome: asks, visit: visitWithoutCredits() }],
      'POST /api/fixes/confirm-payment': [200, { outcome: { kind: 'done' }, visit: healed }],
    },
  })
  await userEvent.click(await moneyButton(/^Pay/))
  await screen.findByRole('heading', { name: 'Paid €10.00' })
  expect(router.state.location.pathname).toBe('/fix/all-clear')
})

test('what was bought in another tab is not bought again', async () => {
  const { client, said, router } = await openPortal({ at, network })
  await moneyButton(/^Pay/)
  client.setQueryData(['visit', check], healed)
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  expect(said.some(({ path }) => path === deed)).toBe(false)
})

test('prices that cannot be asked for are said, with a way to ask again and nobody charged', async () => {
  await openPortal({ at, network: { ...network, 'GET /api/offers': problem(503, 'stripe-unreachable') } })
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was charged')
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
})

test('a used-up limit leads here too', async () => {
  await openPortal({ at, network: { ...network, 'GET /api/visit': [200, visitOverLimit()] } })
  expect(await moneyButton(/^Pay €10.00 for 1,000 credits$/)).toBeTruthy()
})

test('who is only warned can buy before anything stops', async () => {
  const warned = { ...inOrder, warnings: [{ reason: 'credits_exhausted', fix: 'buy-credits' } as const] }
  const { said } = await openPortal({
    at: '/fix/buy-credits',
    network: { ...network, 'GET /api/visit': [200, visitOf(warned)] },
  })
  await screen.findByRole('heading', { name: 'Your credits are running out' })
  await userEvent.click(await moneyButton(/^Pay €10.00/))
  await screen.findByRole('heading', { name: 'Paid €10.00' })
  expect(said.find(({ path }) => path === deed)?.body).toMatchObject({ plan: { price: 'credits_1000' } })
})
