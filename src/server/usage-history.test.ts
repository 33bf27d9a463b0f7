import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { UsageHistorySchema } from '#contract/usage-history.ts'
import { members } from './test-portal.ts'
import { healthy } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openUsageStage, type UsageStage } from './test-usage.ts'

const DAY = 86_400
const HOUR = 3_600
let bench: Bench
let stage: UsageStage

async function build() {
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: Math.floor(Date.now() / 1_000) }
  return healthy(studio, { name: 'Acme GmbH', email: 'anna@acme.example' })
}

beforeAll(async () => {
  bench = await openBench()
  stage = await openUsageStage(bench, build)
})
afterAll(async () => {
  await stage?.close()
  await bench?.close()
})
afterEach(() => stage.reset())

type Guest = Awaited<ReturnType<UsageStage['enter']>>

async function history({ as }: Guest, query = 'meter=requests') {
  const { status, text, body } = await (await as()).get(`/api/usage/history?${query}`)
  expect([status, text]).toEqual([200, text])
  return UsageHistorySchema.parse(body)
}

async function table({ as }: Guest, from: number, until: number) {
  const [first, last] = [from, until].map(dateOf)
  return (await as('sam')).get(`/api/usage/days.csv?from=${first}&until=${last}`)
}

const dateOf = (instant: number) => new Date(instant * 1_000).toISOString().slice(0, 10)
const dayOf = (instant: number) => Math.floor(instant / DAY) * DAY

test('every day of the period stands there with what was used on it, and the days add up to what is used', async () => {
  const acme = await stage.enter()
  const { since } = await acme.meter('requests')
  stage.portal.clock.now = since + 3 * DAY + HOUR
  await acme.report('requests', 5, { at: since })
  await acme.report('requests', 7, { at: since + 2 * DAY })
  await acme.report('requests', 100, { at: since - 1 })
  const { days, used, back, meter } = await history(acme)
  expect({ used, back, meter }).toEqual({ used: 12, back: 0, meter: 'requests' })
  expect(days[0]).toEqual({ day: dayOf(since), used: 5 })
  expect(days[2]).toEqual({ day: dayOf(since) + 2 * DAY, used: 7 })
  expect(days.at(-1)?.day).toBe(dayOf(stage.portal.clock.now))
  expect((await acme.meter('requests')).used).toBe(12)
})

test('earlier periods can be chosen as far as there are reports, and no further than six', async () => {
  const acme = await stage.enter()
  const { since } = await acme.meter('requests')
  expect((await history(acme)).periods).toHaveLength(1)
  await acme.report('requests', 100, { at: since - 1 })
  await acme.report('requests', 30, { at: since })
  const before = await history(acme, 'meter=requests&back=1')
  expect(before.periods).toHaveLength(2)
  expect(before).toMatchObject({ back: 1, used: 100 })
  expect(before.periods[1]?.until).toBe(since)
  expect(new Date((before.periods[1]?.since ?? 0) * 1_000).getUTCMonth()).not.toBe(
    new Date(since * 1_000).getUTCMonth(),
  )
  expect((await history(acme, 'meter=requests&back=5')).back).toBe(1)
  const { status } = await (await acme.as()).get('/api/usage/history?meter=requests&back=6')
  expect(status).toBe(400)
})

test('a meter without any report has no days, and one that nobody counts is not there', async () => {
  const acme = await stage.enter()
  expect(await history(acme, 'meter=tiles')).toMatchObject({ days: [], used: 0 })
  expect((await (await acme.as()).get('/api/usage/history?meter=nothing')).status).toBe(404)
  expect((await (await acme.as()).get('/api/usage/history?meter=%00')).status).toBe(400)
})

test('the ten keys that used most are named, and what the others used is added up', async () => {
  const acme = await stage.enter()
  for (let key = 1; key <= 12; key += 1) await acme.report('requests', key, { api_key: `key-${key}` })
  await acme.report('requests', 50)
  const { keys, members: people, used } = await history(acme)
  expect(keys?.top.slice(0, 2)).toEqual([{ used: 50 }, { id: 'key-12', used: 12 }])
  expect(keys?.top).toHaveLength(10)
  expect(keys?.rest).toEqual({ count: 3, used: 6 })
  expect(used).toBe(128)
  expect(people).toBeUndefined()
})

test('members are named by name, and by their id when they have left', async () => {
  const acme = await stage.enter(members)
  await acme.report('requests', 9, { member: 'sam' })
  await acme.report('requests', 4, { member: 'gone', at: stage.start - DAY })
  await acme.report('requests', 4, { member: 'gone' })
  expect((await history(acme)).members).toEqual({
    top: [
      { id: 'sam', name: 'Sam', used: 9 },
      { id: 'gone', used: 8 },
    ],
  })
})

test('a spreadsheet is told that the table is Unicode', async () => {
  const { as } = await stage.enter()
  const { config, fetch } = stage.portal
  const day = dateOf(stage.start)
  const request = new Request(new URL(`/api/usage/days.csv?from=${day}&until=${day}`, config.origin), {
    headers: { host: new URL(config.origin).host, cookie: (await as('sam')).cookie ?? '' },
  })
  const bytes = new Uint8Array(await (await fetch(request)).arrayBuffer())
  expect(Array.from(bytes.subarray(0, 4))).toEqual([0xef, 0xbb, 0xbf, 'D'.charCodeAt(0)])
})

test('the table has a line for every day and a column for every meter; unknown is empty and nothing is 0', async () => {
  const acme = await stage.enter()
  await acme.report('requests', 1.5, { at: stage.start - 2 * DAY })
  await acme.report('requests', 2, { at: stage.start - 2 * DAY })
  await acme.report('exports', 4)
  const { headers, text, status } = await table(acme, stage.start - 2 * DAY, stage.start)
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="usage-[\d-]+\.csv"$/)
  const [first, second, third] = [2, 1, 0].map((ago) => dateOf(stage.start - ago * DAY))
  expect(text).toBe(
    [
      'Date (UTC),Map requests (requests),Routing (routes),Geocoding (lookups),exports,tiles',
      `${first},3.5,,,0,`,
      `${second},0,,,0,`,
      `${third},0,,,4,`,
      '',
    ].join('\r\n'),
  )
})

test('a table of more than a month comes whole, one of more than 400 days or backwards is refused', async () => {
  const acme = await stage.enter()
  const { text } = await table(acme, stage.start - 99 * DAY, stage.start)
  const lines = text.trimEnd().split('\r\n')
  expect(lines).toHaveLength(101)
  expect(new Set(lines).size).toBe(101)
  expect((await table(acme, stage.start - 400 * DAY, stage.start)).status).toBe(400)
  expect((await table(acme, stage.start, stage.start - DAY)).status).toBe(400)
})

test('no name in the table becomes a formula or breaks its line', async () => {
  const own = await openUsageStage(bench, build, {
    merchant: {
      plans: { team_monthly: { name: 'Team', limits: { a: { included: 1 }, b: { included: 1 } } } },
      meters: { a: { name: '=HYPERLINK("http://x")', unit: 'x,y' }, b: { name: '@b', unit: 'b' } },
    },
  })
  const { text } = await table(await own.enter(), own.start, own.start)
  expect(text.split('\r\n')[0]).toBe(`Date (UTC),"'=HYPERLINK(""http://x"") (x,y)",'@b (b)`)
  await own.close()
})
