// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { asTeam, business, eur, offersOf, packs, plannedChange, visitOverLimit } from '#portal/buying/buying-stage.ts'
import { moneyButton, setStripe } from '#portal/payments/stripe-stage.ts'
import { noon } from '#diagnosis/samples.ts'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const at = `/fix/raise-limit?check=${check}`
const cap = { limit: eur(50_00), spent: eur(50_00), suggested: [eur(100_00), eur(200_00)] }
const network = {
  'GET /api/visit': [200, visitOverLimit()],
  'GET /api/offers': [200, offersOf({ plans: asTeam, packs, caps: [cap] })],
} as const

/** The same limit as the app alone tells of it: nobody has counted. */
function visitTold() {
  const visit = visitOverLimit()
  const blockers = visit.diagnosis.blockers.map((blocker) => ({
    reason: blocker.reason,
    fix: blocker.fix,
    who: blocker.who,
    ...('resets' in blocker && { resets: blocker.resets }),
  }))
  return { ...visit, diagnosis: { ...visit.diagnosis, blockers } }
}

beforeEach(() => setStripe())

/** The ways on from top to bottom, each as it reads. */
async function waysOn(): Promise<readonly string[]> {
  const ways = await screen.findByRole('region', { name: 'Ways on' })
  return within(ways)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)
}

test('every way out stands beside the others with its price, the cheapest first', async () => {
  await openPortal({ at, network: { ...network, 'GET /api/visit': [200, visitTold()] } })
  await screen.findByText('€12.30')
  expect(await waysOn()).toEqual([
    expect.stringMatching(/^Wait until Tuesday.*in 9 days.*Free$/),
    expect.stringMatching(/^Raise your spending limit to €100.00.*Nothing now$/),
    expect.stringMatching(/^1,000 credits.*Works at once.*€10.00Add 1,000 credits$/),
    expect.stringMatching(/^Change to Business.*Then €149.00 every month.*€12.30today$/),
  ])
})

test('one way is recommended: the cheapest that works now', async () => {
  const { router } = await openPortal({ at, network: { ...network, 'GET /api/visit': [200, visitTold()] } })
  const main = await screen.findByRole('link', { name: 'Add 1,000 credits' })
  expect(screen.queryAllByRole('link', { name: /^(Add|Change|Raise)/ })).toHaveLength(3)
  await userEvent.click(main)
  expect(await moneyButton(/^Pay €10.00 for 1,000 credits$/)).toBeTruthy()
  expect(router.state.location.pathname + router.state.location.search).toBe(
    `/fix/buy-credits?check=${check}&pack=credits_1000`,
  )
})

test('a plan is reached with the choice made, at the price that was named', async () => {
  const { router } = await openPortal({
    at,
    network: { ...network, 'GET /api/offers': [200, offersOf({ plans: asTeam })] },
  })
  await userEvent.click(await screen.findByRole('link', { name: 'Change to Business' }))
  expect(await moneyButton(/^Pay €12.30 and switch to Business$/)).toBeTruthy()
  expect(router.state.location.search).toContain('plan=business_monthly')
})

test('what is used is drawn with its limit and the time it was read', async () => {
  await openPortal({ at, network })
  expect(await screen.findByText('Map requests')).toBeTruthy()
  expect(document.body.textContent).toContain('1,000 of 1,000 requests')
  expect(screen.getByText(/^As of .*UTC$/)).toBeTruthy()
})

test('where only this request was too much it says how much still fits', async () => {
  await openPortal({ at, network: { ...network, 'GET /api/visit': [200, visitOverLimit(940, 200)] } })
  await screen.findByRole('heading', { name: 'This is more than what is left' })
  const [first] = await waysOn()
  expect(first).toMatch(/^Ask for 60 requests or fewer.*Free$/)
})

test('where the plan’s own limit is reached no spending limit is raised in vain', async () => {
  await openPortal({ at, network })
  await screen.findByText('€12.30')
  expect(screen.queryByText(/Raise your spending limit/)).toBeNull()
})

test('unknown usage is not drawn, and no reset is promised', async () => {
  const visit = visitTold()
  const blockers = visit.diagnosis.blockers.map(({ reason, fix, who }) => ({ reason, fix, who }))
  const told = { ...visit, diagnosis: { ...visit.diagnosis, blockers } }
  await openPortal({ at, network: { ...network, 'GET /api/visit': [200, told] } })
  await screen.findByRole('link', { name: 'Add 1,000 credits' })
  expect(screen.queryByText(/As of|Wait until/)).toBeNull()
})

test('what does not help is no way out', async () => {
  const useless = {
    plans: [{ ...business, helps: false }],
    packs: packs.map((pack) => ({ ...pack, helps: false })),
    caps: [{ ...cap, spent: eur(10_00) }],
  }
  await openPortal({ at, network: { ...network, 'GET /api/offers': [200, offersOf(useless)] } })
  await waitFor(async () => expect(await waysOn()).toEqual([expect.stringMatching(/^Wait until/)]))
})

test('where nothing at all helps there is a person to ask', async () => {
  const visit = visitTold()
  const blockers = visit.diagnosis.blockers.map(({ reason, fix, who }) => ({ reason, fix, who }))
  const told = { ...visit, diagnosis: { ...visit.diagnosis, blockers } }
  await openPortal({ at, network: { 'GET /api/visit': [200, told], 'GET /api/offers': [200, offersOf({})] } })
  expect(await screen.findByRole('link', { name: 'Contact Northwind' })).toBeTruthy()
})

test('before and without prices the free ways are there, and the rest can be asked for again', async () => {
  await openPortal({ at, network: { ...network, 'GET /api/offers': problem(503, 'stripe-unreachable') } })
  expect((await screen.findByRole('alert')).textContent).toContain('We could not ask for the prices')
  expect(await waysOn()).toEqual([expect.stringMatching(/^Wait until/)])
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
})

test('who is only warned is told when the limit starts again, and sold nothing that does not lift it', async () => {
  const warning = { reason: 'usage_limit_exceeded', fix: 'raise-limit', at: noon + 9 * 86_400 } as const
  const warned = visitOf({ ...inOrder, warnings: [warning] })
  await openPortal({
    at: '/fix/raise-limit',
    network: { 'GET /api/visit': [200, warned], 'GET /api/offers': [200, offersOf({ packs, caps: [cap] })] },
  })
  expect(await screen.findByText(/Nothing is stopped yet/)).toBeTruthy()
  expect(await waysOn()).toEqual([expect.stringMatching(/^Wait until/)])
})

test('a limit that is gone meanwhile costs nothing', async () => {
  const { router } = await openPortal({ at, network: { ...network, 'GET /api/visit': [200, visitOf(inOrder)] } })
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
})

test('while a smaller plan is planned the larger ones come once that is undone; what is free stays', async () => {
  await openPortal({ at, network: { ...network, 'GET /api/offers': [200, offersOf({ planned: plannedChange })] } })
  await screen.findByRole('button', { name: /^Undo the change/ })
  expect(await waysOn()).toEqual([expect.stringMatching(/^Wait until/)])
})
