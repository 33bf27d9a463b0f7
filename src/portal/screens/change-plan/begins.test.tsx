// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { PlanOffer } from '#contract/offer.ts'
import { noon } from '#diagnosis/samples.ts'
import { eur, offersOf, planOffer } from '#portal/buying/buying-stage.ts'
import { inOrder, openPortal, visitOf } from '#portal/stage.tsx'

const { check: _, ...visit } = visitOf(inOrder)
const DAY = 86_400
const own = { helps: false, subscription: 'sub_team' }
const current = planOffer({ ...own, current: true, quote: { due: eur(0), proratedAt: noon } })
const down = planOffer({
  ...own,
  key: 'starter_monthly',
  name: 'Starter',
  price: eur(19_00),
  quote: { due: eur(0), credit: eur(8_10), proratedAt: noon },
})

test.each<[string, Partial<PlanOffer>, string[]]>([
  [
    'from a year to a month it says that a new period begins and that the credit is not paid back',
    {
      interval: { unit: 'year', count: 1 },
      quote: { due: eur(0), credit: eur(8_10), proratedAt: noon, newPeriod: true },
    },
    [
      'It begins at once, with a new period. Changing back later is priced anew.',
      '€8.10 is credited to you and counts towards your next invoices. It is not paid back.',
      'Then €19.00 every year.',
    ],
  ],
  [
    'in a trial it says from when it costs anything',
    { quote: { due: eur(0), proratedAt: noon, trialEnd: noon + 5 * DAY } },
    ['It begins at once.', 'Nothing is charged in your trial. From Friday, November 27, €19.00 every month.'],
  ],
  [
    'in a plan that is set to end it names no price after that',
    { quote: { due: eur(0), proratedAt: noon, stillEnds: true } },
    ['It begins at once.', 'Your plan stays set to end. To go on after that, keep it on the plan page.'],
  ],
  [
    'instead of an end it says that the plan goes on, and how it ends all the same',
    { quote: { due: eur(0), later: { at: noon + 11 * DAY, due: eur(19_00), goesOn: true } } },
    ['Your plan was to end then. With this choice it goes on; undo it, and it ends as before.'],
  ],
])('a smaller plan: %s', async (_, differs, words) => {
  await openPortal({
    at: '/plan/change?plan=starter_monthly',
    network: {
      'GET /api/visit': [200, visit],
      'GET /api/offers': [200, offersOf({ plans: [{ ...down, ...differs }, current] })],
    },
  })
  await screen.findByRole('button', { name: /Starter/ })
  const said = [...document.querySelectorAll('main p')].map(({ textContent }) => textContent)
  expect(said).toEqual(expect.arrayContaining(words))
  const prices = said.filter((text) => text.includes('€19.00 every'))
  expect(prices).toEqual(words.filter((word) => word.includes('€19.00 every')))
})

test('who has a plan that is not on offer any more changes it, and does not begin one', async () => {
  await openPortal({
    at: '/plan/change',
    network: { 'GET /api/visit': [200, visit], 'GET /api/offers': [200, offersOf({ plans: [down] })] },
  })
  await screen.findByRole('button', { name: /Starter/ })
  expect(screen.getByRole('heading', { level: 1, name: 'Change plan' })).toBeTruthy()
})
