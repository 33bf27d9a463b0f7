// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { MeterUsage } from '#contract/meter-usage.ts'
import type { UsagePage } from '#contract/usage-page.ts'
import { noon } from '#diagnosis/samples.ts'
import { problem } from '#portal/stage.tsx'
import { historyOf, openUsage, requests, resets, usageOf } from './usage-stage.ts'

const DAY = 86_400
const heading = (name: string) => screen.findByRole('heading', { level: 1, name })

test('a meter says what is used of what, when it resets, what happens at the limit and what it will come to', async () => {
  await openUsage(usageOf())
  await heading('Within what your plan includes')
  const [row] = screen.getAllByRole('listitem').filter((item) => within(item).queryByText('Map requests'))
  expect(row?.textContent).toContain('64,000 of 100,000 requests')
  expect(row?.textContent).toContain('Resets in 11 days (Dec 3)')
  expect(row?.textContent).toContain('Stops at the limit.')
  expect(row?.textContent).toContain('Lasts')
  expect(row?.textContent).toContain('84,000 to 96,000 by Dec 3, if it goes on like this')
})

const heads: readonly (readonly [string, Partial<MeterUsage>, string])[] = [
  ['is used up', { used: 100_000 }, 'Map requests: all of it is used'],
  [
    'will not last',
    { outlook: { kind: 'known', low: 1, likely: 2, high: 3, pace: 'ends', ends: noon + 3 * DAY } },
    'Map requests: likely used up by Nov 25',
  ],
  ['is exceeded and goes on', { used: 120_000, beyond: 'free' }, 'Map requests: more than your plan includes'],
  ['lasts', {}, 'Within what your plan includes'],
]
test.each(heads)('a limit that %s is the headline', async (_, differs, headline) => {
  await openUsage(
    usageOf({
      meters: [
        { ...requests, id: 'other', name: 'Other' },
        { ...requests, ...differs },
      ],
    }),
  )
  expect(await heading(headline)).toBeTruthy()
})

test('what was never reported is called unknown, and is no zero', async () => {
  const { used: _, reported: __, outlook: ___, ...unknown } = requests
  await openUsage(usageOf({ meters: [unknown] }), { 'GET /api/usage/history': [200, historyOf({ days: [], used: 0 })] })
  await heading('Nothing was reported yet')
  expect(screen.getByText(/Not known yet, of 100,000/)).toBeTruthy()
  expect(screen.getByText('No report has come yet.', { exact: false })).toBeTruthy()
  expect(await screen.findByText(/No day to show yet/)).toBeTruthy()
  expect(screen.queryByText(/^0/)).toBeNull()
})

test('beyond the limit the price stands there for those who see prices, and a plain word for others', async () => {
  const routes: MeterUsage = { ...requests, beyond: 'priced' }
  const priced = { price: { amount: 40, currency: 'eur', per: 100 }, cost: { amount: 7_20, currency: 'eur' } }
  await openUsage(usageOf({ meters: [{ ...routes, ...priced }] }))
  expect((await screen.findByText(/Goes on beyond it, at/)).textContent).toContain(
    'Goes on beyond it, at €0.40 per 100 requests. €7.20 so far.',
  )
  await openUsage(usageOf({ mayPay: false, meters: [routes] }))
  await screen.findByText(/Goes on beyond it, at a price./)
  expect(document.body.textContent).not.toContain('€')
})

test('nothing is foretold too early', async () => {
  await openUsage(usageOf({ meters: [{ ...requests, outlook: { kind: 'early' } }] }))
  await screen.findByText('Too early to say what it will come to.')
  expect(screen.queryByText(/if it goes on like this/)).toBeNull()
})

