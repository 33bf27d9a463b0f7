import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBench, refusal, type Bench } from './test-bench.ts'

let bench: Bench
let customer: string
beforeAll(async () => {
  bench = await openBench()
  customer = (await bench.stripe.customers.create({ name: 'Acme' })).id
})
afterAll(() => bench.close())

const DAY = 86_400
const now = () => Math.floor(Date.now() / 1_000)

async function meter(formula: 'count' | 'last' | 'sum' = 'sum') {
  const event_name = `requests_${randomUUID()}`
  const made = await bench.stripe.billing.meters.create({
    display_name: 'Requests',
    event_name,
    default_aggregation: { formula },
  })
  const send = (value: string, more: { identifier?: string; timestamp?: number; customer?: string } = {}) => {
    const { customer: whose = customer, ...rest } = more
    return bench.stripe.billing.meterEvents.create({
      event_name,
      payload: { stripe_customer_id: whose, value },
      ...rest,
    })
  }
  const total = async () => {
    const start_time = Math.floor(now() / DAY) * DAY - 40 * DAY
    const range = { customer, start_time, end_time: start_time + 50 * DAY }
    const { data } = await bench.stripe.billing.meters.listEventSummaries(made.id, range)
    return data[0]?.aggregated_value
  }
  return { made, send, total, event_name }
}

it('a meter is made, found again and listed', async () => {
  const { made, event_name } = await meter()
  expect(made).toMatchObject({ status: 'active', event_name, value_settings: { event_payload_key: 'value' } })
  expect(await bench.stripe.billing.meters.retrieve(made.id)).toMatchObject({ id: made.id })
  const { data } = await bench.stripe.billing.meters.list({ status: 'active', limit: 100 })
  expect(data.map(({ id }) => id)).toContain(made.id)
  expect((await refusal(bench.stripe.billing.meters.retrieve('mtr_none'))).code).toBe('resource_missing')
})

it('an event name belongs to one active meter', async () => {
  const { event_name } = await meter()
  const again = { display_name: 'Again', event_name, default_aggregation: { formula: 'sum' as const } }
  expect(await refusal(bench.stripe.billing.meters.create(again))).toMatchObject({ statusCode: 400 })
})

it.each([
  ['sum', 6.5],
  ['count', 3],
  ['last', 3.5],
] as const)('events are added up by the formula %s', async (formula, expected) => {
  const { send, total } = await meter(formula)
  for (const [index, value] of ['1', '2', '3.5'].entries()) await send(value, { timestamp: now() - 60 + index })
  expect(await total()).toBe(expected)
})

it('summaries come by the day, newest first', async () => {
  const { made, send } = await meter()
  const start = Math.floor(now() / DAY) * DAY - 2 * DAY
  await send('2', { timestamp: start + 5 })
  await send('3', { timestamp: start + DAY + 5 })
  const range = { customer, start_time: start, end_time: start + 2 * DAY, value_grouping_window: 'day' as const }
  const { data } = await bench.stripe.billing.meters.listEventSummaries(made.id, range)
  expect(data.map(({ aggregated_value }) => aggregated_value)).toEqual([3, 2])
  const askew = bench.stripe.billing.meters.listEventSummaries(made.id, { ...range, start_time: start + 1 })
  expect(await refusal(askew)).toMatchObject({ statusCode: 400, param: 'start_time' })
})

it('an identifier counts once within a day, and is refused in words alone', async () => {
  const { send, total } = await meter()
  const identifier = randomUUID()
  expect(await send('5', { identifier })).toMatchObject({ object: 'billing.meter_event', identifier })
  const error = await refusal(send('5', { identifier }))
  expect([error.statusCode, error.code, error.message]).toEqual([
    400,
    undefined,
    `An event already exists with identifier ${identifier}.`,
  ])
  expect(await total()).toBe(5)
  await bench.lever('POST', 'time', { advance_seconds: DAY + 1 })
  await send('5', { identifier })
  await bench.lever('POST', 'time', { advance_seconds: -DAY - 1 })
})

it('what is too old, too early, not a number, of nobody or for no meter is refused', async () => {
  const { send, total } = await meter()
  const wrong = [
    send('1', { timestamp: now() - 35 * DAY - 60 }),
    send('1', { timestamp: now() + 360 }),
    send('many'),
    send('1', { customer: 'cus_nobody' }),
    bench.stripe.billing.meterEvents.create({
      event_name: 'none',
      payload: { stripe_customer_id: customer, value: '1' },
    }),
    bench.stripe.billing.meterEvents.create({ event_name: 'none', payload: {} }),
  ]
  for (const call of wrong) expect(await refusal(call)).toMatchObject({ statusCode: 400 })
  await send('1', { timestamp: now() - 35 * DAY + 60 })
  await send('1', { timestamp: now() + 240 })
  expect(await total()).toBe(2)
})