test('the days are a picture with a title, a control for the keyboard, and a table', async () => {
  await openUsage(usageOf())
  await screen.findByRole('img', {
    name: 'Map requests, Nov 20 to Nov 22: 4,600 requests in all, 3,400 on the busiest day.',
  })
  const day = screen.getByRole('slider', { name: 'Day' })
  expect(day.getAttribute('aria-valuetext')).toBe('Sunday, November 22: 3,400 requests')
  expect(screen.getByText('Sunday, November 22: 3,400 requests')).toBeTruthy()
  const table = screen.getByRole('table', { name: 'Map requests, day by day', hidden: true })
  const rows = within(table).getAllByRole('row', { hidden: true })
  expect(rows.map((row) => row.textContent)).toEqual([
    'Day (UTC)requests',
    'Friday, November 201,200',
    'Saturday, November 210',
    'Sunday, November 223,400',
  ])
  expect(screen.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')).toBe(
    '/api/usage/days.csv?from=2026-11-03&until=2026-12-03',
  )
})

test('meter and period are chosen, stand in the address, and survive a reload', async () => {
  const { said, router } = await openUsage(usageOf({ meters: [requests, { ...requests, id: 'tiles', name: 'Tiles' }] }))
  await userEvent.selectOptions(await screen.findByLabelText('What'), 'Tiles')
  await screen.findByDisplayValue('Tiles')
  await userEvent.selectOptions(await screen.findByLabelText('Period'), 'Oct 4 to Nov 3')
  expect(router.state.location.search).toBe('?meter=tiles&back=1')
  await expect.poll(() => said.map(({ path }) => path)).toContain('/api/usage/history?meter=tiles&back=1')
})

test('what is chosen is shown at once and what is chosen next builds on it, however long the page is looked at again', async () => {
  const tiles = { ...requests, id: 'tiles', name: 'Tiles' }
  const { client, router } = await openUsage(usageOf({ meters: [requests, tiles] }))
  const meter = await screen.findByLabelText<HTMLSelectElement>('What')
  const answer = globalThis.fetch
  globalThis.fetch = (...asked) => (asked[0] === '/api/usage' ? new Promise(() => {}) : answer(...asked))
  await client.invalidateQueries({ refetchType: 'none' })
  fireEvent.change(meter, { target: { value: 'tiles' } })
  expect(meter.value).toBe('tiles')
  await screen.findByRole('option', { name: 'Oct 4 to Nov 3' })
  fireEvent.change(screen.getByLabelText('Period'), { target: { value: '1' } })
  await expect.poll(() => router.state.location.search).toBe('?meter=tiles&back=1')
})

test('keys and members that used most are named, and all others are one line', async () => {
  const shares = { top: [{ id: 'maps_1', used: 4_000 }, { used: 500 }], rest: { count: 3, used: 100 } }
  const people = { top: [{ id: 'u_sam', name: 'Sam', used: 4_600 }] }
  await openUsage(usageOf(), { 'GET /api/usage/history': [200, historyOf({ keys: shares, members: people })] })
  await screen.findByRole('heading', { name: 'By API key' })
  expect(screen.getByText('maps_1')).toBeTruthy()
  expect(screen.getByText('Without a key')).toBeTruthy()
  expect(screen.getByText('3 others')).toBeTruthy()
  expect(screen.getByText('Sam')).toBeTruthy()
})

test('credits show what is left, the order of use, when each expires, what drew them and how more come', async () => {
  const credits: UsagePage['credits'] = {
    balance: 1_700,
    lots: [
      { remaining: 700, bought: noon - 9 * DAY, expires: noon + 21 * DAY, name: '1,000 credits' },
      { remaining: 1_000, bought: noon, name: '1,000 credits' },
    ],
    drawn: [{ meter: 'lookups', name: 'Geocoding', credits: 300 }],
    recharge: { state: 'stopped', threshold: 100, pack: '1,000 credits', monthly: { amount: 50_00, currency: 'eur' } },
  }
  await openUsage(usageOf({ credits }))
  await screen.findByText('1,700 credits left')
  expect(screen.getByText('Bought Nov 13, expires in 21 days (Dec 13)')).toBeTruthy()
  expect(screen.getByText('Bought Nov 22, does not expire')).toBeTruthy()
  expect(screen.getByText(/Geocoding/).parentElement?.textContent).toContain('drew 300 credits this period.')
  expect(screen.getByText(/Automatic top-up is on/).textContent).toContain('in a month never more than €50.00.')
  expect(screen.getByText(/It bought nothing lately/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Buy credits' }).getAttribute('href')).toMatch(/^\/fix\/buy-credits/)
})

test('who may not pay is offered nothing to buy', async () => {
  await openUsage(usageOf({ mayPay: false, credits: { balance: 5, lots: [], drawn: [] } }))
  await screen.findByText('5 credits left')
  expect(screen.queryByRole('link', { name: 'Buy credits' })).toBeNull()
})

test('seats, what may be spent and rates stand below', async () => {
  await openUsage(
    usageOf({
      seats: { used: 3, seats: 5 },
      caps: [
        { limit: { amount: 50_00, currency: 'eur' }, spent: { amount: 7_20, currency: 'eur' }, resets },
        { apiKey: 'maps_1', limit: { amount: 10_00, currency: 'eur' }, spent: { amount: 0, currency: 'eur' } },
      ],
      rates: [{ meter: 'requests', name: 'Map requests', unit: 'requests', limit: 600, seconds: 60 }],
    }),
  )
  await screen.findByText('3 of 5')
  expect(screen.getByText('€7.20').parentElement?.textContent).toBe('€7.20 of €50.00')
  expect(screen.getByText('maps_1')).toBeTruthy()
  expect(screen.getByText(/^At most 600/).textContent).toBe('At most 600 requests in 1\u00a0minute')
})

test('when Stripe does not answer the figures stay, and it is said how old the plan is', async () => {
  await openUsage(usageOf({ source: 'mirror', asOf: noon - DAY }))
  await screen.findByText(/^Your plan and its period as of Nov 21/)
  expect(screen.getByText(/64,000/)).toBeTruthy()
})

test('where the plan was never read no limit is made up', async () => {
  const { included: _, beyond: __, outlook: ___, ...rest } = requests
  await openUsage(usageOf({ source: 'none', plans: [], meters: [rest] }))
  await screen.findByText('We could not read your plan')
  expect(screen.queryByText('No limit.')).toBeNull()
})

test('nothing counted says what will stand there', async () => {
  await openUsage(usageOf({ meters: [], plans: [] }))
  expect(await screen.findByText(/Nothing is counted for you yet/)).toBeTruthy()
})

test('days that cannot be read can be asked for again, and the rest of the page stays', async () => {
  let asked = 0
  await openUsage(usageOf(), {
    'GET /api/usage/history': () => ((asked += 1) === 1 ? problem(500, 'internal') : [200, historyOf()]),
  })
  await screen.findByText('The days could not be read')
  expect(screen.getByText(/64,000/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Check again' }))
  await screen.findByRole('img')
})

test('the figures can be read again', async () => {
  const { said } = await openUsage(usageOf())
  await userEvent.click(await screen.findByRole('button', { name: 'Refresh' }))
  expect(said.filter(({ path }) => path === '/api/usage')).toHaveLength(2)
})

test('figures that could not be read again are not called new', async () => {
  const usage = usageOf()
  let isBroken = false
  await openUsage(usage, { 'GET /api/usage': () => (isBroken ? problem(500, 'internal') : [200, usage]) })
  await screen.findByRole('button', { name: 'Refresh' })
  isBroken = true
  await userEvent.click(screen.getByRole('button', { name: 'Refresh' }))
  expect(await screen.findByText(/^We could not look again. This is as of/)).toBeTruthy()
  expect(screen.getByText(/64,000/)).toBeTruthy()
})

test('twelve meters, one with a name of ninety letters, are all there', async () => {
  const name = 'Rerouted '.repeat(10).trim()
  const meters = Array.from({ length: 12 }, (_, index) => ({
    ...requests,
    id: `meter_${index}`,
    name: index === 0 ? name : `Meter ${index}`,
  }))
  await openUsage(usageOf({ meters }))
  await heading('Within what your plan includes')
  const [list] = screen.getAllByRole('list').filter((one) => within(one).queryByText('Meter 11'))
  expect(list?.children).toHaveLength(12)
  expect(within(list as HTMLElement).getByText(name)).toBeTruthy()
})
